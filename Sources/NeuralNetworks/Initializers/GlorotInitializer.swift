import Tensors

/// Variance `2 / (inputs + outputs)`: keeps the size of signals and of derivatives through layers of tanh (Glorot and
/// Bengio 2010).
public struct GlorotInitializer: Initializer, Hashable {
  /// The distribution.
  public var distribution: WeightDistribution

  /// The variance with a distribution.
  public init(_ distribution: WeightDistribution = .uniform) { self.distribution = distribution }

  public func values(
    shape: Shape, fans: ParameterBlock.Fans, using stream: inout RandomStream
  ) -> [Double] {
    distribution.draw(shape.count, variance: 2 / Double(fans.input + fans.output), using: &stream)
  }
}
