/// Carries out halving: which trial goes on to which stage, and when a new one starts.
///
/// What it decides follows from the trials that are known and from its own decisions before.
struct HalvingSchedule: Sendable {
  /// What happens next.
  enum Decision {
    /// A new trial, trained so far.
    case start(resource: Int)
    /// A trial goes on.
    case resume(trial: Int, resource: Int)
    /// Nothing before all trials are known.
    case wait
    /// Nothing more.
    case finished
  }

  private let halving: Halving
  private let brackets: [Halving.Bracket]
  private var bracket = 0
  /// The trials that started each stage of the bracket.
  private var stages: [[Int]]

  init(_ halving: Halving, fullResource: Int) {
    self.halving = halving
    brackets = halving.brackets(fullResource)
    stages = [[Int]](repeating: [], count: brackets[0].resources.count)
  }

  private var resources: [Int] { brackets[bracket % brackets.count].resources }

  /// Decides, given whether a trial may still start, and its number.
  mutating func next(_ history: TrialHistory, number: Int, canStart: Bool, allKnown: Bool) -> Decision {
    switch halving.kind {
    case .asynchronous: asynchronous(history, number, canStart, allKnown)
    case .synchronous, .hyperband: synchronous(history, number, canStart, allKnown)
    }
  }

  private mutating func start(_ number: Int) -> Decision {
    stages[0].append(number)
    return .start(resource: resources[0])
  }

  private mutating func resume(_ trial: Int, stage: Int) -> Decision {
    stages[stage].append(trial)
    return .resume(trial: trial, resource: resources[stage])
  }

  /// The trials of a stage whose report there is known, the best first.
  private func ranked(_ stage: Int, _ history: TrialHistory) -> [Int] {
    let reports = stages[stage].compactMap { trial -> (value: Double, trial: Int)? in
      let row = history.row(of: trial)
      guard history.state(row) != .failed,
        let report = history.reports(row).first(where: { $0.step == resources[stage] })
      else { return nil }
      return (report.value.isNaN ? .infinity : report.value, trial)
    }
    return reports.sorted { ($0.value, $0.trial) < ($1.value, $1.trial) }.map(\.trial)
  }

  /// From the last stage down: the best of those that are there and among the best share; else a new trial (Li and others
  /// 2020).
  private mutating func asynchronous(
    _ history: TrialHistory, _ number: Int, _ canStart: Bool, _ allKnown: Bool
  ) -> Decision {
    for stage in stages.indices.dropLast().reversed() {
      let ranked = ranked(stage, history)
      let gone = Set(stages[stage + 1])
      if let trial = ranked.prefix(ranked.count / halving.factor).first(where: { !gone.contains($0) }) {
        return resume(trial, stage: stage + 1)
      }
    }
    if canStart { return start(number) }
    guard allKnown else { return .wait }
    // A search of few trials has one at least that is trained to the end.
    for stage in stages.indices.dropLast().reversed() where stages[stage + 1].isEmpty {
      if let best = ranked(stage, history).first { return resume(best, stage: stage + 1) }
    }
    return .finished
  }

  /// All trials of a stage are compared at once.
  private mutating func synchronous(
    _ history: TrialHistory, _ number: Int, _ canStart: Bool, _ allKnown: Bool
  ) -> Decision {
    let wanted = brackets[bracket % brackets.count].trialCount ?? .max
    let isFirst = stages.dropFirst().allSatisfy(\.isEmpty)
    if isFirst, stages[0].count < wanted, canStart { return start(number) }
    let stage = stages.lastIndex { !$0.isEmpty } ?? 0
    if stage > 0 {
      // A stage that has begun is filled before it is waited for.
      let ranked = ranked(stage - 1, history)
      let gone = Set(stages[stage])
      let share = max(1, ranked.count / halving.factor)
      if let trial = ranked.prefix(share).first(where: { !gone.contains($0) }) {
        return resume(trial, stage: stage)
      }
    }
    guard allKnown else { return .wait }
    if stage + 1 < stages.count, let best = ranked(stage, history).first {
      return resume(best, stage: stage + 1)
    }
    guard canStart else { return .finished }
    bracket += 1
    stages = [[Int]](repeating: [], count: resources.count)
    return start(number)
  }
}
