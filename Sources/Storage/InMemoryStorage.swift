import Components
import Foundation
import Search
import Synchronization

/// Keeps studies as long as it lives: for tests, and for searches that nobody continues.
public final class InMemoryStorage: StudyStorage {
  private struct Lease {
    var worker: String
    var expiry: Double
  }

  private struct Shelf {
    var study: StudyRecord
    /// The trials in the order in which they were added.
    var trials: [TrialRecord] = []
    var places: [Int: Int] = [:]
    var leases: [StudyTask: Lease] = [:]
    var results: [StudyTask: RecordedValue] = [:]
  }

  private let shelves = Mutex<[Shelf]>([])
  private let clock: @Sendable () -> Double

  /// An empty storage; leases end by its clock, in seconds.
  public init(clock: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }) {
    self.clock = clock
  }

  public func studies() throws -> [StudyRecord] { shelves.withLock { $0.map(\.study) } }

  public func study(named name: String) throws -> StudyRecord? {
    shelves.withLock { $0.first { $0.study.name == name }?.study }
  }

  public func create(_ name: String, directions: [Direction]) throws -> StudyRecord {
    try shelves.withLock { shelves in
      guard !shelves.contains(where: { $0.study.name == name }) else {
        throw StorageError.studyExists(name)
      }
      let study = StudyRecord(
        id: (shelves.map(\.study.id).max() ?? 0) + 1, name: name, directions: directions)
      shelves.append(Shelf(study: study))
      return study
    }
  }

  public func delete(_ study: StudyRecord) throws {
    shelves.withLock { $0.removeAll { $0.study.id == study.id } }
  }

  public func setAttribute(
    _ key: String, _ value: RecordedValue, isSystem: Bool, of study: StudyRecord
  ) throws {
    try withShelf(of: study) { shelf in
      if isSystem {
        shelf.study.systemAttributes[key] = value
      } else {
        shelf.study.userAttributes[key] = value
      }
    }
  }

  public func trials(of study: StudyRecord, since cursor: inout StorageCursor) throws -> [TrialRecord] {
    let trials = try withShelf(of: study) { $0.trials }
    return cursor.unread(trials.indices.map { ($0, trials[$0]) })
  }

  public func write(_ trial: TrialRecord, to study: StudyRecord) throws {
    try withShelf(of: study) { shelf in
      guard let place = shelf.places[trial.number] else {
        shelf.places[trial.number] = shelf.trials.count
        shelf.trials.append(trial)
        return
      }
      if !shelf.trials[place].state.isEnd { shelf.trials[place] = trial }
    }
  }

  public func lease(
    _ task: StudyTask, of study: StudyRecord, by worker: String, seconds: Double
  ) throws -> Bool {
    let now = clock()
    return try withShelf(of: study) { shelf in
      if shelf.results[task] != nil { return false }
      if let lease = shelf.leases[task], lease.worker != worker, lease.expiry > now { return false }
      shelf.leases[task] = Lease(worker: worker, expiry: now + seconds)
      return true
    }
  }

  public func holder(of task: StudyTask, of study: StudyRecord) throws -> String? {
    try withShelf(of: study) { shelf in shelf.results[task] == nil ? shelf.leases[task]?.worker : nil }
  }

  public func release(
    _ task: StudyTask, of study: StudyRecord, by worker: String, result: RecordedValue?
  ) throws {
    try withShelf(of: study) { shelf in
      guard shelf.leases[task]?.worker == worker else { return }
      shelf.leases[task] = nil
      shelf.results[task] = result
    }
  }

  public func results(ofTrial number: Int, of study: StudyRecord) throws -> [StudyTask: RecordedValue] {
    try withShelf(of: study) { shelf in shelf.results.filter { $0.key.trial == number } }
  }

  private func withShelf<Result: Sendable>(
    of study: StudyRecord, _ body: (inout Shelf) throws -> Result
  ) throws -> Result {
    try shelves.withLock { shelves in
      guard let index = shelves.firstIndex(where: { $0.study.id == study.id }) else {
        throw StorageError.studyMissing(study.name, known: shelves.map(\.study.name))
      }
      return try body(&shelves[index])
    }
  }
}

extension StorageCursor {
  /// Those of the trials, given with their places in ascending order, that were not read to their end, by number; moves
  /// on behind them.
  package mutating func unread(_ trials: [(place: Int, trial: TrialRecord)]) -> [TrialRecord] {
    var fresh: [TrialRecord] = []
    for (place, trial) in trials where place >= self.place && !beyond.contains(place) {
      fresh.append(trial)
      if trial.state.isEnd { beyond.insert(place) }
    }
    for (place, _) in trials where place >= self.place {
      guard beyond.remove(place) != nil else { break }
      self.place = place + 1
    }
    return fresh.enumerated().sorted { ($0.element.number, $0.offset) < ($1.element.number, $1.offset) }
      .map(\.element)
  }
}
