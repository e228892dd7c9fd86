import Components
import Foundation
import Search
import Synchronization

/// Keeps studies in a journal of Optuna: a file of lines, each of which changes something.
///
/// It works on disks that several machines share, where databases do not.
public final class JournalStorage: StudyStorage {
  /// The file.
  public let path: String
  private let file: JournalFile
  private let worker: String
  private let clock: @Sendable () -> Double
  private let state = Mutex(JournalState())

  /// Opens a journal, or makes it.
  ///
  /// Leases end by the clock, in seconds since 1970.
  public init(
    _ path: String, access: SQLiteStorage.Access = .readWrite,
    clock: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }
  ) throws {
    self.path = path
    self.clock = clock
    file = JournalFile(path)
    worker = "lectern-" + UUID().uuidString.lowercased()
    _ = try FileSystem.folder(of: path)
    if access == .readWrite {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { throw file.explained(errno) }
      close(descriptor)
    }
    try state.withLock { try $0.read(file) }
  }

  public func studies() throws -> [StudyRecord] {
    try read { state in state.shelves.compactMap { $0?.study } }
  }

  public func study(named name: String) throws -> StudyRecord? {
    try read { state in state.shelves.first { $0?.study.name == name }??.study }
  }

  public func create(_ name: String, directions: [Direction]) throws -> StudyRecord {
    let line = JournalLine.study(name, directions, worker: worker)
    let study = try change { state in
      guard !state.shelves.contains(where: { $0?.study.name == name }) else {
        throw StorageError.studyExists(name)
      }
      return [line]
    } then: { state in
      state.shelves.first { $0?.study.name == name }??.study
    }
    guard let study else { throw StorageError.notOpened(path, detail: "nothing was written") }
    return study
  }

  public func delete(_ study: StudyRecord) throws {
    let line = JournalLine.deletion(study.id, worker: worker)
    try change { state in
      state.shelf(study.id) == nil ? [] : [line]
    } then: { _ in
    }
  }

  public func setAttribute(
    _ key: String, _ value: RecordedValue, isSystem: Bool, of study: StudyRecord
  ) throws {
    let line = JournalLine.attribute(key, value, isSystem: isSystem, study: study.id, worker: worker)
    try change { state in
      _ = try state.known(study)
      return [line]
    } then: { _ in
    }
  }

  public func trials(of study: StudyRecord, since cursor: inout StorageCursor) throws -> [TrialRecord] {
    let trials = try read { try $0.known(study).trials }
    return cursor.unread(trials.indices.map { ($0, trials[$0]) })
  }

  public func write(_ trial: TrialRecord, to study: StudyRecord) throws {
    try change { state in
      let shelf = try state.known(study)
      if trial.number < shelf.trials.count {
        let id = shelf.ids[trial.number]
        return JournalLine.changes(from: shelf.trials[trial.number], to: trial, id: id, worker: self.worker)
      }
      // Numbers are places in the file: those in between were handed out and are still running.
      let gaps = (shelf.trials.count..<trial.number).map { number in
        TrialRecord(number: number, state: .running, start: trial.start)
      }
      return (gaps + [trial]).map { JournalLine.trial($0, study: study.id, worker: self.worker) }
    } then: { _ in
    }
  }

  public func lease(
    _ task: StudyTask, of study: StudyRecord, by worker: String, seconds: Double
  ) throws -> Bool {
    let now = clock()
    var isFree = false
    try change { state in
      let shelf = try state.known(study)
      isFree = shelf.results[task] == nil
      if let lease = shelf.leases[task], lease.worker != worker, lease.expiry > now { isFree = false }
      let lease = JournalState.Lease(worker: worker, expiry: now + seconds)
      return isFree ? [JournalLine.lease(lease, task, study: study.id, worker: self.worker)] : []
    } then: { _ in
    }
    return isFree
  }

  public func holder(of task: StudyTask, of study: StudyRecord) throws -> String? {
    try read { state in
      let shelf = try state.known(study)
      return shelf.results[task] == nil ? shelf.leases[task].map(\.worker) : nil
    }
  }

  public func release(
    _ task: StudyTask, of study: StudyRecord, by worker: String, result: RecordedValue?
  ) throws {
    try change { state in
      let shelf = try state.known(study)
      guard shelf.leases[task]?.worker == worker, shelf.results[task] == nil else { return [] }
      if let result {
        return [JournalLine.result(result, task, study: study.id, worker: self.worker)]
      }
      let lease = JournalState.Lease(worker: "", expiry: 0)
      return [JournalLine.lease(lease, task, study: study.id, worker: self.worker)]
    } then: { _ in
    }
  }

  public func results(ofTrial number: Int, of study: StudyRecord) throws -> [StudyTask: RecordedValue] {
    try read { state in try state.known(study).results.filter { $0.key.trial == number } }
  }

  /// Looks at what the file says now.
  private func read<Result: Sendable>(_ body: (JournalState) throws -> Result) throws -> Result {
    try state.withLock { state in
      try state.read(file)
      return try body(state)
    }
  }

  /// Adds the lines that follow from what the file says, while nobody else adds any.
  private func change<Result: Sendable>(
    _ lines: (JournalState) throws -> [String], then result: (JournalState) -> Result
  ) throws -> Result {
    try state.withLock { state in
      try file.withLock {
        try state.read(file)
        try file.append(try lines(state))
        try state.read(file)
        return result(state)
      }
    }
  }
}
