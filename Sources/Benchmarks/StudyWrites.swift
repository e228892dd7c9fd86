import Components
import Foundation
import Search
import Storage
import Tensors

/// The rate at which a search's trials are kept in SQLite.
struct StudyWrites {
  /// Trials a second with ten hyperparameters and five folds, which are reported one by one; `begins` tells of them as
  /// running first, too.
  static func rate(trials: Int, begins: Bool) throws -> Double {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("studies-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let space = SearchSpace(
      (0..<10).map { index in
        .init(name: "p\(index)", distribution: .real(low: 1e-4, high: 1, isLog: index % 2 == 1))
      })
    let storage = try SQLiteStorage(folder.appendingPathComponent("studies.db").path)
    let study = try storage.create("rate", directions: [.minimize])
    let recorder = try StorageRecorder(storage, study: study, space: space)
    let problem = SearchProblem(space: space, seed: 1, trialCount: trials)
    let start = ContinuousClock.now
    for number in 0..<trials {
      var stream = problem.stream(number)
      let assignment = space.draw(using: &stream)
      if begins { try recorder.begin(number, assignment) }
      let parts = (0..<5).map { Double($0) + assignment[0] }
      var trial = Trial(number: number, assignment: assignment, value: parts[0], parts: parts)
      trial.reports = parts.enumerated().map { .init(step: $0.offset + 1, value: $0.element) }
      try recorder.record(trial)
    }
    return Double(trials) / ((ContinuousClock.now - start) / .seconds(1))
  }
}

/// Storages: what they add to the work they keep.
extension Benchmarks {
  /// How many trials are kept in a second.
  static func studyWrites(_ options: Options) throws -> [Figure] {
    let cases = [("storage of ended trials", false), ("storage of trials begun and ended", true)]
    let wanted = cases.filter { options.wants($0.0) }
    guard !wanted.isEmpty else { return [] }
    print("")
    print(line("10 parameters, 5 folds", "trials/s", "at least"))
    return try wanted.map { name, begins in
      let rates = try (0..<3).map { _ in try StudyWrites.rate(trials: 3000, begins: begins) }
      let rate = median(rates)
      print(line(name, format(rate), "3000"))
      return Figure(section: "storage", name: name, microseconds: 1e6 / rate)
    }
  }
}
