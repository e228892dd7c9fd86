import Components
import Datasets
import Search
import Tensors

/// `1 − MSE / MSE of persistence`, where persistence says that the last known value of the series goes on: 1
/// for a perfect forecast, 0 for one that knows nothing but the last value (Murphy 1988).
public struct Skill: Metric {
  /// The skill against persistence.
  public init() {}

  static let component = Component<any Metric>(
    "skill", help: "What a forecast of a series gains over its last known value.", swift: "Skill()"
  ) { _ in Skill() }

  public var name: String { "skill" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .maximize }
  public var needsSeries: Bool { true }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let series = data.series, data.weightedSum({ _ in 1 }) != 0 else { return .nan }
    let targets = data.targetValues
    var (own, persistence) = (0.0, 0.0)
    for row in 0..<targets.rows where data.weight(row) != 0 {
      let weight = data.weight(row)
      let last = series.values[series.starts[row] + series.window - 1]
      for column in 0..<targets.columns {
        let difference = targets[row, column] - predictions[row, column]
        own += weight * (difference * difference)
        persistence += weight * ((targets[row, column] - last) * (targets[row, column] - last))
      }
    }
    return R2.explained(total: persistence, rest: own)
  }
}
