import Components
import Foundation
import GRDB
import Search
import Storage
import Tensors
import Testing

@Suite("Storages after accidents")
struct StorageDamageTests {
  /// Reads all that a storage holds.
  private func readAll(_ storage: any StudyStorage) throws -> Int {
    try storage.studies().reduce(0) { try $0 + storage.trials(of: $1).count }
  }

  @Test("Damaged files are errors and not crashes", arguments: ["optuna.db", "optuna.log"])
  func damagedFilesAreErrorsAndNotCrashes(file: String) throws {
    let folder = try StorageFolder()
    let whole = try Data(contentsOf: URL(fileURLWithPath: try folder.copy(of: file)))
    var stream = RandomStream(seed: 11, .sampler)
    var failures = 0
    for round in 0..<120 {
      var bytes = [UInt8](whole)
      if round % 2 == 0 {
        bytes = Array(bytes.prefix(stream.integer(below: bytes.count)))
      } else {
        for _ in 0..<40 { bytes[stream.integer(below: bytes.count)] = UInt8(stream.integer(below: 256)) }
      }
      let path = folder.file("damaged-\(round)-\(file)")
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      do {
        _ = try readAll(try StorageLocation(path).storage())
      } catch let error as any Explained {
        #expect(!error.sentence.isEmpty)
        failures += 1
      }
    }
    #expect(failures > 20)
  }

  @Test("An unfinished transaction of a killed process is gone")
  func anUnfinishedTransactionOfAKilledProcessIsGone() throws {
    let folder = try StorageFolder()
    let path = folder.file("studies.db")
    let storage = try SQLiteStorage(path)
    let study = try storage.create("one", directions: [.minimize])
    for number in 0..<50 {
      try storage.write(TrialRecord(number: number, state: .completed, values: [1]), to: study)
    }
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: path, configuration: configuration)
    try other.inDatabase { database in
      try database.execute(sql: "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE")
      try database.execute(sql: "DELETE FROM trial_values")
      for number in 0..<2000 {
        try database.execute(
          sql: "INSERT INTO trials (number, study_id, state) VALUES (?, ?, 'RUNNING')",
          arguments: [number, study.id])
      }
    }
    // The files as they stand when the process is killed.
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: path + suffix, toPath: folder.file("killed.db") + suffix)
    }
    try other.inDatabase { try $0.execute(sql: "ROLLBACK") }
    let left = try SQLiteStorage(folder.file("killed.db"))
    let trials = try left.trials(of: try left.existingStudy(named: "one"))
    #expect(trials.map(\.number) == Array(0..<50))
    #expect(trials.allSatisfy { $0.values == [1] })
  }

  @Test("Half a line of a killed process is passed over")
  func halfALineOfAKilledProcessIsPassedOver() throws {
    let folder = try StorageFolder()
    let path = folder.file("studies.log")
    let storage = try JournalStorage(path)
    let study = try storage.create("one", directions: [.minimize])
    try storage.write(TrialRecord(number: 0, state: .completed, values: [1]), to: study)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("{\"op_code\": 4, \"worker_id\": \"a\", \"study".utf8))
    try handle.close()
    #expect(try JournalStorage(path).trials(of: study).count == 1)
    try storage.write(TrialRecord(number: 1, state: .completed, values: [2]), to: study)
    #expect(try JournalStorage(path).trials(of: study).map(\.values) == [[1], [2]])
  }

  @Test("Running trials of a killed process are taken over")
  func runningTrialsOfAKilledProcessAreTakenOver() throws {
    let storage = InMemoryStorage()
    let study = try storage.create("one", directions: [.minimize, .maximize])
    let space = RandomTrials.space
    var stream = RandomStream(seed: 3, .sampler)
    let trials = (0..<3).map { RandomTrials.trial($0, using: &stream) }
    let killed = try StorageRecorder(storage, study: study, space: space, delay: 0)
    for trial in trials { try killed.begin(trial.number, trial.assignment) }
    try killed.record(trials[1])
    #expect(try storage.recordedTrials(of: study, in: space).map(\.facts) == [trials[1].facts])
    let next = try StorageRecorder(storage, study: study, space: space, delay: 0)
    for trial in trials {
      try next.begin(trial.number, trial.assignment)
      var other = trial
      if trial.number == 1 { other.reports.append(Trial.Report(step: 9, value: 9)) }
      try next.record(other)
    }
    #expect(try storage.recordedTrials(of: study, in: space).map(\.facts) == trials.map(\.facts))
  }
}
