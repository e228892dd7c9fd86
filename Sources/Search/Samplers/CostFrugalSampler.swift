import Components
import Tensors

/// Cost-frugal search (FLOW2, Wu and others 2021): from a cheap point it tries a step in a random direction and its opposite,
/// moves to what is better, and makes steps smaller when nothing is.
///
/// As it moves by small steps from where it begins, it meets costly regions only where they pay: enqueue a cheap trial first.
/// Steps that have become too small to matter end the walk; another begins near the first point.
public struct CostFrugalSampler: Sampler {
  /// The step at the beginning, in units of the square root of the number of hyperparameters.
  public var step: Double

  /// Cost-frugal search.
  public init(step: Double = 0.1) { self.step = step }

  private static let stepParameter = Parameter<Double>(
    "step", default: 0.1, "above 0 and at most 1", help: "The step at first, in units of √d."
  ) { $0 > 0 && $0 <= 1 }
  static let component = Component<any Sampler>(
    "cost-frugal", help: "Steps in random directions from a cheap point, as in FLOW2 and CFO.",
    swift: "CostFrugalSampler(step)", parameters: [stepParameter]
  ) { CostFrugalSampler(step: $0[stepParameter]) }

  public var naturalLag: Int { 0 }

  public func check(_ problem: SearchProblem) throws(SamplerError) {
    try checkWalk(problem, name: "cost-frugal")
  }

  public func proposer(for problem: SearchProblem) -> any Proposer {
    let least = Self.leastStep(problem)
    return WalkProposer(problem) { Flow(dimension: $0, step: step, leastStep: least) }
  }

  /// The step below which nothing changes: that of the finest whole number, else a ten-thousandth, times √d.
  static func leastStep(_ problem: SearchProblem) -> Double {
    let numbers = WalkedSpace(problem.space).numbers
    let finest = numbers.map { index -> Double in
      let count = problem.space.parameters[index].distribution.valueCount
      return count.map { 1 / Double(max($0 - 1, 1)) } ?? 1e-4
    }.min()
    return (finest ?? 1e-4) * Double(max(numbers.count, 1)).squareRoot()
  }

  /// A walk.
  struct Flow: Walk {
    private let dimension: Int
    private let firstStep: Double
    private let leastStep: Double
    private(set) var step: Double
    private var first: [Double]?
    /// The best point; nil before the first one, and when steps have become too small to go on.
    private(set) var best: (point: [Double], loss: Double)?
    private var direction: [Double] = []
    private var isOpposite = false
    /// The proposals so far, at the last improvement, and when steps were last made smaller.
    private var count = 0
    private var lastImprovement = 0
    private var lastShrinkage: Int?
    private var withoutImprovement = 0

    init(dimension: Int, step: Double, leastStep: Double) {
      self.dimension = dimension
      firstStep = step * Double(max(dimension, 1)).squareRoot()
      self.leastStep = min(leastStep, firstStep / 2)
      self.step = firstStep
    }

    mutating func next(using stream: inout RandomStream) -> [Double] {
      guard let best else {
        guard let first else { return [Double](repeating: 0.5, count: dimension) }
        // Another walk begins around the first point.
        return first.map { min(max($0 + 0.3 * stream.normal(), 0), 1) }
      }
      if !isOpposite {
        let normals = (0..<dimension).map { _ in stream.normal() }
        let length = max(normals.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-300)
        direction = normals.map { $0 / length }
      }
      let sign = isOpposite ? -step : step
      return zip(best.point, direction).map { min(max($0 + sign * $1, 0), 1) }
    }

    mutating func advance(to point: [Double], loss: Double, outcome: WalkOutcome) {
      count += 1
      if first == nil { first = point }
      guard let old = best else {
        best = (point, loss)
        return
      }
      if loss < old.loss {
        best = (point, loss)
        if let shrunk = lastShrinkage, shrunk > 0 {
          step = min(step * (Double(count) / Double(shrunk)).squareRoot(), Double(dimension).squareRoot())
        }
        lastImprovement = count
        (isOpposite, withoutImprovement) = (false, 0)
        return
      }
      guard isOpposite else {
        isOpposite = true
        return
      }
      isOpposite = false
      withoutImprovement += 1
      guard withoutImprovement >= 1 << min(dimension - 1, 8) else { return }
      withoutImprovement = 0
      let before = max(lastShrinkage ?? lastImprovement, 1)
      step *= (Double(before) / Double(count)).squareRoot()
      lastShrinkage = count
      if step < leastStep { begin() }
    }

    private mutating func begin() {
      best = nil
      step = firstStep
      (count, lastImprovement, lastShrinkage, withoutImprovement) = (0, 0, nil, 0)
      isOpposite = false
    }
  }
}
