import Tensors

/// Variance `2 / (inputs + outputs)`: keeps the size of signals and of derivatives through layers of tanh (Glorot and
/// Bengio 2010).
public struct GlorotInitializer: Initializer, Hashable {
  /// The distribution.
  public var distribution: WeightDistribution

  /// Glorot's variance.
  public init(_ distribution: WeightDistribution = .uniform) { self.distribution = distribution }

  public func weight(fans: ParameterBlock.Fans, using stream: inout RandomStream) -> Double {
    distribution.draw(variance: 2 / Double(fans.input + fans.output), using: &stream)
  }
}
