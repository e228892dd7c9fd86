import Components
import Foundation

/// The tasks of a study: one for every part of every trial.
///
/// A trial's proposal is made as soon as the trials that it has to know have ended.
final class StudyTasks<Part: Sendable>: TaskSource, @unchecked Sendable {
  private struct Running {
    var assignment: Assignment
    var values: [Part?]
    var openParts: Int
    var nextPart = 0
  }

  private let study: Study
  private let parts: Int
  private let evaluate: @Sendable (Assignment, Int) throws -> Part
  private let outcome: @Sendable ([Part?]) -> TrialOutcome
  private let progress: (@Sendable (Trial) -> Void)?
  private let lock = NSLock()
  private var proposed: [Assignment] = []
  private var running: [Int: Running] = [:]
  private var finished: [Trial?]
  /// All trials below this number have ended.
  private var finishedCount = 0

  init(
    _ study: Study, parts: Int, evaluate: @escaping @Sendable (Assignment, Int) throws -> Part,
    outcome: @escaping @Sendable ([Part?]) -> TrialOutcome, progress: (@Sendable (Trial) -> Void)?
  ) {
    self.study = study
    self.parts = parts
    self.evaluate = evaluate
    self.outcome = outcome
    self.progress = progress
    finished = [Trial?](repeating: nil, count: study.trialCount)
  }

  var trials: [Trial] { finished.compactMap { $0 } }

  func next() -> NextTask {
    lock.lock()
    defer { lock.unlock() }
    // The oldest trial first, so that later proposals wait as little as possible.
    for number in finishedCount..<proposed.count {
      guard var trial = running[number], trial.nextPart < parts else { continue }
      let part = trial.nextPart
      trial.nextPart += 1
      running[number] = trial
      return task(number, part, trial.assignment)
    }
    guard proposed.count < study.trialCount else { return .finished }
    let number = proposed.count
    let known = max(0, number - study.lag)
    guard finishedCount >= known else { return .wait }
    let assignment = study.proposal(
      number, finished: finished[..<known].compactMap { $0 }, running: Array(proposed[known...]))
    proposed.append(assignment)
    running[number] = Running(
      assignment: assignment, values: [Part?](repeating: nil, count: parts), openParts: parts, nextPart: 1)
    return task(number, 0, assignment)
  }

  private func task(_ number: Int, _ part: Int, _ assignment: Assignment) -> NextTask {
    .run { [self] in
      // A try that cannot be trained is a failed one, not the end of the search.
      let value = try? evaluate(assignment, part)
      lock.lock()
      running[number]?.values[part] = value
      running[number]?.openParts -= 1
      var whole: [Part?]?
      if let trial = running[number], trial.openParts == 0 { whole = trial.values }
      lock.unlock()
      // What is made of all parts may take its time: the others go on meanwhile.
      guard let outcome = whole.map(outcome) else { return }
      let ended = Trial(
        number: number, assignment: assignment, value: outcome.value, parts: outcome.parts,
        violation: outcome.violation)
      lock.lock()
      finished[number] = ended
      running[number] = nil
      while finishedCount < finished.count, finished[finishedCount] != nil { finishedCount += 1 }
      lock.unlock()
      progress?(ended)
    }
  }
}
