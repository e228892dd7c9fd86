extension KernelScalar {
  /// Gradient descent with momentum, by Keras' rule.
  ///
  /// `v ← m v − η g`, then `p ← p + v` or, with Nesterov's look ahead, `p ← p + m v − η g`. `count` numbers,
  /// rounded up to whole lane groups that the memory holds.
  @inline(never)
  public static func momentumStep(
    _ parameters: UnsafeMutablePointer<Self>, _ gradients: UnsafePointer<Self>,
    _ velocity: UnsafeMutablePointer<Self>?, count: Int, learningRate: Self, momentum: Self, isNesterov: Bool
  ) {
    let p = UnsafeMutableRawPointer(parameters).assumingMemoryBound(to: Lanes.self)
    let g = UnsafeRawPointer(gradients).assumingMemoryBound(to: Lanes.self)
    let rate = Lanes(repeating: learningRate)
    let groups = groups(for: count)
    guard let velocity else {
      for i in 0..<groups { p[i] -= rate * g[i] }
      return
    }
    let v = UnsafeMutableRawPointer(velocity).assumingMemoryBound(to: Lanes.self)
    let m = Lanes(repeating: momentum)
    for i in 0..<groups {
      let step = rate * g[i]
      let next = m * v[i] - step
      v[i] = next
      p[i] += isNesterov ? m * next - step : next
    }
  }

  /// Adam (Kingma, Ba 2015) in Keras' form: `m ← β₁ m + (1−β₁) g`, `v ← β₂ v + (1−β₂) g²`,
  /// `p ← p − α m / (√v + ε)`, where α holds the correction of both biases.
  @inline(never)
  public static func adamStep(
    _ parameters: UnsafeMutablePointer<Self>, _ gradients: UnsafePointer<Self>,
    _ first: UnsafeMutablePointer<Self>, _ second: UnsafeMutablePointer<Self>, count: Int,
    stepSize: Self, beta1: Self, beta2: Self, epsilon: Self
  ) {
    let p = UnsafeMutableRawPointer(parameters).assumingMemoryBound(to: Lanes.self)
    let g = UnsafeRawPointer(gradients).assumingMemoryBound(to: Lanes.self)
    let m = UnsafeMutableRawPointer(first).assumingMemoryBound(to: Lanes.self)
    let v = UnsafeMutableRawPointer(second).assumingMemoryBound(to: Lanes.self)
    let alpha = Lanes(repeating: stepSize)
    let b1 = Lanes(repeating: beta1), c1 = Lanes(repeating: 1 - beta1)
    let b2 = Lanes(repeating: beta2), c2 = Lanes(repeating: 1 - beta2)
    let e = Lanes(repeating: epsilon)
    for i in 0..<groups(for: count) {
      let gradient = g[i]
      let mean = b1 * m[i] + c1 * gradient
      let square = b2 * v[i] + c2 * (gradient * gradient)
      m[i] = mean
      v[i] = square
      p[i] -= alpha * mean / (Lanes.squareRoot(square) + e)
    }
  }

  /// Lays the chosen samples along the lanes: `result[f, i] = source[f, indices[i]]`, +0 behind the last.
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
      for i in count..<lanes { row[i] = 0 }
    }
  }
}
