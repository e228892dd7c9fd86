import Kernels
import Tensors

extension Variable {
  private func append(
    _ operation: Operation, _ others: [Variable] = [], shape: Shape, isBatched: Bool
  ) -> Variable {
    graph.append(operation, [index] + others.map(\.index), shape, isBatched: isBatched)
  }

  /// `W x + b` for every sample, where `self` is the weight matrix, outputs × inputs.
  public func matrixProduct(_ x: Variable, startingAt bias: Variable? = nil) -> Variable {
    precondition(
      shape.rank == 2 && x.shape == [shape.dimensions[1]],
      "the matrix \(shape) cannot multiply a value of shape \(x.shape)")
    return append(
      .matrixProduct, [x] + (bias.map { [$0] } ?? []), shape: [shape.dimensions[0]], isBatched: true)
  }

  /// `Wᵀ d` for every sample, where `self` is the weight matrix, outputs × inputs.
  public func transposedMatrixProduct(_ d: Variable) -> Variable {
    append(.transposedMatrixProduct, [d], shape: [shape.dimensions[1]], isBatched: true)
  }

  /// The matrix `Σₛ self[j, s] x[k, s]` of sums over samples.
  public func contractedOverSamples(with x: Variable) -> Variable {
    append(.contractSamples, [x], shape: [shape.count, x.shape.count], isBatched: false)
  }

  /// The sum over all samples.
  public func summedOverSamples() -> Variable { append(.sumSamples, shape: shape, isBatched: false) }

  /// The sum over the elements.
  public func summedOverElements() -> Variable {
    shape.rank == 0 ? self : append(.sumElements, shape: [], isBatched: isBatched)
  }

  /// A function of every element.
  public func map(_ function: ElementFunction) -> Variable {
    function == .identity ? self : append(.map(function), shape: shape, isBatched: isBatched)
  }

  /// The derivative of a function times an upstream derivative, where `self` is the function's value.
  func gradient(_ function: ElementFunction, _ upstream: Variable) -> Variable {
    append(.gradient(function), [upstream.spread(like: self)], shape: shape, isBatched: isBatched)
  }

  /// The same value for every element and sample of another.
  func spread(like other: Variable) -> Variable {
    guard shape != other.shape || isBatched != other.isBatched else { return self }
    return append(.broadcast, shape: other.shape, isBatched: other.isBatched)
  }

  /// The softmax over the elements.
  public func softmax() -> Variable { append(.softmax, shape: shape, isBatched: true) }

  /// The cross-entropy of the softmax of `self` against target probabilities.
  public func softmaxCrossEntropy(_ targets: Variable) -> Variable {
    append(.softmaxCrossEntropy, [targets], shape: [], isBatched: true)
  }

  /// A function of two values; the smaller one is spread over the larger.
  public func combine(_ function: BinaryFunction, _ other: Variable) -> Variable {
    if let folded = folded(function, other) { return folded }
    precondition(
      shape == other.shape || shape.rank == 0 || other.shape.rank == 0,
      "values of shapes \(shape) and \(other.shape) do not go together")
    let larger = shape.rank == 0 ? other.shape : shape
    return append(.combine(function), [other], shape: larger, isBatched: isBatched || other.isBatched)
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
      }
    }
    switch (function, constantValue, other.constantValue) {
    case (.multiply, 1, _): return other
    case (.multiply, _, 1), (.divide, _, 1): return self
    default: return nil
    }
  }

  public static func + (a: Variable, b: Variable) -> Variable { a.combine(.add, b) }
  public static func - (a: Variable, b: Variable) -> Variable { a.combine(.subtract, b) }
  public static func * (a: Variable, b: Variable) -> Variable { a.combine(.multiply, b) }
  public static func / (a: Variable, b: Variable) -> Variable { a.combine(.divide, b) }
  public static func * (a: Double, b: Variable) -> Variable { b.graph.constant(a) * b }
}
