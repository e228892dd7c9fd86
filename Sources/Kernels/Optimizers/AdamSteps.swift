// Adam and its kin: `m ← β₁ m + (1−β₁) g`, and `v ← β₂ v + (1−β₂) g²` or a maximum in its place; the state is m, then v.

extension KernelScalar {
  /// Adam (Kingma and Ba 2015): `p ← p − η m / (√v + ε)`, where η holds the correction of both biases and ε that of the
  /// second, if it is to be added to the corrected root.
  ///
  /// If the maximum is kept (AMSGrad: Reddi, Kale and Kumar 2018), a third vector of state holds the largest v so far,
  /// which the root is taken of.
  @inline(never)
  public static func adamStep(
    _ vectors: StepVectors, rate: Self, beta1: Self, beta2: Self, epsilon: Self, keepsMaximum: Bool
  ) {
    let m = state(vectors, 0)
    let v = state(vectors, 1)
    let alpha = Lanes(repeating: rate)
    let b1 = Lanes(repeating: beta1), c1 = Lanes(repeating: 1 - beta1)
    let b2 = Lanes(repeating: beta2), c2 = Lanes(repeating: 1 - beta2)
    let e = Lanes(repeating: epsilon)
    guard keepsMaximum else {
      @inline(__always) func rule(_ i: Int, _ p: Lanes, _ g: Lanes) -> Lanes {
        let mean = b1 * m[i] + c1 * g
        let square = b2 * v[i] + c2 * (g * g)
        m[i] = mean
        v[i] = square
        return p - alpha * mean / (Lanes.squareRoot(square) + e)
      }
      sweep(vectors, rule)
      return
    }
    let largest = state(vectors, 2)
    @inline(__always) func rule(_ i: Int, _ p: Lanes, _ g: Lanes) -> Lanes {
      let mean = b1 * m[i] + c1 * g
      let square = b2 * v[i] + c2 * (g * g)
      let bound = Lanes.maximum(square, largest[i])
      m[i] = mean
      v[i] = square
      largest[i] = bound
      return p - alpha * mean / (Lanes.squareRoot(bound) + e)
    }
    sweep(vectors, rule)
  }

  /// Nadam (Dozat 2016): `p ← p − (α g + γ m) / (√v + ε)`, where the two rates hold Nesterov's momentum and the
  /// corrections of all biases.
  @inline(never)
  public static func nadamStep(
    _ vectors: StepVectors, gradientRate: Self, meanRate: Self, beta1: Self, beta2: Self, epsilon: Self
  ) {
    let m = state(vectors, 0)
    let v = state(vectors, 1)
    let (alpha, gamma) = (Lanes(repeating: gradientRate), Lanes(repeating: meanRate))
    let b1 = Lanes(repeating: beta1), c1 = Lanes(repeating: 1 - beta1)
    let b2 = Lanes(repeating: beta2), c2 = Lanes(repeating: 1 - beta2)
    let e = Lanes(repeating: epsilon)
    @inline(__always) func rule(_ i: Int, _ p: Lanes, _ g: Lanes) -> Lanes {
      let mean = b1 * m[i] + c1 * g
      let square = b2 * v[i] + c2 * (g * g)
      m[i] = mean
      v[i] = square
      return p - (alpha * g + gamma * mean) / (Lanes.squareRoot(square) + e)
    }
    sweep(vectors, rule)
  }

  /// Adamax (Kingma and Ba 2015, section 7.1): `u ← max(β₂ u, |g|)`, `p ← p − η m / (u + ε)`, where η holds the
  /// correction of the bias; in PyTorch's form epsilon is inside, `u ← max(β₂ u, |g| + ε)`, `p ← p − η m / u`.
  @inline(never)
  public static func adamaxStep(
    _ vectors: StepVectors, rate: Self, beta1: Self, beta2: Self, epsilon: Self, isEpsilonInside: Bool
  ) {
    let m = state(vectors, 0)
    let u = state(vectors, 1)
    let alpha = Lanes(repeating: rate)
    let b1 = Lanes(repeating: beta1), c1 = Lanes(repeating: 1 - beta1), b2 = Lanes(repeating: beta2)
    let inside = Lanes(repeating: isEpsilonInside ? epsilon : 0)
    let beside = Lanes(repeating: isEpsilonInside ? 0 : epsilon)
    @inline(__always) func rule(_ i: Int, _ p: Lanes, _ g: Lanes) -> Lanes {
      let mean = b1 * m[i] + c1 * g
      let norm = Lanes.maximum(b2 * u[i], Lanes.magnitude(g) + inside)
      m[i] = mean
      u[i] = norm
      return p - alpha * mean / (norm + beside)
    }
    sweep(vectors, rule)
  }

  /// Lion (Chen and others 2023): `p ← p − η sign(β₁ m + (1−β₁) g)`, then `m ← β₂ m + (1−β₂) g`; the state is m.
  @inline(never)
  public static func lionStep(_ vectors: StepVectors, rate: Self, beta1: Self, beta2: Self) {
    let m = state(vectors, 0)
    let rate = Lanes(repeating: rate)
    let b1 = Lanes(repeating: beta1), c1 = Lanes(repeating: 1 - beta1)
    let b2 = Lanes(repeating: beta2), c2 = Lanes(repeating: 1 - beta2)
    @inline(__always) func rule(_ i: Int, _ p: Lanes, _ g: Lanes) -> Lanes {
      let direction = Lanes.sign(b1 * m[i] + c1 * g)
      m[i] = b2 * m[i] + c2 * g
      return p - rate * direction
    }
    sweep(vectors, rule)
  }
}
