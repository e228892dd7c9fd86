extension KernelScalar {
  /// `y = g(W x + s)` for every sample: `y[j] = g(s[j] + Σₖ W[j, k] x[k])`, the chain over k in order with fused
  /// multiply-add, starting from `start` or from +0.
  ///
  /// Shapes: `weights` outputs × inputs, row by row; `x` inputs × groups and `y` outputs × groups of lanes;
  /// `start` outputs (`.perElement`: a bias) or outputs × groups (`.full`: a batched value, which may be the
  /// memory of `y`), or nil.
  @inline(never)
  public static func matrixProduct(
    _ weights: UnsafePointer<Self>, start: UnsafePointer<Self>?, startLayout: OperandLayout,
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, inputs: Int, outputs: Int, groups: Int,
    function: ElementFunction
  ) {
    let x = UnsafeRawPointer(x).assumingMemoryBound(to: Lanes.self)
    let y = UnsafeMutableRawPointer(y).assumingMemoryBound(to: Lanes.self)
    if let start, startLayout == .full {
      productOntoValues(
        weights, UnsafeRawPointer(start).assumingMemoryBound(to: Lanes.self), x, y, inputs, outputs, groups)
    } else {
      productOntoBias(weights, start, x, y, inputs, outputs, groups)
    }
    apply(function, y, outputs &* groups)
  }

  @inline(__always)
  private static func productOntoBias(
    _ weights: UnsafePointer<Self>, _ bias: UnsafePointer<Self>?, _ x: UnsafePointer<Lanes>,
    _ y: UnsafeMutablePointer<Lanes>, _ inputs: Int, _ outputs: Int, _ groups: Int
  ) {
    var j = 0
    if Processor.hasWideRegisters, groups > 1 {
      while j &+ 8 <= outputs {
        productRows8(weights, bias, x, y, inputs, groups, j)
        j &+= 8
      }
    }
    while j &+ 4 <= outputs {
      productRows4(weights, bias, x, y, inputs, groups, j)
      j &+= 4
    }
    while j < outputs {
      productRow(weights, bias, x, y, inputs, groups, j)
      j &+= 1
    }
  }

  @inline(__always)
  private static func productOntoValues(
    _ weights: UnsafePointer<Self>, _ start: UnsafePointer<Lanes>, _ x: UnsafePointer<Lanes>,
    _ y: UnsafeMutablePointer<Lanes>, _ inputs: Int, _ outputs: Int, _ groups: Int
  ) {
    for j in 0..<outputs {
      for l in 0..<groups {
        var sum = start[j &* groups &+ l]
        for k in 0..<inputs {
          sum = sum.fused(Lanes(repeating: weights[j &* inputs &+ k]), x[k &* groups &+ l])
        }
        y[j &* groups &+ l] = sum
      }
    }
  }

  /// Applies a function in place: a pass of its own keeps the inner loop of the product small, and its operands are
  /// still in the nearest cache.
  @inline(__always)
  private static func apply(_ function: ElementFunction, _ y: UnsafeMutablePointer<Lanes>, _ count: Int) {
    switch function {
    case .identity: return
    case .relu: for i in 0..<count { y[i] = ElementFunction.relu.apply(y[i]) }
    case .tanh: for i in 0..<count { y[i] = ElementFunction.tanh.apply(y[i]) }
    case .sigmoid: for i in 0..<count { y[i] = ElementFunction.sigmoid.apply(y[i]) }
    default: for i in 0..<count { y[i] = function.apply(y[i]) }
    }
  }

  @inline(__always)
  private static func start(_ bias: UnsafePointer<Self>?, _ j: Int) -> Lanes {
    guard let bias else { return .zero }
    return Lanes(repeating: bias[j])
  }

  /// Eight rows, two lane groups at a time.
  ///
  /// Written out because sixteen accumulators have to stay in registers, which loops over tuples or arrays
  /// prevent.
  @inline(__always)
  private static func productRows8(
    _ weights: UnsafePointer<Self>, _ bias: UnsafePointer<Self>?, _ x: UnsafePointer<Lanes>,
    _ y: UnsafeMutablePointer<Lanes>, _ inputs: Int, _ groups: Int, _ j: Int
  ) {
    let w0 = weights + j &* inputs
    let w1 = w0 + inputs
    let w2 = w1 + inputs
    let w3 = w2 + inputs
    let w4 = w3 + inputs
    let w5 = w4 + inputs
    let w6 = w5 + inputs
    let w7 = w6 + inputs
    var l = 0
    while l &+ 2 <= groups {
      var a0 = start(bias, j), a1 = start(bias, j &+ 1), a2 = start(bias, j &+ 2), a3 = start(bias, j &+ 3)
      var a4 = start(bias, j &+ 4), a5 = start(bias, j &+ 5), a6 = start(bias, j &+ 6)
      var a7 = start(bias, j &+ 7)
      var b0 = a0, b1 = a1, b2 = a2, b3 = a3, b4 = a4, b5 = a5, b6 = a6, b7 = a7
      var column = x + l
      for k in 0..<inputs {
        let p = column[0], q = column[1]
        let v0 = Lanes(repeating: w0[k]), v1 = Lanes(repeating: w1[k])
        let v2 = Lanes(repeating: w2[k]), v3 = Lanes(repeating: w3[k])
        a0 = a0.fused(v0, p)
        b0 = b0.fused(v0, q)
        a1 = a1.fused(v1, p)
        b1 = b1.fused(v1, q)
        a2 = a2.fused(v2, p)
        b2 = b2.fused(v2, q)
        a3 = a3.fused(v3, p)
        b3 = b3.fused(v3, q)
        let v4 = Lanes(repeating: w4[k]), v5 = Lanes(repeating: w5[k])
        let v6 = Lanes(repeating: w6[k]), v7 = Lanes(repeating: w7[k])
        a4 = a4.fused(v4, p)
        b4 = b4.fused(v4, q)
        a5 = a5.fused(v5, p)
        b5 = b5.fused(v5, q)
        a6 = a6.fused(v6, p)
        b6 = b6.fused(v6, q)
        a7 = a7.fused(v7, p)
        b7 = b7.fused(v7, q)
        column += groups
      }
      var row = y + (j &* groups &+ l)
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
      row += groups
      row[0] = a4
      row[1] = b4
      row += groups
      row[0] = a5
      row[1] = b5
      row += groups
      row[0] = a6
      row[1] = b6
      row += groups
      row[0] = a7
      row[1] = b7
      l &+= 2
    }
    if l < groups {
      productTail4(
        w0, start(bias, j), start(bias, j &+ 1), start(bias, j &+ 2), start(bias, j &+ 3), x + l,
        y + (j &* groups &+ l), inputs, groups)
      productTail4(
        w4, start(bias, j &+ 4), start(bias, j &+ 5), start(bias, j &+ 6), start(bias, j &+ 7), x + l,
        y + ((j &+ 4) &* groups &+ l), inputs, groups)
    }
  }

  @inline(__always)
  private static func productRows4(
    _ weights: UnsafePointer<Self>, _ bias: UnsafePointer<Self>?, _ x: UnsafePointer<Lanes>,
    _ y: UnsafeMutablePointer<Lanes>, _ inputs: Int, _ groups: Int, _ j: Int
  ) {
    let w0 = weights + j &* inputs
    let w1 = w0 + inputs
    let w2 = w1 + inputs
    let w3 = w2 + inputs
    let s0 = start(bias, j), s1 = start(bias, j &+ 1), s2 = start(bias, j &+ 2), s3 = start(bias, j &+ 3)
    var l = 0
    while l &+ 2 <= groups {
      var a0 = s0, a1 = s1, a2 = s2, a3 = s3, b0 = s0, b1 = s1, b2 = s2, b3 = s3
      var column = x + l
      for k in 0..<inputs {
        let p = column[0], q = column[1]
        let v0 = Lanes(repeating: w0[k]), v1 = Lanes(repeating: w1[k])
        let v2 = Lanes(repeating: w2[k]), v3 = Lanes(repeating: w3[k])
        a0 = a0.fused(v0, p)
        b0 = b0.fused(v0, q)
        a1 = a1.fused(v1, p)
        b1 = b1.fused(v1, q)
        a2 = a2.fused(v2, p)
        b2 = b2.fused(v2, q)
        a3 = a3.fused(v3, p)
        b3 = b3.fused(v3, q)
        column += groups
      }
      var row = y + (j &* groups &+ l)
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
    if l < groups {
      productTail4(w0, s0, s1, s2, s3, x + l, y + (j &* groups &+ l), inputs, groups)
    }
  }

  /// Four rows, one lane group.
  @inline(__always)
  private static func productTail4(
    _ w0: UnsafePointer<Self>, _ s0: Lanes, _ s1: Lanes, _ s2: Lanes, _ s3: Lanes,
    _ x: UnsafePointer<Lanes>, _ y: UnsafeMutablePointer<Lanes>, _ inputs: Int, _ groups: Int
  ) {
    let w1 = w0 + inputs
    let w2 = w1 + inputs
    let w3 = w2 + inputs
    var a0 = s0, a1 = s1, a2 = s2, a3 = s3
    var column = x
    for k in 0..<inputs {
      let p = column[0]
      a0 = a0.fused(Lanes(repeating: w0[k]), p)
      a1 = a1.fused(Lanes(repeating: w1[k]), p)
      a2 = a2.fused(Lanes(repeating: w2[k]), p)
      a3 = a3.fused(Lanes(repeating: w3[k]), p)
      column += groups
    }
    y[0] = a0
    y[groups] = a1
    y[2 &* groups] = a2
    y[3 &* groups] = a3
  }

  /// One row, up to four lane groups at a time.
  @inline(__always)
  private static func productRow(
    _ weights: UnsafePointer<Self>, _ bias: UnsafePointer<Self>?, _ x: UnsafePointer<Lanes>,
    _ y: UnsafeMutablePointer<Lanes>, _ inputs: Int, _ groups: Int, _ j: Int
  ) {
    let w = weights + j &* inputs
    let s = start(bias, j)
    var l = 0
    while l &+ 4 <= groups {
      var a = s, b = s, c = s, d = s
      var column = x + l
      for k in 0..<inputs {
        let v = Lanes(repeating: w[k])
        a = a.fused(v, column[0])
        b = b.fused(v, column[1])
        c = c.fused(v, column[2])
        d = d.fused(v, column[3])
        column += groups
      }
      let row = y + (j &* groups &+ l)
      row[0] = a
      row[1] = b
      row[2] = c
      row[3] = d
      l &+= 4
    }
    while l < groups {
      var a = s
      var column = x + l
      for k in 0..<inputs {
        a = a.fused(Lanes(repeating: w[k]), column[0])
        column += groups
      }
      y[j &* groups &+ l] = a
      l &+= 1
    }
  }
}
