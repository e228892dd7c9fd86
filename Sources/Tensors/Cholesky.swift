/// The lower triangular factor of a symmetric positive definite matrix: `A = L Lᵀ` (Golub and Van Loan, Matrix
/// Computations, 4th ed., algorithm 4.2.2), all sums in the order of their indices.
public struct Cholesky: Sendable {
  /// L, its upper part zero.
  public let lower: Tensor<Double>

  /// Factors a matrix; nil if it is not positive definite.
  public init?(_ matrix: Tensor<Double>) {
    let count = matrix.rows
    guard matrix.columns == count else { return nil }
    var lower = Tensor<Double>(repeating: 0, shape: [count, count])
    for row in 0..<count {
      for column in 0...row {
        var rest = matrix[row, column]
        for index in 0..<column { rest -= lower[row, index] * lower[column, index] }
        if row == column {
          guard rest > 0, rest.isFinite else { return nil }
          lower[row, row] = rest.squareRoot()
        } else {
          lower[row, column] = rest / lower[column, column]
        }
      }
    }
    self.lower = lower
  }

  /// L⁻¹, by forward substitution.
  public var inverseLower: Tensor<Double> {
    let count = lower.rows
    var inverse = Tensor<Double>(repeating: 0, shape: [count, count])
    for column in 0..<count {
      inverse[column, column] = 1 / lower[column, column]
      for row in (column + 1)..<max(count, column + 1) {
        var sum = 0.0
        for index in column..<row { sum -= lower[row, index] * inverse[index, column] }
        inverse[row, column] = sum / lower[row, row]
      }
    }
    return inverse
  }
}
