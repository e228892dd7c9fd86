import Components
import Datasets
import Search
import Tensors

/// The area under the receiver operating characteristic: the probability that an example of a class has a
/// larger output for it than one of another class, ties counting half (Hanley and McNeil 1982).
///
/// Two classes have one area, that of the second. More have one for each class against all others, or for
/// each pair of classes that occur the mean of both directions among their examples (Hand and Till 2001). NaN
/// if an area that counts lacks examples of either kind.
public struct AreaUnderROC: Metric {
  /// What classes are told from.
  public enum MultiClass: String, NamedChoice {
    /// All others together.
    case oneVsRest = "one-vs-rest"
    /// Each other.
    case oneVsOne = "one-vs-one"
  }

  /// How areas are averaged.
  public enum Average: String, NamedChoice {
    /// All alike.
    case macro
    /// By the examples of the class or the pair.
    case weighted
  }

  /// What classes are told from if there are more than two.
  public var multiClass: MultiClass
  /// How areas are averaged if there are more than two classes.
  public var average: Average

  /// The area.
  public init(multiClass: MultiClass = .oneVsRest, average: Average = .macro) {
    self.multiClass = multiClass
    self.average = average
  }

  private static let multiClassParameter = Parameter<MultiClass>(
    "multi-class", default: .oneVsRest, help: "What each of more than two classes is told from.")
  private static let averageParameter = Parameter<Average>(
    "average", default: .macro, help: "Whether larger classes count more, if there are more than two.")
  static let component = Component<any Metric>(
    "roc-auc", help: "How often an example of a class has the larger output for it than another one.",
    swift: "AreaUnderROC(multi-class, average)", parameters: [multiClassParameter, averageParameter]
  ) { AreaUnderROC(multiClass: $0[multiClassParameter], average: $0[averageParameter]) }

  public var name: String {
    "roc-auc" + (multiClass == .oneVsRest ? "" : "-\(multiClass.rawValue)")
      + (average == .macro ? "" : "-\(average.rawValue)")
  }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }
  public var leastExamples: Int { 2 }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let matrix = ConfusionMatrix(predictions, data), let truth = data.classes else { return .nan }
    let totals = matrix.truthTotals
    let rows = Array(truth.indices)
    func area(_ number: Int, among rows: [Int]) -> Double {
      RankedScores(
        rows.map { predictions[$0, number] }, rows.map { truth[$0] == number },
        weights: data.weights.map { weights in rows.map { weights[$0] } }
      ).area
    }
    if totals.count == 2 { return area(1, among: rows) }
    var mean = WeightedMean()
    switch multiClass {
    case .oneVsRest:
      for number in totals.indices {
        let weight = average == .macro ? 1 : totals[number]
        if weight != 0 { mean.add(area(number, among: rows), weight: weight) }
      }
    case .oneVsOne:
      let occurring = totals.indices.filter { totals[$0] != 0 }
      for (place, first) in occurring.enumerated() {
        for second in occurring[(place + 1)...] {
          let pair = rows.filter { truth[$0] == first || truth[$0] == second }
          let area = (area(first, among: pair) + area(second, among: pair)) / 2
          mean.add(area, weight: average == .macro ? 1 : totals[first] + totals[second])
        }
      }
    }
    return mean.value
  }
}
