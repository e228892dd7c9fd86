import Components
import Tensors

/// Points of a known law with the size of their noise: what closure tests are made of.
public struct LawData: Sendable, Hashable {
  /// How the points are spaced over their range.
  public enum Spacing: String, NamedChoice {
    case linear, log
  }

  /// How large the noise is: `√((relative · f)² + absolute²)`.
  public struct Noise: Sendable, Hashable {
    /// The standard deviation as a fraction of the law's value.
    public var relative: Double
    /// The standard deviation that is added in squares.
    public var absolute: Double

    /// Noise of a size.
    public init(relative: Double = 0, absolute: Double = 0) {
      self.relative = relative
      self.absolute = absolute
    }
  }

  /// The law.
  public let law: Law
  /// Where it is sampled.
  public let points: [Double]
  /// The law's value at each point.
  public let values: [Double]
  /// The standard deviation of the noise at each point.
  public let errors: [Double]

  /// A law sampled at points.
  public init(law: Law, points: [Double], noise: Noise) {
    self.law = law
    self.points = points
    values = points.map { law($0) }
    errors = values.map {
      let relative = noise.relative * $0
      return (relative * relative + noise.absolute * noise.absolute).squareRoot()
    }
  }

  /// Evenly spaced points over a range, both ends included.
  public static func points(_ range: ClosedRange<Double>, count: Int, spacing: Spacing) -> [Double] {
    (0..<count).map { index in
      let fraction = count > 1 ? Double(index) / Double(count - 1) : 0.5
      switch spacing {
      case .linear: return range.lowerBound + fraction * (range.upperBound - range.lowerBound)
      case .log:
        let (low, high) = (Double.log(range.lowerBound), Double.log(range.upperBound))
        return index == 0
          ? range.lowerBound
          : index == count - 1 ? range.upperBound : Double.exp(low + fraction * (high - low))
      }
    }
  }

  /// The law's values with their errors, without noise.
  public var dataset: Dataset { dataset(values) }

  /// The points with other values.
  public func dataset(_ values: [Double]) -> Dataset {
    Dataset(
      features: [.init(name: "x")], inputs: Tensor(points, shape: [points.count, 1]),
      targets: .values(Tensor(values, shape: [points.count, 1]), names: ["y"]), errors: errors)
  }

  /// Values moved by noise of their errors.
  public func fluctuated(_ values: [Double], using stream: inout RandomStream) -> [Double] {
    zip(values, errors).map { $0 + $1 * stream.normal() }
  }
}
