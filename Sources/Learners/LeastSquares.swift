import Datasets
import Tensors

/// Linear least squares with a penalty on the slopes: makes `(y − X b)ᵀ W (y − X b) + α |b|²` small.
///
/// W is the inverse of the covariance of the targets where the data have one, else of the squares of their errors, else
/// one; times the weights of the examples.
struct LeastSquares {
  private let columns: Int
  private let hasIntercept: Bool
  private let examples: Int
  private let whitening: Whitening
  private let factorization: QRFactorization

  /// How examples are brought to errors of one that do not depend on each other.
  private enum Whitening {
    case scales([Double])
    case factor(Tensor<Double>, scales: [Double])

    func callAsFunction(_ values: [Double]) -> [Double] {
      switch self {
      case .scales(let scales): return zip(values, scales).map { $0 * $1 }
      case .factor(let lower, let scales):
        var result = values
        for row in result.indices {
          for column in 0..<row { result[row] -= lower[row, column] * result[column] }
          result[row] /= lower[row, row]
        }
        return zip(result, scales).map { $0 * $1 }
      }
    }
  }

  init(_ data: Dataset, alpha: Double, hasIntercept: Bool) {
    examples = data.count
    self.hasIntercept = hasIntercept
    let features = data.inputs.columns
    columns = features + (hasIntercept ? 1 : 0)
    let weights = data.weights.map { $0.map { $0.squareRoot() } } ?? [Double](repeating: 1, count: data.count)
    if let covariance = data.covariance, let factor = Cholesky(covariance)?.lower {
      whitening = .factor(factor, scales: weights)
    } else {
      whitening = .scales(data.errors.map { zip(weights, $0).map { $0 / $1 } } ?? weights)
    }
    let rows = data.count + (alpha > 0 ? features : 0)
    var matrix = Tensor<Double>(repeating: 0, shape: [rows, columns])
    for column in 0..<columns {
      let isConstant = hasIntercept && column == features
      let values = (0..<data.count).map { isConstant ? 1 : data.inputs[$0, column] }
      for (row, value) in whitening(values).enumerated() { matrix[row, column] = value }
      if alpha > 0, !isConstant { matrix[data.count + column, column] = alpha.squareRoot() }
    }
    factorization = QRFactorization(matrix)
  }

  /// The function for targets, examples × outputs.
  func model(_ targets: Tensor<Double>) -> LinearModel {
    let features = columns - (hasIntercept ? 1 : 0)
    var coefficients = Tensor<Double>(repeating: 0, shape: [features, targets.columns])
    var intercepts = [Double](repeating: 0, count: targets.columns)
    for output in 0..<targets.columns {
      var side = whitening((0..<examples).map { targets[$0, output] })
      side += [Double](repeating: 0, count: factorization.rowCount - examples)
      let solution = factorization.solve(side)
      for feature in 0..<features { coefficients[feature, output] = solution[feature] }
      if hasIntercept { intercepts[output] = solution[features] }
    }
    return LinearModel(coefficients: coefficients, intercepts: intercepts)
  }

  /// The derivative by α of the function that has been fitted: the slopes b and the constant term c obey
  /// `(Xᵀ W X + α P) (b, c) = Xᵀ W y`, where P keeps slopes, so it is `−(Xᵀ W X + α P)⁻¹ (b, 0)`.
  func derivative(of model: LinearModel) -> LinearModel {
    let features = columns - (hasIntercept ? 1 : 0)
    let outputs = model.intercepts.count
    var coefficients = Tensor<Double>(repeating: 0, shape: [features, outputs])
    var intercepts = [Double](repeating: 0, count: outputs)
    for output in 0..<outputs {
      let slopes = (0..<features).map { -model.coefficients[$0, output] }
      let solution = factorization.solveNormal(slopes + (hasIntercept ? [0] : []))
      for feature in 0..<features { coefficients[feature, output] = solution[feature] }
      if hasIntercept { intercepts[output] = solution[features] }
    }
    return LinearModel(coefficients: coefficients, intercepts: intercepts)
  }

  /// The share of each example in its own prediction; nil where examples are correlated.
  var leverages: [Double]? {
    guard case .scales = whitening else { return nil }
    let basis = factorization.orthonormal
    return (0..<examples).map { row in basis.row(row).reduce(0) { $0 + $1 * $1 } }
  }
}
