import Components
import Foundation
import Tensors

/// The tasks of a study whose trials say what they have: one for each trial.
///
/// Trial n is decided as soon as the trials before n − lag have ended, and all before it where the space has grown. What it
/// knows follows from its number alone.
final class DynamicStudyTasks: TaskSource, @unchecked Sendable {
  /// A trial that ended, in a space of its own.
  private struct Ended {
    var trial: Trial
    var asked: [SearchSpace.Parameter]
    var problem: DynamicStudyError?
  }

  private let study: DynamicStudy
  private let progress: (@Sendable (DynamicStudyOutcome.Step) -> StudyDecision)?
  private let objectives: @Sendable (inout DynamicTrial) throws -> [Double]
  private let lock = NSLock()
  private let deadline: ContinuousClock.Instant?

  private var space = SearchSpace([])
  /// The first trial that is proposed in this space.
  private var first = 0
  private var history: TrialHistory
  private var proposer: (any Proposer)?
  /// Whether rows of the history hold values that their trials did not ask for.
  private var isStale = false
  private var hasGrown = false
  /// The number of the trial before which all have to be known.
  private var barrier = 0
  private var startedCount = 0
  /// All trials below this number are known.
  private var knownCount = 0
  private var ended: [Ended?] = []
  /// What was proposed for trials of this space, from the first one on.
  private var proposals: [Assignment] = []
  private var bestNumber = -1
  private var bestLoss = Double.infinity
  private var runningCount = 0
  private var ending: StudyOutcome.Ending?
  private var failure: (any Error)?

  init(
    _ study: DynamicStudy, progress: (@Sendable (DynamicStudyOutcome.Step) -> StudyDecision)?,
    objectives: @escaping @Sendable (inout DynamicTrial) throws -> [Double]
  ) {
    self.study = study
    self.progress = progress
    self.objectives = objectives
    history = TrialHistory(space: space, directions: study.directions)
    deadline = study.budget.seconds.map { ContinuousClock.now + .seconds($0) }
  }

  /// What the search found; throws what could not be searched.
  func outcome() throws -> DynamicStudyOutcome {
    if let failure { throw failure }
    while knownCount < ended.count, ended[knownCount] != nil { learn() }
    if let failure { throw failure }
    let trials = ended.prefix(knownCount).compactMap { end -> Trial? in
      guard let end else { return nil }
      var trial = end.trial
      trial.assignment = projected(end)
      return trial
    }
    let same = Study(
      space: space, sampler: study.sampler, directions: study.directions, budget: study.budget,
      knowledge: .lag(study.lag), pruner: study.pruner, seed: study.seed)
    return DynamicStudyOutcome(space: space, trials: trials, ending: ending ?? .trials, study: same)
  }

  func next() -> NextTask {
    lock.lock()
    defer { lock.unlock() }
    guard failure == nil else { return .finished }
    guard ending == nil else { return runningCount == 0 ? .finished : .wait }
    do {
      if let task = try decide() { return task }
    } catch {
      failure = error
    }
    guard failure == nil, ending == nil || runningCount > 0 else { return .finished }
    return .wait
  }

  /// The next trial; nil if it cannot start now, or if there is none.
  private func decide() throws -> NextTask? {
    let number = startedCount
    // While nothing has been asked for, there is nothing that trials side by side could be proposed.
    let isAlone = space.count == 0 || barrier == number
    while knownCount < (isAlone || hasGrown ? number : max(0, number - study.lag)) {
      guard ended[knownCount] != nil else { return nil }
      learn()
      guard failure == nil else { return nil }
    }
    if let reason = reasonToEnd(number) {
      ending = reason
      return nil
    }
    if hasGrown { try begin(at: number) } else if isStale { rebuild() }
    guard let (said, assignment) = proposal(number) else {
      // With all known there may be a proposal.
      return ending == nil && barrier == number ? try decide() : nil
    }
    history.append(assignment)
    proposals.append(assignment)
    ended.append(nil)
    startedCount += 1
    runningCount += 1
    // Held by the trial, the history is copied when it changes.
    let known = study.pruner.map { _ in KnownTrials(history) }
    return .run { self.evaluate(number, said, known) }
  }

  private func reasonToEnd(_ number: Int) -> StudyOutcome.Ending? {
    if let trials = study.budget.trials, number >= trials { return .trials }
    if let evaluations = study.budget.evaluations, Double(number) >= evaluations { return .evaluations }
    if let deadline, ContinuousClock.now >= deadline { return .timeout }
    if let patience = study.budget.patience, bestNumber >= 0, knownCount - 1 - bestNumber >= patience {
      return .patience
    }
    return nil
  }

  /// What a trial is to have, by name and in the space; nil if none starts now.
  private func proposal(_ number: Int) -> (said: [String: RecordedValue], assignment: Assignment)? {
    let nothing = Assignment(repeating: .nan, count: space.count)
    if number < study.enqueued.count {
      let said = study.enqueued[number]
      let assignment = space.parameters.map { $0.distribution.number(said[$0.name]) ?? .nan }
      return (said, assignment)
    }
    guard var proposer else { return ([:], nothing) }
    var stream = RandomStream(seed: study.sectionSeed(first), .sampler, number - first)
    let proposal = proposer.propose(number - first, given: history, using: &stream)
    self.proposer = proposer
    switch proposal {
    case .trial(let assignment, _):
      return (Dictionary(space.recorded(assignment)) { value, _ in value }, assignment)
    case .wait where knownCount < number:
      barrier = number
      return nil
    case .wait, .finished:
      ending = .exhausted
      return nil
    }
  }

  // MARK: What is known

  /// Takes notice of the trial that is known next.
  private func learn() {
    guard let end = ended[knownCount] else { return }
    let number = knownCount
    knownCount += 1
    if let problem = end.problem {
      failure = failure ?? problem
      return
    }
    for parameter in end.asked { extend(by: parameter) }
    let loss = study.directions[0] == .maximize ? -end.trial.value : end.trial.value
    if end.trial.state == .completed, end.trial.isFeasible, loss < bestLoss {
      (bestLoss, bestNumber) = (loss, number)
    }
    // A space that has grown begins with a history of its own.
    guard !hasGrown else { return }
    let proposed = proposals[number - first]
    let own = projected(end)
    if zip(proposed, own).contains(where: { $0 != $1 && !($0.isNaN && $1.isNaN) }) { isStale = true }
    var trial = end.trial
    trial.number -= first
    history.reveal(trial)
  }

  private func extend(by parameter: SearchSpace.Parameter) {
    guard let place = space.index(of: parameter.name) else {
      space.parameters.append(parameter)
      hasGrown = true
      return
    }
    let known = space.parameters[place].distribution
    guard known != parameter.distribution else { return }
    let (first, second) = (StoredDistribution(known), StoredDistribution(parameter.distribution))
    guard let union = first.union(second) else {
      failure =
        failure ?? DynamicStudyError.kindsDiffer(name: parameter.name, first: first.kind, second: second.kind)
      return
    }
    if union != first {
      space.parameters[place].distribution = union.distribution
      hasGrown = true
    }
  }

  /// The values of a trial in the space as it is known now.
  private func projected(_ end: Ended) -> Assignment {
    space.projected(end.trial.assignment, from: SearchSpace(end.asked))
      ?? Assignment(repeating: .nan, count: space.count)
  }

  /// Starts the sampler in a space that has grown, before trial n.
  private func begin(at number: Int) throws {
    hasGrown = false
    isStale = false
    first = number
    proposals = []
    rebuildHistory()
    var problem = self.problem
    problem.modelsLargestBudget = study.pruner?.modelsLargestBudget ?? false
    try study.sampler.check(problem)
    proposer = study.sampler.proposer(for: problem)
  }

  /// What proposers keep follows from the history: another one goes on with the rows as they really were.
  private func rebuild() {
    isStale = false
    rebuildHistory()
    proposer = study.sampler.proposer(for: problem)
  }

  private func rebuildHistory() {
    history = TrialHistory(space: space, directions: study.directions, capacity: study.budget.trials ?? 0)
    for end in ended.prefix(first) {
      guard let end else { continue }
      var trial = end.trial
      trial.assignment = projected(end)
      history.appendEarlier(trial)
    }
    for (place, assignment) in proposals.enumerated() {
      let number = first + place
      let end = number < knownCount ? ended[number] : nil
      history.append(end.map(projected) ?? assignment)
    }
    for number in first..<max(first, knownCount) {
      guard var trial = ended[number]?.trial else { continue }
      trial.number -= first
      history.reveal(trial)
    }
  }

  private var problem: SearchProblem {
    var problem = SearchProblem(
      space: space, directions: study.directions, seed: study.sectionSeed(first), lag: study.lag,
      trialCount: study.budget.trials.map { $0 - first })
    problem.enqueuedCount = max(0, study.enqueued.count - first)
    return problem
  }

  // MARK: Evaluating

  private func evaluate(_ number: Int, _ said: [String: RecordedValue], _ known: KnownTrials?) {
    let study = study
    var trial = DynamicTrial(number: number, proposed: said, key: study.trialKey(number)) { reports in
      guard let pruner = study.pruner, let known else { return false }
      let sign = study.directions[0] == .maximize ? -1.0 : 1
      let losses = reports.map { Trial.Report(step: $0.step, value: sign * $0.value) }
      let running = RunningTrial(
        number: number, reports: losses, parts: pruner.comparesParts ? losses.map(\.value) : [],
        stepCount: .max, direction: study.directions[0])
      return pruner.prunes(running, given: known)
    }
    var values = [Double](repeating: .nan, count: study.directions.count)
    var state = Trial.State.failed
    var text: String?
    do {
      let found = try objectives(&trial)
      if found.count == values.count { values = found } else { text = Self.miscounted(found, values.count) }
      if !values.contains(where: \.isNaN) { state = .completed }
    } catch is TrialPruned {
      values[0] = trial.reports.last?.value ?? .nan
      state = .pruned
    } catch {
      text = (error as? any Explained)?.sentence ?? "\(error)"
    }
    let comparesParts = study.pruner?.comparesParts ?? false
    var end = Trial(
      number: number, assignment: trial.assignment, state: state, values: values,
      parts: comparesParts && !trial.reports.isEmpty ? trial.reports.map(\.value) : [values[0]],
      reports: trial.reports, violation: trial.violation, failure: text)
    end.cost = trial.cost
    settle(Ended(trial: end, asked: trial.asked, problem: trial.problem))
  }

  private static func miscounted(_ found: [Double], _ wanted: Int) -> String {
    "it gave \(found.count) objectives, but the search has \(wanted)"
  }

  private func settle(_ end: Ended) {
    lock.lock()
    ended[end.trial.number] = end
    runningCount -= 1
    lock.unlock()
    guard let progress, end.problem == nil else { return }
    let values = SearchSpace(end.asked).recorded(end.trial.assignment)
    guard progress(.init(trial: end.trial, values: values)) == .stop else { return }
    lock.lock()
    if ending == nil { ending = .stopped }
    lock.unlock()
  }
}
