import Autodiff
import Components
import Kernels
import Tensors

// Losses of values that need no more than a formula: d is the difference of the output and the target. Each is the mean
// over the outputs of a sample, but for the half squared error, which is their sum.

/// Half the sum over the outputs of `d²`, the lectures' loss.
public struct HalfSquaredError: Loss, Hashable {
  /// Half the squared error.
  public init() {}

  static let component = Component<any Loss>(
    "half-squared-error", help: "Half the sum of the squared errors.", swift: "HalfSquaredError()"
  ) { _ in HalfSquaredError() }

  public var name: String { "half-squared-error" }
  public var targets: LossTargets { .values }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    0.5 * (output - target).map(.square).summedOverElements()
  }
}

/// The mean of `|d|`.
public struct MeanAbsoluteError: Loss, Hashable {
  /// The mean absolute error.
  public init() {}

  static let component = Component<any Loss>(
    "mae", help: "The mean absolute error.", swift: "MeanAbsoluteError()"
  ) { _ in
    MeanAbsoluteError()
  }

  public var name: String { "mae" }
  public var targets: LossTargets { .values }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    mean((output - target).map(.magnitude))
  }
}

/// The mean of `d²/2` up to |d| = δ and of `δ (|d| − δ/2)` beyond (Huber 1964).
public struct Huber: Loss, Hashable {
  /// Where the square ends.
  public var delta: Double

  /// Huber's loss.
  public init(delta: Double = 1) { self.delta = delta }

  private static let deltaParameter = Parameter<Double>(
    "delta", default: 1, "above 0", help: "Where the square ends."
  ) { $0 > 0 }
  static let component = Component<any Loss>(
    "huber", help: "Squares of small errors, absolute values of large ones.", swift: "Huber(delta)",
    parameters: [deltaParameter]
  ) { Huber(delta: $0[deltaParameter]) }

  public var name: String { "huber" }
  public var arguments: [RecipeArgument] { [.init("delta", delta)] }
  public var targets: LossTargets { .values }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    let size = (output - target).map(.magnitude)
    let small = size.combine(.minimum, size.graph.constant(delta))
    return mean(small * (size - 0.5 * small))
  }
}

/// The mean of `log cosh d`.
public struct LogCosh: Loss, Hashable {
  /// The logarithm of the hyperbolic cosine.
  public init() {}

  static let component = Component<any Loss>(
    "log-cosh", help: "The logarithm of the hyperbolic cosine of the error.", swift: "LogCosh()"
  ) { _ in LogCosh() }

  public var name: String { "log-cosh" }
  public var targets: LossTargets { .values }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    // log cosh d = d + log(1 + e^(−2d)) − log 2
    let difference = output - target
    return mean(difference + (-2 * difference).map(.softplus) - 0.6931471805599453)
  }
}

/// The mean of `q (y − a)` where the target y is above the output a, of `(1 − q)(a − y)` where it is below: smallest at
/// the q-quantile (Koenker and Bassett 1978).
public struct Quantile: Loss, Hashable {
  /// The quantile.
  public var quantile: Double

  /// The loss of a quantile.
  public init(_ quantile: Double = 0.5) { self.quantile = quantile }

  private static let quantileParameter = Parameter<Double>(
    "quantile", default: 0.5, "above 0 and below 1", help: "The quantile."
  ) { $0 > 0 && $0 < 1 }
  static let component = Component<any Loss>(
    "quantile", help: "Smallest at a quantile of the targets.", swift: "Quantile(_ quantile)",
    parameters: [quantileParameter]
  ) { Quantile($0[quantileParameter]) }

  public var name: String { "quantile" }
  public var arguments: [RecipeArgument] { [.init("quantile", quantile)] }
  public var targets: LossTargets { .values }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    let missing = target - output
    return mean(quantile * missing + (-missing).map(.relu))
  }
}

/// The mean of `eᵃ − y a`, up to a constant the negative logarithm of a Poisson distribution's probability of the count
/// y; the network gives the logarithm a of the mean.
public struct Poisson: Loss, Hashable {
  /// The loss of counts.
  public init() {}

  static let component = Component<any Loss>(
    "poisson", help: "Counts; the network gives the logarithm of their mean.", swift: "Poisson()"
  ) { _ in Poisson() }

  public var name: String { "poisson" }
  public var targets: LossTargets { .values }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    mean(output.map(.exponential) - target * output)
  }

  public func predictions(_ output: Variable) -> Variable { output.map(.exponential) }
}

/// The mean of `(s + (y − a)² e⁻ˢ)/2`, up to a constant the negative logarithm of a normal distribution's density; the
/// network gives the means a of all targets and behind them the logarithms s of their variances.
public struct GaussianNegativeLogLikelihood: Loss, Hashable {
  /// The loss of values with an error that the network tells.
  public init() {}

  static let component = Component<any Loss>(
    "gaussian-nll",
    help: "Values with their variances; the network gives means, then logarithms of variances.",
    swift: "GaussianNegativeLogLikelihood()"
  ) { _ in GaussianNegativeLogLikelihood() }

  public var name: String { "gaussian-nll" }
  public var targets: LossTargets { .values }

  public func outputCount(targets: Int) -> Int { 2 * targets }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    let count = target.shape.count
    let logarithm = output.slice(axis: 0, count..<2 * count)
    let squares = (predictions(output) - target).map(.square)
    return mean(0.5 * (logarithm + squares * (-logarithm).map(.exponential)))
  }

  public func predictions(_ output: Variable) -> Variable {
    output.slice(axis: 0, 0..<output.shape.count / 2)
  }
}

/// The sum of `t log(t / p)`, where the targets t are probabilities and p is the softmax of the output (Kullback and
/// Leibler 1951).
public struct KullbackLeibler: Loss, Hashable {
  /// The divergence of distributions.
  public init() {}

  static let component = Component<any Loss>(
    "kl-divergence", help: "Targets are probabilities; the network gives logits.", swift: "KullbackLeibler()"
  ) { _ in KullbackLeibler() }

  public var name: String { "kl-divergence" }
  public var targets: LossTargets { .values }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    // Where a target is zero its term is zero: the smallest normal number keeps the logarithm finite.
    let logarithm = target.combine(.maximum, target.graph.constant(1e-37)).map(.logarithm)
    return (target * (logarithm - output.logSoftmax())).summedOverElements()
  }

  public func predictions(_ output: Variable) -> Variable { output.softmax() }
}

/// A loss of one's own, written with the functions of ``Variable``.
public struct CustomLoss: Loss {
  public let name: String
  public let targets: LossTargets
  private let body: SendableBody

  /// Losses are pure functions of the variables that they are given, so that they may be called on any thread.
  private struct SendableBody: @unchecked Sendable {
    let call: (Variable, Variable) -> Variable
  }

  /// A number for a sample, from the network's output and the targets; of a vector it is the sum.
  public init(
    _ name: String, targets: LossTargets = .values,
    _ body: @escaping (_ output: Variable, _ target: Variable) -> Variable
  ) {
    self.name = name
    self.targets = targets
    self.body = SendableBody(call: body)
  }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    body.call(output, target).summedOverElements()
  }
}
