/// The trials of a search as samplers and pruners see them: one row each, in the order in which they were proposed, the
/// trials of earlier searches before all others.
///
/// Values stand in columns, one for each hyperparameter, so that a hundred thousand trials fit into little memory. What
/// came of a trial is there as soon as it may be known; until then the trial counts as running, finished or not.
public struct TrialHistory: Sendable {
  /// What is searched.
  public let space: SearchSpace
  /// Whether the objectives should be small or large.
  public let directions: [Direction]
  /// The number of rows of earlier searches; the row of trial n is `earlierCount + n`.
  public private(set) var earlierCount = 0
  /// The number of rows.
  public private(set) var count = 0
  /// The rows of which something became known, in that order; one that goes on later appears again.
  public private(set) var events: [Int] = []

  private var columns: [NumberColumn<Double>]
  private var losses: [[Double]]
  private var states: [Trial.State] = []
  // What few trials have is kept by row.
  private var violations: [Int: Double] = [:]
  private var costs: [Int: Double] = [:]
  private var reportLists: [Int: [Trial.Report]] = [:]
  private var partLists: [Int: [Double]] = [:]
  private var gradients: [Int: [Double]] = [:]

  /// An empty history with room for some trials.
  public init(space: SearchSpace, directions: [Direction], capacity: Int = 0) {
    self.space = space
    self.directions = directions
    columns = (0..<space.count).map { _ in NumberColumn(filling: .nan, capacity: min(capacity, 1 << 20)) }
    losses = [[Double]](repeating: [], count: directions.count)
    let room = min(capacity, 1 << 20)
    for index in losses.indices { losses[index].reserveCapacity(room) }
    states.reserveCapacity(room)
    events.reserveCapacity(room)
  }

  /// The number of trials of this search that have been proposed.
  public var trialCount: Int { count - earlierCount }

  /// The row of a trial.
  public func row(of number: Int) -> Int { earlierCount + number }

  /// The values of a hyperparameter in all rows; NaN where it does not count.
  public func column(_ parameter: Int) -> [Double] { (0..<count).map { columns[parameter][$0] } }

  /// The same in memory, filled up with NaN to a multiple of 8 rows, valid as long as the history is not changed.
  func memory(_ parameter: Int) -> UnsafePointer<Double> { columns[parameter].base }

  /// The value of a hyperparameter in a row.
  public func value(_ parameter: Int, row: Int) -> Double { columns[parameter][row] }

  /// A value for every hyperparameter.
  public func assignment(_ row: Int) -> Assignment { columns.map { $0[row] } }

  /// How a trial stands as far as it may be known.
  public func state(_ row: Int) -> Trial.State { states[row] }

  /// An objective, turned around where large ones are wanted, so that small is good; NaN if not known or failed.
  public func loss(_ row: Int, objective: Int = 0) -> Double { losses[objective][row] }

  /// By how much constraints are missed.
  public func violation(_ row: Int) -> Double { violations[row] ?? 0 }

  /// What the evaluation cost; 1 if nobody counted.
  public func cost(_ row: Int) -> Double { costs[row] ?? 1 }

  /// What was known on the way, small being good.
  public func reports(_ row: Int) -> [Trial.Report] { reportLists[row] ?? [] }

  /// The first objective of each part, such as a fold, turned around where large ones are wanted.
  public func parts(_ row: Int) -> [Double] { partLists[row] ?? [] }

  /// The derivative of the first loss by each hyperparameter on its scale; nil if nobody computed it.
  public func gradient(_ row: Int) -> [Double]? { gradients[row] }

  /// Whether small values of an objective are bad.
  func sign(_ objective: Int) -> Double { directions[objective] == .maximize ? -1 : 1 }

  /// Adds a trial that has been proposed.
  public mutating func append(_ assignment: Assignment) {
    for index in columns.indices { columns[index].append(assignment[index]) }
    for index in losses.indices { losses[index].append(.nan) }
    states.append(.running)
    count += 1
  }

  /// Makes known what came of a row.
  public mutating func reveal(
    _ row: Int, state: Trial.State, values: [Double], reports: [Trial.Report] = [], parts: [Double] = [],
    violation: Double = 0, cost: Double = 1, gradient: [Double]? = nil
  ) {
    states[row] = state
    for index in losses.indices {
      losses[index][row] = index < values.count ? sign(index) * values[index] : .nan
    }
    if violation != 0 { violations[row] = violation }
    if cost != 1 { costs[row] = cost }
    let sign = sign(0)
    if !reports.isEmpty {
      reportLists[row] = reports.map { .init(step: $0.step, value: sign * $0.value) }
    }
    if parts.count > 1 { partLists[row] = sign == 1 ? parts : parts.map { -$0 } }
    if let gradient { gradients[row] = gradient.map { sign * $0 } }
    events.append(row)
  }

  /// Makes known what came of a trial.
  public mutating func reveal(_ trial: Trial) { reveal(trial, row: row(of: trial.number)) }

  private mutating func reveal(_ trial: Trial, row: Int) {
    reveal(
      row, state: trial.state, values: trial.values, reports: trial.reports, parts: trial.parts,
      violation: trial.violation, cost: trial.cost, gradient: trial.gradient)
  }

  /// Adds a trial of an earlier search, before any of this one.
  public mutating func appendEarlier(_ trial: Trial) {
    precondition(trialCount == 0, "earlier trials come first")
    append(trial.assignment)
    earlierCount += 1
    reveal(trial, row: count - 1)
  }

  /// A history of given trials, all known.
  public init(space: SearchSpace, directions: [Direction], trials: [Trial]) {
    self.init(space: space, directions: directions)
    for trial in trials {
      append(trial.assignment)
      reveal(trial, row: count - 1)
    }
  }
}

/// How good a known trial is beside others: trials that keep all constraints first, by their objective; then those that
/// were given up, the later the better; then those that miss constraints, by how much (Deb 2000).
struct TrialRank: Comparable {
  private let group: Int
  private let first: Double
  private let second: Double
  let row: Int

  /// The rank of a row; nil for one that failed or of which nothing is known.
  init?(_ row: Int, in history: TrialHistory) {
    self.row = row
    let loss = history.loss(row)
    let isFeasible = history.violation(row) == 0
    switch history.state(row) {
    case .failed: return nil
    case .completed where loss.isNaN: return nil
    case .completed where isFeasible: (group, first, second) = (0, loss, 0)
    case .completed: (group, first, second) = (2, history.violation(row), loss)
    case .running, .pruned:
      guard let last = history.reports(row).last else { return nil }
      let value = last.value.isNaN ? .infinity : last.value
      (group, first, second) =
        isFeasible ? (1, -Double(last.step), value) : (2, history.violation(row), value)
    }
  }

  /// Whether it is as good as another or better, whichever came first.
  func isNoWorse(than other: TrialRank) -> Bool {
    self < other || group == other.group && first == other.first && second == other.second
  }

  static func < (a: TrialRank, b: TrialRank) -> Bool {
    if a.group != b.group { return a.group < b.group }
    if a.first != b.first { return a.first < b.first }
    if a.second != b.second { return a.second < b.second }
    return a.row < b.row
  }
}
