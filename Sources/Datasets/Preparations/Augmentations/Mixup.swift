import Components
import Tensors

/// Mixes every sample with another one, features and targets alike: `λ a + (1 − λ) b` with λ of the distribution
/// Beta(α, α) (Zhang and others 2018).
public struct Mixup: Augmentation {
  /// The parameter α of the distribution: small ones leave most samples nearly as they are.
  public var alpha: Double

  /// Mixing.
  public init(alpha: Double = 0.2) { self.alpha = alpha }

  private static let alphaParameter = Parameter<Double>(
    "alpha", default: 0.2, "between 0.01 and 100", help: "How evenly samples are mixed."
  ) { (0.01...100).contains($0) }
  static let component = Component<any Augmentation>(
    "mixup", help: "Mixes every sample and its target with another one.", swift: "Mixup(alpha)",
    parameters: [alphaParameter]
  ) { Mixup(alpha: $0[alphaParameter]) }

  public func check(_ data: DataOutline) throws(DatasetError) {
    try data.requireNumbers()
    guard !data.hasErrors else { throw .mixedErrors }
  }

  public func change(_ samples: inout EpochSamples, key: UInt64) {
    let (inputs, targets) = (samples.inputs, samples.targets)
    for row in 0..<inputs.rows {
      var stream = RandomStream(under: key, row)
      let other = stream.integer(below: inputs.rows)
      let share = stream.beta(alpha, alpha)
      func mix(_ result: inout Tensor<Double>, _ source: Tensor<Double>) {
        for column in 0..<source.columns {
          result[row, column] = share * source[row, column] + (1 - share) * source[other, column]
        }
      }
      mix(&samples.inputs, inputs)
      mix(&samples.targets, targets)
    }
  }
}

extension RandomStream {
  /// A number of the gamma distribution of scale 1 (Marsaglia and Tsang 2000); shapes below one by the power of a uniform.
  mutating func gamma(_ shape: Double) -> Double {
    guard shape >= 1 else {
      let power = Double.pow(1 - uniform(), 1 / shape)
      return gamma(shape + 1) * power
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      if Double.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Double.log(v) { return d * v }
    }
  }

  /// A number of the beta distribution: between 0 and 1.
  mutating func beta(_ a: Double, _ b: Double) -> Double {
    let (x, y) = (gamma(a), gamma(b))
    // Of tiny shapes both may be too small for a number: then either end is as likely.
    return x + y > 0 ? x / (x + y) : uniform() < 0.5 ? 0 : 1
  }
}
