extension KernelScalar {
  /// Lays the chosen samples along the lanes: `result[f, i] = source[f, indices[i]]`, behind the last one that again.
  ///
  /// So nothing that is fine for the samples of a batch, such as a division by a target, goes wrong for what fills the
  /// batch up. Its weight has to be zero.
  ///
  /// Shapes: `source` features × samples, one feature after the other; `result` features × groups of lanes.
  @inline(never)
  public static func gather(
    _ source: UnsafePointer<Self>, samples: Int, _ indices: UnsafePointer<Int32>, count: Int,
    _ result: UnsafeMutablePointer<Self>, features: Int, groups: Int
  ) {
    let lanes = groups &* laneCount
    for feature in 0..<features {
      let column = source + feature &* samples
      let row = result + feature &* lanes
      for i in 0..<count { row[i] = column[Int(indices[i])] }
      let last = count > 0 ? row[count &- 1] : 0
      for i in count..<lanes { row[i] = last }
    }
  }
}
