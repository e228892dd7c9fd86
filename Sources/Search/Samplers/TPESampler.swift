import Components
import Tensors

/// The tree-structured Parzen estimator (Bergstra and others 2011): a density of the best trials and one of the others; of
/// some draws from the first, the one is tried where their ratio, and with it the expected improvement, is largest.
///
/// The presets follow Optuna 5 (all hyperparameters together, trials that still run count as not good), Optuna 2 to 4
/// and Hyperopt (each hyperparameter by itself).
public struct TPESampler: Sampler {
  /// Whose rules are followed.
  public var preset: ParzenRule
  /// Trials that are drawn at random before anything is learned.
  public var startupTrials: Int
  /// Draws among which the best is chosen.
  public var candidates: Int
  /// Whether all hyperparameters of a trial share a kernel; otherwise each is modeled by itself.
  public var isMultivariate: Bool
  /// Whether hyperparameters that belong to the same choice share a kernel, too.
  public var isGrouped: Bool
  /// Whether trials that still run count as not good, so that the same is not tried twice (the constant liar).
  public var hasConstantLiar: Bool

  /// TPE; what is nil is as in the preset.
  public init(
    preset: ParzenRule = .optuna5, startupTrials: Int? = nil, candidates: Int = 24,
    multivariate: Bool? = nil, group: Bool = false, constantLiar: Bool? = nil
  ) {
    self.preset = preset
    self.startupTrials = startupTrials ?? preset.startupTrials
    self.candidates = candidates
    isMultivariate = multivariate ?? preset.isMultivariate
    isGrouped = group
    hasConstantLiar = constantLiar ?? preset.countsRunning
  }

  private static let presetParameter = Parameter<ParzenRule>(
    "preset", default: .optuna5, help: "Whose rules are followed.")
  private static let startupParameter = Parameter<Int>(
    "startup-trials", default: ParzenRule.optuna5.startupTrials,
    presets: [ParzenRule.hyperopt.rawValue: ParzenRule.hyperopt.startupTrials], "at least 0",
    help: "Trials drawn at random at first."
  ) { $0 >= 0 }
  private static let candidatesParameter = Parameter<Int>(
    "candidates", default: 24, "at least 1", help: "Draws among which the best is chosen."
  ) { $0 >= 1 }
  private static let multivariateParameter = Parameter<Bool?>(
    "multivariate", default: nil, help: "Whether hyperparameters are modeled together; as in the preset.")
  private static let groupParameter = Parameter<Bool>(
    "group", default: false, help: "Whether those that belong to the same choice are modeled together.")
  private static let liarParameter = Parameter<Bool?>(
    "constant-liar", default: nil, help: "Whether running trials count as not good; as in the preset.")
  static let component = Component<any Sampler>(
    "tpe", help: "Tree-structured Parzen estimator, as in Optuna 5, Optuna 4 or Hyperopt.",
    swift: "TPESampler(preset, startup-trials, candidates, multivariate, group, constant-liar)",
    parameters: [
      presetParameter, startupParameter, candidatesParameter, multivariateParameter, groupParameter,
      liarParameter,
    ]
  ) {
    TPESampler(
      preset: $0[presetParameter], startupTrials: $0[startupParameter], candidates: $0[candidatesParameter],
      multivariate: $0[multivariateParameter], group: $0[groupParameter], constantLiar: $0[liarParameter])
  }

  public func proposer(for problem: SearchProblem) -> any Proposer { TPEProposer(self, problem) }

  /// The hyperparameters that are modeled together, in the order in which they are drawn.
  func blocks(of space: SearchSpace) -> [[Int]] {
    var blocks: [[Int]] = []
    for (index, parameter) in space.parameters.enumerated() where !parameter.distribution.isFixed {
      let isJoint = isMultivariate && (isGrouped || parameter.condition == nil)
      let place = blocks.firstIndex { space.parameters[$0[0]].condition == parameter.condition }
      if isJoint, let place { blocks[place].append(index) } else { blocks.append([index]) }
    }
    return blocks
  }
}

extension ParzenRule: NamedChoice {}

/// Proposes by TPE.
struct TPEProposer: Proposer {
  private let sampler: TPESampler
  private let problem: SearchProblem
  private var blocks: [ParzenHistory]
  /// The known trials, the best first.
  private var ranks: [TrialRank] = []
  private var hasFailed: [Bool] = []
  private var eventCount = 0

  init(_ sampler: TPESampler, _ problem: SearchProblem) {
    self.sampler = sampler
    self.problem = problem
    blocks = sampler.blocks(of: problem.space).map { ParzenHistory($0, problem, rule: sampler.preset) }
  }

  mutating func propose(
    _ number: Int, given history: TrialHistory, using stream: inout RandomStream
  ) -> Proposal {
    catchUp(history)
    guard ranks.count >= max(sampler.startupTrials, 1) else {
      return .trial(problem.space.draw(using: &stream))
    }
    if problem.modelsLargestBudget {
      // A third of the trials is drawn at random (Falkner and others 2018).
      if stream.uniform() < 1.0 / 3 { return .trial(problem.space.draw(using: &stream)) }
    }
    guard let good = goodRows(history) else { return .trial(problem.space.draw(using: &stream)) }
    var isGood = [Bool](repeating: false, count: history.count)
    for row in good { isGood[row] = true }
    var result = problem.space.parameters.map { parameter in
      parameter.distribution.isFixed ? parameter.distribution.value(atUnit: 0.5) : Double.nan
    }
    for index in blocks.indices {
      guard blocks[index].isActive(in: result) else { continue }
      let best = blocks[index].propose(
        given: history, good: good, isGood: isGood, hasFailed: hasFailed, sampler: sampler, using: &stream)
      for (parameter, value) in zip(blocks[index].parameters, best) { result[parameter] = value }
    }
    return .trial(result)
  }

  private mutating func catchUp(_ history: TrialHistory) {
    while hasFailed.count < history.count {
      for index in blocks.indices { blocks[index].append(hasFailed.count, history) }
      hasFailed.append(false)
    }
    for row in history.events[eventCount...] {
      // A trial that went on has another rank now.
      if history.reports(row).count > 1 { ranks.removeAll { $0.row == row } }
      guard let rank = TrialRank(row, in: history) else {
        hasFailed[row] = true
        continue
      }
      ranks.insert(rank, at: ranks.partition { $0 < rank })
    }
    eventCount = history.events.count
  }

  /// The rows of the best trials in their order; nil if too little is known.
  private func goodRows(_ history: TrialHistory) -> [Int]? {
    if problem.modelsLargestBudget { return bestOfLargestBudget(history) }
    let count = sampler.preset.goodCount(of: ranks.count)
    if problem.directions.count > 1 {
      let rows = ranks.map(\.row).filter { history.state($0) == .completed && history.violation($0) == 0 }
      if rows.count >= count { return ParetoRanks.best(count, of: rows, history).sorted() }
    }
    return ranks.prefix(count).map(\.row).sorted()
  }

  /// The best trials at the largest amount of training that enough of them reached (Falkner and others 2018).
  private func bestOfLargestBudget(_ history: TrialHistory) -> [Int]? {
    var reached: [Int: [(loss: Double, row: Int)]] = [:]
    for row in ranks.map(\.row) {
      for report in history.reports(row) where !report.value.isNaN {
        reached[report.step, default: []].append((report.value, row))
      }
    }
    let enough = reached.filter { $0.value.count >= problem.space.count + 2 }
    guard let step = enough.keys.max(), let trials = enough[step] else { return nil }
    let count = max(sampler.preset.goodCount(of: trials.count), 1)
    return trials.sorted { ($0.loss, $0.row) < ($1.loss, $1.row) }.prefix(count).map(\.row).sorted()
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first place behind all elements that come before, in a collection in which those stand first.
  func partition(comesBefore: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if comesBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
