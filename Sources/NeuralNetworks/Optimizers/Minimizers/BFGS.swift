import Components
import Tensors

/// Quasi-Newton steps over all data with the whole inverse matrix of second derivatives (Nocedal and Wright, Numerical
/// Optimization, algorithm 6.1): for few parameters, as its memory and time go with their square.
public struct BFGS: Minimizer, Hashable {
  /// The step that a line search begins with.
  public var learningRate: Double
  /// Ends when no derivative is larger.
  public var toleranceGradient: Double
  /// Ends when neither a parameter nor the value changes by more.
  public var toleranceChange: Double
  /// How far a step goes.
  public var lineSearch: LineSearch

  /// BFGS.
  public init(
    learningRate: Double = 1, toleranceGradient: Double = 1e-7, toleranceChange: Double = 1e-9,
    lineSearch: LineSearch = .strongWolfe
  ) {
    self.learningRate = learningRate
    self.toleranceGradient = toleranceGradient
    self.toleranceChange = toleranceChange
    self.lineSearch = lineSearch
  }

  static let component = Component<any Optimizer>(
    "bfgs", help: "Quasi-Newton steps over all data with a whole matrix; an iteration an epoch.",
    swift: "BFGS(learning-rate, tolerance-gradient, tolerance-change, line-search)",
    parameters: [
      LimitedMemoryBFGS.rateParameter, LimitedMemoryBFGS.gradientParameter, LimitedMemoryBFGS.changeParameter,
      LimitedMemoryBFGS.searchParameter,
    ]
  ) {
    BFGS(
      learningRate: $0[LimitedMemoryBFGS.rateParameter],
      toleranceGradient: $0[LimitedMemoryBFGS.gradientParameter],
      toleranceChange: $0[LimitedMemoryBFGS.changeParameter],
      lineSearch: $0[LimitedMemoryBFGS.searchParameter])
  }

  public var name: String { "bfgs" }
  public var needsGradient: Bool { true }
  public var mostParameters: Int { 5000 }

  public func minimization(from start: [Double], using stream: RandomStream) -> any Minimization {
    QuasiNewtonMinimization(
      from: start, InverseCurvature(),
      QuasiNewtonSettings(
        learningRate: learningRate, toleranceGradient: toleranceGradient, toleranceChange: toleranceChange,
        lineSearch: lineSearch))
  }
}

/// The inverse matrix of second derivatives, learned step by step.
struct InverseCurvature: CurvatureModel {
  /// Row by row; nothing before the first step.
  private var rows: [[Double]] = []

  var isEmpty: Bool { rows.isEmpty }

  mutating func forget() { rows = [] }

  func product(_ vector: [Double]) -> [Double] {
    rows.isEmpty ? vector : rows.map { Vectors.dot($0, vector) }
  }

  /// `H ← (1 − ρ s yᵀ) H (1 − ρ y sᵀ) + ρ s sᵀ` with `ρ = 1 / (s · y)`; before the first step H is `s · y / y · y`.
  mutating func learn(step: [Double], change: [Double]) {
    let product = Vectors.dot(step, change)
    if rows.isEmpty {
      let scale = product / Vectors.dot(change, change)
      rows = step.indices.map { index in
        var row = [Double](repeating: 0, count: step.count)
        row[index] = scale
        return row
      }
    }
    let image = self.product(change)
    let factor = (1 + Vectors.dot(change, image) / product) / product
    for index in rows.indices {
      Vectors.add(step, times: factor * step[index] - image[index] / product, to: &rows[index])
      Vectors.add(image, times: -step[index] / product, to: &rows[index])
    }
  }
}

extension Optimizer where Self == BFGS {
  /// Quasi-Newton steps over all data with a whole matrix.
  public static func bfgs(
    learningRate: Double = 1, toleranceGradient: Double = 1e-7, toleranceChange: Double = 1e-9,
    lineSearch: LineSearch = .strongWolfe
  ) -> BFGS {
    BFGS(
      learningRate: learningRate, toleranceGradient: toleranceGradient, toleranceChange: toleranceChange,
      lineSearch: lineSearch)
  }
}
