import Kernels
import Testing

/// The sizes of a product: inputs, outputs, samples.
struct ProductSize: Sendable, CustomTestStringConvertible {
  var inputs: Int
  var outputs: Int
  var samples: Int
  var testDescription: String { "\(inputs) to \(outputs), \(samples) samples" }

  static let all: [ProductSize] = [
    (1, 1, 1), (1, 8, 16), (2, 16, 32), (3, 5, 17), (4, 4, 33), (5, 9, 48), (7, 13, 100), (8, 3, 255),
    (9, 17, 256),
    (2, 3, 257), (6, 11, 300), (17, 12, 513), (31, 7, 40), (16, 1, 700), (1, 19, 64), (33, 8, 24),
  ].map { ProductSize(inputs: $0.0, outputs: $0.1, samples: $0.2) }
}

@Suite("Products and sums over samples")
struct ProductTests {
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
    let x = Memory<Scalar>(words.numbers(size.inputs * lanes))
    for (function, hasBias) in [
      (ElementFunction.identity, true), (.identity, false), (.tanh, true), (.relu, false),
    ] {
      let y = Memory<Scalar>(count: size.outputs * lanes)
      Scalar.matrixProduct(
        weights.base, start: hasBias ? bias.base : nil, startLayout: .perElement, x.base, y.base,
        inputs: size.inputs, outputs: size.outputs, groups: groups, function: function)
      var expected: [Scalar] = []
      for j in 0..<size.outputs {
        for lane in 0..<lanes {
          var sum: Scalar = hasBias ? bias.base[j] : 0
          for k in 0..<size.inputs {
            sum = sum.addingProduct(weights.base[j * size.inputs + k], x.base[k * lanes + lane])
          }
          expected.append(sum)
        }
      }
      #expect(sameBits(y.values, mapped(function, expected)))
      #expect(y.isGuarded)
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
    for function in [ElementFunction.identity, .relu, .tanh, .sigmoid, .exponential] {
      let z = Memory<Scalar>(count: size.inputs * lanes)
      Scalar.transposedMatrixProduct(
        weights.base, d.base, function == .identity ? nil : values.base, z.base, inputs: size.inputs,
        outputs: size.outputs, groups: groups, function: function)
      var expected: [Scalar] = []
      for k in 0..<size.inputs {
        for lane in 0..<lanes {
          var sum: Scalar = 0
          for j in 0..<size.outputs {
            sum = sum.addingProduct(weights.base[j * size.inputs + k], d.base[j * lanes + lane])
          }
          let y = values.base[k * lanes + lane]
          switch function {
          case .relu: expected.append(y <= 0 ? 0 : sum)
          case .tanh: expected.append(sum * (1 - y * y))
          case .sigmoid: expected.append(sum * (y * (1 - y)))
          case .exponential: expected.append(sum * y)
          default: expected.append(sum)
          }
        }
      }
      #expect(sameBits(z.values, expected))
      #expect(z.isGuarded)
    }
  }

  /// The sum over samples in the order that is its definition: blocks of 256, lanes, a tree, blocks in order.
  private func sum<Scalar: KernelScalar>(_ lanes: Int, _ step: (Int, Scalar) -> Scalar) -> Scalar {
    var total: Scalar?
    for first in stride(from: 0, to: lanes, by: 256) {
      var sums = [Scalar](repeating: 0, count: Scalar.laneCount)
      for sample in first..<min(first + 256, lanes) {
        sums[sample % Scalar.laneCount] = step(sample, sums[sample % Scalar.laneCount])
      }
      while sums.count > 1 {
        let half = sums.count / 2
        sums = (0..<half).map { sums[$0] + sums[$0 + half] }
      }
      total = total.map { $0 + sums[0] } ?? sums[0]
    }
    return total ?? 0
  }

  @Test("Sums over samples go by blocks, lanes, a tree, and blocks in order", arguments: ProductSize.all)
  func contraction(size: ProductSize) {
    contraction(size, Float.self)
    contraction(size, Double.self)
  }

  private func contraction<Scalar: KernelScalar>(_ size: ProductSize, _: Scalar.Type) {
    var words = Words(seed: 9)
    let groups = Scalar.groups(for: size.samples)
    let lanes = groups * Scalar.laneCount
    var padded: [Scalar] = words.numbers(size.outputs * lanes)
    for index in padded.indices where index % lanes >= size.samples { padded[index] = 0 }
    let d = Memory<Scalar>(padded)
    let x = Memory<Scalar>(words.numbers(size.inputs * lanes))
    let result = Memory<Scalar>(count: size.outputs * size.inputs)
    Scalar.contractSamples(
      d.base, x.base, result.base, rows: size.outputs, columns: size.inputs, groups: groups)
    var expected: [Scalar] = []
    for j in 0..<size.outputs {
      for k in 0..<size.inputs {
        expected.append(
          sum(lanes) { sample, sum in
            sum.addingProduct(d.base[j * lanes + sample], x.base[k * lanes + sample])
          })
      }
    }
    #expect(sameBits(result.values, expected))
    #expect(result.isGuarded)

    let sums = Memory<Scalar>(count: size.outputs)
    Scalar.sumSamples(d.base, sums.base, rows: size.outputs, groups: groups)
    #expect(
      sameBits(
        sums.values,
        (0..<size.outputs).map { j in sum(lanes) { sample, sum in sum + d.base[j * lanes + sample] } }))
    #expect(sums.isGuarded)
  }
}
