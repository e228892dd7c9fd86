import Components
import Foundation
import Search
import Storage
import Tensors
import Testing

@Suite("What storages keep")
struct RoundTripTests {
  @Test("Trials come back bit for bit", arguments: StorageKind.allCases)
  func trialsComeBackBitForBit(kind: StorageKind) throws {
    let folder = try StorageFolder()
    let storage = try kind.storage(in: folder)
    let study = try storage.create("random", directions: [.minimize, .maximize])
    let recorder = try StorageRecorder(storage, study: study, space: RandomTrials.space)
    var stream = RandomStream(seed: 7, .sampler)
    let trials = (0..<60).map { RandomTrials.trial($0, using: &stream) }
    for trial in trials {
      try recorder.begin(trial.number, trial.assignment)
      try recorder.record(trial)
    }
    let again = kind == .memory ? storage : try kind.storage(in: folder)
    let found = try again.recordedTrials(of: study, in: RandomTrials.space)
    #expect(found.map(\.facts) == trials.map(\.facts))
    #expect(try again.trials(of: study).allSatisfy { ($0.end ?? 0) >= ($0.start ?? .infinity) })
  }

  @Test("Studies are copied between all storages", arguments: StorageKind.allCases)
  func studiesAreCopiedBetweenAllStorages(kind: StorageKind) throws {
    let folder = try StorageFolder()
    let storage = try kind.storage(in: folder)
    let study = try storage.create("random", directions: [.minimize, .maximize])
    try storage.setAttribute("note", .list([.text("a"), .integer(2)]), isSystem: false, of: study)
    try storage.setAttribute("mark", .real(0.5), isSystem: true, of: study)
    var stream = RandomStream(seed: 9, .sampler)
    for number in 0..<20 {
      let trial = RandomTrials.trial(number, using: &stream)
      try storage.write(
        TrialRecord(trial, in: RandomTrials.space, start: 1e9 + 0.25, end: 1_780_000_000.5), to: study)
    }
    for other in StorageKind.allCases {
      let target = try other.storage(in: folder, "copy-\(kind)")
      let copy = try storage.copy(try storage.existingStudy(named: "random"), to: target, as: "copy")
      #expect(copy.userAttributes == ["note": .list([.text("a"), .integer(2)])])
      #expect(copy.systemAttributes == ["mark": .real(0.5)])
      #expect(try sorted(target.trials(of: copy)) == sorted(storage.trials(of: study)))
      #expect(throws: StorageError.studyExists("copy")) { try storage.copy(study, to: target, as: "copy") }
    }
  }

  /// The texts of trials, their parameters by name.
  private func sorted(_ trials: [TrialRecord]) -> [TrialRecord] {
    trials.map { trial in
      var trial = trial
      trial.parameters.sort { $0.name < $1.name }
      return trial
    }
  }

  @Test("Cursors read what changed, and ended trials stay as they are", arguments: StorageKind.allCases)
  func cursorsReadWhatChanged(kind: StorageKind) throws {
    let folder = try StorageFolder()
    let storage = try kind.storage(in: folder)
    let other = try storage.create("other", directions: [.minimize])
    let study = try storage.create("one", directions: [.minimize])
    var cursor = StorageCursor()
    try storage.write(TrialRecord(number: 0, state: .completed, values: [1]), to: study)
    try storage.write(TrialRecord(number: 0, state: .completed, values: [9]), to: other)
    try storage.write(TrialRecord(number: 1, state: .running), to: study)
    try storage.write(TrialRecord(number: 2, state: .pruned), to: study)
    #expect(try storage.trials(of: study, since: &cursor).map(\.number) == [0, 1, 2])
    #expect(try storage.trials(of: study, since: &cursor).map(\.number) == [1])
    try storage.write(TrialRecord(number: 1, state: .completed, values: [3]), to: study)
    try storage.write(TrialRecord(number: 1, state: .completed, values: [4]), to: study)
    let fresh = try storage.trials(of: study, since: &cursor)
    #expect(fresh.map(\.number) == [1])
    #expect(fresh.map(\.values) == [[3]])
    #expect(try storage.trials(of: study, since: &cursor).isEmpty)
    #expect(cursor.beyond.isEmpty)
  }

  @Test("Leases are exclusive, end, and are renewed", arguments: StorageKind.allCases)
  func leasesAreExclusiveAndEnd(kind: StorageKind) throws {
    let folder = try StorageFolder()
    let storage = try kind.storage(in: folder)
    let study = try storage.create("leases", directions: [.minimize])
    let task = StudyTask(trial: 3, part: 1, resource: 2)
    #expect(try storage.lease(task, of: study, by: "a", seconds: 60))
    #expect(try !storage.lease(task, of: study, by: "b", seconds: 60))
    #expect(try storage.lease(task, of: study, by: "a", seconds: -1), "renewed, with an end in the past")
    #expect(try storage.lease(task, of: study, by: "b", seconds: 60))
    try storage.release(task, of: study, by: "a", result: .real(1))
    #expect(try storage.results(ofTrial: 3, of: study).isEmpty, "a has lost the lease")
    try storage.release(task, of: study, by: "b", result: nil)
    #expect(try storage.lease(task, of: study, by: "a", seconds: 60))
    try storage.release(task, of: study, by: "a", result: .reals([1, 2.5]))
    #expect(try storage.results(ofTrial: 3, of: study) == [task: .reals([1, 2.5])])
    #expect(try storage.results(ofTrial: 2, of: study).isEmpty)
    #expect(try !storage.lease(task, of: study, by: "b", seconds: 60), "it is done")
    #expect(try storage.existingStudy(named: "leases").systemAttributes.isEmpty)
  }

  @Test("Studies are deleted with all their trials", arguments: StorageKind.allCases)
  func studiesAreDeletedWithAllTheirTrials(kind: StorageKind) throws {
    let folder = try StorageFolder()
    let storage = try kind.storage(in: folder)
    let kept = try storage.create("kept", directions: [.maximize])
    let study = try storage.create("gone", directions: [.minimize])
    for one in [kept, study] {
      try storage.write(TrialRecord(number: 0, state: .completed, values: [1]), to: one)
    }
    try storage.delete(study)
    #expect(try storage.studies().map(\.name) == ["kept"])
    #expect(throws: StorageError.studyMissing("gone", known: ["kept"])) {
      try storage.write(TrialRecord(number: 1, state: .running), to: study)
    }
    let again = try storage.create("gone", directions: [.minimize])
    #expect(try storage.trials(of: again).isEmpty)
    #expect(try storage.trials(of: kept).count == 1)
  }

  @Test("Two writers at once lose nothing", arguments: [StorageKind.sqlite, .journal])
  func twoWritersLoseNothing(kind: StorageKind) throws {
    let folder = try StorageFolder()
    let first = try kind.storage(in: folder)
    let study = try first.create("shared", directions: [.minimize])
    let count = kind == .sqlite ? 200 : 40
    DispatchQueue.concurrentPerform(iterations: 2) { writer in
      guard let storage = try? kind.storage(in: folder) else { return }
      for index in 0..<count {
        let trial = TrialRecord(number: 2 * index + writer, state: .completed, values: [Double(index)])
        try? storage.write(trial, to: study)
      }
    }
    let trials = try first.trials(of: study)
    #expect(trials.map(\.number) == Array(0..<2 * count))
    #expect(trials.map(\.values) == (0..<2 * count).map { [Double($0 / 2)] })
  }
}
