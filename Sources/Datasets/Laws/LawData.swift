import Components
import Tensors

/// Points of a known law with the size of their noise: what closure tests are made of.
public struct LawData: Sendable, Hashable {
  /// How the points are spaced over their range.
  public enum Spacing: String, NamedChoice {
    case linear, log
  }

  /// How large the noise is: `√((relative · f)² + absolute²)` at each point, and an error that all points share.
  public struct Noise: Sendable, Hashable {
    /// The standard deviation as a fraction of the law's value.
    public var relative: Double
    /// The standard deviation that is added in squares.
    public var absolute: Double
    /// The standard deviation, as a fraction of the law's value, of an error that moves all points together.
    public var normalization: Double

    /// Noise of a size.
    public init(relative: Double = 0, absolute: Double = 0, normalization: Double = 0) {
      self.relative = relative
      self.absolute = absolute
      self.normalization = normalization
    }
  }

  /// The law.
  public let law: Law
  /// Where it is sampled: points × variables.
  public let inputs: Tensor<Double>
  /// The law's value at each point.
  public let values: [Double]
  /// The standard deviation of the noise at each point.
  public let errors: [Double]
  /// The covariance of the noise, points × points; nil where points do not move together.
  public let covariance: Tensor<Double>?
  /// The size of the noise; nil where its covariance was given.
  public private(set) var noise: Noise?
  /// The lower triangular factor of the covariance.
  private let factor: Tensor<Double>?

  /// A law of one variable sampled at points.
  ///
  /// Throws `DatasetError.badCovariance`.
  public init(law: Law, points: [Double], noise: Noise) throws {
    try self.init(law: law, inputs: Tensor(points, shape: [points.count, 1]), noise: noise)
  }

  /// A law sampled at points × variables.
  ///
  /// Throws `DatasetError.badCovariance` if nothing but a common error moves the points.
  public init(law: Law, inputs: Tensor<Double>, noise: Noise) throws {
    let values = (0..<inputs.rows).map { law(inputs.row($0)) }
    let squares = values.map {
      let relative = noise.relative * $0
      return relative * relative + noise.absolute * noise.absolute
    }
    guard noise.normalization > 0 else {
      self.init(law, inputs, values, errors: squares.map { $0.squareRoot() }, covariance: nil, factor: nil)
      self.noise = noise
      return
    }
    var covariance = Tensor<Double>(repeating: 0, shape: [values.count, values.count])
    let common = noise.normalization * noise.normalization
    for row in values.indices {
      for column in values.indices {
        covariance[row, column] = common * (values[row] * values[column]) + (row == column ? squares[row] : 0)
      }
    }
    try self.init(law: law, inputs: inputs, covariance: covariance)
    self.noise = noise
  }

  /// The law at other points, points × variables, with noise of the same size.
  ///
  /// Throws `DatasetError` if the size of the noise is not known, or if the law or its noise has no value there.
  public func sampled(at inputs: Tensor<Double>) throws(DatasetError) -> LawData {
    guard let noise else { throw .badCovariance(reason: "says nothing about other points") }
    let data: LawData
    do { data = try LawData(law: law, inputs: inputs, noise: noise) } catch let error as DatasetError {
      throw error
    } catch { throw .badCovariance(reason: "is not positive definite") }
    guard data.values.allSatisfy(\.isFinite) else {
      throw .badLaw(text: law.text, reason: "is not finite at every point out of the sample")
    }
    guard data.errors.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw .badLaw(text: law.text, reason: "has no noise at a point out of the sample")
    }
    return data
  }

  /// The same points for somebody who knows only a share of the normalization error.
  ///
  /// Throws `DatasetError` if there is none.
  public func knowing(_ share: Double) throws(DatasetError) -> LawData {
    guard var noise, noise.normalization > 0 else {
      throw .noNormalization
    }
    noise.normalization *= share
    do { return try LawData(law: law, inputs: inputs, noise: noise) } catch let error as DatasetError {
      throw error
    } catch { throw .badCovariance(reason: "is not positive definite") }
  }

  /// A law sampled at points × variables whose noise has a covariance.
  ///
  /// Throws `DatasetError.badCovariance` if it is not symmetric and positive definite.
  public init(law: Law, inputs: Tensor<Double>, covariance: Tensor<Double>) throws {
    let count = inputs.rows
    guard covariance.shape == [count, count] else {
      throw DatasetError.badCovariance(
        reason: "has the shape \(covariance.shape), but there are \(count) points")
    }
    for row in 0..<count {
      for column in 0..<row where covariance[row, column] != covariance[column, row] {
        throw DatasetError.badCovariance(
          reason:
            "is not symmetric: its elements \(column + 1), \(row + 1) and \(row + 1), \(column + 1) differ")
      }
    }
    guard let factor = Cholesky(covariance)?.lower else {
      throw DatasetError.badCovariance(reason: "is not positive definite")
    }
    self.init(
      law, inputs, (0..<count).map { law(inputs.row($0)) },
      errors: (0..<count).map { covariance[$0, $0].squareRoot() }, covariance: covariance, factor: factor)
  }

  private init(
    _ law: Law, _ inputs: Tensor<Double>, _ values: [Double], errors: [Double], covariance: Tensor<Double>?,
    factor: Tensor<Double>?
  ) {
    self.law = law
    self.inputs = inputs
    self.values = values
    self.errors = errors
    self.covariance = covariance
    self.factor = factor
  }

  /// Where the points stand on an axis: the values of the only variable, or their numbers from one if there are several.
  public var points: [Double] {
    inputs.columns == 1 ? inputs.elements : (0..<inputs.rows).map { Double($0 + 1) }
  }

  /// Evenly spaced points over a range, both ends included.
  public static func points(_ range: ClosedRange<Double>, count: Int, spacing: Spacing) -> [Double] {
    (0..<count).map { index in
      let fraction = count > 1 ? Double(index) / Double(count - 1) : 0.5
      switch spacing {
      case .linear: return range.lowerBound + fraction * (range.upperBound - range.lowerBound)
      case .log:
        let (low, high) = (Double.log(range.lowerBound), Double.log(range.upperBound))
        guard count > 1 else { return Double.exp(low + fraction * (high - low)) }
        return index == 0
          ? range.lowerBound
          : index == count - 1 ? range.upperBound : Double.exp(low + fraction * (high - low))
      }
    }
  }

  /// All combinations of the values of each variable, the last one fastest: points × variables.
  public static func grid(_ axes: [[Double]]) -> Tensor<Double> {
    let count = axes.reduce(1) { $0 * $1.count }
    let steps = Shape(axes.map(\.count)).steps
    let elements = (0..<count).flatMap { point in
      zip(axes, steps).map { axis, step in axis[point / step % axis.count] }
    }
    return Tensor(elements, shape: [count, axes.count])
  }

  /// The law's values with their errors, without noise.
  public var dataset: Dataset { dataset(values) }

  /// The points with other values.
  public func dataset(_ values: [Double]) -> Dataset {
    Dataset(
      features: law.variables.map { .init(name: $0) }, inputs: inputs,
      targets: .values(Tensor(values, shape: [values.count, 1]), names: ["y"]), errors: errors,
      covariance: covariance)
  }

  /// `(a − b)ᵀ C⁻¹ (a − b) / N` of two lists of values at the N points, C being the covariance of the noise.
  public func distance(_ first: [Double], _ second: [Double]) -> Double {
    let whitened = whitened(zip(first, second).map { $0 - $1 })
    return whitened.reduce(0) { $0 + $1 * $1 } / Double(whitened.count)
  }

  /// Differences in units of their errors: `z = L⁻¹ d` with `C = L Lᵀ`, so that `dᵀ C⁻¹ d = zᵀ z`.
  public func whitened(_ differences: [Double]) -> [Double] {
    var whitened = differences
    if let factor {
      for row in whitened.indices {
        for column in 0..<row { whitened[row] -= factor[row, column] * whitened[column] }
        whitened[row] /= factor[row, row]
      }
    } else {
      for row in whitened.indices { whitened[row] /= errors[row] }
    }
    return whitened
  }

  /// Values moved by noise of their errors, together where they have a covariance.
  public func fluctuated(_ values: [Double], using stream: inout RandomStream) -> [Double] {
    guard let factor else { return zip(values, errors).map { $0 + $1 * stream.normal() } }
    let noise = values.indices.map { _ in stream.normal() }
    return values.indices.map { row in
      (0...row).reduce(values[row]) { $0 + factor[row, $1] * noise[$1] }
    }
  }
}
