import Components
import Foundation

// Evaluating parts, here or elsewhere, and judging trials by them.
extension StudyTasks {
  /// Evaluates a part, unless another process does.
  func evaluate(_ evaluation: Evaluation, from earlier: Goal.Part?, job: Int) {
    guard let exchange = recorder?.exchange else {
      settle(job, evaluation, compute(evaluation, from: earlier))
      return
    }
    do {
      _ = try evaluate(Foreign(job: job, evaluation: evaluation, earlier: earlier), through: exchange)
    } catch {
      fail(error)
    }
  }

  /// Evaluates a part unless another process does or did; tells whether it was evaluated here.
  private func evaluate(_ part: Foreign, through exchange: any PartExchange) throws -> Bool {
    let task = StudyTask(
      trial: part.evaluation.trial, part: part.evaluation.part, resource: part.evaluation.resource)
    switch try exchange.claim(task) {
    case .taken:
      lock.withLock { foreign.append(part) }
      return false
    case .done(let value):
      if let result = result(recorded: value) {
        settle(part.job, part.evaluation, result)
        return false
      }
    case .granted: break
    }
    let result = compute(part.evaluation, from: part.earlier)
    try exchange.deliver(task, recorded(result))
    settle(part.job, part.evaluation, result)
    return true
  }

  /// Looks after the parts that other processes compute, until one had to be computed here.
  func poll() {
    guard let exchange = recorder?.exchange else { return }
    Thread.sleep(forTimeInterval: 0.01)
    let parts = lock.withLock {
      defer { foreign = [] }
      return foreign
    }
    var rest = parts[...]
    do {
      while let part = rest.popFirst(), try !evaluate(part, through: exchange) {}
    } catch {
      fail(error)
    }
    lock.withLock {
      foreign = rest + foreign
      isPolling = false
    }
  }

  private func compute(_ evaluation: Evaluation, from earlier: Goal.Part?) -> PartResult {
    // A try that cannot be trained is a failed one, not the end of the search.
    do {
      return .part(try objective.evaluate(evaluation, resuming: earlier))
    } catch {
      return .failed((error as? any Explained)?.sentence ?? "\(error)")
    }
  }

  private func recorded(_ result: PartResult) -> RecordedValue? {
    switch result {
    case .part(let part): objective.recorded(part).map { .object(["part": $0]) }
    case .failed(let text): .object(["failure": .text(text)])
    }
  }

  private func result(recorded value: RecordedValue) -> PartResult? {
    guard case .object(let fields) = value else { return nil }
    if case .text(let text)? = fields["failure"] { return .failed(text) }
    return fields["part"].flatMap(objective.part).map(PartResult.part)
  }

  /// Ends the search because something cannot be kept.
  private func fail(_ error: any Error) { lock.withLock { failure = failure ?? error } }

  private func settle(_ job: Int, _ evaluation: Evaluation, _ result: PartResult) {
    lock.lock()
    switch result {
    case .part(let part): running[job]?.parts[evaluation.part] = part
    case .failed(let text):
      if evaluation.part < failures[evaluation.trial]?.part ?? .max {
        failures[evaluation.trial] = (evaluation.part, text)
      }
    }
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
    var trial = Trial(
      number: number, assignment: own.assignment, state: state, values: outcome.values, parts: outcome.parts,
      reports: reports[number] ?? [], violation: outcome.violation, failure: failures[number]?.text,
      seen: seen[number])
    (trial.cost, trial.gradient, trial.training) = (outcome.cost, outcome.gradient, trainings[number])
    end(job, Ended(trial: trial), isNew: true)
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

  func end(_ job: Int, _ result: Ended, isNew: Bool) {
    running[job] = nil
    promised[job] = nil
    order.removeAll { $0 == job }
    ended[job] = result
    if case .lag = study.knowledge {
      while ended[endedCount] != nil { endedCount += 1 }
    } else {
      endedOrder.append(job)
      endedCount += 1
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
}
