import Components
import Tensors

/// Replaces each column of categories by a column of zeros and ones for every category.
public struct OneHot: Preparation, FittedPreparation {
  /// One column a category.
  public init() {}

  static let component = Component<any Preparation>(
    "one-hot", help: "A column of zeros and ones for every category.", swift: "OneHot()"
  ) { _ in OneHot() }

  private func columns(for features: [Dataset.Feature]) -> [Dataset.Feature] {
    features.flatMap { feature in
      feature.categories?.map { Dataset.Feature(name: "\(feature.name)=\($0)") } ?? [feature]
    }
  }

  public func outline(_ data: DataOutline) throws(DatasetError) -> DataOutline {
    if let missing = data.features.first(where: { $0.categories != nil && data.incomplete.contains($0.name) })
    {
      throw .missingValues(column: missing.name, others: data.incomplete.count - 1)
    }
    return data.with(columns(for: data.features))
  }

  public func fitted(to training: Dataset) -> any FittedPreparation { self }

  public func apply(to data: Dataset) -> Dataset {
    guard data.features.contains(where: { $0.categories != nil }) else { return data }
    var result = data
    result.features = columns(for: data.features)
    var elements: [Double] = []
    elements.reserveCapacity(data.count * result.features.count)
    for row in 0..<data.count {
      for (column, feature) in data.features.enumerated() {
        let value = data.inputs[row, column]
        if let categories = feature.categories {
          elements += categories.indices.map { Double($0) == value ? 1 : 0 }
        } else {
          elements.append(value)
        }
      }
    }
    result.inputs = Tensor(elements, shape: [data.count, result.features.count])
    return result
  }
}
