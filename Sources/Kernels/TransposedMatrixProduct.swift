internal import CVectors

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
    transposedMatrixProduct(
      weights, d, y, z, inputs: inputs, outputs: outputs, groups: groups, function: function,
      part: ProductPart(rows: 0..<inputs, groups: 0..<groups))
  }

  /// A part of the result, with all pointers those of the whole product.
  @inline(__always)
  public static func transposedMatrixProduct(
    _ weights: UnsafePointer<Self>, _ d: UnsafePointer<Self>, _ y: UnsafePointer<Self>?,
    _ z: UnsafeMutablePointer<Self>, inputs: Int, outputs: Int, groups: Int, function: ElementFunction,
    part: ProductPart
  ) {
    let stride = groups &* laneCount
    let first = part.groups.lowerBound &* laneCount
    let corner = part.rows.lowerBound &* stride &+ first
    var product = lectern_product(
      rows: part.rows.count, columns: part.groups.count &* laneCount, steps: outputs,
      a: weights + part.rows.lowerBound, aRow: 1, aStep: inputs, b: d + first, bStep: stride, startKind: 0,
      start: nil, startRow: 0, y: z + corner, yRow: stride)
    multiply(&product)
    guard let y, function != .identity else { return }
    if part.groups.count == groups {
      gradient(function, y + corner, z + corner, z + corner, groups: part.rows.count &* groups)
    } else {
      for row in 0..<part.rows.count {
        let place = corner &+ row &* stride
        gradient(function, y + place, z + place, z + place, groups: part.groups.count)
      }
    }
  }
}
