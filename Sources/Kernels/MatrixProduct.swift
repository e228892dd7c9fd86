internal import CVectors

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
    matrixProduct(
      weights, start: start, startLayout: startLayout, x, y, inputs: inputs, groups: groups,
      function: function, part: ProductPart(rows: 0..<outputs, groups: 0..<groups))
  }

  /// A part of the result, with all pointers those of the whole product.
  @inline(__always)
  public static func matrixProduct(
    _ weights: UnsafePointer<Self>, start: UnsafePointer<Self>?, startLayout: OperandLayout,
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, inputs: Int, groups: Int,
    function: ElementFunction, part: ProductPart
  ) {
    let stride = groups &* laneCount
    let first = part.groups.lowerBound &* laneCount
    let corner = y + (part.rows.lowerBound &* stride &+ first)
    var product = lectern_product(
      rows: part.rows.count, columns: part.groups.count &* laneCount, steps: inputs,
      a: weights + part.rows.lowerBound &* inputs, aRow: inputs, aStep: 1, b: x + first, bStep: stride,
      startKind: 0, start: nil, startRow: 0, y: corner, yRow: stride)
    if let start {
      let isFull = startLayout == .full
      product.startKind = isFull ? 2 : 1
      product.startRow = isFull ? stride : 1
      product.start = UnsafeRawPointer(
        isFull ? start + (part.rows.lowerBound &* stride &+ first) : start + part.rows.lowerBound)
    }
    multiply(&product)
    apply(function, corner, part, groups)
  }

  /// The product, by the tiles of this type of number.
  @inline(__always)
  static func multiply(_ product: inout lectern_product) {
    if MemoryLayout<Self>.size == MemoryLayout<Float>.size {
      multiplyFloats(&product)
    } else {
      multiplyDoubles(&product)
    }
  }

  /// Applies a function in place: a pass of its own keeps the inner loop of the product small, and its operands are
  /// still in a near cache.
  @inline(__always)
  private static func apply(
    _ function: ElementFunction, _ corner: UnsafeMutablePointer<Self>, _ part: ProductPart, _ groups: Int
  ) {
    if function == .identity { return }
    if part.groups.count == groups {
      map(function, corner, corner, groups: part.rows.count &* groups)
    } else {
      for row in 0..<part.rows.count {
        let values = corner + row &* groups &* laneCount
        map(function, values, values, groups: part.groups.count)
      }
    }
  }
}

// Outside of generic code, so that there is one copy of the tiles.

@inline(never)
private func multiplyFloats(_ product: inout lectern_product) { lectern_multiply_float(&product) }

@inline(never)
private func multiplyDoubles(_ product: inout lectern_product) { lectern_multiply_double(&product) }
