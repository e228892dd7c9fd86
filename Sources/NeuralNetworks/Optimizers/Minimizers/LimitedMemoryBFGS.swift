import Components
import Tensors

/// Quasi-Newton steps over all data, from the last steps and the changes of the gradient along them (Nocedal and Wright,
/// Numerical Optimization, algorithm 7.5), with PyTorch's defaults; one iteration an epoch.
public struct LimitedMemoryBFGS: Minimizer, Hashable {
  /// The step that a line search begins with.
  public var learningRate: Double
  /// How many steps are remembered.
  public var history: Int
  /// Ends when no derivative is larger.
  public var toleranceGradient: Double
  /// Ends when neither a parameter nor the value changes by more.
  public var toleranceChange: Double
  /// How far a step goes.
  public var lineSearch: LineSearch

  /// L-BFGS.
  public init(
    learningRate: Double = 1, history: Int = 100, toleranceGradient: Double = 1e-7,
    toleranceChange: Double = 1e-9, lineSearch: LineSearch = .strongWolfe
  ) {
    self.learningRate = learningRate
    self.history = history
    self.toleranceGradient = toleranceGradient
    self.toleranceChange = toleranceChange
    self.lineSearch = lineSearch
  }

  static let rateParameter = Optimizers.learningRate(PresetDefault(1))
  static let gradientParameter = Optimizers.tolerance(
    "tolerance-gradient", default: 1e-7, help: "Ends when no derivative is larger.")
  static let changeParameter = Optimizers.tolerance(
    "tolerance-change", default: 1e-9, help: "Ends when neither a parameter nor the value changes by more.")
  static let searchParameter = Parameter<LineSearch>(
    "line-search", default: .strongWolfe, help: "How far a step goes.")
  private static let historyParameter = Parameter<Int>(
    "history", default: 100, "at least 1", help: "How many steps are remembered."
  ) { $0 >= 1 }
  static let component = Component<any Optimizer>(
    "l-bfgs", help: "Quasi-Newton steps over all data, from the last steps; an iteration an epoch.",
    swift: "LimitedMemoryBFGS(learning-rate, history, tolerance-gradient, tolerance-change, line-search)",
    parameters: [rateParameter, historyParameter, gradientParameter, changeParameter, searchParameter]
  ) {
    LimitedMemoryBFGS(
      learningRate: $0[rateParameter], history: $0[historyParameter],
      toleranceGradient: $0[gradientParameter], toleranceChange: $0[changeParameter],
      lineSearch: $0[searchParameter])
  }

  public var name: String { "l-bfgs" }
  public var needsGradient: Bool { true }

  public func minimization(from start: [Double], using stream: RandomStream) -> any Minimization {
    QuasiNewtonMinimization(
      from: start, RecentSteps(limit: history),
      QuasiNewtonSettings(
        learningRate: learningRate, toleranceGradient: toleranceGradient, toleranceChange: toleranceChange,
        lineSearch: lineSearch))
  }
}

/// The last steps and changes of the gradient.
struct RecentSteps: CurvatureModel {
  private struct Pair: Codable {
    var step: [Double]
    var change: [Double]
    /// `1 / (s · y)`.
    var inverse: Double
  }

  private let limit: Int
  private var pairs: [Pair] = []

  init(limit: Int) { self.limit = limit }

  var isEmpty: Bool { pairs.isEmpty }

  mutating func learn(step: [Double], change: [Double]) {
    if pairs.count >= limit { pairs.removeFirst() }
    pairs.append(Pair(step: step, change: change, inverse: 1 / Vectors.dot(step, change)))
  }

  mutating func forget() { pairs = [] }

  /// The recursion of two loops, begun with `γ = s · y / y · y` of the last step.
  func product(_ vector: [Double]) -> [Double] {
    guard let last = pairs.last else { return vector }
    var result = vector
    var factors = [Double](repeating: 0, count: pairs.count)
    for index in pairs.indices.reversed() {
      factors[index] = pairs[index].inverse * Vectors.dot(pairs[index].step, result)
      Vectors.add(pairs[index].change, times: -factors[index], to: &result)
    }
    result = Vectors.scaled(result, by: 1 / (last.inverse * Vectors.dot(last.change, last.change)))
    for (pair, factor) in zip(pairs, factors) {
      let other = pair.inverse * Vectors.dot(pair.change, result)
      Vectors.add(pair.step, times: factor - other, to: &result)
    }
    return result
  }
}

extension Optimizer where Self == LimitedMemoryBFGS {
  /// Quasi-Newton steps over all data, from the last steps.
  public static func limitedMemoryBFGS(
    learningRate: Double = 1, history: Int = 100, toleranceGradient: Double = 1e-7,
    toleranceChange: Double = 1e-9, lineSearch: LineSearch = .strongWolfe
  ) -> LimitedMemoryBFGS {
    LimitedMemoryBFGS(
      learningRate: learningRate, history: history, toleranceGradient: toleranceGradient,
      toleranceChange: toleranceChange, lineSearch: lineSearch)
  }
}
