import Tensors
import Testing

@Suite("Eigenvalues of symmetric matrices")
struct SymmetricEigenTests {
  private func random(_ count: Int, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, .data)
    var matrix = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0...row {
        let value = stream.normal()
        matrix[row * count + column] = value
        matrix[column * count + row] = value
      }
    }
    return matrix
  }

  @Test("give the matrix back, with vectors that are orthonormal", arguments: [1, 2, 3, 5, 20, 60])
  func decomposition(count: Int) {
    let matrix = random(count, seed: UInt64(count))
    let eigen = SymmetricEigen(matrix, count: count)
    #expect(eigen.values == eigen.values.sorted())
    for row in 0..<count {
      for column in 0..<count {
        var (entry, product) = (0.0, 0.0)
        for index in 0..<count {
          let vector = Array(eigen.vector(index))
          entry += eigen.values[index] * vector[row] * vector[column]
          product += eigen.vectors[row * count + index] * eigen.vectors[column * count + index]
        }
        #expect(abs(entry - matrix[row * count + column]) < 1e-12)
        #expect(abs(product - (row == column ? 1 : 0)) < 1e-13)
      }
    }
  }

  @Test("are those of the second difference, 2 − 2 cos(πk/(n+1))")
  func secondDifference() {
    let count = 30
    var matrix = [Double](repeating: 0, count: count * count)
    for index in 0..<count {
      matrix[index * count + index] = 2
      if index > 0 {
        matrix[index * count + index - 1] = -1
        matrix[(index - 1) * count + index] = -1
      }
    }
    let eigen = SymmetricEigen(matrix, count: count)
    for (index, value) in eigen.values.enumerated() {
      #expect(abs(value - (2 - 2 * Double.cos(.pi * Double(index + 1) / Double(count + 1)))) < 1e-13)
    }
  }

  @Test("may repeat, vanish, or span many orders of magnitude")
  func specialMatrices() {
    #expect(SymmetricEigen([], count: 0).values.isEmpty)
    #expect(SymmetricEigen([0, 0, 0, 0], count: 2).values == [0, 0])
    #expect(SymmetricEigen([1, 0, 0, 0, 1, 0, 0, 0, 1], count: 3).values == [1, 1, 1])
    let ones = SymmetricEigen([Double](repeating: 1, count: 16), count: 4).values
    for (found, expected) in zip(ones, [0, 0, 0, 4.0]) { #expect(abs(found - expected) < 1e-14) }
    #expect(SymmetricEigen([1e-12, 0, 0, 1e12], count: 2).values == [1e-12, 1e12])
    #expect(SymmetricEigen([1, .nan, .nan, 1], count: 2).values.allSatisfy { $0.isNaN })
  }
}
