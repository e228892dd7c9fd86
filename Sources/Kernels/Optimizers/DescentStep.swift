extension KernelScalar {
  /// Gradient descent: `p ← p − η g`.
  @inline(never)
  public static func descentStep(_ vectors: StepVectors<Self>, rate: Self) {
    let rate = Lanes(repeating: rate)
    sweep(vectors) { _, p, g in p - rate * g }
  }

  /// Gradient descent with momentum; one vector of state v.
  ///
  /// If the rate is remembered, Keras' form: `v ← m v − η g`, then `p ← p + v` or, with Nesterov's look ahead,
  /// `p ← p + m v − η g`. Otherwise PyTorch's: `v ← m v + g`, then `p ← p − η v` or `p ← p − η (g + m v)`.
  @inline(never)
  public static func momentumStep(
    _ vectors: StepVectors<Self>, rate: Self, momentum: Self, isNesterov: Bool, isRateRemembered: Bool
  ) {
    let v = UnsafeMutableRawPointer(vectors.state).assumingMemoryBound(to: Lanes.self)
    let m = Lanes(repeating: momentum)
    let rate = Lanes(repeating: rate)
    if isRateRemembered {
      sweep(vectors) { i, p, g in
        let step = rate * g
        let next = m * v[i] - step
        v[i] = next
        return p + (isNesterov ? m * next - step : next)
      }
    } else {
      sweep(vectors) { i, p, g in
        let next = m * v[i] + g
        v[i] = next
        return p - rate * (isNesterov ? g + m * next : next)
      }
    }
  }
}
