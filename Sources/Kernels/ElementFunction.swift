/// The functions of one variable that a matrix product may apply to its result, and elementwise records use.
public enum ElementFunction: UInt8, Sendable, CaseIterable {
  case identity, relu, tanh, sigmoid, exponential, logarithm, negate, square, squareRoot, reciprocal

  /// The function of a lane group.
  @inline(__always)
  func apply<Lanes: KernelLanes>(_ x: Lanes) -> Lanes {
    switch self {
    case .identity: x
    case .relu: Lanes.positive(x, where: x)
    case .tanh: Lanes.hyperbolicTangent(x)
    case .sigmoid: Lanes.logistic(x)
    case .exponential: Lanes.exponential(x)
    case .logarithm: Lanes.logarithm(x)
    case .negate: Lanes.zero - x
    case .square: x * x
    case .squareRoot: Lanes.squareRoot(x)
    case .reciprocal: Lanes(repeating: 1) / x
    }
  }

  /// The upstream derivative times the function's own, expressed by the function's value `y` alone; defined for
  /// identity, relu, tanh, sigmoid and exponential.
  @inline(__always)
  func gradient<Lanes: KernelLanes>(_ y: Lanes, _ upstream: Lanes) -> Lanes {
    switch self {
    case .relu: Lanes.positive(upstream, where: y)
    case .tanh: upstream * (Lanes(repeating: 1) - y * y)
    case .sigmoid: upstream * (y * (Lanes(repeating: 1) - y))
    case .exponential: upstream * y
    default: upstream
    }
  }
}
