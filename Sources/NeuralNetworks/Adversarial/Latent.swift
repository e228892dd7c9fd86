import Tensors

/// What a generator makes samples of: independent random numbers.
public enum Latent: Sendable, Hashable {
  /// Numbers of the standard normal distribution.
  case normal(dimension: Int)
  /// Numbers between −1 and 1, each equally likely.
  case uniform(dimension: Int)

  /// How many numbers a sample is made of.
  public var dimension: Int {
    switch self {
    case .normal(let dimension), .uniform(let dimension): dimension
    }
  }

  /// Draws a number.
  func draw(using stream: inout RandomStream) -> Double {
    switch self {
    case .normal: stream.normal()
    case .uniform: stream.uniform(-1, 1)
    }
  }

  /// Draws the numbers of samples, samples × dimension; more samples begin with the same ones.
  func draw(count: Int, using stream: inout RandomStream) -> Tensor<Double> {
    Tensor((0..<count * dimension).map { _ in draw(using: &stream) }, shape: [count, dimension])
  }
}
