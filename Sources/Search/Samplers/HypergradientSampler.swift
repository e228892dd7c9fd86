import Components
import Tensors

/// Goes downhill along the derivative of the objective by the hyperparameters.
///
/// It walks on the scale of each, so that what is uniform in its logarithm moves by factors, and learns the curvature from
/// its steps by the formula of Broyden, Fletcher, Goldfarb and Shanno. The objective has to know its derivative by every
/// hyperparameter. After a walk has come to rest, another one begins elsewhere.
public struct HypergradientSampler: Sampler {
  /// How objectives that train networks find the derivative.
  public enum Mode: String, NamedChoice {
    /// That of the minimum of the penalized loss, from its second derivatives.
    case implicit
    /// That of what training did, carried along with its steps.
    case unrolled
  }

  /// The length of the first step, as a share of the range.
  public var step: Double
  /// How objectives that train networks find the derivative.
  public var mode: Mode
  /// Whether the first walk begins in the middle; others begin at random.
  public var beginsInTheMiddle: Bool

  /// Steps along derivatives.
  public init(step: Double = 0.1, mode: Mode = .unrolled, beginsInTheMiddle: Bool = true) {
    self.step = step
    self.mode = mode
    self.beginsInTheMiddle = beginsInTheMiddle
  }

  private static let stepParameter = Parameter<Double>(
    "step", default: 0.1, "above 0 and at most 1", help: "The first step, as a share of the range."
  ) { $0 > 0 && $0 <= 1 }
  private static let modeParameter = Parameter<Mode>(
    "mode", default: .unrolled,
    help: "How derivatives of networks are found: of what training did, or implicit, of the minimum.")
  private static let middleParameter = Parameter<Bool>(
    "middle", default: true, help: "Whether the first walk begins in the middle.")
  static let component = Component<any Sampler>(
    "hypergradient", help: "Steps along the derivative of the objective by the hyperparameters.",
    swift: "HypergradientSampler(step, mode, beginsInTheMiddle middle)",
    parameters: [stepParameter, modeParameter, middleParameter]
  ) {
    HypergradientSampler(
      step: $0[stepParameter], mode: $0[modeParameter], beginsInTheMiddle: $0[middleParameter])
  }

  public var naturalLag: Int { 0 }

  public func check(_ problem: SearchProblem) throws(SamplerError) {
    try checkWalk(problem, name: "hypergradient")
    for parameter in problem.space.parameters {
      guard !parameter.distribution.isFixed else { continue }
      guard parameter.distribution.scaledBounds != nil else {
        throw .choicesUnsupported(sampler: "hypergradient", parameter: parameter.name)
      }
      guard parameter.distribution.step == nil else {
        throw .notSmooth(sampler: "hypergradient", parameter: parameter.name)
      }
    }
    guard problem.hasGradient else { throw .gradientNeeded(sampler: "hypergradient") }
  }

  public func proposer(for problem: SearchProblem) -> any Proposer {
    let axes = WalkedSpace(problem.space).numbers.map { problem.space.parameters[$0].distribution }
    return WalkProposer(problem) { _ in
      QuasiNewtonDescent(step: step, beginsInTheMiddle: beginsInTheMiddle, axes: axes)
    }
  }
}
