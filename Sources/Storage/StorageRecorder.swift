import Components
import Foundation
import Search
import Synchronization

/// Keeps the trials of a running search in a storage: with their outcome when they end, and as running when they take
/// longer than a moment; so a short trial is one transaction.
///
/// A trial that a process left running when it was killed is taken over; one that has ended stays as it is.
public final class StorageRecorder: StudyRecorder {
  private struct Knowledge {
    var distributions: [String: StoredDistribution]
    var starts: [Int: Double]
    var ended: Set<Int>
    /// What has been proposed and is not written yet.
    var waiting: [Int: Assignment] = [:]
    var isWritingLater = false
  }

  private let storage: any StudyStorage
  private let study: StudyRecord
  private let space: SearchSpace
  private let clock: @Sendable () -> Double
  private let delay: Double
  private let knowledge: Mutex<Knowledge>

  /// Reads what the study has already, and keeps the trials of a space in it.
  ///
  /// Trials that have not ended after `delay` seconds are written as running.
  public init(
    _ storage: any StudyStorage, study: StudyRecord, space: SearchSpace, delay: Double = 0.5,
    clock: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }
  ) throws {
    self.storage = storage
    self.study = study
    self.space = space
    self.clock = clock
    self.delay = delay
    let trials = try storage.trials(of: study)
    var distributions: [String: StoredDistribution] = [:]
    for parameter in trials.flatMap(\.parameters) where distributions[parameter.name] == nil {
      distributions[parameter.name] = parameter.distribution
    }
    let ended = Set(trials.filter(\.state.isEnd).map(\.number))
    knowledge = Mutex(Knowledge(distributions: distributions, starts: [:], ended: ended))
  }

  public func begin(_ number: Int, _ assignment: Assignment) throws {
    let now = clock()
    let isFirst = knowledge.withLock { knowledge -> Bool in
      if knowledge.ended.contains(number) { return false }
      if knowledge.starts[number] == nil { knowledge.starts[number] = now }
      knowledge.waiting[number] = assignment
      defer { knowledge.isWritingLater = delay > 0 }
      return !knowledge.isWritingLater
    }
    guard isFirst else { return }
    guard delay > 0 else { return try writeWaiting() }
    DispatchQueue.global().asyncAfter(deadline: .now() + delay) { [weak self] in
      // What cannot be written now shows when the trial ends.
      try? self?.writeWaiting()
    }
  }

  /// Writes what runs still.
  private func writeWaiting() throws {
    let (waiting, starts, known) = knowledge.withLock { knowledge in
      defer { (knowledge.waiting, knowledge.isWritingLater) = ([:], false) }
      return (knowledge.waiting, knowledge.starts, knowledge.distributions)
    }
    for number in waiting.keys.sorted() {
      guard let assignment = waiting[number] else { continue }
      let trial = Trial(number: number, assignment: assignment, state: .running, values: [])
      try storage.write(TrialRecord(trial, in: space, known: known, start: starts[number]), to: study)
    }
  }

  public func record(_ trial: Trial) throws {
    let now = clock()
    let isEnd = trial.state != .running
    let known = knowledge.withLock { knowledge -> (start: Double, [String: StoredDistribution])? in
      if knowledge.ended.contains(trial.number) { return nil }
      let start = knowledge.starts[trial.number] ?? now
      knowledge.waiting[trial.number] = nil
      if isEnd {
        knowledge.starts[trial.number] = nil
        knowledge.ended.insert(trial.number)
      }
      return (start, knowledge.distributions)
    }
    guard let (start, distributions) = known else { return }
    let record = TrialRecord(
      trial, in: space, known: distributions, start: start, end: isEnd ? now : nil)
    try storage.write(record, to: study)
  }
}
