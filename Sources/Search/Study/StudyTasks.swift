import Components
import Foundation
import Tensors

/// The tasks of a study: one for every part of every trial at every amount of training.
///
/// The work is a sequence of jobs: a new trial, or one that goes on behind a pause. A job is decided as soon as those that
/// it has to know have ended; what it may know follows from its place in the sequence alone.
final class StudyTasks<Goal: SearchObjective>: TaskSource, @unchecked Sendable {
  /// What is evaluated before the trial is judged: so many parts at an amount of training.
  private struct Step {
    var resource: Int
    var parts: Int
  }

  /// A job that runs.
  private struct Running {
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
    var isJudged = false
  }

  /// What came of a job.
  private struct Ended {
    var trial: Trial
    var outcome: TrialOutcome?
  }

  private let study: Study
  private let objective: Goal
  private let recorder: (any StudyRecorder)?
  private let progress: (@Sendable (Trial) -> StudyDecision)?
  private let recorded: [Int: Trial]
  private let lock = NSLock()
  private let deadline: ContinuousClock.Instant?

  private var proposer: any Proposer
  private var schedule: HalvingSchedule?
  private var history: TrialHistory
  private var jobCount = 0
  private var running: [Int: Running] = [:]
  /// The jobs that run, in order.
  private var order: [Int] = []
  /// What is not known yet, by job.
  private var ended: [Int: Ended] = [:]
  /// The jobs in the order in which they ended, as far as they are not known, for searches that know all that ended.
  private var endedOrder: [Int] = []
  /// All jobs below this number have ended.
  private var endedCount = 0
  private var revealedCount = 0
  /// The number of jobs at which all have to be known first.
  private var barrier = -1
  /// Parts of trials that pause.
  private var paused: [Int: [Goal.Part?]] = [:]
  private var reports: [Int: [Trial.Report]] = [:]
  private var failures: [Int: (part: Int, text: String)] = [:]
  private var seen: [Int: [Int]] = [:]
  private var seenSince: [Int] = []
  private var costs: [Int: Double] = [:]
  private var partLists: [Int: [Double]] = [:]
  /// The trials that wait for the outcome of an equal one.
  private var followers: [Int: [(job: Int, trial: Int, assignment: Assignment)]] = [:]
  private var tried: [Int: [Int]] = [:]
  private var ending: StudyOutcome.Ending?
  /// The parts that were evaluated, times how far.
  private var work = 0
  private var evaluations: Double { Double(work) / Double(max(objective.fullResource, 1)) }
  private var promised: [Int: Double] = [:]
  private var bestLoss = Double.infinity
  private var bestNumber = -1
  private var failure: (any Error)?

  init(
    _ study: Study, _ objective: Goal, recorded: [Trial], recorder: (any StudyRecorder)?,
    progress: (@Sendable (Trial) -> StudyDecision)?
  ) {
    self.study = study
    self.objective = objective
    self.recorder = recorder
    self.progress = progress
    self.recorded = Dictionary(recorded.map { ($0.number, $0) }) { first, _ in first }
    proposer = study.sampler.proposer(for: study.problem(fullResource: objective.fullResource))
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
    return StudyOutcome(trials: trials, ending: ending ?? .trials, evaluations: evaluations)
  }

  /// A trial as it stands in the history; one that still pauses has been given up.
  private func trial(_ number: Int, _ history: TrialHistory) -> Trial {
    let row = history.row(of: number)
    let signs = study.directions.map { $0 == .maximize ? -1.0 : 1 }
    let state = history.state(row)
    var values = signs.indices.map { signs[$0] * history.loss(row, objective: $0) }
    if state == .running, let last = reports[number]?.last { values[0] = last.value }
    return Trial(
      number: number, assignment: history.assignment(row), state: state == .running ? .pruned : state,
      values: values, parts: partLists[number] ?? [values[0]], reports: reports[number] ?? [],
      violation: history.violation(row), failure: failures[number]?.text, seen: seen[number])
  }

  // MARK: Handing out tasks

  func next() -> NextTask {
    lock.lock()
    defer { lock.unlock() }
    while true {
      if let task = task(isAhead: false) { return task }
      switch decide() {
      case .started: continue
      case .nothingNow: return task(isAhead: true) ?? .wait
      case .nothingMore:
        if let task = task(isAhead: true) { return task }
        return running.isEmpty && followers.isEmpty ? .finished : .wait
      }
    }
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
      let evaluation = Evaluation(
        trial: own.trial, assignment: own.assignment, part: part, resource: resource,
        fullResource: objective.fullResource)
      let earlier = part < own.earlier.count ? own.earlier[part] : nil
      return .run { self.evaluate(evaluation, from: earlier, job: job) }
    }
    return nil
  }

  // MARK: Deciding jobs

  private enum Decided {
    case started, nothingNow, nothingMore
  }

  private func decide() -> Decided {
    guard failure == nil, ending == nil else { return .nothingMore }
    if case .lag(let lag) = study.knowledge {
      let known = barrier == jobCount ? jobCount : max(0, jobCount - lag)
      guard endedCount >= known else { return .nothingNow }
      reveal(to: known)
    } else {
      if barrier == jobCount, endedCount < jobCount { return .nothingNow }
      revealEnded()
    }
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
    var training: Proposal.Training?
    let assignment: Assignment
    if let known = recorded[number], !study.sampler.inheritsTraining {
      assignment = known.assignment
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
    let full = objective.fullResource
    if let resource = resource ?? training?.resource {
      let earlier = training?.parent.flatMap { paused[$0] } ?? []
      run(job, number, assignment, [Step(resource: resource, parts: objective.partCount)], from: earlier)
    } else {
      run(job, number, assignment, steps(full), from: [])
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
    _ job: Int, _ number: Int, _ assignment: Assignment, _ steps: [Step], from earlier: [Goal.Part?]
  ) {
    if !study.sampler.inheritsTraining, let known = recorded[number],
      let trial = recordedEnd(known, behind: steps[steps.count - 1])
    {
      reports[number] = trial.reports
      if let text = known.failure { failures[number] = (0, text) }
      if known.parts.count > 1 || known.parts.first != known.value { partLists[number] = known.parts }
      end(job, Ended(trial: trial, outcome: nil), isNew: false)
      return
    }
    running[job] = Running(
      trial: number, assignment: assignment, steps: steps, eventCount: history.events.count,
      parts: [Goal.Part?](repeating: nil, count: objective.partCount),
      isEvaluated: [Bool](repeating: false, count: objective.partCount), earlier: earlier)
    promised[job] = Double(objective.partCount)
    order.append(job)
  }

  /// A trial that ended before the search was interrupted, as it stood behind a step; nil if it did not get there.
  private func recordedEnd(_ known: Trial, behind step: Step) -> Trial? {
    let isLast = step.resource >= objective.fullResource
    if isLast || known.state == .failed { return known.state == .running ? nil : known }
    if known.reports.isEmpty { return known.state == .completed ? known : nil }
    let reports = known.reports.filter { $0.step <= step.resource }
    guard reports.last?.step == step.resource else { return nil }
    var trial = known
    trial.reports = reports
    trial.state = .running
    return trial
  }

  // MARK: Proposals

  /// A proposal; of assignments that have been tried another one, where that is wanted.
  private func proposal(_ number: Int) -> Proposal {
    if number < study.enqueued.count {
      var stream = study.problem(fullResource: 1).stream(number)
      let drawn = study.space.parameters.map { $0.distribution.draw(using: &stream) }
      // What is not said is drawn; what belongs to choices that are not made is left out.
      let said = study.enqueued[number]
      return .trial(study.space.normalized(zip(said, drawn).map { $0.isNaN ? $1 : $0 }))
    }
    var last = Proposal.finished
    for attempt in 0..<20 {
      last = propose(number, attempt: attempt)
      guard case .trial(let assignment, _) = last, study.duplicates == .skip, twin(of: assignment) != nil
      else { return last }
    }
    for attempt in 20..<200 {
      var stream = RandomStream(under: study.problem(fullResource: 1).stream(number).key, attempt)
      let assignment = study.space.draw(using: &stream)
      if twin(of: assignment) == nil { return .trial(assignment) }
    }
    // All that the space holds has been tried.
    return .finished
  }

  private func propose(_ number: Int, attempt: Int) -> Proposal {
    var stream = study.problem(fullResource: 1).stream(number)
    if attempt > 0 { stream = RandomStream(under: stream.key, attempt) }
    let proposal = proposer.propose(number, given: history, using: &stream)
    guard case .trial(let assignment, let training) = proposal else { return proposal }
    return .trial(study.space.normalized(assignment), training)
  }

  private func hash(_ assignment: Assignment) -> Int {
    var hasher = Hasher()
    for value in assignment { hasher.combine(value.isNaN ? 0 : value.bitPattern) }
    return hasher.finalize()
  }

  /// The row of the first trial with the same assignment.
  private func twin(of assignment: Assignment) -> Int? {
    tried[hash(assignment)]?.first { row in
      zip(history.assignment(row), assignment).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
    }
  }

  /// Takes over the outcome of an equal trial as soon as it has ended.
  private func follow(_ row: Int, job: Int, number: Int, _ assignment: Assignment) {
    let twin = row - history.earlierCount
    if let known = ended.values.first(where: { $0.trial.number == twin }) {
      copy(known.trial, to: job, number, assignment)
    } else if history.state(row) != .running {
      copy(trial(twin, history), to: job, number, assignment)
    } else {
      followers[twin, default: []].append((job, number, assignment))
    }
  }

  private func copy(_ twin: Trial, to job: Int, _ number: Int, _ assignment: Assignment) {
    var trial = twin
    (trial.number, trial.assignment, trial.seen) = (number, assignment, seen[number])
    if !twin.reports.isEmpty { reports[number] = twin.reports }
    if twin.parts.count > 1 { partLists[number] = twin.parts }
    if let failure = failures[twin.number] { failures[number] = failure }
    end(job, Ended(trial: trial, outcome: nil), isNew: true)
  }

  // MARK: Evaluating

  private func evaluate(_ evaluation: Evaluation, from earlier: Goal.Part?, job: Int) {
    var part: Goal.Part?
    var text: String?
    // A try that cannot be trained is a failed one, not the end of the search.
    do {
      part = try objective.evaluate(evaluation, resuming: earlier)
    } catch {
      text = (error as? any Explained)?.sentence ?? "\(error)"
    }
    lock.lock()
    if let text, evaluation.part < failures[evaluation.trial]?.part ?? .max {
      failures[evaluation.trial] = (evaluation.part, text)
    }
    running[job]?.parts[evaluation.part] = part
    running[job]?.isEvaluated[evaluation.part] = true
    lock.unlock()
    judge(job)
  }

  /// Judges a trial behind every step whose parts are there.
  private func judge(_ job: Int) {
    while true {
      lock.lock()
      guard let own = running[job], !own.isJudged, own.step < own.steps.count,
        own.isEvaluated.prefix(own.steps[own.step].parts).allSatisfy({ $0 })
      else {
        lock.unlock()
        return
      }
      running[job]?.isJudged = true
      let step = own.steps[own.step]
      lock.unlock()
      // What is made of all parts may take its time: the others go on meanwhile.
      let outcome = objective.outcome(of: Array(own.parts.prefix(step.parts)))
      lock.lock()
      running[job]?.isJudged = false
      let trial = conclude(job, own, step, outcome)
      lock.unlock()
      if let trial, progress?(trial) == .stop {
        lock.lock()
        if ending == nil { ending = .stopped }
        lock.unlock()
      }
    }
  }

  /// Ends a job, or lets it go on to the next step; gives the trial if it ended.
  private func conclude(_ job: Int, _ own: Running, _ step: Step, _ outcome: TrialOutcome) -> Trial? {
    let number = own.trial
    let isLast = own.step + 1 == own.steps.count
    let isFull = step.resource >= objective.fullResource && step.parts == objective.partCount
    let hasFailed = outcome.values.isEmpty || outcome.values.contains { $0.isNaN }
    let previous = own.step > 0 ? own.steps[own.step - 1] : Step(resource: 0, parts: 0)
    let before =
      previous.resource == step.resource
      ? previous.parts * step.resource
      : objective.partCount * (own.step > 0 ? previous.resource : reports[number]?.last?.step ?? 0)
    // Counted in whole numbers: what adds up in the order in which things end may not be rounded.
    work += max(step.parts * step.resource - before, 0)
    if study.pruner != nil || !isFull {
      let isOfParts = own.steps.count > 1 && own.steps[0].resource == own.steps[own.steps.count - 1].resource
      reports[number, default: []].append(
        .init(step: isOfParts ? step.parts : step.resource, value: outcome.values.first ?? .nan))
    }
    var state: Trial.State?
    if hasFailed {
      state = .failed
    } else if isLast {
      state = isFull ? .completed : .running
    } else if prunes(own, outcome) {
      state = .pruned
    }
    guard let state else {
      let next = own.steps[own.step + 1]
      running[job]?.step += 1
      if next.resource != step.resource {
        let parts = running[job]?.parts ?? []
        running[job]?.earlier = parts
        running[job]?.parts = [Goal.Part?](repeating: nil, count: objective.partCount)
        running[job]?.isEvaluated = [Bool](repeating: false, count: objective.partCount)
        running[job]?.started = 0
      }
      return nil
    }
    // A trial that another one may go on with is kept.
    paused[number] = state == .running ? own.parts : nil
    if outcome.parts.count > 1 || outcome.parts.first != outcome.values.first {
      partLists[number] = outcome.parts
    }
    let trial = Trial(
      number: number, assignment: own.assignment, state: state, values: outcome.values, parts: outcome.parts,
      reports: reports[number] ?? [], violation: outcome.violation, failure: failures[number]?.text,
      seen: seen[number])
    end(job, Ended(trial: trial, outcome: outcome), isNew: true)
    return state == .running ? nil : trial
  }

  private func prunes(_ own: Running, _ outcome: TrialOutcome) -> Bool {
    guard let pruner = study.pruner, pruner.halving == nil else { return false }
    let sign = study.direction == .maximize ? -1.0 : 1
    let reports = (reports[own.trial] ?? []).map { Trial.Report(step: $0.step, value: sign * $0.value) }
    let trial = RunningTrial(
      number: own.trial, reports: reports, parts: outcome.parts.map { sign * $0 },
      stepCount: own.steps.count, direction: study.direction)
    return pruner.prunes(trial, given: KnownTrials(history, eventCount: own.eventCount))
  }

  private func end(_ job: Int, _ result: Ended, isNew: Bool) {
    running[job] = nil
    promised[job] = nil
    order.removeAll { $0 == job }
    ended[job] = result
    if study.knowledge == .all { endedOrder.append(job) }
    if study.knowledge == .all {
      endedCount += 1
    } else {
      while ended[endedCount] != nil { endedCount += 1 }
    }
    if isNew, let recorder {
      do { try recorder.record(result.trial) } catch { failure = failure ?? error }
    }
    let number = result.trial.number
    if result.trial.state != .running, let waiting = followers.removeValue(forKey: number) {
      for follower in waiting {
        copy(result.trial, to: follower.job, follower.trial, follower.assignment)
      }
    }
  }

  // MARK: What is known

  private func reveal(to count: Int) {
    while revealedCount < count {
      reveal(job: revealedCount)
      revealedCount += 1
    }
  }

  private func revealEnded() {
    for job in endedOrder {
      if let number = ended[job]?.trial.number { seenSince.append(number) }
      reveal(job: job)
      revealedCount += 1
    }
    endedOrder = []
  }

  private func revealAll() {
    if study.knowledge == .all { revealEnded() } else { reveal(to: endedCount) }
  }

  private func reveal(job: Int) {
    guard let result = ended.removeValue(forKey: job) else { return }
    history.reveal(
      result.trial, cost: result.outcome?.cost ?? 1, gradient: result.outcome?.gradient)
    let loss = history.loss(history.row(of: result.trial.number))
    if result.trial.state == .completed, result.trial.isFeasible, loss < bestLoss {
      (bestLoss, bestNumber) = (loss, result.trial.number)
    }
  }
}
