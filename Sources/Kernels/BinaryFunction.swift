/// The functions of two variables that elementwise records use.
public enum BinaryFunction: UInt8, Sendable, CaseIterable, Codable {
  case add, subtract, multiply, divide
  /// The first operand, spread over what the second has more.
  case first
  /// The larger or the smaller of two; NaN if either is.
  case maximum, minimum
  /// The first to the power of the second.
  case power
  /// 1 where the first is less than the second, or equal to it, else 0.
  case less, equal

  /// The function of two lane groups.
  @inline(__always)
  func apply<Lanes: KernelLanes>(_ a: Lanes, _ b: Lanes) -> Lanes {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .first: a
    case .maximum: Lanes.maximum(a, b)
    case .minimum: Lanes.minimum(a, b)
    case .power: Lanes.power(a, b)
    case .less: Lanes.less(a, b)
    case .equal: Lanes.equal(a, b)
    }
  }
}
