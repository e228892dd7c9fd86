/// Functions of every element: of one value, of two of which one may be spread over the other, and choices.
public protocol ElementwiseKernels {
  static func map(
    _ function: ElementFunction, _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, groups count: Int)
  static func gradient(
    _ function: ElementFunction, _ y: UnsafePointer<Self>, _ upstream: UnsafePointer<Self>,
    _ z: UnsafeMutablePointer<Self>, groups count: Int)
  static func combine(
    _ function: BinaryFunction, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>,
    _ z: UnsafeMutablePointer<Self>, rows: Int, columns: Int, a aLayout: SpreadLayout,
    b bLayout: SpreadLayout)
  static func select(
    _ condition: UnsafePointer<Self>, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>,
    _ z: UnsafeMutablePointer<Self>, groups count: Int)
}

extension ElementwiseKernels where Self: KernelScalar {
  /// `y[i] = f(x[i])` for `count` lane groups.
  @inline(never)
  public static func map(
    _ function: ElementFunction, _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, groups count: Int
  ) {
    let x = UnsafeRawPointer(x).assumingMemoryBound(to: Lanes.self)
    let y = UnsafeMutableRawPointer(y).assumingMemoryBound(to: Lanes.self)
    switch function {
    case .identity: for i in 0..<count { y[i] = x[i] }
    case .relu: for i in 0..<count { y[i] = Lanes.positive(x[i], where: x[i]) }
    case .tanh: for i in 0..<count { y[i] = Lanes.hyperbolicTangent(x[i]) }
    case .sigmoid: for i in 0..<count { y[i] = Lanes.logistic(x[i]) }
    case .exponential: for i in 0..<count { y[i] = Lanes.exponential(x[i]) }
    case .logarithm: for i in 0..<count { y[i] = Lanes.logarithm(x[i]) }
    case .negate: for i in 0..<count { y[i] = Lanes.zero - x[i] }
    case .square: for i in 0..<count { y[i] = x[i] * x[i] }
    case .squareRoot: for i in 0..<count { y[i] = Lanes.squareRoot(x[i]) }
    case .reciprocal: for i in 0..<count { y[i] = Lanes(repeating: 1) / x[i] }
    case .sine: for i in 0..<count { y[i] = ElementFunction.sine.apply(x[i]) }
    case .cosine: for i in 0..<count { y[i] = ElementFunction.cosine.apply(x[i]) }
    case .erf: for i in 0..<count { y[i] = ElementFunction.erf.apply(x[i]) }
    case .softplus: for i in 0..<count { y[i] = ElementFunction.softplus.apply(x[i]) }
    case .magnitude: for i in 0..<count { y[i] = Lanes.magnitude(x[i]) }
    case .sign: for i in 0..<count { y[i] = Lanes.sign(x[i]) }
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
    case .relu: for i in 0..<count { z[i] = Lanes.positive(u[i], where: y[i]) }
    case .tanh: for i in 0..<count { z[i] = u[i] * (Lanes(repeating: 1) - y[i] * y[i]) }
    case .sigmoid: for i in 0..<count { z[i] = u[i] * (y[i] * (Lanes(repeating: 1) - y[i])) }
    case .exponential: for i in 0..<count { z[i] = u[i] * y[i] }
    default: for i in 0..<count { z[i] = u[i] }
    }
  }

  /// `z[i] = a[i]` where the condition is not zero, else `b[i]`.
  @inline(never)
  public static func select(
    _ condition: UnsafePointer<Self>, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>,
    _ z: UnsafeMutablePointer<Self>, groups count: Int
  ) {
    let c = UnsafeRawPointer(condition).assumingMemoryBound(to: Lanes.self)
    let a = UnsafeRawPointer(a).assumingMemoryBound(to: Lanes.self)
    let b = UnsafeRawPointer(b).assumingMemoryBound(to: Lanes.self)
    let z = UnsafeMutableRawPointer(z).assumingMemoryBound(to: Lanes.self)
    for i in 0..<count { z[i] = Lanes.select(c[i], a[i], b[i]) }
  }

  /// `z[i] = f(a[i], b[i])` for `rows` elements of `columns` lane groups, either operand spread as its layout says.
  @inline(never)
  public static func combine(
    _ function: BinaryFunction, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>,
    _ z: UnsafeMutablePointer<Self>, rows: Int, columns: Int, a aLayout: SpreadLayout,
    b bLayout: SpreadLayout
  ) {
    let z = UnsafeMutableRawPointer(z).assumingMemoryBound(to: Lanes.self)
    switch function {
    case .add:
      combineRows(a, b, z, rows, columns, aLayout, bLayout) { $0 + $1 }
    case .subtract:
      combineRows(a, b, z, rows, columns, aLayout, bLayout) { $0 - $1 }
    case .multiply:
      combineRows(a, b, z, rows, columns, aLayout, bLayout) { $0 * $1 }
    case .divide:
      combineRows(a, b, z, rows, columns, aLayout, bLayout) { $0 / $1 }
    case .first:
      combineRows(a, b, z, rows, columns, aLayout, bLayout) { first, _ in first }
    case .maximum:
      combineRows(a, b, z, rows, columns, aLayout, bLayout) { Lanes.maximum($0, $1) }
    case .minimum:
      combineRows(a, b, z, rows, columns, aLayout, bLayout) { Lanes.minimum($0, $1) }
    case .power:
      combineRows(a, b, z, rows, columns, aLayout, bLayout) { Lanes.power($0, $1) }
    case .less:
      combineRows(a, b, z, rows, columns, aLayout, bLayout) { Lanes.less($0, $1) }
    case .equal:
      combineRows(a, b, z, rows, columns, aLayout, bLayout) { Lanes.equal($0, $1) }
    }
  }

  @inline(__always)
  private static func combineRows(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, _ z: UnsafeMutablePointer<Lanes>, _ rows: Int,
    _ columns: Int, _ aLayout: SpreadLayout, _ bLayout: SpreadLayout, _ body: (Lanes, Lanes) -> Lanes
  ) {
    let aRows = UnsafeRawPointer(a).assumingMemoryBound(to: Lanes.self)
    let bRows = UnsafeRawPointer(b).assumingMemoryBound(to: Lanes.self)
    let full = SpreadLayout(isBatched: true, modulus: rows)
    if aLayout == full, bLayout == full {
      for i in 0..<rows &* columns { z[i] = body(aRows[i], bRows[i]) }
      return
    }
    for row in 0..<rows {
      let target = z + row &* columns
      let (first, second) = (aLayout.row(row), bLayout.row(row))
      switch (aLayout.isBatched, bLayout.isBatched) {
      case (true, true):
        let (p, q) = (aRows + first &* columns, bRows + second &* columns)
        for column in 0..<columns { target[column] = body(p[column], q[column]) }
      case (true, false):
        let p = aRows + first &* columns
        let q = Lanes(repeating: b[second])
        for column in 0..<columns { target[column] = body(p[column], q) }
      case (false, true):
        let p = Lanes(repeating: a[first])
        let q = bRows + second &* columns
        for column in 0..<columns { target[column] = body(p, q[column]) }
      case (false, false):
        let value = body(Lanes(repeating: a[first]), Lanes(repeating: b[second]))
        for column in 0..<columns { target[column] = value }
      }
    }
  }
}
