import Kernels
import Testing

/// The sizes of a product: inputs, outputs, samples.
struct ProductSize: Sendable, CustomTestStringConvertible {
  var inputs: Int
  var outputs: Int
  var samples: Int
  var testDescription: String { "\(inputs) to \(outputs), \(samples) samples" }

  /// Sizes around those of tiles and blocks, and some that make the kernels copy their operands.
  static let all: [ProductSize] =
    [
      (1, 1, 1), (1, 8, 16), (2, 16, 32), (3, 5, 17), (4, 4, 33), (5, 9, 48), (7, 13, 100), (8, 3, 255),
      (9, 17, 256), (2, 3, 257), (6, 11, 300), (17, 12, 513), (31, 7, 40), (16, 1, 700), (1, 19, 64),
      (33, 8, 24), (33, 128, 32), (64, 30, 64), (25, 24, 112), (40, 26, 16), (39, 25, 128),
      (270, 29, 1100), (530, 66, 270), (66, 530, 530),
    ].map { ProductSize(inputs: $0.0, outputs: $0.1, samples: $0.2) } + random

  private static var random: [ProductSize] {
    var words = Words(seed: 6)
    return (0..<40).map { _ in
      ProductSize(
        inputs: Int(1 + 40 * words.uniform()), outputs: Int(1 + 40 * words.uniform()),
        samples: Int(1 + 150 * words.uniform()))
    }
  }
}

@Suite("Products and sums over samples")
struct ProductTests {
  /// What a chain starts from.
  private enum Start: CaseIterable { case zero, bias, values, result }

  @Test("A product is one chain of fused steps over its inputs", arguments: ProductSize.all)
  func product(size: ProductSize) {
    product(size, Float.self)
    product(size, Double.self)
  }

  private func product<Scalar: KernelScalar>(_ size: ProductSize, _: Scalar.Type) {
    var words = Words(seed: 7)
    let groups = Scalar.groups(for: size.samples)
    let lanes = groups * Scalar.laneCount
    let weights = Memory<Scalar>(words.numbers(size.inputs * size.outputs))
    let bias = Memory<Scalar>(words.numbers(size.outputs))
    let values = Memory<Scalar>(words.numbers(size.outputs * lanes))
    let x = Memory<Scalar>(words.numbers(size.inputs * lanes))
    for (function, start) in zip([ElementFunction.identity, .tanh, .relu, .identity], Start.allCases) {
      let y = start == .result ? Memory(values.values) : Memory<Scalar>(count: size.outputs * lanes)
      let source: UnsafePointer<Scalar>? =
        switch start {
        case .zero: nil
        case .bias: UnsafePointer(bias.base)
        case .values: UnsafePointer(values.base)
        case .result: UnsafePointer(y.base)
        }
      Scalar.matrixProduct(
        weights.base, start: source, startLayout: start == .bias ? .perElement : .full, x.base, y.base,
        inputs: size.inputs, outputs: size.outputs, groups: groups, function: function)
      var expected: [Scalar] = []
      for j in 0..<size.outputs {
        for lane in 0..<lanes {
          var sum: Scalar =
            switch start {
            case .zero: 0
            case .bias: bias.base[j]
            case .values, .result: values.base[j * lanes + lane]
            }
          for k in 0..<size.inputs {
            sum = sum.addingProduct(weights.base[j * size.inputs + k], x.base[k * lanes + lane])
          }
          expected.append(sum)
        }
      }
      #expect(sameBits(y.values, mapped(function, expected)))
      #expect(y.isGuarded)
      guard start != .result else { continue }

      let pieces = Memory<Scalar>(count: size.outputs * lanes)
      for part in parts(rows: size.outputs, groups: groups) {
        Scalar.matrixProduct(
          weights.base, start: source, startLayout: start == .bias ? .perElement : .full, x.base, pieces.base,
          inputs: size.inputs, groups: groups, function: function, part: part)
      }
      #expect(sameBits(pieces.values, y.values))
      #expect(pieces.isGuarded)
    }
  }

  /// Unequal parts of a result.
  private func parts(rows: Int, groups: Int) -> [ProductPart] {
    let (row, group) = ((rows + 2) / 3, (2 * groups + 2) / 3)
    return [0..<row, row..<rows].flatMap { rows in
      [0..<group, group..<groups].map { ProductPart(rows: rows, groups: $0) }
    }
  }

  @Test(
    "A cut covers a result once, whatever its sizes", arguments: [1, 5, 47, 512, 4000], [1, 3, 16, 64, 250])
  func cuts(rows: Int, groups: Int) {
    for (steps, cutsGroups) in [(3, true), (700, true), (900, false), (100_000, true)] {
      let cut = ProductCut(rows: rows, groups: groups, laneCount: 16, steps: steps, cutsGroups: cutsGroups)
      var covered = [Int](repeating: 0, count: rows * groups)
      for index in 0..<cut.count {
        let part = cut[index]
        #expect(cutsGroups || part.groups == 0..<groups)
        for row in part.rows { for group in part.groups { covered[row * groups + group] += 1 } }
      }
      #expect(covered.allSatisfy { $0 == 1 })
    }
  }

  @Test("A transposed product is one chain over the outputs, then the derivative", arguments: ProductSize.all)
  func transposed(size: ProductSize) {
    transposed(size, Float.self)
    transposed(size, Double.self)
  }

  private func transposed<Scalar: KernelScalar>(_ size: ProductSize, _: Scalar.Type) {
    var words = Words(seed: 8)
    let groups = Scalar.groups(for: size.samples)
    let lanes = groups * Scalar.laneCount
    let weights = Memory<Scalar>(words.numbers(size.inputs * size.outputs))
    let d = Memory<Scalar>(words.numbers(size.outputs * lanes))
    let values = Memory<Scalar>(words.numbers(size.inputs * lanes))
    var sums: [Scalar] = []
    for k in 0..<size.inputs {
      for lane in 0..<lanes {
        var sum: Scalar = 0
        for j in 0..<size.outputs {
          sum = sum.addingProduct(weights.base[j * size.inputs + k], d.base[j * lanes + lane])
        }
        sums.append(sum)
      }
    }
    for function in [ElementFunction.identity, .relu, .tanh, .sigmoid, .exponential] {
      let z = Memory<Scalar>(count: size.inputs * lanes)
      let y: UnsafePointer<Scalar>? = function == .identity ? nil : UnsafePointer(values.base)
      Scalar.transposedMatrixProduct(
        weights.base, d.base, y, z.base, inputs: size.inputs, outputs: size.outputs, groups: groups,
        function: function)
      let expected = zip(sums, values.values).map { sum, y in
        switch function {
        case .relu: y <= 0 ? 0 : sum
        case .tanh: sum * (1 - y * y)
        case .sigmoid: sum * (y * (1 - y))
        case .exponential: sum * y
        default: sum
        }
      }
      #expect(sameBits(z.values, expected))
      #expect(z.isGuarded)

      let pieces = Memory<Scalar>(count: size.inputs * lanes)
      for part in parts(rows: size.inputs, groups: groups) {
        Scalar.transposedMatrixProduct(
          weights.base, d.base, y, pieces.base, inputs: size.inputs, outputs: size.outputs, groups: groups,
          function: function, part: part)
      }
      #expect(sameBits(pieces.values, expected))
      #expect(pieces.isGuarded)
    }
  }

  /// The sum over samples in the order that is its definition: blocks of 256, lanes, pairs, a tree, blocks in order.
  private func sum<Scalar: KernelScalar>(
    _ lanes: Int, pairs: Int, _ step: (_ pair: Int, _ sample: Int, _ sum: Scalar) -> Scalar
  ) -> Scalar {
    var total: Scalar?
    for first in stride(from: 0, to: lanes, by: 256) {
      var sums = [Scalar](repeating: 0, count: Scalar.laneCount)
      for pair in 0..<pairs {
        for sample in first..<min(first + 256, lanes) {
          sums[sample % Scalar.laneCount] = step(pair, sample, sums[sample % Scalar.laneCount])
        }
      }
      while sums.count > 1 {
        let half = sums.count / 2
        sums = (0..<half).map { sums[$0] + sums[$0 + half] }
      }
      total = total.map { $0 + sums[0] } ?? sums[0]
    }
    return total ?? 0
  }

  @Test(
    "Sums over samples go by blocks, lanes, pairs, a tree, and blocks in order", arguments: ProductSize.all)
  func contraction(size: ProductSize) {
    for pairs in size.inputs * size.outputs < 1700 ? [1, 2, 5] : [1] {
      contraction(size, pairs, Float.self)
      contraction(size, pairs, Double.self)
    }
  }

  private func contraction<Scalar: KernelScalar>(_ size: ProductSize, _ pairCount: Int, _: Scalar.Type) {
    var words = Words(seed: 9)
    let groups = Scalar.groups(for: size.samples)
    let lanes = groups * Scalar.laneCount
    let d = (0..<pairCount).map { _ in
      var padded: [Scalar] = words.numbers(size.outputs * lanes)
      for index in padded.indices where index % lanes >= size.samples { padded[index] = 0 }
      return Memory<Scalar>(padded)
    }
    let x = (0..<pairCount).map { _ in Memory<Scalar>(words.numbers(size.inputs * lanes)) }
    let pairs = zip(d, x).map { ContractionPair<Scalar>(d: $0.base, x: $1.base) }
    let result = Memory<Scalar>(count: size.outputs * size.inputs)
    let pieces = Memory<Scalar>(count: size.outputs * size.inputs)
    if pairCount == 1 {
      Scalar.contractSamples(
        d[0].base, x[0].base, result.base, rows: size.outputs, columns: size.inputs, groups: groups)
    } else {
      Scalar.contractSamples(
        pairs, count: pairCount, result.base, rows: size.outputs, columns: size.inputs, groups: groups)
    }
    for rows in [0..<size.outputs / 3, size.outputs / 3..<size.outputs] {
      Scalar.contractSamples(
        pairs, count: pairCount, pieces.base, rows: rows, columns: size.inputs, groups: groups)
    }
    var expected: [Scalar] = []
    for j in 0..<size.outputs {
      for k in 0..<size.inputs {
        expected.append(
          sum(lanes, pairs: pairCount) { pair, sample, sum in
            sum.addingProduct(d[pair].base[j * lanes + sample], x[pair].base[k * lanes + sample])
          })
      }
    }
    #expect(sameBits(result.values, expected))
    #expect(sameBits(pieces.values, expected))
    #expect(result.isGuarded && pieces.isGuarded)

    let sums = Memory<Scalar>(count: size.outputs)
    if pairCount == 1 {
      Scalar.sumSamples(d[0].base, sums.base, rows: size.outputs, groups: groups)
    } else {
      Scalar.sumSamples(
        d.map { UnsafePointer($0.base) }, count: pairCount, sums.base, rows: size.outputs, groups: groups)
    }
    let expectedSums: [Scalar] = (0..<size.outputs).map { j in
      sum(lanes, pairs: pairCount) { pair, sample, sum in sum + d[pair].base[j * lanes + sample] }
    }
    #expect(sameBits(sums.values, expectedSums))
    #expect(sums.isGuarded)
  }
}
