import Components
import Tensors

/// A preparation that shifts and scales every column by itself: `(x − shift) · scale`.
///
/// Categories and missing values stay what they are. The windows of a series share one shift and one scale, and its
/// targets, which are values of the same series, are scaled with them.
protocol ColumnScaler: Preparation {
  /// Whether the target values are scaled as well; predictions return to their units.
  var targets: Bool { get }
  /// The name in recipes.
  static var name: String { get }
  /// What becomes of a column, given its values, of which there is at least one.
  func scaling(of values: [Double]) -> Scaling
}

/// A shift and a scale: `(x − shift) · scale`.
struct Scaling: Sendable, Hashable {
  var shift: Double
  var scale: Double

  static let none = Scaling(shift: 0, scale: 1)

  func callAsFunction(_ value: Double) -> Double { (value - shift) * scale }
}

extension ColumnScaler {
  static var targetsParameter: Parameter<Bool> {
    Parameter(
      "targets", default: false,
      help: "Whether target values are scaled as well, as those of a series always are.")
  }

  public func outline(_ data: DataOutline) throws(DatasetError) -> DataOutline {
    if targets, data.hasClasses { throw .scaledClasses(preparation: Self.name) }
    if targets, data.hasErrors, data.targetCount > 1 { throw .errorsOfScaledTargets(preparation: Self.name) }
    return data
  }

  public func fitted(to training: Dataset) -> any FittedPreparation {
    if let series = training.series {
      let values = series.covered()
      let shared = values.isEmpty ? .none : scaling(of: values)
      return ColumnScaling(
        columns: [Scaling](repeating: shared, count: training.inputs.columns),
        targets: [Scaling](repeating: shared, count: training.outputCount))
    }
    func scalings(of table: Tensor<Double>) -> [Scaling] {
      (0..<table.columns).map { column in
        let values = (0..<table.rows).map { table[$0, column] }.filter { !$0.isNaN }
        return values.isEmpty ? .none : scaling(of: values)
      }
    }
    var columns = scalings(of: training.inputs)
    for (index, feature) in training.features.enumerated() where feature.categories != nil {
      columns[index] = .none
    }
    guard targets, case .values(let values, _) = training.targets else {
      return ColumnScaling(columns: columns, targets: [])
    }
    return ColumnScaling(columns: columns, targets: scalings(of: values))
  }
}

/// A shift and a scale for each column, and for each target if targets are scaled.
struct ColumnScaling: FittedPreparation {
  var columns: [Scaling]
  var targets: [Scaling]

  func apply(to data: Dataset) -> Dataset {
    var result = data
    let width = data.inputs.columns
    var elements = data.inputs.elements
    for row in 0..<data.count {
      for column in 0..<width {
        elements[row * width + column] = columns[column](elements[row * width + column])
      }
    }
    result.inputs = Tensor(elements, shape: data.inputs.shape)
    guard !targets.isEmpty, case .values(let values, let names) = data.targets else { return result }
    result.targets = .values(changed(values) { $1($0) }, names: names)
    let scale = abs(targets[0].scale)
    result.errors = data.errors.map { $0.map { $0 * scale } }
    result.covariance = data.covariance.map { covariance in
      Tensor(covariance.elements.map { $0 * scale * scale }, shape: covariance.shape)
    }
    return result
  }

  func restore(_ predictions: Tensor<Double>) -> Tensor<Double> {
    targets.isEmpty ? predictions : changed(predictions) { $0 / $1.scale + $1.shift }
  }

  private func changed(_ values: Tensor<Double>, _ change: (Double, Scaling) -> Double) -> Tensor<Double> {
    let width = values.columns
    let elements = values.elements.enumerated().map { change($1, targets[$0 % width % targets.count]) }
    return Tensor(elements, shape: values.shape)
  }
}

extension SeriesWindows {
  /// The values of the series that the examples see or predict, in the order of time.
  func covered() -> [Double] {
    let length = window + horizon
    var end = 0
    var result: [Double] = []
    for start in starts.sorted() {
      let first = max(start, end)
      end = min(start + length, values.count)
      if first < end { result += values[first..<end] }
    }
    return result
  }
}
