import Components
import Foundation
import Search
import Storage
import Tensors
import Testing

/// What Optuna tells of a study, written by `Tests/Peers/storage.py`.
struct OptunaStudy: Decodable {
  struct Trial: Decodable {
    var number: Int
    var state: String
    var values: [OptunaNumber]
    var params: [String: OptunaNumber]
    var distributions: [String: String]
    var reports: [[OptunaNumber]]
    var violation: Double
  }

  var name: String
  var directions: [String]
  var trials: [Trial]
}

/// A number, or the word for what is none.
struct OptunaNumber: Decodable {
  var number: Double

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self.number = number
    } else {
      let word = try container.decode(String.self)
      number = word == "NaN" ? .nan : word == "Infinity" ? .infinity : -.infinity
    }
  }
}

@Suite("Storages and Optuna")
struct OptunaTests {
  private static let states: [String: TrialRecord.State] = [
    "COMPLETE": .completed, "PRUNED": .pruned, "FAIL": .failed, "WAITING": .waiting, "RUNNING": .running,
  ]

  private func told(_ file: String) throws -> [OptunaStudy] {
    let folder = try StorageFolder()
    let data = try Data(contentsOf: URL(fileURLWithPath: try folder.copy(of: "optuna.json")))
    return try JSONDecoder().decode([String: [OptunaStudy]].self, from: data)[file] ?? []
  }

  private func storage(_ file: String, in folder: StorageFolder) throws -> any StudyStorage {
    try StorageLocation(try folder.copy(of: file)).storage()
  }

  @Test("Studies of Optuna are read", arguments: ["optuna.db", "optuna.log"])
  func studiesOfOptunaAreRead(file: String) throws {
    let folder = try StorageFolder()
    let storage = try storage(file, in: folder)
    let told = try told(file)
    #expect(try storage.studies().map(\.name) == ["mixed", "several"])
    for wanted in told {
      let study = try storage.existingStudy(named: wanted.name)
      #expect(study.directions.map(\.rawValue) == wanted.directions)
      let trials = try storage.trials(of: study)
      #expect(trials.count == wanted.trials.count)
      for (trial, other) in zip(trials, wanted.trials) { try compare(trial, other) }
    }
    let author = try storage.existingStudy(named: "mixed").userAttributes["author"]
    #expect(author == .text("peer"))
  }

  private func compare(_ trial: TrialRecord, _ other: OptunaStudy.Trial) throws {
    #expect(trial.number == other.number)
    #expect(trial.state == Self.states[other.state])
    #expect(trial.values.map(\.description) == other.values.map(\.number.description))
    #expect(trial.violation == other.violation)
    let parameters = trial.parameters.map { ($0.name, $0.value) }
    #expect(Dictionary(uniqueKeysWithValues: parameters) == other.params.mapValues(\.number))
    for parameter in trial.parameters {
      let text = try #require(other.distributions[parameter.name])
      #expect(try parameter.distribution == StoredDistribution(json: text))
      #expect(try StoredDistribution(json: parameter.distribution.json) == parameter.distribution)
    }
    let reports = trial.reports.map { "\(Double($0.step)) \($0.value)" }
    let otherReports = other.reports.map { "\($0[0].number) \($0[1].number)" }
    #expect(reports == otherReports)
    if trial.state.isEnd { #expect((trial.end ?? 0) >= (trial.start ?? .infinity)) }
  }

  @Test("Studies of Optuna are continued", arguments: ["optuna.db", "optuna.log"])
  func studiesOfOptunaAreContinued(file: String) throws {
    let folder = try StorageFolder()
    let storage = try storage(file, in: folder)
    let study = try storage.existingStudy(named: "mixed")
    let before = try storage.trials(of: study)
    let space = try SearchSpace(of: before)
    let choice = try #require(space.index(of: "choice"))
    let names = ["true", "null", "3", "relu", "2.5", "\"3\""]
    #expect(space.parameters[choice].distribution == .choice(names))
    let recorded = try storage.recordedTrials(of: study, in: space)
    #expect(recorded.map(\.number) == Array(0..<12))
    #expect(recorded.filter { $0.state == .failed }.allSatisfy { $0.value.isNaN })
    let recorder = try StorageRecorder(storage, study: study, space: space, delay: 0)
    let assignment = recorded[1].assignment
    try recorder.begin(12, assignment)
    let trial = Trial(number: 12, assignment: assignment, values: [0.5])
    try recorder.record(trial)
    let after = try storage.trials(of: study)
    #expect(after.count == 13)
    let types = before[1].parameters.first { $0.name == "choice" }?.distribution
    #expect(after.last?.parameters.first { $0.name == "choice" }?.distribution == types)
    #expect(try storage.recordedTrials(of: study, in: space).last == trial)
  }

  @Test("Trials that Optuna enqueued wait")
  func enqueuedTrialsWait() throws {
    let folder = try StorageFolder()
    let storage = try storage("optuna.db", in: folder)
    let trials = try storage.trials(of: try storage.existingStudy(named: "several"))
    #expect(trials.last?.state == .waiting)
    #expect(trials.last?.systemAttributes["fixed_params"] == .object(["x": .real(0.25)]))
  }
}

extension OptunaTests {
  /// The Python with Optuna, if there is one: `LECTERN_PEERS` names it.
  static let python = ProcessInfo.processInfo.environment["LECTERN_PEERS"]

  @Test(
    "Optuna reads and continues our studies", .enabled(if: python != nil),
    arguments: [StorageKind.sqlite, .journal])
  func optunaContinuesOurs(kind: StorageKind) throws {
    let folder = try StorageFolder()
    let storage = try kind.storage(in: folder)
    let study = try storage.create("ours", directions: [.minimize])
    let space = SearchSpace(RandomTrials.space.parameters.dropLast())
    let recorder = try StorageRecorder(storage, study: study, space: space, delay: 0)
    var stream = RandomStream(seed: 5, .sampler)
    for number in 0..<20 {
      let assignment = space.draw(using: &stream)
      let value = number == 3 ? .nan : number == 4 ? .infinity : (assignment[1] - 8) * (assignment[1] - 8)
      try recorder.begin(number, assignment)
      try recorder.record(
        Trial(
          number: number, assignment: assignment, values: [value], parts: [value, 1],
          reports: [.init(step: 1, value: value), .init(step: 2, value: 3)], violation: number == 7 ? 1 : 0))
    }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Peers/storage.py").path
    let url =
      kind == .sqlite ? "sqlite:///" + folder.file("studies.db") : "journal:" + folder.file("studies.log")
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: Self.python ?? "")
    process.arguments = [script, "read", url, "ours"]
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let told = try JSONDecoder().decode(OptunaStudy.self, from: data)
    #expect(told.trials.count == 20)
    let trials = try storage.trials(of: study)
    #expect(trials.count == 22)
    #expect(trials.suffix(2).map(\.values) == [[0.5], [0.5]])
    for (trial, other) in zip(trials, told.trials) { try compare(trial, other) }
  }
}
