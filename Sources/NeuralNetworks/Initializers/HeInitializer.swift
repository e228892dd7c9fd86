import Tensors

/// Variance `2 / inputs`: keeps the size of signals through layers of relu (He et al.
///
/// 2015).
public struct HeInitializer: Initializer, Hashable {
  /// The distribution.
  public var distribution: WeightDistribution

  /// He's variance.
  public init(_ distribution: WeightDistribution = .normal) { self.distribution = distribution }

  public func weight(fans: ParameterBlock.Fans, using stream: inout RandomStream) -> Double {
    distribution.draw(variance: 2 / Double(fans.input), using: &stream)
  }
}
