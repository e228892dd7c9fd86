import Components
import Tensors

/// Replaces each column of categories by a column of zeros and ones for every category.
public struct OneHot: Preparation, FittedPreparation {
  /// One column a category.
  public init() {}

  static let component = Component<any Preparation>(
    "one-hot", help: "A column of zeros and ones for every category.", swift: "OneHot()"
  ) { _ in OneHot() }

  public func outputFeatures(for features: [Dataset.Feature]) -> [Dataset.Feature] {
    features.flatMap { feature in
      feature.categories?.map { Dataset.Feature(name: "\(feature.name)=\($0)") } ?? [feature]
    }
  }

  public func fitted(to training: Dataset) -> any FittedPreparation { self }

  public func apply(to data: Dataset) -> Dataset {
    var result = data
    result.features = outputFeatures(for: data.features)
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
