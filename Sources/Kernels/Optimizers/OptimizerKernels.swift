/// The passes of optimizers over the flat vectors, each documented where it is written.
public protocol OptimizerKernels {
  static func descentStep(_ vectors: StepVectors<Self>, rate: Self)
  static func momentumStep(
    _ vectors: StepVectors<Self>, rate: Self, momentum: Self, isNesterov: Bool, isRateRemembered: Bool)
  static func adagradStep(_ vectors: StepVectors<Self>, rate: Self, epsilon: Self, isEpsilonInside: Bool)
  static func adadeltaStep(_ vectors: StepVectors<Self>, rate: Self, memory: Self, epsilon: Self)
  static func rootMeanSquareStep(
    _ vectors: StepVectors<Self>, rate: Self, memory: Self, momentum: Self, epsilon: Self,
    isEpsilonInside: Bool, isCentered: Bool, isRateRemembered: Bool)
  static func adamStep(
    _ vectors: StepVectors<Self>, rate: Self, beta1: Self, beta2: Self, epsilon: Self, keepsMaximum: Bool)
  static func nadamStep(
    _ vectors: StepVectors<Self>, gradientRate: Self, meanRate: Self, beta1: Self, beta2: Self, epsilon: Self)
  static func adamaxStep(
    _ vectors: StepVectors<Self>, rate: Self, beta1: Self, beta2: Self, epsilon: Self, isEpsilonInside: Bool)
  static func lionStep(_ vectors: StepVectors<Self>, rate: Self, beta1: Self, beta2: Self)
  static func averageStep(
    _ averages: UnsafeMutablePointer<Self>, _ parameters: UnsafePointer<Self>, count: Int, momentum: Self)
  static func adjustedSquares(
    _ parameters: UnsafePointer<Self>, _ gradients: UnsafePointer<Self>, _ run: AdjustedRun<Self>
  ) -> Double
}

/// The memory of one optimizer step: flat vectors of `count` numbers each, rounded up to whole lane groups.
@frozen
public struct StepVectors<Scalar> {
  /// The parameters, to be changed.
  public let parameters: UnsafeMutablePointer<Scalar>
  /// The gradient.
  public let gradients: UnsafePointer<Scalar>
  /// What the rule remembers: its vectors one after the other.
  public let state: UnsafeMutablePointer<Scalar>
  /// The length of each vector.
  public let count: Int
  /// What is done to the gradient of each part of the vector first; none for nothing.
  public let runs: UnsafeBufferPointer<AdjustedRun<Scalar>>
  /// The share by which penalized parameters shrink before the step.
  public let shrinkage: Scalar

  /// The memory of one optimizer step.
  @inlinable
  public init(
    parameters: UnsafeMutablePointer<Scalar>, gradients: UnsafePointer<Scalar>,
    state: UnsafeMutablePointer<Scalar>, count: Int, runs: UnsafeBufferPointer<AdjustedRun<Scalar>>,
    shrinkage: Scalar
  ) {
    self.parameters = parameters
    self.gradients = gradients
    self.state = state
    self.count = count
    self.runs = runs
    self.shrinkage = shrinkage
  }
}

/// A part of the flat vector and how its gradient is adjusted: `g ← clamp((g + λ₂ p + λ₁ sign p) s, ±limit)`.
@frozen
public struct AdjustedRun<Scalar> {
  /// Where the part begins: a whole lane group.
  public var offset: Int
  /// Its length.
  public var count: Int
  /// λ₂, the derivative of a penalty `λ₂/2 p²`.
  public var l2: Scalar
  /// λ₁, the derivative of a penalty `λ₁ |p|`; 0 at p = 0.
  public var l1: Scalar
  /// s, the factor of clipping by a norm.
  public var scale: Scalar
  /// The largest size of an element.
  public var limit: Scalar
  /// Whether the parameters shrink by themselves where the rule says so.
  public var isPenalized: Bool

  /// A part and its adjustment.
  @inlinable
  public init(
    offset: Int, count: Int, l2: Scalar, l1: Scalar, scale: Scalar, limit: Scalar, isPenalized: Bool
  ) {
    self.offset = offset
    self.count = count
    self.l2 = l2
    self.l1 = l1
    self.scale = scale
    self.limit = limit
    self.isPenalized = isPenalized
  }
}

extension KernelScalar {
  /// Gives every lane group of the parameters the value of a rule, which takes the group's number, its parameters and
  /// its gradient, adjusted first if runs say how.
  ///
  /// Inlined with its rule, so that adjustment and rule are one pass; without adjustment there is a loop of its own
  /// that has nothing to do with any.
  @inline(__always)
  static func sweep(_ vectors: StepVectors<Self>, _ rule: (_ group: Int, Lanes, Lanes) -> Lanes) {
    let p = UnsafeMutableRawPointer(vectors.parameters).assumingMemoryBound(to: Lanes.self)
    let g = UnsafeRawPointer(vectors.gradients).assumingMemoryBound(to: Lanes.self)
    if vectors.runs.isEmpty, vectors.shrinkage == 0 {
      for i in 0..<groups(for: vectors.count) { p[i] = rule(i, p[i], g[i]) }
      return
    }
    let everything = AdjustedRun<Self>(
      offset: 0, count: vectors.count, l2: 0, l1: 0, scale: 1, limit: .infinity, isPenalized: true)
    for index in 0..<max(vectors.runs.count, 1) {
      let run = vectors.runs.isEmpty ? everything : vectors.runs[index]
      let first = run.offset / laneCount
      let shrinkage = Lanes(repeating: run.isPenalized ? vectors.shrinkage : 0)
      for i in first..<first + groups(for: run.count) {
        let gradient = adjusted(g[i], p[i], run)
        p[i] = rule(i, p[i] - shrinkage * p[i], gradient)
      }
    }
  }

  /// The gradient of a lane group, adjusted.
  @inline(__always)
  private static func adjusted(_ gradient: Lanes, _ parameters: Lanes, _ run: AdjustedRun<Self>) -> Lanes {
    let scaled = penalized(gradient, parameters, run) * Lanes(repeating: run.scale)
    let limit = Lanes(repeating: run.limit)
    return Lanes.maximum(Lanes.minimum(scaled, limit), Lanes.zero - limit)
  }

  @inline(__always)
  private static func penalized(_ gradient: Lanes, _ parameters: Lanes, _ run: AdjustedRun<Self>) -> Lanes {
    gradient + Lanes(repeating: run.l2) * parameters + Lanes(repeating: run.l1) * Lanes.sign(parameters)
  }

  /// The sum of the squares of a run's gradient with its penalties, before anything is clipped.
  ///
  /// The order belongs to the sum: in a block of 64 lane groups each lane adds its own in order, a fixed tree adds the
  /// lanes, and the blocks are added in order in Double.
  @inline(never)
  public static func adjustedSquares(
    _ parameters: UnsafePointer<Self>, _ gradients: UnsafePointer<Self>, _ run: AdjustedRun<Self>
  ) -> Double {
    let p = UnsafeRawPointer(parameters).assumingMemoryBound(to: Lanes.self)
    let g = UnsafeRawPointer(gradients).assumingMemoryBound(to: Lanes.self)
    let first = run.offset / laneCount
    let end = first + groups(for: run.count)
    var total = 0.0
    for start in stride(from: first, to: end, by: 64) {
      var sum = Lanes.zero
      for i in start..<min(start + 64, end) {
        let gradient = penalized(g[i], p[i], run)
        sum += gradient * gradient
      }
      total += Double(Lanes.treeSum(sum))
    }
    return total
  }

  /// The moving mean of parameters, `a ← μ a + (1 − μ) p`.
  @inline(never)
  public static func averageStep(
    _ averages: UnsafeMutablePointer<Self>, _ parameters: UnsafePointer<Self>, count: Int, momentum: Self
  ) {
    let a = UnsafeMutableRawPointer(averages).assumingMemoryBound(to: Lanes.self)
    let p = UnsafeRawPointer(parameters).assumingMemoryBound(to: Lanes.self)
    let (kept, added) = (Lanes(repeating: momentum), Lanes(repeating: 1 - momentum))
    for i in 0..<groups(for: count) { a[i] = kept * a[i] + added * p[i] }
  }
}
