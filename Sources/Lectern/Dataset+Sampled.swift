import Datasets
import Tensors

/// Where a law is sampled.
public struct SamplePoints: Sendable {
  let points: [Double]

  /// Evenly spaced points, both ends included.
  public static func linear(_ range: ClosedRange<Double>, count: Int) -> SamplePoints {
    SamplePoints(points: LawData.points(range, count: count, spacing: .linear))
  }

  /// Points whose logarithms are evenly spaced, both ends included.
  public static func logarithmic(_ range: ClosedRange<Double>, count: Int) -> SamplePoints {
    SamplePoints(points: LawData.points(range, count: count, spacing: .log))
  }
}

/// How large the noise of samples is.
public enum SampleNoise: Sendable {
  case none
  /// The standard deviation as a fraction of the value.
  case relative(Double)
  /// The standard deviation.
  case absolute(Double)
}

extension Dataset {
  /// Values of a function at points, with noise.
  ///
  /// The same seed gives the same data.
  public static func sampled(
    _ function: (Double) -> Double, at points: SamplePoints, noise: SampleNoise = .none, seed: UInt64 = 0
  ) -> Dataset {
    var stream = RandomStream(seed: seed, .noise)
    let x = points.points
    let values = x.map(function)
    let errors: [Double]? =
      switch noise {
      case .none: nil
      case .relative(let share): values.map { abs($0) * share }
      case .absolute(let size): values.map { _ in size }
      }
    let noisy = errors.map { errors in zip(values, errors).map { $0 + $1 * stream.normal() } } ?? values
    return Dataset(
      features: [.init(name: "x")], inputs: Tensor(x, shape: [x.count, 1]),
      targets: .values(Tensor(noisy, shape: [x.count, 1]), names: ["y"]), errors: errors)
  }
}
