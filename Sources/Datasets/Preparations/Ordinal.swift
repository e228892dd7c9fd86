import Components

/// Replaces categories by their numbers, from zero, in the order in which the data list them.
public struct Ordinal: Preparation, FittedPreparation {
  /// Numbers in place of categories.
  public init() {}

  static let component = Component<any Preparation>(
    "ordinal", help: "The number of each category, for categories that have an order.", swift: "Ordinal()"
  ) { _ in Ordinal() }

  private func numbered(_ features: [Dataset.Feature]) -> [Dataset.Feature] {
    features.map { $0.categories == nil ? $0 : Dataset.Feature(name: $0.name) }
  }

  public func outline(_ data: DataOutline) throws(DatasetError) -> DataOutline {
    data.with(numbered(data.features))
  }

  public func fitted(to training: Dataset) -> any FittedPreparation { self }

  public func apply(to data: Dataset) -> Dataset {
    var result = data
    result.features = numbered(data.features)
    return result
  }
}
