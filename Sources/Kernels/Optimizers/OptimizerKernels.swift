/// The passes of optimizers over the flat vectors, each documented where it is written.
public protocol OptimizerKernels {
  static func descentStep(_ vectors: StepVectors, rate: Self)
  static func momentumStep(
    _ vectors: StepVectors, rate: Self, momentum: Self, isNesterov: Bool, isRateRemembered: Bool)
  static func adagradStep(_ vectors: StepVectors, rate: Self, epsilon: Self, isEpsilonInside: Bool)
  static func adadeltaStep(_ vectors: StepVectors, rate: Self, memory: Self, epsilon: Self)
  static func rootMeanSquareStep(
    _ vectors: StepVectors, rate: Self, memory: Self, momentum: Self, epsilon: Self,
    isEpsilonInside: Bool, isCentered: Bool, isRateRemembered: Bool)
  static func adamStep(
    _ vectors: StepVectors, rate: Self, beta1: Self, beta2: Self, epsilon: Self, keepsMaximum: Bool)
  static func nadamStep(
    _ vectors: StepVectors, gradientRate: Self, meanRate: Self, beta1: Self, beta2: Self, epsilon: Self)
  static func adamaxStep(
    _ vectors: StepVectors, rate: Self, beta1: Self, beta2: Self, epsilon: Self, isEpsilonInside: Bool)
  static func lionStep(_ vectors: StepVectors, rate: Self, beta1: Self, beta2: Self)
  static func averageStep(
    _ averages: UnsafeMutablePointer<Self>, _ parameters: UnsafePointer<Self>, count: Int, momentum: Self)
  static func adjustedSquares(
    _ parameters: UnsafePointer<Self>, _ gradients: UnsafePointer<Self>, _ run: AdjustedRun
  ) -> Double
}

/// The memory of one optimizer step: flat vectors of `count` numbers of one type each, whole lane groups.
///
/// Not generic, as generic values would make every call of a rule look for their metadata.
public struct StepVectors {
  /// The parameters, to be changed.
  public var parameters: UnsafeMutableRawPointer
  /// The gradient.
  public var gradients: UnsafeRawPointer
  /// What the rule remembers: its vectors one after the other.
  public var state: UnsafeMutableRawPointer
  /// The length of each vector.
  public var count: Int
  /// What is done to the gradient of each part of the vector first; none for nothing.
  public var runs: UnsafeBufferPointer<AdjustedRun>
  /// The share by which penalized parameters shrink before the step.
  public var shrinkage: Double

  /// The memory of one optimizer step.
  public init(
    parameters: UnsafeMutableRawPointer, gradients: UnsafeRawPointer, state: UnsafeMutableRawPointer,
    count: Int, runs: UnsafeBufferPointer<AdjustedRun>, shrinkage: Double
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
public struct AdjustedRun: Sendable, Hashable {
  /// Where the part begins: a whole lane group.
  public var offset: Int
  /// Its length.
  public var count: Int
  /// λ₂, the derivative of a penalty `λ₂/2 p²`.
  public var l2 = 0.0
  /// λ₁, the derivative of a penalty `λ₁ |p|`; 0 at p = 0.
  public var l1 = 0.0
  /// s, the factor of clipping by a norm.
  public var scale = 1.0
  /// The largest size of an element.
  public var limit = Double.infinity
  /// Whether the parameters shrink by themselves where the rule says so.
  public var isPenalized: Bool

  /// A part whose gradient stays as it is.
  public init(offset: Int, count: Int, isPenalized: Bool) {
    self.offset = offset
    self.count = count
    self.isPenalized = isPenalized
  }
}

extension KernelScalar {
  /// Gives every lane group of the parameters the value of a rule, which takes the group's number, its parameters and
  /// its gradient, adjusted first if runs say how.
  ///
  /// Inlined with its rule, so that adjustment and rule are one pass; without adjustment there is a loop of its own
  /// that has nothing to do with any. Rules are local functions marked as inlined: closures are called for every lane
  /// group, eight times slower, as this uses them twice.
  @inline(__always)
  static func sweep(_ vectors: StepVectors, _ rule: (_ group: Int, Lanes, Lanes) -> Lanes) {
    let p = vectors.parameters.assumingMemoryBound(to: Lanes.self)
    let g = vectors.gradients.assumingMemoryBound(to: Lanes.self)
    if vectors.runs.isEmpty, vectors.shrinkage == 0 {
      for i in 0..<groups(for: vectors.count) { p[i] = rule(i, p[i], g[i]) }
      return
    }
    let everything = AdjustedRun(offset: 0, count: vectors.count, isPenalized: true)
    for index in 0..<max(vectors.runs.count, 1) {
      let run = vectors.runs.isEmpty ? everything : vectors.runs[index]
      let first = run.offset / laneCount
      let shrinkage = Lanes(repeating: Self(run.isPenalized ? vectors.shrinkage : 0))
      for i in first..<first + groups(for: run.count) {
        let gradient = adjusted(g[i], p[i], run)
        p[i] = rule(i, p[i] - shrinkage * p[i], gradient)
      }
    }
  }

  /// A vector of a rule's state.
  @inline(__always)
  static func state(_ vectors: StepVectors, _ index: Int) -> UnsafeMutablePointer<Lanes> {
    vectors.state.assumingMemoryBound(to: Lanes.self) + index &* groups(for: vectors.count)
  }

  /// The gradient of a lane group, adjusted.
  @inline(__always)
  private static func adjusted(_ gradient: Lanes, _ parameters: Lanes, _ run: AdjustedRun) -> Lanes {
    let scaled = penalized(gradient, parameters, run) * Lanes(repeating: Self(run.scale))
    let limit = Lanes(repeating: Self(run.limit))
    return Lanes.maximum(Lanes.minimum(scaled, limit), Lanes.zero - limit)
  }

  @inline(__always)
  private static func penalized(_ gradient: Lanes, _ parameters: Lanes, _ run: AdjustedRun) -> Lanes {
    let (l2, l1) = (Lanes(repeating: Self(run.l2)), Lanes(repeating: Self(run.l1)))
    return gradient + l2 * parameters + l1 * Lanes.sign(parameters)
  }

  /// The sum of the squares of a run's gradient with its penalties, before anything is clipped.
  ///
  /// The order belongs to the sum: in a block of 64 lane groups each lane adds its own in order, a fixed tree adds the
  /// lanes, and the blocks are added in order in Double.
  @inline(never)
  public static func adjustedSquares(
    _ parameters: UnsafePointer<Self>, _ gradients: UnsafePointer<Self>, _ run: AdjustedRun
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
