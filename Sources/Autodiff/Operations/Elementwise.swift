import Kernels
import Tensors

// Functions of every element. Values of different shapes go together as in NumPy: shapes are compared from the last
// axis, and an axis of size one (or none) is spread; a value that is no batch is spread over the samples.

extension Variable {
  /// A function of every element.
  public func map(_ function: ElementFunction) -> Variable {
    function == .identity ? self : append(.map(function), shape: shape, isBatched: isBatched)
  }

  /// The derivative of a function times an upstream derivative, where `self` is the function's value.
  func gradient(_ function: ElementFunction, _ upstream: Variable) -> Variable {
    append(.gradient(function), [upstream.spread(like: self)], shape: shape, isBatched: isBatched)
  }

  /// A function of two values; either is spread over what the other has more.
  public func combine(_ function: BinaryFunction, _ other: Variable) -> Variable {
    if let folded = folded(function, other) { return folded }
    guard let shape = Shape.broadcast(self.shape, other.shape) else {
      preconditionFailure("values of shapes \(self.shape) and \(other.shape) do not go together")
    }
    let isBatched = isBatched || other.isBatched
    return spreadIfNeeded(over: shape, isBatched).append(
      .combine(function), [other.spreadIfNeeded(over: shape, isBatched)], shape: shape, isBatched: isBatched)
  }

  /// The value itself where an elementwise record can spread it while reading, else the value spread before.
  ///
  /// Such are a number, and a batch's value that is repeated behind leading axes or before trailing ones.
  private func spreadIfNeeded(over shape: Shape, _ isBatched: Bool) -> Variable {
    if shape == self.shape || self.shape.count == 1 { return self }
    let canSpread = isBatched && SpreadLayout.spreading(node, to: shape) != nil
    return canSpread ? self : append(.broadcast, shape: shape, isBatched: self.isBatched)
  }

  /// What constants make superfluous: sums with 0, products with 1, and constants among themselves.
  private func folded(_ function: BinaryFunction, _ other: Variable) -> Variable? {
    if let a = constantValue, let b = other.constantValue {
      switch function {
      case .add: return graph.constant(a + b)
      case .subtract: return graph.constant(a - b)
      case .multiply: return graph.constant(a * b)
      case .divide: return graph.constant(a / b)
      case .first: return self
      default: return nil
      }
    }
    switch (function, constantValue, other.constantValue) {
    case (.multiply, 1, _): return other
    case (.multiply, _, 1), (.divide, _, 1): return self
    default: return nil
    }
  }

  /// The same value for every element and sample of another.
  public func spread(like other: Variable) -> Variable {
    guard shape != other.shape || isBatched != other.isBatched else { return self }
    return append(.broadcast, shape: other.shape, isBatched: other.isBatched)
  }

  /// The same value for every element of a larger shape.
  public func broadcast(to shape: Shape) -> Variable {
    shape == self.shape ? self : append(.broadcast, shape: shape, isBatched: isBatched)
  }

  /// This value where the condition is not zero, else the other.
  public func selected(where condition: Variable, otherwise other: Variable) -> Variable {
    let candidates = [condition, self, other]
    var shape: Shape? = []
    for candidate in candidates { shape = shape.flatMap { Shape.broadcast($0, candidate.shape) } }
    guard let shape else {
      preconditionFailure(
        "values of shapes \(condition.shape), \(self.shape) and \(other.shape) do not go together")
    }
    let isBatched = candidates.contains(where: \.isBatched)
    let full = candidates.map { $0.spread(over: shape, isBatched: isBatched) }
    return full[0].append(.select, [full[1], full[2]], shape: shape, isBatched: isBatched)
  }

  /// The same value for every element of a shape and every sample.
  func spread(over shape: Shape, isBatched: Bool) -> Variable {
    guard shape != self.shape || isBatched != self.isBatched else { return self }
    return append(.broadcast, shape: shape, isBatched: isBatched)
  }

  /// The same value, whose derivative is taken for zero.
  public func withoutDerivative() -> Variable { append(.constantCopy, shape: shape, isBatched: isBatched) }

  public static func + (a: Variable, b: Variable) -> Variable { a.combine(.add, b) }
  public static func - (a: Variable, b: Variable) -> Variable { a.combine(.subtract, b) }
  public static func * (a: Variable, b: Variable) -> Variable { a.combine(.multiply, b) }
  public static func / (a: Variable, b: Variable) -> Variable { a.combine(.divide, b) }
  public static func + (a: Variable, b: Double) -> Variable { a + a.graph.constant(b) }
  public static func - (a: Variable, b: Double) -> Variable { a - a.graph.constant(b) }
  public static func * (a: Variable, b: Double) -> Variable { a * a.graph.constant(b) }
  public static func / (a: Variable, b: Double) -> Variable { a / a.graph.constant(b) }
  public static func + (a: Double, b: Variable) -> Variable { b.graph.constant(a) + b }
  public static func - (a: Double, b: Variable) -> Variable { b.graph.constant(a) - b }
  public static func * (a: Double, b: Variable) -> Variable { b.graph.constant(a) * b }
  public static func / (a: Double, b: Variable) -> Variable { b.graph.constant(a) / b }
  public static prefix func - (a: Variable) -> Variable { a.map(.negate) }

  /// 1 where this value is less than the other, else 0.
  public func isLess(than other: Variable) -> Variable { combine(.less, other) }
  /// 1 where this value equals the other, else 0.
  public func isEqual(to other: Variable) -> Variable { combine(.equal, other) }
  /// The value to a power.
  public func raised(to exponent: Variable) -> Variable { combine(.power, exponent) }
  /// The value to a power.
  public func raised(to exponent: Double) -> Variable {
    exponent == 2 ? map(.square) : raised(to: graph.constant(exponent))
  }
}
