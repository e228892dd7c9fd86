import Components
import Tensors

/// Goes downhill along the derivative of the objective by the hyperparameters, by Adam on the scale of each: what is
/// uniform in its logarithm moves by factors.
///
/// The objective has to know its derivative by every hyperparameter. After a walk has come to rest, another one begins elsewhere.
public struct HypergradientSampler: Sampler {
  /// How objectives that train networks find the derivative.
  public enum Mode: String, NamedChoice {
    /// That of the minimum of the penalized loss, from its second derivatives.
    case implicit
    /// That of what training did, carried along with its steps.
    case unrolled
  }

  /// The step at the beginning, as a share of the range.
  public var step: Double
  /// How objectives that train networks find the derivative.
  public var mode: Mode
  /// Whether the first walk begins in the middle; others begin at random.
  public var beginsInTheMiddle: Bool

  /// Steps along derivatives.
  public init(step: Double = 0.1, mode: Mode = .unrolled, beginsInTheMiddle: Bool = true) {
    self.step = step
    self.mode = mode
    self.beginsInTheMiddle = beginsInTheMiddle
  }

  private static let stepParameter = Parameter<Double>(
    "step", default: 0.1, "above 0 and at most 1", help: "The step at first, as a share of the range."
  ) { $0 > 0 && $0 <= 1 }
  private static let modeParameter = Parameter<Mode>(
    "mode", default: .unrolled,
    help: "How derivatives of networks are found: of what training did, or implicit, of the minimum.")
  private static let middleParameter = Parameter<Bool>(
    "middle", default: true, help: "Whether the first walk begins in the middle.")
  static let component = Component<any Sampler>(
    "hypergradient", help: "Steps along the derivative of the objective by the hyperparameters.",
    swift: "HypergradientSampler(step, mode, beginsInTheMiddle middle)",
    parameters: [stepParameter, modeParameter, middleParameter]
  ) {
    HypergradientSampler(
      step: $0[stepParameter], mode: $0[modeParameter], beginsInTheMiddle: $0[middleParameter])
  }

  public var naturalLag: Int { 0 }

  public func check(_ problem: SearchProblem) throws(SamplerError) {
    try checkWalk(problem, name: "hypergradient")
    for parameter in problem.space.parameters {
      guard !parameter.distribution.isFixed else { continue }
      guard parameter.distribution.scaledBounds != nil else {
        throw .choicesUnsupported(sampler: "hypergradient", parameter: parameter.name)
      }
      guard parameter.distribution.step == nil else {
        throw .notSmooth(sampler: "hypergradient", parameter: parameter.name)
      }
    }
    guard problem.hasGradient else { throw .gradientNeeded(sampler: "hypergradient") }
  }

  public func proposer(for problem: SearchProblem) -> any Proposer {
    let ranges = WalkedSpace(problem.space).numbers.map { index -> Double in
      let bounds = problem.space.parameters[index].distribution.scaledBounds ?? (0, 1)
      return bounds.high - bounds.low
    }
    return WalkProposer(problem) { dimension in
      Descent(step: step, beginsInTheMiddle: beginsInTheMiddle, dimension: dimension, ranges: ranges)
    }
  }

  /// Adam (Kingma and Ba 2015) in the unit cube.
  struct Descent: Walk {
    private let step: Double
    private let beginsInTheMiddle: Bool
    private let dimension: Int
    /// Derivatives are by the scale of each hyperparameter; a unit of the cube is so much of it.
    private let ranges: [Double]
    private var next: [Double]?
    private var mean: [Double]
    private var square: [Double]
    private var count = 0
    private var hasRested = false

    init(step: Double, beginsInTheMiddle: Bool, dimension: Int, ranges: [Double]) {
      self.step = step
      self.beginsInTheMiddle = beginsInTheMiddle
      self.dimension = dimension
      self.ranges = ranges
      mean = [Double](repeating: 0, count: dimension)
      square = mean
    }

    mutating func next(using stream: inout RandomStream) -> [Double] {
      if let next { return next }
      if beginsInTheMiddle, !hasRested { return [Double](repeating: 0.5, count: dimension) }
      return (0..<dimension).map { _ in stream.uniform() }
    }

    mutating func advance(to point: [Double], loss: Double, outcome: WalkOutcome) {
      guard let gradient = outcome.gradient, gradient.allSatisfy(\.isFinite), loss.isFinite else {
        // A point without a derivative leads nowhere.
        begin()
        return
      }
      count += 1
      var reach = 0.0
      var moved = point
      // The step shrinks with the square root of the count, so that the walk comes to rest.
      let length = step / Double(count).squareRoot()
      for axis in 0..<dimension {
        let slope = gradient[axis] * ranges[axis]
        mean[axis] = 0.9 * mean[axis] + 0.1 * slope
        square[axis] = 0.99 * square[axis] + 0.01 * slope * slope
        let first = mean[axis] / (1 - Self.power(0.9, count))
        let second = square[axis] / (1 - Self.power(0.99, count))
        guard second > 0 else { continue }
        moved[axis] = min(max(point[axis] - length * first / second.squareRoot(), 0), 1)
        reach = max(reach, (moved[axis] - point[axis]).magnitude)
      }
      if reach < 1e-6 { begin() } else { next = moved }
    }

    private mutating func begin() {
      next = nil
      hasRested = true
      count = 0
      mean = [Double](repeating: 0, count: dimension)
      square = mean
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
      Double.exp(Double(exponent) * Double.log(base))
    }
  }
}
