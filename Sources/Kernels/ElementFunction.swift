/// The functions of one variable that a matrix product may apply to its result, and elementwise records use.
public enum ElementFunction: UInt8, Sendable, CaseIterable, Codable {
  case identity, relu, tanh, sigmoid, exponential, logarithm, negate, square, squareRoot, reciprocal
  case sine, cosine
  /// The error function.
  case erf
  /// `log(1 + eˣ)`.
  case softplus
  /// |x|.
  case magnitude
  /// −1, 0 or 1.
  case sign

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
    case .sine: Lanes.sine(x)
    case .cosine: Lanes.cosine(x)
    case .erf: Lanes.errorFunction(x)
    case .softplus:
      // Nothing overflows: the exponent is never positive.
      Lanes.positive(x, where: x)
        + Lanes.logarithm(Lanes(repeating: 1) + Lanes.exponential(Lanes.zero - Lanes.magnitude(x)))
    case .magnitude: Lanes.magnitude(x)
    case .sign: Lanes.sign(x)
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
