import Tensors

// What is tried, and what is known of earlier trials by then; with the lock held.
extension StudyTasks {
  /// An assignment with drawn values where it says nothing, and without those of choices that are not made.
  func completed(_ said: Assignment, _ number: Int) -> Assignment {
    guard !study.space.contains(said) else { return said }
    var stream = study.problem(fullResource: 1).stream(number)
    let drawn = study.space.drawAll(using: &stream)
    return study.space.normalized(zip(said, drawn).map { $0.isNaN ? $1 : $0 })
  }

  /// A proposal; of assignments that have been tried another one, where that is wanted.
  func proposal(_ number: Int) -> Proposal {
    if number < study.enqueued.count { return .trial(completed(study.enqueued[number], number)) }
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

  func hash(_ assignment: Assignment) -> Int {
    var hasher = Hasher()
    for value in assignment { hasher.combine(value.isNaN ? 0 : value.bitPattern) }
    return hasher.finalize()
  }

  /// The row of the first trial with the same assignment.
  func twin(of assignment: Assignment) -> Int? {
    tried[hash(assignment)]?.first { row in
      zip(history.assignment(row), assignment).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
    }
  }

  /// Takes over the outcome of an equal trial as soon as it has ended.
  func follow(_ row: Int, job: Int, number: Int, _ assignment: Assignment) {
    let twin = row - history.earlierCount
    if let known = ended.values.first(where: { $0.trial.number == twin }) {
      copy(known.trial, to: job, number, assignment)
    } else if history.state(row) != .running {
      copy(trial(twin, history), to: job, number, assignment)
    } else {
      followers[twin, default: []].append((job, number, assignment))
    }
  }

  func copy(_ twin: Trial, to job: Int, _ number: Int, _ assignment: Assignment) {
    var trial = twin
    (trial.number, trial.assignment, trial.seen) = (number, assignment, seen[number])
    if !twin.reports.isEmpty { reports[number] = twin.reports }
    if twin.parts.count > 1 { partLists[number] = twin.parts }
    if let failure = failures[twin.number] { failures[number] = failure }
    end(job, Ended(trial: trial), isNew: true)
  }

  func reveal(to count: Int) {
    while revealedCount < count {
      reveal(job: revealedCount)
      revealedCount += 1
    }
  }

  func revealEnded() {
    for job in endedOrder {
      if let number = ended[job]?.trial.number { seenSince.append(number) }
      reveal(job: job)
      revealedCount += 1
    }
    endedOrder = []
  }

  func revealAll() {
    if case .lag = study.knowledge { reveal(to: endedCount) } else { revealEnded() }
  }

  func reveal(job: Int) {
    guard let result = ended.removeValue(forKey: job) else { return }
    history.reveal(result.trial)
    let loss = history.loss(history.row(of: result.trial.number))
    if result.trial.state == .completed, result.trial.isFeasible, loss < bestLoss {
      (bestLoss, bestNumber) = (loss, result.trial.number)
    }
  }
}
