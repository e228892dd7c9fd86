import Components
import Foundation
import Tensors

/// The tasks of a study: one for every part of every trial at every amount of training.
///
/// The work is a sequence of jobs: a new trial, or one that goes on behind a pause. A job is decided as soon as those that
/// it has to know have ended; what it may know follows from its place in the sequence alone.
final class StudyTasks<Goal: SearchObjective>: TaskSource, @unchecked Sendable {
  /// What is evaluated before the trial is judged: so many parts at an amount of training.
  struct Step {
    var resource: Int
    var parts: Int
  }

  /// A job that runs.
  struct Running {
    let trial: Int
    let assignment: Assignment
    let steps: [Step]
    /// What was known when it was decided.
    let eventCount: Int
    var step = 0
    var parts: [Goal.Part?]
    var isEvaluated: [Bool]
    var started = 0
    /// The parts as an earlier amount of training left them.
    var earlier: [Goal.Part?]
    /// The trainings that it goes on with.
    var lineage: [Evaluation.Stage] = []
    var isJudged = false
  }

  /// What came of a job.
  struct Ended {
    var trial: Trial
  }

  /// What came of a part.
  enum PartResult {
    case part(Goal.Part)
    case failed(String)
  }

  /// A part that another process computes.
  struct Foreign {
    let job: Int
    let evaluation: Evaluation
    let earlier: Goal.Part?
  }

  let study: Study
  let objective: Goal
  let recorder: (any StudyRecorder)?
  let progress: (@Sendable (Trial) -> StudyDecision)?
  let recorded: [Int: Trial]
  let lock = NSLock()
  let deadline: ContinuousClock.Instant?

  var proposer: any Proposer
  var schedule: HalvingSchedule?
  var history: TrialHistory
  var jobCount = 0
  var running: [Int: Running] = [:]
  /// The jobs that run, in order.
  var order: [Int] = []
  /// What is not known yet, by job.
  var ended: [Int: Ended] = [:]
  /// The jobs in the order in which they ended, as far as they are not known, for searches that know all that ended.
  var endedOrder: [Int] = []
  /// All jobs below this number have ended.
  var endedCount = 0
  var revealedCount = 0
  /// The number of jobs at which all have to be known first.
  var barrier = -1
  /// Parts of trials that pause.
  var paused: [Int: [Goal.Part?]] = [:]
  var reports: [Int: [Trial.Report]] = [:]
  var failures: [Int: (part: Int, text: String)] = [:]
  var seen: [Int: [Int]] = [:]
  var seenSince: [Int] = []
  var trainings: [Int: Trial.Training] = [:]
  /// What other processes compute, and whether somebody looks after it.
  var foreign: [Foreign] = []
  var isPolling = false
  var partLists: [Int: [Double]] = [:]
  /// The trials that wait for the outcome of an equal one.
  var followers: [Int: [(job: Int, trial: Int, assignment: Assignment)]] = [:]
  var tried: [Int: [Int]] = [:]
  var ending: StudyOutcome.Ending?
  /// The parts that were evaluated, times how far.
  var work = 0
  var evaluations: Double { Double(work) / Double(max(objective.fullResource, 1)) }
  var promised: [Int: Double] = [:]
  var bestLoss = Double.infinity
  var bestNumber = -1
  var failure: (any Error)?

  init(
    _ study: Study, _ objective: Goal, recorded: [Trial], recorder: (any StudyRecorder)?,
    progress: (@Sendable (Trial) -> StudyDecision)?
  ) {
    self.study = study
    self.objective = objective
    self.recorder = recorder
    self.progress = progress
    self.recorded = Dictionary(recorded.map { ($0.number, $0) }) { first, _ in first }
    proposer = study.sampler.proposer(
      for: study.problem(
        fullResource: objective.fullResource, frozen: objective.frozenHyperparameters,
        hasGradient: objective.hasGradient))
    schedule = study.pruner?.halving.map {
      HalvingSchedule($0, fullResource: objective.fullResource)
    }
    history = TrialHistory(
      space: study.space, directions: study.directions,
      capacity: study.earlier.count + (study.budget.trials ?? 0))
    for trial in study.earlier { history.appendEarlier(trial) }
    deadline = study.budget.seconds.map { ContinuousClock.now + .seconds($0) }
  }

  /// What the search found; throws what could not be kept.
  func outcome() throws -> StudyOutcome {
    if let failure { throw failure }
    revealAll()
    let trials = (0..<history.trialCount).map { trial($0, history) }
    if let recorder, ending != .stopped {
      // Trials that pause have been given up now.
      for trial in trials where history.state(history.row(of: trial.number)) == .running {
        try recorder.record(trial)
      }
    }
    return StudyOutcome(trials: trials, ending: ending ?? .trials, evaluations: evaluations)
  }

  /// A trial as it stands in the history; one that still pauses has been given up.
  func trial(_ number: Int, _ history: TrialHistory) -> Trial {
    let row = history.row(of: number)
    let signs = study.directions.map { $0 == .maximize ? -1.0 : 1 }
    let state = history.state(row)
    var values = signs.indices.map { signs[$0] * history.loss(row, objective: $0) }
    if state == .running, let last = reports[number]?.last { values[0] = last.value }
    var trial = Trial(
      number: number, assignment: history.assignment(row), state: state == .running ? .pruned : state,
      values: values, parts: partLists[number] ?? [values[0]], reports: reports[number] ?? [],
      violation: history.violation(row), failure: failures[number]?.text, seen: seen[number])
    trial.cost = history.cost(row)
    trial.gradient = history.gradient(row)?.map { signs[0] * $0 }
    trial.training = trainings[number]
    return trial
  }

  // MARK: Handing out tasks

  func next() -> NextTask {
    lock.lock()
    defer { lock.unlock() }
    while true {
      // What cannot be kept ends the search at once.
      guard failure == nil else { return .finished }
      if let task = task(isAhead: false) { return task }
      switch decide() {
      case .started: continue
      case .nothingNow: return task(isAhead: true) ?? lookingAfterOthers()
      case .nothingMore:
        if failure != nil { return .finished }
        if let task = task(isAhead: true) { return task }
        return running.isEmpty && followers.isEmpty ? .finished : lookingAfterOthers()
      }
    }
  }

  /// Waits; where other processes compute what is needed, for them.
  private func lookingAfterOthers() -> NextTask {
    guard !foreign.isEmpty, !isPolling else { return .wait }
    isPolling = true
    return .run { self.poll() }
  }

  /// The next part of the oldest job that has one.
  ///
  /// Ahead of a judgment parts are evaluated only when nothing else is to do; they do not count if the trial is given up.
  private func task(isAhead: Bool) -> NextTask? {
    for job in order {
      guard let own = running[job], own.step < own.steps.count else { continue }
      let limit = isAhead ? objective.partCount : own.steps[own.step].parts
      guard own.started < limit else { continue }
      let part = own.started
      running[job]?.started += 1
      let resource = own.steps[own.step].resource
      var evaluation = Evaluation(
        trial: own.trial, assignment: own.assignment, part: part, resource: resource,
        fullResource: objective.fullResource)
      evaluation.lineage = own.lineage
      let task = evaluation
      let earlier = part < own.earlier.count ? own.earlier[part] : nil
      return .run { self.evaluate(task, from: earlier, job: job) }
    }
    return nil
  }

  // MARK: Deciding jobs

  private enum Decided {
    case started, nothingNow, nothingMore
  }

  private func decide() -> Decided {
    guard failure == nil, ending == nil else { return .nothingMore }
    guard learn() else { return .nothingNow }
    guard ending == nil else { return .nothingMore }
    if let deadline, ContinuousClock.now >= deadline {
      ending = .timeout
      return .nothingMore
    }
    if let budget = study.budget.evaluations, evaluations + promised.values.reduce(0, +) >= budget {
      ending = .evaluations
      return .nothingMore
    }
    if let patience = study.budget.patience, bestNumber >= 0, lastKnownNumber - bestNumber >= patience {
      ending = .patience
      return .nothingMore
    }
    let number = history.trialCount
    let canStart = number < (study.budget.trials ?? .max)
    guard var schedule else {
      guard canStart else {
        ending = .trials
        return .nothingMore
      }
      return start(number, resource: nil)
    }
    let allKnown = revealedCount == jobCount
    let decision = schedule.next(history, number: number, canStart: canStart, allKnown: allKnown)
    switch decision {
    case .wait: return waitForAll()
    case .finished:
      ending = .trials
      return .nothingMore
    case .resume(let trial, let resource):
      self.schedule = schedule
      resume(trial, to: resource)
      return .started
    case .start(let resource):
      let decided = start(number, resource: resource)
      // A start that has to wait is decided again.
      if case .started = decided { self.schedule = schedule }
      return decided
    }
  }

  /// Makes known what the next job may know; false if some of it has not ended.
  private func learn() -> Bool {
    switch study.knowledge {
    case .lag(let lag):
      let known = barrier == jobCount ? jobCount : max(0, jobCount - lag)
      guard endedCount >= known else { return false }
      reveal(to: known)
    case .all:
      if barrier == jobCount, endedCount < jobCount { return false }
      revealEnded()
    case .seen(let lists):
      let number = history.trialCount
      guard number < lists.count else {
        ending = .trials
        return true
      }
      guard seen[number] == nil else { return true }
      guard lists[number].allSatisfy({ ended[$0] != nil }) else { return false }
      seen[number] = lists[number]
      for job in lists[number] { reveal(job: job) }
      revealedCount += lists[number].count
    }
    return true
  }

  private func waitForAll() -> Decided {
    guard revealedCount < jobCount else {
      ending = .exhausted
      return .nothingMore
    }
    barrier = jobCount
    return endedCount == jobCount ? decide() : .nothingNow
  }

  /// The number of the last trial that is known.
  private var lastKnownNumber: Int { (history.events.max() ?? -1) - history.earlierCount }

  private func start(_ number: Int, resource: Int?) -> Decided {
    var training: Trial.Training?
    let assignment: Assignment
    if let known = recorded[number] {
      let isAskedFor = known.state == .running
      assignment = isAskedFor ? completed(known.assignment, number) : known.assignment
      training = known.training
    } else {
      switch proposal(number) {
      case .trial(let values, let own): (assignment, training) = (values, own)
      case .wait: return waitForAll()
      case .finished:
        ending = .exhausted
        return .nothingMore
      }
    }
    if study.knowledge == .all {
      seen[number] = seenSince
      seenSince = []
    }
    let row = history.count
    let twin = study.duplicates == .evaluate ? nil : self.twin(of: assignment)
    history.append(assignment)
    if study.duplicates != .evaluate { tried[hash(assignment), default: []].append(row) }
    let job = jobCount
    jobCount += 1
    if let recorder {
      do { try recorder.begin(number, assignment) } catch { failure = error }
    }
    if let twin, study.duplicates == .reuse, schedule == nil, training == nil, recorded[number] == nil {
      follow(twin, job: job, number: number, assignment)
      return .started
    }
    let parts = objective.partCount
    if let training {
      trainings[number] = training
      let earlier = training.parent.flatMap { paused[$0] } ?? []
      run(job, number, assignment, [Step(resource: training.resource, parts: parts)], from: earlier)
    } else if let resource {
      run(job, number, assignment, [Step(resource: resource, parts: parts)], from: [])
    } else {
      run(job, number, assignment, steps(objective.fullResource), from: [], isStaged: false)
    }
    return .started
  }

  /// What a trial that runs through is judged behind.
  private func steps(_ full: Int) -> [Step] {
    let parts = objective.partCount
    guard let pruner = study.pruner else { return [Step(resource: full, parts: parts)] }
    switch study.pruningSteps ?? (parts > 1 ? pruner.naturalSteps : .epochs) {
    case .folds: return (1...parts).map { Step(resource: full, parts: $0) }
    case .epochs:
      // Ten judgments are enough to be early and few enough to cost nothing.
      let count = min(10, full)
      return (1...count).map { Step(resource: max(1, full * $0 / count), parts: parts) }
    }
  }

  private func resume(_ trial: Int, to resource: Int) {
    let job = jobCount
    jobCount += 1
    let assignment = history.assignment(history.row(of: trial))
    run(
      job, trial, assignment, [Step(resource: resource, parts: objective.partCount)],
      from: paused[trial] ?? [])
  }

  private func run(
    _ job: Int, _ number: Int, _ assignment: Assignment, _ steps: [Step], from earlier: [Goal.Part?],
    isStaged: Bool = true
  ) {
    if let known = recorded[number],
      let trial = recordedEnd(known, behind: steps[steps.count - 1], isStaged: isStaged)
    {
      work += recordedWork(trial, behind: steps[steps.count - 1], isStaged: isStaged)
      reports[number] = trial.reports
      if let text = known.failure { failures[number] = (0, text) }
      if known.parts.count > 1 || known.parts.first != known.value { partLists[number] = known.parts }
      end(job, Ended(trial: trial), isNew: false)
      return
    }
    running[job] = Running(
      trial: number, assignment: assignment, steps: steps, eventCount: history.events.count,
      parts: [Goal.Part?](repeating: nil, count: objective.partCount),
      isEvaluated: [Bool](repeating: false, count: objective.partCount), earlier: earlier,
      lineage: lineage(of: number))
    promised[job] = Double(objective.partCount)
    order.append(job)
  }

  /// The trainings that a trial goes on with, the first one first.
  private func lineage(of number: Int) -> [Evaluation.Stage] {
    var stages: [Evaluation.Stage] = []
    var next = trainings[number]?.parent
    while let parent = next, let training = trainings[parent] {
      let assignment = history.assignment(history.row(of: parent))
      stages.append(.init(assignment: assignment, resource: training.resource))
      next = training.parent
    }
    return stages.reversed()
  }

  /// A trial that ended before the search was interrupted, as it stood behind a step; nil if it did not get there.
  private func recordedEnd(_ known: Trial, behind step: Step, isStaged: Bool) -> Trial? {
    if known.state == .failed { return known }
    let isFull = step.resource >= objective.fullResource
    if !isStaged || isFull && known.state == .completed { return known.state == .running ? nil : known }
    let reports = known.reports.filter { $0.step <= step.resource }
    guard let last = reports.last, last.step == step.resource, !isFull else { return nil }
    var trial = known
    trial.reports = reports
    trial.values = [last.value] + known.values.dropFirst()
    trial.state = .running
    return trial
  }

  /// The work of such a trial, which counts as if it had been done now.
  private func recordedWork(_ trial: Trial, behind step: Step, isStaged: Bool) -> Int {
    let (parts, full) = (objective.partCount, objective.fullResource)
    if isStaged {
      let before = trial.reports.last { $0.step < step.resource }?.step ?? 0
      return parts * (step.resource - before)
    }
    guard trial.state != .completed, let pruner = study.pruner, let last = trial.reports.last?.step else {
      return parts * step.resource
    }
    let isOfParts = (study.pruningSteps ?? (parts > 1 ? pruner.naturalSteps : .epochs)) == .folds
    return isOfParts ? last * full : parts * last
  }
}
