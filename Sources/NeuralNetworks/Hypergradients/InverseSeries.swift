import Tensors

/// How the product of an inverse matrix with a vector is found from products of the matrix.
public enum InverseSeries: Sendable, Hashable {
  /// Conjugate gradients (Hestenes and Stiefel 1952); where the matrix is not positive, what is added to its diagonal is
  /// made larger until it is.
  case conjugateGradients
  /// The series `η Σⱼ (1 − η A)ʲ b`, which converges if η is below two over the largest eigenvalue (Lorraine, Vicol and
  /// Duvenaud 2020).
  case neumann(step: Double, terms: Int)

  /// The solution of `A x = b`.
  public func solution(_ side: [Double], multiply: ([Double]) -> [Double]) -> [Double] {
    switch self {
    case .neumann(let step, let terms):
      var term = side.map { step * $0 }
      var sum = term
      for _ in 1..<max(terms, 1) {
        term = zip(term, multiply(term)).map { $0 - step * $1 }
        sum = zip(sum, term).map { $0 + $1 }
      }
      return sum
    case .conjugateGradients:
      var damping = 0.0
      // Each damping is a thousand times the one before, from a millionth of the matrix' own size on.
      for _ in 0..<8 {
        switch conjugateGradients(side, damping, multiply) {
        case .solved(let solution): return solution
        case .notPositive(let size): damping = damping == 0 ? 1e-6 * max(size, 1e-12) : 1000 * damping
        }
      }
      return [Double](repeating: .nan, count: side.count)
    }
  }

  private enum Outcome {
    case solved([Double])
    /// A direction along which the matrix is not positive; its size along it.
    case notPositive(size: Double)
  }

  private func conjugateGradients(
    _ side: [Double], _ damping: Double, _ multiply: ([Double]) -> [Double]
  ) -> Outcome {
    func dot(_ a: [Double], _ b: [Double]) -> Double { Statistics.sum(zip(a, b).map { $0 * $1 }) }
    var solution = [Double](repeating: 0, count: side.count)
    var residual = side
    var direction = side
    var square = dot(side, side)
    let goal = square * 1e-28
    // Rounding makes more steps worth while than there are dimensions.
    for _ in 0..<max(4 * side.count, 50) where square > goal {
      let image = zip(multiply(direction), direction).map { $0 + damping * $1 }
      let curvature = dot(direction, image)
      let length = dot(direction, direction)
      guard curvature > 1e-14 * length.squareRoot() * dot(image, image).squareRoot() else {
        return .notPositive(size: (dot(image, image) / length).squareRoot())
      }
      let step = square / curvature
      for index in solution.indices {
        solution[index] += step * direction[index]
        residual[index] -= step * image[index]
      }
      let next = dot(residual, residual)
      for index in direction.indices {
        direction[index] = residual[index] + next / square * direction[index]
      }
      square = next
    }
    return .solved(solution)
  }
}
