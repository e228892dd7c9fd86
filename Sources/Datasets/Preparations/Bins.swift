import Components
import Tensors

/// Replaces each feature by the number of the bin that it falls into (scikit-learn's `KBinsDiscretizer`), or by a column
/// of zeros and ones for every bin.
public struct Bins: Preparation {
  /// Where bins end.
  public enum Strategy: String, NamedChoice {
    /// Every bin has as many examples of the training part.
    case quantile
    /// All bins have the same width.
    case uniform
  }

  /// How the bin is written down.
  public enum Encoding: String, NamedChoice {
    case ordinal
    case oneHot = "one-hot"
  }

  /// The number of bins.
  public var count: Int
  /// Where bins end.
  public var strategy: Strategy
  /// How the bin is written down.
  public var encoding: Encoding

  /// Bins.
  public init(_ count: Int = 5, strategy: Strategy = .quantile, encoding: Encoding = .ordinal) {
    self.count = count
    self.strategy = strategy
    self.encoding = encoding
  }

  private static let countParameter = Parameter<Int>(
    "count", default: 5, "between 2 and 1000", help: "The number of bins."
  ) { (2...1000).contains($0) }
  private static let strategyParameter = Parameter<Strategy>(
    "strategy", default: .quantile, help: "Whether bins have equal numbers of examples or equal widths.")
  private static let encodingParameter = Parameter<Encoding>(
    "encoding", default: .ordinal, help: "The number of the bin, or a column for every bin.")
  static let component = Component<any Preparation>(
    "bins", help: "The bin that each feature falls into.", swift: "Bins(_ count, strategy, encoding)",
    parameters: [countParameter, strategyParameter, encodingParameter]
  ) { Bins($0[countParameter], strategy: $0[strategyParameter], encoding: $0[encodingParameter]) }

  private func columns(for features: [Dataset.Feature]) -> [Dataset.Feature] {
    guard encoding == .oneHot else { return features.map { .init(name: $0.name) } }
    return features.flatMap { feature in
      (1...count).map { Dataset.Feature(name: "\(feature.name) bin \($0)") }
    }
  }

  public func outline(_ data: DataOutline) throws(DatasetError) -> DataOutline {
    try data.requireNumbers()
    return data.with(columns(for: data.features))
  }

  public func fitted(to training: Dataset) -> any FittedPreparation {
    let edges = (0..<training.inputs.columns).map { column -> [Double] in
      let values = (0..<training.count).map { training.inputs[$0, column] }
      guard let low = values.min(), let high = values.max() else { return [] }
      let inner = (1..<count).map { index in
        let share = Double(index) / Double(count)
        return strategy == .uniform ? low + share * (high - low) : Statistics.quantile(values, share)
      }
      // Bins of no width hold nothing.
      return inner.reduce(into: []) { kept, edge in
        if edge > (kept.last ?? low) { kept.append(edge) }
      }
    }
    return FittedBins(edges: edges, width: encoding == .oneHot ? count : nil, features: columns(for:))
  }
}

/// The inner edges of the bins of each column.
private struct FittedBins: FittedPreparation {
  var edges: [[Double]]
  var width: Int?
  var features: @Sendable ([Dataset.Feature]) -> [Dataset.Feature]

  func apply(to data: Dataset) -> Dataset {
    var result = data
    result.features = features(data.features)
    let columns = edges.count
    var elements: [Double] = []
    elements.reserveCapacity(data.count * columns * (width ?? 1))
    for row in 0..<data.count {
      for column in 0..<columns {
        let value = data.inputs[row, column]
        let bin = edges[column].count { $0 <= value }
        if let width {
          elements += (0..<width).map { $0 == bin ? 1 : 0 }
        } else {
          elements.append(Double(bin))
        }
      }
    }
    result.inputs = Tensor(
      elements, shape: width == nil ? data.inputs.shape : [data.count, result.features.count])
    return result
  }
}
