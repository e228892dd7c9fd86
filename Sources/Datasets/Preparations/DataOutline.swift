import Tensors

/// What is known of data on their way through preparations before any of them has learned anything: enough to tell
/// whether they go together.
public struct DataOutline: Sendable, Equatable {
  /// The columns of features.
  public var features: [Dataset.Feature]
  /// The shape of an example's features.
  public var sampleShape: Shape
  /// The columns in which examples have no value.
  public var incomplete: Set<String>
  /// Whether the targets are classes.
  public let hasClasses: Bool
  /// The number of target values of an example.
  public let targetCount: Int
  /// Whether examples know the errors of their targets.
  public let hasErrors: Bool
  /// Whether examples are windows of a series.
  public let isSeries: Bool
  /// Whether there are more or fewer examples in training than were given.
  public var isResampled = false
  /// Whether training sees other examples in every epoch.
  public var isAugmented = false

  /// The outline of data; looks for missing values.
  public init(_ data: Dataset) {
    features = data.features
    sampleShape = data.sampleShape
    hasClasses = data.classes != nil
    targetCount = data.outputCount
    hasErrors = data.errors != nil
    isSeries = data.series != nil
    var columns = Set<Int>()
    let width = data.inputs.columns
    for (index, value) in data.inputs.elements.enumerated() where value.isNaN {
      columns.insert(index % max(width, 1))
    }
    incomplete = Set(columns.map { data.features.indices.contains($0) ? data.features[$0].name : "" })
  }

  /// The outline with other columns.
  func with(_ features: [Dataset.Feature]) -> DataOutline {
    var result = self
    // Columns that stay keep their arrangement.
    if features.count != self.features.count { result.sampleShape = [features.count] }
    result.features = features
    return result
  }

  /// Throws unless every example has a value in every column.
  public func requireComplete() throws(DatasetError) {
    guard let first = features.first(where: { incomplete.contains($0.name) }) else { return }
    throw .missingValues(column: first.name, others: incomplete.count - 1)
  }

  /// Throws if a column holds categories, which preparations that calculate cannot take.
  public func requireNumbers() throws(DatasetError) {
    try requireComplete()
    guard let column = features.first(where: { $0.categories != nil }) else { return }
    throw .categoriesWithoutEncoding(column: column.name)
  }
}
