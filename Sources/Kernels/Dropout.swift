extension KernelScalar {
  /// The factors of inverted dropout: 0 with probability `rate`, 1 / (1 − rate) otherwise.
  ///
  /// The factor of lane `l` of row `r` belongs to the counter `(l / 4, r, step)` under the key alone.
  ///
  /// Shapes: `mask` rows × lanes, the lanes a multiple of four.
  @inline(never)
  public static func dropoutMask(
    _ mask: UnsafeMutablePointer<Self>, rows: Int, lanes: Int, rate: Double, key: UInt64, step: UInt64
  ) {
    let threshold = UInt32(min(rate * 4_294_967_296, 4_294_967_295))
    let scale = Self(1 / (1 - rate))
    for row in 0..<rows {
      var lane = 0
      while lane < lanes {
        let w = Philox.words(
          counter: (
            UInt32(truncatingIfNeeded: lane &>> 2), UInt32(truncatingIfNeeded: row),
            UInt32(truncatingIfNeeded: step), UInt32(truncatingIfNeeded: step &>> 32)
          ), key: key)
        let at = mask + (row &* lanes &+ lane)
        at[0] = w.0 < threshold ? 0 : scale
        at[1] = w.1 < threshold ? 0 : scale
        at[2] = w.2 < threshold ? 0 : scale
        at[3] = w.3 < threshold ? 0 : scale
        lane &+= 4
      }
    }
  }
}
