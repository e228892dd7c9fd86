import Tensors

/// Variance `1 / inputs`: keeps the size of signals through linear layers (LeCun and others, 1998).
public struct LeCunInitializer: Initializer, Hashable {
  /// The distribution.
  public var distribution: WeightDistribution

  /// The variance with a distribution.
  public init(_ distribution: WeightDistribution = .normal) { self.distribution = distribution }

  public func values(
    shape: Shape, fans: ParameterBlock.Fans, using stream: inout RandomStream
  ) -> [Double] {
    distribution.draw(shape.count, variance: 1 / Double(fans.input), using: &stream)
  }
}
