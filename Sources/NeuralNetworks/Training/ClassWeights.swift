import Datasets

/// How much the examples of each class count in training.
public enum ClassWeights: Sendable, Hashable {
  /// All the same.
  case none
  /// Inversely to how many there are: `n / (k nᵢ)` for class i of k (scikit-learn's `balanced`).
  case balanced
  /// A weight for each class by its name; 1 for those that have none.
  case named([String: Double])

  /// The weight of each example, with its own; nil for all the same.
  func weights(of data: Dataset) throws(NetworkError) -> [Double]? {
    guard self != .none else { return data.weights }
    guard let classes = data.classes, let names = data.classNames else {
      throw .badSetting(name: "class-weights", requirement: "left out without classes", found: "given")
    }
    let factors: [Double]
    switch self {
    case .none: factors = names.map { _ in 1 }
    case .balanced:
      var counts = [Int](repeating: 0, count: names.count)
      for number in classes { counts[number] += 1 }
      factors = counts.map { Double(classes.count) / (Double(names.count) * Double(max($0, 1))) }
    case .named(let weights):
      for (name, weight) in weights.sorted(by: { $0.key < $1.key }) {
        guard names.contains(name) else {
          throw .badSetting(
            name: "class-weights", requirement: "for classes among \(names.joined(separator: ", "))",
            found: name)
        }
        guard weight >= 0, weight.isFinite else {
          throw .badSetting(name: "class-weights", requirement: "at least 0 and finite", found: "\(weight)")
        }
      }
      factors = names.map { weights[$0] ?? 1 }
    }
    return classes.indices.map { factors[classes[$0]] * (data.weights?[$0] ?? 1) }
  }
}
