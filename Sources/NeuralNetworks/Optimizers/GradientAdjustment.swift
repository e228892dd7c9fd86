import Autodiff
import Kernels
import Tensors

/// What is added to the loss so that weights stay small; biases and gains are never penalized.
///
/// The objective is `loss + λ₂/2 Σ w² + λ₁ Σ |w|`, so that the gradient gains `λ₂ w + λ₁ sign w`: λ₂ is PyTorch's
/// `weight_decay`, and twice the number that Keras' L2 takes.
public struct Penalty: Sendable, Hashable {
  /// λ₂, the decay of weights.
  public var l2: Double
  /// λ₁; its derivative at zero is taken to be zero.
  public var l1: Double

  /// A penalty, none unless given.
  public init(l2: Double = 0, l1: Double = 0) {
    self.l2 = l2
    self.l1 = l1
  }

  /// No penalty.
  public static var none: Penalty { Penalty() }
}

/// How large gradients are cut, penalties included; all three keep the gradient as it is if it is small enough.
public enum GradientClip: Sendable, Hashable {
  /// Each element to at most this size.
  case value(Double)
  /// Each block of parameters to at most this norm, by the factor `c / max(‖g‖, c)` (Keras' `clipnorm`).
  case norm(Double)
  /// The whole gradient to at most this norm, by the same factor (Keras' `global_clipnorm`); PyTorch's
  /// `clip_grad_norm_` divides by `‖g‖ + 10⁻⁶` instead.
  case globalNorm(Double)

  /// The limit.
  public var limit: Double {
    switch self {
    case .value(let limit), .norm(let limit), .globalNorm(let limit): limit
    }
  }
}

/// A block of the flat vector of parameters.
public struct ParameterRun: Sendable, Hashable {
  /// Where it begins: a whole lane group.
  public var offset: Int
  /// Its length.
  public var count: Int
  /// Whether penalties and decay apply to it: those of weights, not those of biases and gains.
  public var isPenalized: Bool

  /// A block.
  public init(offset: Int, count: Int, isPenalized: Bool) {
    self.offset = offset
    self.count = count
    self.isPenalized = isPenalized
  }

  /// The trained blocks of a network, in the order of its layout.
  static func runs(of blocks: [ParameterBlock], in layout: ParameterLayout) -> [ParameterRun] {
    zip(blocks, layout.offsets).filter { $0.0.isTrained }.map { block, offset in
      ParameterRun(offset: offset, count: block.shape.count, isPenalized: block.isPenalized)
    }
  }
}

/// Penalties and clipping of a training, which optimizers apply in the same pass over the flat vector as their rule.
///
/// First the penalties' derivatives are added, then the sum is clipped: what the rule sees is bounded. Norms are added
/// up in the order that `adjustedSquares` defines, those of the blocks in their order in Double.
public final class GradientAdjustment<Scalar: Real> {
  private let clip: GradientClip?
  private let isNeeded: Bool
  private let adjusted: UnsafeMutableBufferPointer<AdjustedRun>

  /// The adjustment of the gradients of some blocks for a rule, which may let weights shrink by itself.
  public init(
    _ runs: [ParameterRun], penalty: Penalty = .none, clip: GradientClip? = nil, for rule: any Optimizer
  ) {
    self.clip = clip
    isNeeded = penalty != .none || clip != nil || rule is any DecoupledDecay
    adjusted = .allocate(capacity: runs.count)
    for (index, run) in runs.enumerated() {
      var adjustment = AdjustedRun(offset: run.offset, count: run.count, isPenalized: run.isPenalized)
      if run.isPenalized { (adjustment.l2, adjustment.l1) = (penalty.l2, penalty.l1) }
      if case .value(let limit) = clip { adjustment.limit = limit }
      adjusted.initializeElement(at: index, to: adjustment)
    }
  }

  deinit { adjusted.deallocate() }

  /// The blocks and their adjustment for a gradient; none if nothing is adjusted and nothing shrinks.
  func runs(
    _ parameters: UnsafePointer<Scalar>, _ gradients: UnsafePointer<Scalar>
  ) -> UnsafeBufferPointer<AdjustedRun> {
    guard isNeeded else { return UnsafeBufferPointer(start: nil, count: 0) }
    switch clip {
    case .norm(let limit):
      for index in adjusted.indices {
        let squares = Scalar.adjustedSquares(parameters, gradients, adjusted[index])
        adjusted[index].scale = factor(squares, limit)
      }
    case .globalNorm(let limit):
      var squares = 0.0
      for run in adjusted { squares += Scalar.adjustedSquares(parameters, gradients, run) }
      let scale = factor(squares, limit)
      for index in adjusted.indices { adjusted[index].scale = scale }
    case .value, nil: break
    }
    return UnsafeBufferPointer(adjusted)
  }

  private func factor(_ squares: Double, _ limit: Double) -> Double {
    let norm = squares.squareRoot()
    return norm > limit ? limit / norm : 1
  }
}
