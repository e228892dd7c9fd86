/// `A P = Q R` with orthonormal columns of Q and the columns of A in the order of falling remainders: what least squares
/// are solved by (Golub and Van Loan, Matrix Computations, 4th ed., section 5.4.2).
///
/// Columns that depend on those before them to rounding are left out. All sums run in the order of their indices.
public struct QRFactorization: Sendable {
  /// The number of columns that do not depend on others.
  public private(set) var rank = 0
  private let rows: Int
  /// The number of rows of A.
  public var rowCount: Int { rows }
  private let columns: Int
  /// The columns, each as one run: R in and above the diagonal, what reflects below it.
  private var values: [Double]
  /// The factor of each reflection `1 − scale v vᵀ`.
  private var scales: [Double] = []
  /// The first component of each reflecting vector, whose place R takes.
  private var heads: [Double] = []
  /// The column of A that stands at each place.
  private var order: [Int]

  /// Factors a matrix of at least one row.
  public init(_ matrix: Tensor<Double>) {
    rows = matrix.rows
    columns = matrix.columns
    order = Array(0..<matrix.columns)
    values = []
    var values = [Double](repeating: 0, count: matrix.rows * matrix.columns)
    for row in 0..<rows { for column in 0..<columns { values[column * rows + row] = matrix[row, column] } }
    let count = min(rows, columns)
    values.withUnsafeMutableBufferPointer { values in
      var largest = 0.0
      for step in 0..<count {
        let norms = (step..<columns).map { Self.norm(values, $0 * rows + step, rows - step) }
        var pivot = step
        for column in step..<columns where norms[column - step] > norms[pivot - step] { pivot = column }
        let norm = norms[pivot - step]
        if step == 0 { largest = norm }
        // What is left of a dependent column is rounding.
        guard norm > largest * Double(max(rows, columns)) * 0x1p-52 else { break }
        if pivot != step {
          order.swapAt(pivot, step)
          for row in 0..<rows { values.swapAt(pivot * rows + row, step * rows + row) }
        }
        reflect(values, step, norm)
        rank += 1
      }
    }
    self.values = values
  }

  private static func norm(_ values: UnsafeMutableBufferPointer<Double>, _ start: Int, _ count: Int) -> Double
  {
    var sum = 0.0
    for index in start..<start + count { sum += values[index] * values[index] }
    return sum.squareRoot()
  }

  /// Reflects a column onto its first entry, and those behind it likewise.
  private mutating func reflect(
    _ values: UnsafeMutableBufferPointer<Double>, _ step: Int, _ norm: Double
  ) {
    let start = step * rows + step
    let length = rows - step
    let first = values[start]
    let target = first > 0 ? -norm : norm
    let head = first - target
    // v · v = 2 norm (norm + |first|), so that 2 / v · v is one over this product.
    let scale = 1 / (norm * (norm + first.magnitude))
    values[start] = head
    for column in step + 1..<max(columns, step + 1) {
      let other = column * rows + step
      var product = 0.0
      for index in 0..<length { product += values[start + index] * values[other + index] }
      product *= scale
      for index in 0..<length { values[other + index] -= product * values[start + index] }
    }
    values[start] = target
    heads.append(head)
    scales.append(scale)
  }

  private func component(_ step: Int, _ row: Int) -> Double {
    row == step ? heads[step] : values[step * rows + row]
  }

  /// The coefficients x that make `|A x − b|` least, those of columns left out zero.
  public func solve(_ side: [Double]) -> [Double] {
    var rest = side
    for step in 0..<rank {
      var product = 0.0
      for row in step..<rows { product += component(step, row) * rest[row] }
      product *= scales[step]
      for row in step..<rows { rest[row] -= product * component(step, row) }
    }
    var solution = [Double](repeating: 0, count: columns)
    for step in (0..<rank).reversed() {
      var value = rest[step]
      for later in step + 1..<max(rank, step + 1) {
        value -= values[later * rows + step] * solution[order[later]]
      }
      solution[order[step]] = value / values[step * rows + step]
    }
    return solution
  }

  /// The solution of `Aᵀ A x = b`, that is `Rᵀ R x = b`, those of columns left out zero.
  public func solveNormal(_ side: [Double]) -> [Double] {
    var rest = (0..<rank).map { side[order[$0]] }
    for step in 0..<rank {
      for earlier in 0..<step { rest[step] -= values[step * rows + earlier] * rest[earlier] }
      rest[step] /= values[step * rows + step]
    }
    var solution = [Double](repeating: 0, count: columns)
    for step in (0..<rank).reversed() {
      for later in step + 1..<max(rank, step + 1) {
        rest[step] -= values[later * rows + step] * rest[later]
      }
      rest[step] /= values[step * rows + step]
      solution[order[step]] = rest[step]
    }
    return solution
  }

  /// The orthonormal columns of Q that span those of A, rows × rank.
  public var orthonormal: Tensor<Double> {
    var result = Tensor<Double>(repeating: 0, shape: [rows, rank])
    for column in 0..<rank {
      var unit = [Double](repeating: 0, count: rows)
      unit[column] = 1
      for step in (0..<rank).reversed() {
        var product = 0.0
        for row in step..<rows { product += component(step, row) * unit[row] }
        product *= scales[step]
        for row in step..<rows { unit[row] -= product * component(step, row) }
      }
      for row in 0..<rows { result[row, column] = unit[row] }
    }
    return result
  }
}
