import Autodiff
import Components
import Tensors

/// `χ² / N = (a − y)ᵀ C⁻¹ (a − y) / N` over all N values, with C their covariance: what fits of measurements make small.
///
/// C is factored once, `C = L Lᵀ` (Cholesky), so that the loss is the mean square of `L⁻¹ (a − y)`. It couples the
/// examples: every batch must have all of them. Data with errors alone have a diagonal C and may come in any batches.
public struct ChiSquared: Loss, Hashable {
  /// The squared differences in units of the covariance.
  public init() {}

  static let component = Component<any Loss>(
    "chi-squared", help: "Squared errors in units of the data's covariance; needs the full batch.",
    swift: "ChiSquared()"
  ) { _ in ChiSquared() }

  public var name: String { "chi-squared" }
  public var targets: LossTargets { .values }
  public var couplesSamples: Bool { true }

  /// The squared difference alone: what a sample would have with a variance of one.
  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    mean((output - target).map(.square))
  }

  public func total(_ output: Variable, _ batch: LossBatch) throws(NetworkError) -> Variable {
    guard let whitening = batch.whitening else {
      guard let inverseError = batch.inverseError else { throw .lossNeedsCovariance(loss: name) }
      let squares = mean(((output - batch.target) * inverseError).map(.square))
      return (squares * batch.weight).summedOverSamples()
    }
    guard batch.isFull else { throw .lossNeedsFullBatch(loss: name) }
    let count = whitening.rows
    let residuals = (output - batch.target).samplesAsRows(count: batch.size).reshaped(to: [count, 1])
    let white = output.graph.constant(whitening).multiplied(by: residuals)
    return (1 / Double(count)) * white.map(.square).summedOverElements()
  }
}
