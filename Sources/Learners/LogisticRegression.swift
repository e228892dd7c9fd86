import Components
import Datasets
import Tensors

/// Probabilities `p = softmax(W x + b)` that make the cross-entropy with a penalty on the slopes small (scikit-learn's
/// `LogisticRegression`): `Σ −ln p(y) + |W|² / (2 c)`.
///
/// Two classes share one function, of which the second class has the positive values.
public struct LogisticRegression: Learner, Hashable {
  /// The inverse of the penalty.
  public var c: Double
  /// Whether there are constant terms.
  public var intercept: Bool

  /// Logistic regression.
  public init(c: Double = 1, intercept: Bool = true) {
    self.c = c
    self.intercept = intercept
  }

  public var name: String { "logistic-regression" }
  public var targets: LearnerTargets { .classes }

  private static let cParameter = Parameter<Double>(
    "c", default: 1, "above 0 and finite", help: "The inverse of the penalty on slopes."
  ) { $0 > 0 && $0.isFinite }
  static let component = Component<any Learner>(
    "logistic-regression", help: "Probabilities of classes by linear functions of the features.",
    swift: "LogisticRegression(c, intercept)",
    parameters: [cParameter, LinearRegression.interceptParameter]
  ) { LogisticRegression(c: $0[cParameter], intercept: $0[LinearRegression.interceptParameter]) }

  public func fit(_ data: Dataset) -> any FittedLearner {
    let cost = CrossEntropyCost(data, penalty: 1 / c, hasIntercept: intercept)
    var minimizer = LimitedMemoryMinimizer(tolerance: 1e-10)
    let values = minimizer.minimum(from: [Double](repeating: 0, count: cost.parameterCount)) {
      cost.value($0, gradient: &$1)
    }
    return Classifier(
      values: values, functions: cost.functions, features: data.inputs.columns, classes: data.outputCount)
  }

  struct Classifier: FittedLearner {
    let values: [Double]
    let functions: Int
    let features: Int
    let classes: Int

    var parameterCount: Int { values.count }

    func predict(_ inputs: Tensor<Double>) -> Tensor<Double> {
      var result = Tensor<Double>(repeating: 0, shape: [inputs.rows, classes])
      for row in 0..<inputs.rows {
        let scores = CrossEntropyCost.scores(values, inputs.row(row), functions)
        let logits = functions == 1 ? [0] + scores : scores
        for (column, value) in ClassProbabilities.softmax(logits).enumerated() { result[row, column] = value }
      }
      return result
    }
  }
}

/// The cross-entropy of linear functions with a penalty on their slopes.
struct CrossEntropyCost {
  let functions: Int
  let data: Dataset
  private let classes: [Int]
  let penalty: Double
  let hasIntercept: Bool

  init(_ data: Dataset, penalty: Double, hasIntercept: Bool) {
    self.data = data
    self.penalty = penalty
    self.hasIntercept = hasIntercept
    classes = data.classes ?? []
    functions = data.outputCount == 2 ? 1 : data.outputCount
  }

  /// The slopes of each function, and its constant term behind them.
  var parameterCount: Int { functions * (data.inputs.columns + 1) }

  static func scores(_ values: [Double], _ row: ArraySlice<Double>, _ functions: Int) -> [Double] {
    let width = row.count + 1
    return (0..<functions).map { function in
      var sum = values[function * width + row.count]
      for (feature, input) in row.enumerated() { sum += values[function * width + feature] * input }
      return sum
    }
  }

  func value(_ values: [Double], gradient: inout [Double]) -> Double {
    let features = data.inputs.columns
    let width = features + 1
    var total = 0.0
    for index in gradient.indices { gradient[index] = 0 }
    for row in 0..<data.count {
      let inputs = data.inputs.row(row)
      let scores = Self.scores(values, inputs, functions)
      let logits = functions == 1 ? [0] + scores : scores
      let probabilities = ClassProbabilities.softmax(logits)
      let largest = logits.reduce(-.infinity) { max($0, $1) }
      let weight = data.weights?[row] ?? 1
      // −ln p from the logits, exact where p is close to zero.
      let sum = logits.reduce(0) { $0 + Double.exp($1 - largest) }
      total += weight * (Double.log(sum) + largest - logits[classes[row]])
      for function in 0..<functions {
        let number = functions == 1 ? 1 : function
        let slope = weight * (probabilities[number] - (classes[row] == number ? 1 : 0))
        for (feature, input) in inputs.enumerated() { gradient[function * width + feature] += slope * input }
        if hasIntercept { gradient[function * width + features] += slope }
      }
    }
    for function in 0..<functions {
      for feature in 0..<features {
        let slope = values[function * width + feature]
        total += penalty / 2 * slope * slope
        gradient[function * width + feature] += penalty * slope
      }
    }
    return total
  }
}
