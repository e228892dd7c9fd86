extension KernelScalar {
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
      top = Lanes.selectGreater(value, top, value, top)
    }
    return top
  }
}
