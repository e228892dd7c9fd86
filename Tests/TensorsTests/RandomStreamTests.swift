import Kernels
import Tensors
import Testing

@Suite("Random streams")
struct RandomStreamTests {
  @Test("never change: their first words are those of Philox under the key of their purpose and indices")
  func fixedBits() {
    // The definition written out: the key is folded over purpose and indices, the words count blocks of four.
    func key(_ seed: UInt64, _ values: [UInt64]) -> UInt64 {
      values.enumerated().reduce(seed) { key, value in
        let words = Philox.words(
          counter: (
            UInt32(truncatingIfNeeded: value.element), UInt32(truncatingIfNeeded: value.element >> 32),
            UInt32(value.offset), 0x4C65
          ), key: key)
        return UInt64(words.0) | UInt64(words.1) << 32
      }
    }
    var stream = RandomStream(seed: 42, .weights, 3, -1)
    let expected = key(42, [5, 3, UInt64(bitPattern: -1)])
    #expect(RandomStream.key(seed: 42, .weights, [3, -1]) == expected)
    for block in 0..<3 as Range<UInt32> {
      let words = Philox.words(counter: (block, 0, 0, 0), key: expected)
      for word in [words.0, words.1, words.2, words.3] { #expect(stream.nextWord() == word) }
    }
    let purposes: [RandomPurpose] = [
      .data, .noise, .split, .folds, .weights, .shuffling, .dropout, .sampler, .replica, .cell, .validation,
    ]
    #expect(purposes.map(\.rawValue) == Array(1...11))
  }

  @Test("differ by seed, purpose, index and the order of indices")
  func keys() {
    var keys: Set<UInt64> = []
    for seed in 0..<20 as Range<UInt64> {
      for purpose in [RandomPurpose.data, .noise, .weights] {
        for indices in [[], [0], [1], [0, 0], [0, 1], [1, 0], [-1]] {
          keys.insert(RandomStream.key(seed: seed, purpose, indices))
        }
      }
    }
    #expect(keys.count == 20 * 3 * 7)
  }

  @Test("are uniform from 0 up to 1 with the moments of the uniform distribution")
  func uniform() {
    var stream = RandomStream(seed: 1, .cell)
    let values = (0..<40000).map { _ in stream.uniform() }
    #expect(values.allSatisfy { (0..<1).contains($0) })
    // Five standard errors of mean and variance.
    #expect(abs(Statistics.mean(values) - 0.5) < 5 / (12 * 40000.0).squareRoot())
    let deviation = Statistics.standardDeviation(values)
    #expect(abs(deviation * deviation - 1.0 / 12) < 5 * (1.0 / 180 / 40000).squareRoot())
  }

  @Test("are normal with mean 0, variance 1, no skewness and kurtosis 3")
  func normal() {
    var stream = RandomStream(seed: 2, .cell)
    let values = (0..<40000).map { _ in stream.normal() }
    let errors: [(Double, Double)] = [(0, 1), (1, 2), (0, 15), (3, 96)]
    for (order, (expected, variance)) in errors.enumerated() {
      let moment = Statistics.mean(
        values.map { value in (0...order).reduce(1) { product, _ in product * value } })
      #expect(abs(moment - expected) < 5 * (variance / 40000).squareRoot(), "moment \(order + 1)")
    }
    #expect(values.allSatisfy { $0.isFinite })
  }

  @Test("draw whole numbers evenly", arguments: [2, 3, 7, 10, 1000])
  func integers(bound: Int) {
    var stream = RandomStream(seed: 3, .cell, bound)
    var counts = [Int](repeating: 0, count: bound)
    let draws = 100 * bound
    for _ in 0..<draws { counts[stream.integer(below: bound)] += 1 }
    let chi2 = counts.reduce(0.0) { $0 + (Double($1) - 100) * (Double($1) - 100) / 100 }
    // The mean of chi-square and five of its standard deviations.
    #expect(chi2 < Double(bound - 1) + 5 * (2 * Double(bound - 1)).squareRoot())
    #expect(stream.integer(below: 1) == 0)
  }

  @Test("permute: every order of three is as likely as any other")
  func permutations() {
    var counts: [[Int]: Int] = [:]
    for index in 0..<6000 {
      var stream = RandomStream(seed: 4, .shuffling, index)
      counts[stream.permutation(3), default: 0] += 1
    }
    #expect(counts.count == 6)
    for count in counts.values { #expect(abs(Double(count) - 1000) < 5 * (1000.0 * 5 / 6).squareRoot()) }
    var stream = RandomStream(seed: 5, .shuffling)
    #expect(stream.permutation(100).sorted() == Array(0..<100))
    #expect(stream.permutation(0) == [] && stream.permutation(1) == [0])
  }
}

@Suite("Statistics and shapes")
struct StatisticsTests {
  @Test("are those of the textbook")
  func statistics() {
    let values = [2.0, 4, 4, 4, 5, 5, 7, 9]
    #expect(Statistics.mean(values) == 5 && Statistics.standardDeviation(values, correction: 0) == 2)
    #expect(Statistics.standardDeviation(values) == (32.0 / 7).squareRoot())
    #expect(Statistics.mean([]).isNaN && Statistics.standardDeviation([1]).isNaN)
    #expect(
      Statistics.quantile([3, 1, 2, 4], 0.5) == 2.5 && Statistics.quantile([3, 1, 2, 4], 0.25) == 1.75)
    #expect(Statistics.quantile([7], 0.9) == 7 && Statistics.quantile([], 0.5).isNaN)
    #expect(Statistics.quantile([3, 1, 2], 1) == 3 && Statistics.quantile([3, 1, 2], 0) == 1)
  }

  @Test("count elements and pick rows")
  func tensors() {
    let tensor = Tensor<Double>([1, 2, 3, 4, 5, 6], shape: [3, 2])
    #expect(tensor.rows([2, 0]).elements == [5, 6, 1, 2] && tensor[1, 0] == 3)
    #expect(
      Shape([]).count == 1 && Shape([]).description == "scalar" && Shape([3, 4]).description == "3 × 4")
    #expect(tensor.rows([]).shape == [0, 2])
  }
}
