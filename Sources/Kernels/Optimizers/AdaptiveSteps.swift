// Rules whose step in each parameter follows from the squares of its gradients. Epsilon stands inside the root in Keras'
// form, `√(v + ε)`, and beside it in PyTorch's, `√v + ε`.

extension KernelScalar {
  @inline(__always)
  private static func root(_ square: Lanes, _ epsilon: Lanes, _ isInside: Bool) -> Lanes {
    isInside ? Lanes.squareRoot(square + epsilon) : Lanes.squareRoot(square) + epsilon
  }

  /// Adagrad (Duchi, Hazan and Singer 2011): `v ← v + g²`, `p ← p − η g / √v`; one vector of state v.
  @inline(never)
  public static func adagradStep(
    _ vectors: StepVectors, rate: Self, epsilon: Self, isEpsilonInside: Bool
  ) {
    let v = state(vectors, 0)
    let (rate, e) = (Lanes(repeating: rate), Lanes(repeating: epsilon))
    @inline(__always) func rule(_ i: Int, _ p: Lanes, _ g: Lanes) -> Lanes {
      let square = v[i] + g * g
      v[i] = square
      return p - rate * g / root(square, e, isEpsilonInside)
    }
    sweep(vectors, rule)
  }

  /// Adadelta (Zeiler 2012): `v ← ρ v + (1−ρ) g²`, `δ = √(u + ε) / √(v + ε) g`, `u ← ρ u + (1−ρ) δ²`, `p ← p − η δ`;
  /// two vectors of state, v and u.
  @inline(never)
  public static func adadeltaStep(_ vectors: StepVectors, rate: Self, memory: Self, epsilon: Self) {
    let v = state(vectors, 0)
    let u = state(vectors, 1)
    let (kept, added) = (Lanes(repeating: memory), Lanes(repeating: 1 - memory))
    let (rate, e) = (Lanes(repeating: rate), Lanes(repeating: epsilon))
    @inline(__always) func rule(_ i: Int, _ p: Lanes, _ g: Lanes) -> Lanes {
      let square = kept * v[i] + added * (g * g)
      let change = Lanes.squareRoot(u[i] + e) / Lanes.squareRoot(square + e) * g
      v[i] = square
      u[i] = kept * u[i] + added * (change * change)
      return p - rate * change
    }
    sweep(vectors, rule)
  }

  /// RMSprop (Tieleman and Hinton 2012): `v ← ρ v + (1−ρ) g²`, `p ← p − η g / √v`; centered (Graves 2013), with
  /// `a ← ρ a + (1−ρ) g` and `v − a²` under the root, which rounding cannot bring below zero here.
  ///
  /// With momentum the step is `b ← m b + η g / √v`, or in PyTorch's form, in which the rate is not remembered,
  /// `η b` of `b ← m b + g / √v`. The state is v, then a if centered, then b if there is momentum.
  @inline(never)
  public static func rootMeanSquareStep(
    _ vectors: StepVectors, rate: Self, memory: Self, momentum: Self, epsilon: Self,
    isEpsilonInside: Bool, isCentered: Bool, isRateRemembered: Bool
  ) {
    let v = state(vectors, 0)
    let a = state(vectors, 1)
    let b = state(vectors, isCentered ? 2 : 1)
    let (kept, added) = (Lanes(repeating: memory), Lanes(repeating: 1 - memory))
    let (rate, e, m) = (Lanes(repeating: rate), Lanes(repeating: epsilon), Lanes(repeating: momentum))
    let hasMomentum = momentum > 0
    @inline(__always) func rule(_ i: Int, _ p: Lanes, _ g: Lanes) -> Lanes {
      var square = kept * v[i] + added * (g * g)
      v[i] = square
      if isCentered {
        let mean = kept * a[i] + added * g
        a[i] = mean
        square = Lanes.maximum(square - mean * mean, Lanes.zero)
      }
      let denominator = root(square, e, isEpsilonInside)
      guard hasMomentum else { return p - rate * g / denominator }
      let step = m * b[i] + (isRateRemembered ? rate * g : g) / denominator
      b[i] = step
      return p - (isRateRemembered ? step : rate * step)
    }
    sweep(vectors, rule)
  }
}
