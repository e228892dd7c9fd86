extension KernelScalar {
  /// `y[i] = f(x[i])` for `count` lane groups; `y` may be the memory of `x`.
  @inline(never)
  public static func map(
    _ function: ElementFunction, _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, groups count: Int
  ) {
    let x = UnsafeRawPointer(x).assumingMemoryBound(to: Lanes.self)
    let y = UnsafeMutableRawPointer(y).assumingMemoryBound(to: Lanes.self)
    switch function {
    case .identity: for i in 0..<count { y[i] = x[i] }
    case .relu: for i in 0..<count { y[i] = ElementFunction.relu.apply(x[i]) }
    case .tanh: for i in 0..<count { y[i] = ElementFunction.tanh.apply(x[i]) }
    case .sigmoid: for i in 0..<count { y[i] = ElementFunction.sigmoid.apply(x[i]) }
    case .exponential: for i in 0..<count { y[i] = ElementFunction.exponential.apply(x[i]) }
    case .logarithm: for i in 0..<count { y[i] = ElementFunction.logarithm.apply(x[i]) }
    case .negate: for i in 0..<count { y[i] = ElementFunction.negate.apply(x[i]) }
    case .square: for i in 0..<count { y[i] = ElementFunction.square.apply(x[i]) }
    case .squareRoot: for i in 0..<count { y[i] = ElementFunction.squareRoot.apply(x[i]) }
    case .reciprocal: for i in 0..<count { y[i] = ElementFunction.reciprocal.apply(x[i]) }
    }
  }

  /// `z[i] = upstream[i] · f'(·)`, the derivative expressed by the value `y[i]` of the function.
  @inline(never)
  public static func gradient(
    _ function: ElementFunction, _ y: UnsafePointer<Self>, _ upstream: UnsafePointer<Self>,
    _ z: UnsafeMutablePointer<Self>, groups count: Int
  ) {
    let y = UnsafeRawPointer(y).assumingMemoryBound(to: Lanes.self)
    let u = UnsafeRawPointer(upstream).assumingMemoryBound(to: Lanes.self)
    let z = UnsafeMutableRawPointer(z).assumingMemoryBound(to: Lanes.self)
    switch function {
    case .relu: for i in 0..<count { z[i] = ElementFunction.relu.gradient(y[i], u[i]) }
    case .tanh: for i in 0..<count { z[i] = ElementFunction.tanh.gradient(y[i], u[i]) }
    case .sigmoid: for i in 0..<count { z[i] = ElementFunction.sigmoid.gradient(y[i], u[i]) }
    default: for i in 0..<count { z[i] = function.gradient(y[i], u[i]) }
    }
  }

  /// `z[i] = f(a[i], b[i])` for `rows` elements of `columns` lane groups.
  ///
  /// An operand whose step is 0 over the rows is used again for every element, one whose step is 0 over the
  /// columns is a number for all samples.
  @inline(never)
  public static func combine(
    _ function: BinaryFunction, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>,
    _ z: UnsafeMutablePointer<Self>, rows: Int, columns: Int, a aLayout: OperandLayout,
    b bLayout: OperandLayout
  ) {
    let z = UnsafeMutableRawPointer(z).assumingMemoryBound(to: Lanes.self)
    switch function {
    case .add: combineRows(a, b, z, rows, columns, aLayout, bLayout) { BinaryFunction.add.apply($0, $1) }
    case .subtract:
      combineRows(a, b, z, rows, columns, aLayout, bLayout) { BinaryFunction.subtract.apply($0, $1) }
    case .multiply:
      combineRows(a, b, z, rows, columns, aLayout, bLayout) { BinaryFunction.multiply.apply($0, $1) }
    case .divide:
      combineRows(a, b, z, rows, columns, aLayout, bLayout) { BinaryFunction.divide.apply($0, $1) }
    case .first: combineRows(a, b, z, rows, columns, aLayout, bLayout) { first, _ in first }
    }
  }

  @inline(__always)
  private static func combineRows(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, _ z: UnsafeMutablePointer<Lanes>, _ rows: Int,
    _ columns: Int, _ aLayout: OperandLayout, _ bLayout: OperandLayout, _ body: (Lanes, Lanes) -> Lanes
  ) {
    for row in 0..<rows {
      for column in 0..<columns {
        z[row &* columns &+ column] = body(
          load(a, aLayout, row, column, columns), load(b, bLayout, row, column, columns))
      }
    }
  }

  @inline(__always)
  private static func load(
    _ base: UnsafePointer<Self>, _ layout: OperandLayout, _ row: Int, _ column: Int, _ columns: Int
  ) -> Lanes {
    switch layout {
    case .full: return UnsafeRawPointer(base).assumingMemoryBound(to: Lanes.self)[row &* columns &+ column]
    case .perSample: return UnsafeRawPointer(base).assumingMemoryBound(to: Lanes.self)[column]
    case .perElement: return Lanes(repeating: base[row])
    case .single: return Lanes(repeating: base[0])
    }
  }

  /// `y = Σᵢ x[i]` over the elements of every sample, in order from +0.
  @inline(never)
  public static func sumElements(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, rows: Int, groups: Int
  ) {
    let x = UnsafeRawPointer(x).assumingMemoryBound(to: Lanes.self)
    let y = UnsafeMutableRawPointer(y).assumingMemoryBound(to: Lanes.self)
    for l in 0..<groups {
      var sum = Lanes.zero
      for row in 0..<rows { sum += x[row &* groups &+ l] }
      y[l] = sum
    }
  }

  /// The cross-entropy of the softmax of logits, a number a sample:
  /// `log Σ exp(z − max) − Σ t (z − max)` with targets `t` that add up to one.
  @inline(never)
  public static func softmaxCrossEntropy(
    _ logits: UnsafePointer<Self>, _ targets: UnsafePointer<Self>, _ loss: UnsafeMutablePointer<Self>,
    classes: Int, groups: Int
  ) {
    let z = UnsafeRawPointer(logits).assumingMemoryBound(to: Lanes.self)
    let t = UnsafeRawPointer(targets).assumingMemoryBound(to: Lanes.self)
    let y = UnsafeMutableRawPointer(loss).assumingMemoryBound(to: Lanes.self)
    for l in 0..<groups {
      let top = maximum(z + l, classes, groups)
      var sum = Lanes.zero
      var target = Lanes.zero
      for c in 0..<classes {
        let shifted = z[c &* groups &+ l] - top
        sum += Lanes.exponential(shifted)
        target = target.fused(t[c &* groups &+ l], shifted)
      }
      y[l] = Lanes.logarithm(sum) - target
    }
  }

  /// The softmax of every sample: `exp(z − max) / Σ exp(z − max)`.
  @inline(never)
  public static func softmax(
    _ logits: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>, classes: Int, groups: Int
  ) {
    let z = UnsafeRawPointer(logits).assumingMemoryBound(to: Lanes.self)
    let y = UnsafeMutableRawPointer(result).assumingMemoryBound(to: Lanes.self)
    for l in 0..<groups {
      let top = maximum(z + l, classes, groups)
      var sum = Lanes.zero
      for c in 0..<classes {
        let value = Lanes.exponential(z[c &* groups &+ l] - top)
        y[c &* groups &+ l] = value
        sum += value
      }
      for c in 0..<classes { y[c &* groups &+ l] = y[c &* groups &+ l] / sum }
    }
  }

  @inline(__always)
  private static func maximum(_ z: UnsafePointer<Lanes>, _ classes: Int, _ groups: Int) -> Lanes {
    var top = z[0]
    for c in 1..<max(classes, 1) {
      let value = z[c &* groups]
      top = top.replacing(with: value, where: value .> top)
    }
    return top
  }
}

/// How an operand of an elementwise operation is spread over elements and samples.
public enum OperandLayout: UInt8, Sendable {
  /// A value for every element of every sample.
  case full
  /// A value for every sample.
  case perSample
  /// A value for every element, the same for all samples.
  case perElement
  /// One value.
  case single
}
