import Components
import Tensors

/// What data are at a glance: how many examples, which columns, where the values lie, how the classes are shared.
public struct DataCard: Sendable, Equatable {
  /// A column of the data, or all pixels of images in one.
  public struct Row: Sendable, Equatable {
    /// What a column holds.
    public enum Kind: String, Sendable {
      case number, date, category, pixels, target
    }

    /// The name in the header.
    public var name: String
    /// What it holds.
    public var kind: Kind
    /// The least value; nil for categories.
    public var least: Double?
    /// The largest value; nil for categories.
    public var largest: Double?
    /// The mean of the values; nil for categories.
    public var mean: Double?
    /// How many different categories there are; nil for numbers.
    public var categoryCount: Int?
    /// How many examples have no value.
    public var missing: Int
  }

  /// How many examples a class has.
  public struct ClassCount: Sendable, Equatable {
    /// The name of the class.
    public var name: String
    /// Its examples.
    public var count: Int
  }

  /// The number of examples.
  public let count: Int
  /// The SHA-256 digest of all names and values.
  public let contentHash: String
  /// The features, then the targets that are numbers.
  public let rows: [Row]
  /// The examples of each class; empty if the targets are numbers.
  public let classes: [ClassCount]
  /// What the numbers of dates mean, if there are any.
  public let note: String?

  /// The card of data.
  public init(_ data: Dataset) {
    count = data.count
    contentHash = data.contentHash
    var rows: [Row]
    if data.sampleShape.rank > 1, data.series == nil {
      rows = [Self.row("pixels \(data.sampleShape)", .pixels, data.inputs.elements)]
    } else {
      rows = data.features.enumerated().map { column, feature in
        let width = data.inputs.columns
        let values = (0..<data.count).map { data.inputs.elements[$0 * width + column] }
        guard let categories = feature.categories else {
          return Self.row(feature.name, feature.isDate ? .date : .number, values)
        }
        return Row(
          name: feature.name, kind: .category, categoryCount: categories.count,
          missing: values.count { $0.isNaN })
      }
    }
    switch data.targets {
    case .classes(let classes, let names):
      var counts = [Int](repeating: 0, count: names.count)
      for number in classes { counts[number] += 1 }
      self.classes = zip(names, counts).map { ClassCount(name: $0, count: $1) }
    case .values(let values, let names):
      rows += names.enumerated().map { column, name in
        Self.row(name, .target, (0..<values.rows).map { values[$0, column] })
      }
      classes = []
    }
    self.rows = rows
    note = data.features.contains(where: \.isDate) ? "Dates count days from 1970-01-01." : nil
  }

  private static func row(_ name: String, _ kind: Row.Kind, _ values: [Double]) -> Row {
    var (least, largest, sum, missing) = (Double.infinity, -Double.infinity, 0.0, 0)
    for value in values {
      if value.isNaN {
        missing += 1
        continue
      }
      least = min(least, value)
      largest = max(largest, value)
      sum += value
    }
    let known = values.count - missing
    guard known > 0 else { return Row(name: name, kind: kind, missing: missing) }
    return Row(
      name: name, kind: kind, least: least, largest: largest, mean: sum / Double(known), missing: missing)
  }
}

extension Dataset {
  /// What the data are at a glance.
  public var card: DataCard { DataCard(self) }

  /// The SHA-256 digest of all names and values: equal for equal data alone.
  public var contentHash: String {
    var hash = ContentHash()
    hash.update(features.count)
    for feature in features {
      hash.update(feature.name)
      hash.update(feature.isDate ? 1 : 0)
      hash.update(feature.categories?.count ?? -1)
      for category in feature.categories ?? [] { hash.update(category) }
    }
    hash.update(inputs)
    switch targets {
    case .classes(let classes, let names):
      hash.update(names.count)
      for name in names { hash.update(name) }
      hash.update(classes.map(Double.init))
    case .values(let values, let names):
      hash.update(-names.count)
      for name in names { hash.update(name) }
      hash.update(values)
    }
    hash.update(errors ?? [])
    hash.update(weights ?? [])
    hash.update((groups ?? []).map(Double.init))
    for name in groupNames ?? [] { hash.update(name) }
    if let covariance { hash.update(covariance) }
    if let series {
      hash.update(series.name)
      hash.update(series.values)
      hash.update(series.times ?? [])
      hash.update([series.window, series.horizon].map(Double.init) + series.starts.map(Double.init))
    }
    return hash.digest
  }
}

extension ContentHash {
  /// Adds the shape and the elements of a tensor.
  fileprivate mutating func update(_ tensor: Tensor<Double>) {
    update(tensor.shape.dimensions.map(Double.init))
    update(tensor.elements)
  }
}
