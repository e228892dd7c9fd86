import Components
import Datasets
import Search
import Tensors

/// The area below the receiver operating characteristic: how often an example of a class has a higher score than another
/// one, ties counting half (Fawcett 2006; for more than two classes Hand and Till 2001).
///
/// NaN where a class has no examples, or all of them.
public struct ROCArea: Metric {
  /// How more than two classes are compared.
  public enum MultiClass: String, NamedChoice, Hashable {
    /// Each class with all others.
    case oneVersusRest = "one-vs-rest"
    /// Each class with each other.
    case oneVersusOne = "one-vs-one"
  }

  /// How areas are averaged.
  public enum Average: String, NamedChoice, Hashable {
    /// The mean.
    case macro
    /// The mean weighted by examples.
    case weighted
  }

  /// How more than two classes are compared.
  public var multiClass: MultiClass
  /// How areas are averaged.
  public var average: Average

  /// The area.
  public init(multiClass: MultiClass = .oneVersusRest, average: Average = .macro) {
    self.multiClass = multiClass
    self.average = average
  }

  public var name: String {
    "roc-auc" + (multiClass == .oneVersusRest ? "" : "-\(multiClass.rawValue)")
      + (average == .macro ? "" : "-\(average.rawValue)")
  }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }
  public var leastExamples: Int { 2 }

  private static let multiClassParameter = Parameter<MultiClass>(
    "multi-class", default: .oneVersusRest, help: "How more than two classes are compared.")
  private static let averageParameter = Parameter<Average>(
    "average", default: .macro, help: "How areas are averaged.")
  static let component = Component<any Metric>(
    "roc-auc", help: "The area below the receiver operating characteristic.",
    swift: "ROCArea(multiClass multi-class, average)", parameters: [multiClassParameter, averageParameter]
  ) { ROCArea(multiClass: $0[multiClassParameter], average: $0[averageParameter]) }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let classes = data.classes, !classes.isEmpty else { return .nan }
    let weights = data.weights ?? [Double](repeating: 1, count: classes.count)
    func area(of positive: Int, among rows: [Int]) -> Double {
      RankedExamples(
        rows.map { predictions[$0, positive] }, isPositive: rows.map { classes[$0] == positive },
        weights: rows.map { weights[$0] })?.area ?? .nan
    }
    let all = Array(classes.indices)
    guard data.outputCount > 2 else { return area(of: 1, among: all) }
    var areas: [(area: Double, weight: Double)] = []
    for first in 0..<data.outputCount {
      if multiClass == .oneVersusRest {
        areas.append((area(of: first, among: all), Self.weight(of: [first], classes, weights)))
        continue
      }
      for second in first + 1..<max(data.outputCount, first + 1) {
        let rows = all.filter { classes[$0] == first || classes[$0] == second }
        let mean = (area(of: first, among: rows) + area(of: second, among: rows)) / 2
        areas.append((mean, Self.weight(of: [first, second], classes, weights)))
      }
    }
    guard average == .weighted else { return Statistics.mean(areas.map(\.area)) }
    return Statistics.sum(areas.map { $0.area * $0.weight }) / Statistics.sum(areas.map(\.weight))
  }

  private static func weight(of chosen: [Int], _ classes: [Int], _ weights: [Double]) -> Double {
    Statistics.sum(zip(classes, weights).filter { chosen.contains($0.0) }.map(\.1))
  }
}
