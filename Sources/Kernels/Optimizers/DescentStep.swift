extension KernelScalar {
  /// Gradient descent: `p ← p − η g`.
  @inline(never)
  public static func descentStep(_ vectors: StepVectors, rate: Self) {
    let rate = Lanes(repeating: rate)
    @inline(__always) func rule(_ i: Int, _ p: Lanes, _ g: Lanes) -> Lanes { p - rate * g }
    sweep(vectors, rule)
  }

  /// Gradient descent with momentum; one vector of state v.
  ///
  /// If the rate is remembered, Keras' form: `v ← m v − η g`, then `p ← p + v` or, with Nesterov's look ahead,
  /// `p ← p + m v − η g`. Otherwise PyTorch's: `v ← m v + g`, then `p ← p − η v` or `p ← p − η (g + m v)`.
  @inline(never)
  public static func momentumStep(
    _ vectors: StepVectors, rate: Self, momentum: Self, isNesterov: Bool, isRateRemembered: Bool
  ) {
    let v = state(vectors, 0)
    let m = Lanes(repeating: momentum)
    let rate = Lanes(repeating: rate)
    if isRateRemembered {
      @inline(__always) func rule(_ i: Int, _ p: Lanes, _ g: Lanes) -> Lanes {
        let step = rate * g
        let next = m * v[i] - step
        v[i] = next
        return p + (isNesterov ? m * next - step : next)
      }
      sweep(vectors, rule)
    } else {
      @inline(__always) func rule(_ i: Int, _ p: Lanes, _ g: Lanes) -> Lanes {
        let next = m * v[i] + g
        v[i] = next
        return p - rate * (isNesterov ? g + m * next : next)
      }
      sweep(vectors, rule)
    }
  }
}
