/// The eigenvalues of a symmetric matrix in rising order, and their eigenvectors.
///
/// Householder's reflections make the matrix tridiagonal, then QL steps with implicit shifts make it diagonal (Golub and
/// Van Loan, Matrix Computations, sections 8.3.1 and 8.3.3). All sums run in the order of their indices.
public struct SymmetricEigen: Sendable {
  /// The eigenvalues in rising order.
  public private(set) var values: [Double]
  /// The eigenvectors of length one, each a row: row i belongs to value i.
  public private(set) var vectors: [Double]

  private let count: Int
  /// Beside the diagonal; entry i stands between i and i + 1.
  private var beside: [Double]

  /// Decomposes a matrix of `count` rows, of which the lower triangle is read.
  ///
  /// Entries that are not finite give values that are not numbers.
  public init(_ matrix: [Double], count: Int) {
    precondition(matrix.count == count * count, "\(matrix.count) elements are not \(count) rows")
    self.count = count
    values = [Double](repeating: 0, count: count)
    beside = [Double](repeating: 0, count: count)
    vectors = [Double](repeating: 0, count: count * count)
    for index in 0..<count { vectors[index * count + index] = 1 }
    guard matrix.allSatisfy(\.isFinite) else {
      values = [Double](repeating: .nan, count: count)
      return
    }
    makeTridiagonal(matrix)
    for first in 0..<count { isolate(first) }
    sort()
  }

  /// An eigenvector.
  public func vector(_ index: Int) -> ArraySlice<Double> { vectors[index * count..<(index + 1) * count] }

  /// Reflects each column in turn onto its first two entries, and keeps the product of the reflections in `vectors`.
  private mutating func makeTridiagonal(_ matrix: [Double]) {
    var a = matrix
    for row in 0..<count { for column in 0..<row { a[column * count + row] = a[row * count + column] } }
    for k in 0..<max(count - 1, 0) {
      values[k] = a[k * count + k]
      var mirror = [Double](repeating: 0, count: count)
      var squares = 0.0
      for row in k + 1..<count {
        mirror[row] = a[row * count + k]
        squares += mirror[row] * mirror[row]
      }
      let norm = squares.squareRoot()
      guard norm > 0, k + 2 < count else {
        beside[k] = a[(k + 1) * count + k]
        continue
      }
      let target = mirror[k + 1] > 0 ? -norm : norm
      beside[k] = target
      mirror[k + 1] -= target
      // v · v, from norm² − 2 x₁ target + norm².
      let length = squares - a[(k + 1) * count + k] * target
      guard length > 0 else { continue }
      reflect(&a, mirror, 1 / length, from: k + 1)
    }
    if count > 0 { values[count - 1] = a[count * count - 1] }
  }

  /// `A ← H A H` and `V ← H V` for `H = 1 − β v vᵀ`, where v begins at a row.
  private mutating func reflect(_ a: inout [Double], _ v: [Double], _ beta: Double, from first: Int) {
    var p = [Double](repeating: 0, count: count)
    for row in first..<count {
      var sum = 0.0
      for column in first..<count { sum += a[row * count + column] * v[column] }
      p[row] = beta * sum
    }
    var product = 0.0
    for row in first..<count { product += p[row] * v[row] }
    let half = beta / 2 * product
    for row in first..<count { p[row] -= half * v[row] }
    for row in first..<count {
      for column in first..<count { a[row * count + column] -= v[row] * p[column] + p[row] * v[column] }
    }
    var combined = [Double](repeating: 0, count: count)
    for row in first..<count {
      for column in 0..<count { combined[column] += v[row] * vectors[row * count + column] }
    }
    for row in first..<count {
      let factor = beta * v[row]
      for column in 0..<count { vectors[row * count + column] -= factor * combined[column] }
    }
  }

  /// QL steps until the entry beside a value has vanished.
  private mutating func isolate(_ first: Int) {
    // Two or three steps are usual; sixty are never needed for finite entries.
    for _ in 0..<60 {
      var last = first
      while last + 1 < count {
        let size = abs(values[last]) + abs(values[last + 1])
        if abs(beside[last]) <= .ulpOfOne / 2 * size { break }
        last += 1
      }
      if last == first { return }
      step(first, last)
    }
  }

  /// One QL step on the unreduced block from `first` to `last`.
  private mutating func step(_ first: Int, _ last: Int) {
    let slope = (values[first + 1] - values[first]) / (2 * beside[first])
    let root = Self.length(slope, 1)
    var g = values[last] - values[first] + beside[first] / (slope + (slope < 0 ? -root : root))
    var (sine, cosine, shift) = (1.0, 1.0, 0.0)
    for index in stride(from: last - 1, through: first, by: -1) {
      let f = sine * beside[index]
      let b = cosine * beside[index]
      let radius = Self.length(f, g)
      beside[index + 1] = radius
      guard radius > 0 else {
        values[index + 1] -= shift
        beside[last] = 0
        return
      }
      sine = f / radius
      cosine = g / radius
      g = values[index + 1] - shift
      let r = (values[index] - g) * sine + 2 * cosine * b
      shift = sine * r
      values[index + 1] = g + shift
      g = cosine * r - b
      rotate(index, sine, cosine)
    }
    values[first] -= shift
    beside[first] = g
    beside[last] = 0
  }

  private mutating func rotate(_ index: Int, _ sine: Double, _ cosine: Double) {
    let (upper, lower) = (index * count, (index + 1) * count)
    vectors.withUnsafeMutableBufferPointer { vectors in
      for column in 0..<count {
        let (x, y) = (vectors[upper + column], vectors[lower + column])
        vectors[lower + column] = sine * x + cosine * y
        vectors[upper + column] = cosine * x - sine * y
      }
    }
  }

  /// The length of a vector of two entries, without overflow.
  private static func length(_ a: Double, _ b: Double) -> Double {
    let (large, small) = (max(abs(a), abs(b)), min(abs(a), abs(b)))
    guard large > 0 else { return 0 }
    let ratio = small / large
    return large * (1 + ratio * ratio).squareRoot()
  }

  private mutating func sort() {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    let (oldValues, oldVectors) = (values, vectors)
    for (index, old) in order.enumerated() {
      values[index] = oldValues[old]
      for column in 0..<count { vectors[index * count + column] = oldVectors[old * count + column] }
    }
  }
}
