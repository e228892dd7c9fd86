/// The functions of two variables that elementwise records use.
public enum BinaryFunction: UInt8, Sendable, CaseIterable {
  case add, subtract, multiply, divide
  /// The first operand, spread over what the second has more.
  case first

  /// The function of two lane groups.
  @inline(__always)
  func apply<Lanes: KernelLanes>(_ a: Lanes, _ b: Lanes) -> Lanes {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .first: a
    }
  }
}
