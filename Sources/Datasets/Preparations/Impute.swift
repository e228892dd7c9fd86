import Components
import Tensors

/// Puts a number learned from the training part wherever a value is missing (scikit-learn's `SimpleImputer`).
///
/// Categories get the most frequent one, unless they get a constant. A column without any value in the training part
/// becomes 0.
public struct Impute: Preparation {
  /// What stands for missing values.
  public enum Strategy: String, NamedChoice {
    case mean, median
    case mostFrequent = "most-frequent"
    case constant
  }

  /// What stands for missing values.
  public var strategy: Strategy
  /// The constant.
  public var value: Double
  /// Whether a column of zeros and ones is added for every incomplete one, which tells where values were missing.
  public var indicators: Bool

  /// Imputation.
  public init(_ strategy: Strategy = .mean, value: Double = 0, indicators: Bool = false) {
    self.strategy = strategy
    self.value = value
    self.indicators = indicators
  }

  private static let strategyParameter = Parameter<Strategy>(
    "strategy", default: .mean, help: "What stands for missing values.")
  private static let valueParameter = Parameter<Double>(
    "value", default: 0, "finite", help: "The constant of that strategy."
  ) { $0.isFinite }
  private static let indicatorsParameter = Parameter<Bool>(
    "indicators", default: false, help: "Whether columns are added that tell where values were missing.")
  static let component = Component<any Preparation>(
    "impute", help: "A number in place of every missing value.",
    swift: "Impute(_ strategy, value, indicators)",
    parameters: [strategyParameter, valueParameter, indicatorsParameter]
  ) { Impute($0[strategyParameter], value: $0[valueParameter], indicators: $0[indicatorsParameter]) }

  public func outline(_ data: DataOutline) throws(DatasetError) -> DataOutline {
    let incomplete = data.features.filter { indicators && data.incomplete.contains($0.name) }
    var result = data.with(data.features + incomplete.map { .init(name: "\($0.name) missing") })
    result.incomplete = []
    return result
  }

  public func fitted(to training: Dataset) -> any FittedPreparation {
    let columns = (0..<training.inputs.columns).map { column in
      (0..<training.count).map { training.inputs[$0, column] }
    }
    let values = columns.enumerated().map { index, column in
      let isCategory = training.features.indices.contains(index) && training.features[index].categories != nil
      let known = column.filter { !$0.isNaN }
      return known.isEmpty && strategy != .constant ? 0 : replacement(of: known, isCategory: isCategory)
    }
    let incomplete = columns.indices.filter { columns[$0].contains(where: \.isNaN) }
    return FittedImputation(values: values, marked: indicators ? incomplete : [])
  }

  private func replacement(of known: [Double], isCategory: Bool) -> Double {
    switch strategy {
    case .constant: value
    case .mean where !isCategory: Statistics.mean(known)
    case .median where !isCategory: Statistics.quantile(known, 0.5)
    default: Self.mostFrequent(known)
    }
  }

  /// The most frequent number, the smallest of several.
  private static func mostFrequent(_ values: [Double]) -> Double {
    var counts: [Double: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
  }
}

/// What stands for missing values in each column, and the columns whose gaps are marked.
private struct FittedImputation: FittedPreparation {
  var values: [Double]
  var marked: [Int]

  func apply(to data: Dataset) -> Dataset {
    var result = data
    let (width, source) = (data.inputs.columns, data.inputs.elements)
    var elements: [Double] = []
    elements.reserveCapacity(data.count * (width + marked.count))
    for row in 0..<data.count {
      for column in 0..<width {
        let value = source[row * width + column]
        elements.append(value.isNaN ? values[column] : value)
      }
      for column in marked { elements.append(source[row * width + column].isNaN ? 1 : 0) }
    }
    guard !marked.isEmpty else {
      result.inputs = Tensor(elements, shape: data.inputs.shape)
      return result
    }
    result.features += marked.map { .init(name: "\(data.features[$0].name) missing") }
    result.inputs = Tensor(elements, shape: [data.count, width + marked.count])
    return result
  }
}
