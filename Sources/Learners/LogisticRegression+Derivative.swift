import Datasets
import Tensors

extension LogisticRegression: SmoothLearner {
  public var smoothSettings: [String] { ["c"] }

  public func value(of setting: String) -> Double? { setting == "c" ? c : nil }

  public func with(_ setting: String, _ value: Double) -> any SmoothLearner {
    LogisticRegression(c: setting == "c" ? value : c, intercept: intercept)
  }

  /// At the minimum the gradient `g + P θ / c` stays zero, P the slopes, so that `dθ/dc = [H + P / c]⁻¹ P θ / c²` with the
  /// second derivatives H of the cross-entropy.
  public func derivative(
    of fitted: any FittedLearner, by setting: String, on data: Dataset
  ) -> (any Model)? {
    guard setting == "c", let classifier = fitted as? Classifier else { return nil }
    let cost = CrossEntropyCost(data, penalty: 1 / c, hasIntercept: intercept)
    let width = classifier.features + 1
    let side = classifier.values.enumerated().map { index, value in
      index % width == classifier.features ? 0 : value / (c * c)
    }
    // Constant terms that grow together change nothing: such a column depends on the others, and is left out.
    let tangent = QRFactorization(cost.curvature(classifier.values)).solve(side)
    return Derivative(classifier: classifier, tangent: tangent)
  }

  /// How the probabilities of a classifier change as its values move: `ṗ = p (ż − Σ p ż)`.
  private struct Derivative: Model {
    let classifier: Classifier
    let tangent: [Double]

    func predict(_ inputs: Tensor<Double>) -> Tensor<Double> {
      var result = classifier.predict(inputs)
      for row in 0..<inputs.rows {
        let scores = CrossEntropyCost.scores(tangent, inputs.row(row), classifier.functions)
        let moves = classifier.functions == 1 ? [0] + scores : scores
        let mean = moves.indices.reduce(0) { $0 + result[row, $1] * moves[$1] }
        for (column, move) in moves.enumerated() { result[row, column] *= move - mean }
      }
      return result
    }
  }
}

extension CrossEntropyCost {
  /// The second derivatives of the cross-entropy and its penalty: for an example with features x, 1 the entries
  /// `x_i x_j p_a (δ_ab − p_b)`.
  func curvature(_ values: [Double]) -> Tensor<Double> {
    let width = data.inputs.columns + 1
    var result = Tensor<Double>(repeating: 0, shape: [parameterCount, parameterCount])
    for row in 0..<data.count {
      let scores = Self.scores(values, data.inputs.row(row), functions)
      let probabilities = ClassProbabilities.softmax(functions == 1 ? [0] + scores : scores)
      let own = Array(probabilities.suffix(functions))
      let inputs = Array(data.inputs.row(row)) + [hasIntercept ? 1 : 0]
      let weight = data.weights?[row] ?? 1
      for first in 0..<functions {
        for second in 0..<functions {
          let factor = weight * own[first] * ((first == second ? 1 : 0) - own[second])
          for i in 0..<width {
            for j in 0..<width {
              result[first * width + i, second * width + j] += factor * inputs[i] * inputs[j]
            }
          }
        }
      }
    }
    for index in 0..<parameterCount where index % width != width - 1 { result[index, index] += penalty }
    return result
  }
}
