import Tensors

/// Variance `2 / inputs`: keeps the size of signals through layers of relu (He and others, 2015).
public struct HeInitializer: Initializer, Hashable {
  /// The distribution.
  public var distribution: WeightDistribution

  /// The variance with a distribution.
  public init(_ distribution: WeightDistribution = .normal) { self.distribution = distribution }

  public func values(
    shape: Shape, fans: ParameterBlock.Fans, using stream: inout RandomStream
  ) -> [Double] {
    distribution.draw(shape.count, variance: 2 / Double(fans.input), using: &stream)
  }
}
