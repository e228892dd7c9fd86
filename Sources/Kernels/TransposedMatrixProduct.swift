extension KernelScalar {
  /// `z = Wᵀ d` for every sample, then times the derivative of the function whose value is `y`.
  ///
  /// `z[k] = g'(y[k]) Σⱼ W[j, k] d[j]`, the chain over j in order with fused multiply-add from +0. Shapes: `weights`
  /// outputs × inputs; `d` outputs × groups; `y` (nil for the identity) and `z` inputs × groups of lanes.
  @inline(never)
  public static func transposedMatrixProduct(
    _ weights: UnsafePointer<Self>, _ d: UnsafePointer<Self>, _ y: UnsafePointer<Self>?,
    _ z: UnsafeMutablePointer<Self>, inputs: Int, outputs: Int, groups: Int, function: ElementFunction
  ) {
    let d = UnsafeRawPointer(d).assumingMemoryBound(to: Lanes.self)
    let z = UnsafeMutableRawPointer(z).assumingMemoryBound(to: Lanes.self)
    var k = 0
    while k &+ 4 <= inputs {
      transposedRows4(weights + k, d, z + k &* groups, inputs, outputs, groups)
      k &+= 4
    }
    while k < inputs {
      transposedRow(weights + k, d, z + k &* groups, inputs, outputs, groups)
      k &+= 1
    }
    guard let y, function != .identity else { return }
    let values = UnsafeRawPointer(y).assumingMemoryBound(to: Lanes.self)
    multiplyByGradient(function, values, z, inputs &* groups)
  }

  /// Four rows of the result, two lane groups at a time: eight independent chains hide the latency of one.
  @inline(__always)
  private static func transposedRows4(
    _ weights: UnsafePointer<Self>, _ d: UnsafePointer<Lanes>, _ z: UnsafeMutablePointer<Lanes>,
    _ inputs: Int,
    _ outputs: Int, _ groups: Int
  ) {
    var l = 0
    while l &+ 2 <= groups {
      var a0 = Lanes.zero, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0
      var column = d + l
      var w = weights
      for _ in 0..<outputs {
        let p = column[0], q = column[1]
        let v0 = Lanes(repeating: w[0]), v1 = Lanes(repeating: w[1])
        let v2 = Lanes(repeating: w[2]), v3 = Lanes(repeating: w[3])
        a0 = a0.fused(v0, p)
        b0 = b0.fused(v0, q)
        a1 = a1.fused(v1, p)
        b1 = b1.fused(v1, q)
        a2 = a2.fused(v2, p)
        b2 = b2.fused(v2, q)
        a3 = a3.fused(v3, p)
        b3 = b3.fused(v3, q)
        column += groups
        w += inputs
      }
      var row = z + l
      row[0] = a0
      row[1] = b0
      row += groups
      row[0] = a1
      row[1] = b1
      row += groups
      row[0] = a2
      row[1] = b2
      row += groups
      row[0] = a3
      row[1] = b3
      l &+= 2
    }
    guard l < groups else { return }
    var a0 = Lanes.zero, a1 = a0, a2 = a0, a3 = a0
    var column = d + l
    var w = weights
    for _ in 0..<outputs {
      let p = column[0]
      a0 = a0.fused(Lanes(repeating: w[0]), p)
      a1 = a1.fused(Lanes(repeating: w[1]), p)
      a2 = a2.fused(Lanes(repeating: w[2]), p)
      a3 = a3.fused(Lanes(repeating: w[3]), p)
      column += groups
      w += inputs
    }
    let row = z + l
    row[0] = a0
    row[groups] = a1
    row[2 &* groups] = a2
    row[3 &* groups] = a3
  }

  /// One row of the result.
  @inline(__always)
  private static func transposedRow(
    _ weights: UnsafePointer<Self>, _ d: UnsafePointer<Lanes>, _ z: UnsafeMutablePointer<Lanes>,
    _ inputs: Int,
    _ outputs: Int, _ groups: Int
  ) {
    for l in 0..<groups {
      var a = Lanes.zero
      var column = d + l
      var w = weights
      for _ in 0..<outputs {
        a = a.fused(Lanes(repeating: w[0]), column[0])
        column += groups
        w += inputs
      }
      z[l] = a
    }
  }

  /// Multiplies by the derivative of a function in place, as a pass of its own: the operands are still in the nearest
  /// cache.
  @inline(__always)
  private static func multiplyByGradient(
    _ function: ElementFunction, _ values: UnsafePointer<Lanes>, _ z: UnsafeMutablePointer<Lanes>,
    _ count: Int
  ) {
    switch function {
    case .relu: for i in 0..<count { z[i] = ElementFunction.relu.gradient(values[i], z[i]) }
    case .tanh: for i in 0..<count { z[i] = ElementFunction.tanh.gradient(values[i], z[i]) }
    case .sigmoid: for i in 0..<count { z[i] = ElementFunction.sigmoid.gradient(values[i], z[i]) }
    default: for i in 0..<count { z[i] = function.gradient(values[i], z[i]) }
    }
  }
}
