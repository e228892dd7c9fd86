import Kernels
import Testing

@Suite("Elementwise kernels, steps and gathering")
struct KernelTests {
  /// Of six elements: each its own, one for all, one for the first and one for the last three, two that repeat.
  private let layouts: [SpreadLayout] = [true, false].flatMap { isBatched in
    [
      SpreadLayout(isBatched: isBatched, modulus: 6), SpreadLayout(isBatched: isBatched, modulus: 1),
      SpreadLayout(isBatched: isBatched, divisor: 3, modulus: 2),
      SpreadLayout(isBatched: isBatched, modulus: 2),
    ]
  }

  private func offset(_ layout: SpreadLayout, _ row: Int, _ lane: Int, _ lanes: Int) -> Int {
    let place = row / Int(layout.divisor) % Int(layout.modulus)
    return layout.isBatched ? place * lanes + lane : place
  }

  @Test("Two operands are combined whatever they are spread over", arguments: BinaryFunction.allCases)
  func combinations(function: BinaryFunction) {
    combinations(function, Float.self)
    combinations(function, Double.self)
  }

  private func combinations<Scalar: KernelScalar>(_ function: BinaryFunction, _: Scalar.Type) {
    var words = Words(seed: 10)
    let (rows, groups) = (6, 3)
    let lanes = groups * Scalar.laneCount
    let a = Memory<Scalar>(words.numbers(rows * lanes))
    let b = Memory<Scalar>(words.numbers(rows * lanes))
    for first in layouts {
      for second in layouts {
        let z = Memory<Scalar>(count: rows * lanes)
        Scalar.combine(function, a.base, b.base, z.base, rows: rows, columns: groups, a: first, b: second)
        for row in 0..<rows {
          for lane in 0..<lanes {
            let (x, y) = (a.base[offset(first, row, lane, lanes)], b.base[offset(second, row, lane, lanes)])
            let expected =
              switch function {
              case .add: x + y
              case .subtract: x - y
              case .multiply: x * y
              case .divide: x / y
              case .first: x
              case .maximum: Scalar.maximum(x, y)
              case .minimum: Scalar.minimum(x, y)
              case .power: Scalar(Elementary.pow(Double(x), Double(y)))
              case .less: Scalar(x < y ? 1 : 0)
              case .equal: Scalar(x == y ? 1 : 0)
              }
            let found = z.base[row * lanes + lane]
            #expect(found == expected || found.isNaN && expected.isNaN)
          }
        }
        #expect(z.isGuarded)
      }
    }
  }

  @Test(
    "A function's derivative is that of its value",
    arguments: [ElementFunction.relu, .tanh, .sigmoid, .exponential])
  func derivatives(function: ElementFunction) {
    var words = Words(seed: 11)
    let x: [Double] = words.numbers(64)
    let step = 1e-6
    let slopes = zip(mapped(function, x.map { $0 + step }), mapped(function, x.map { $0 - step })).map {
      ($0 - $1) / (2 * step)
    }
    let (y, upstream) = (Memory(mapped(function, x)), Memory<Double>(words.numbers(64)))
    let z = Memory<Double>(count: 64)
    Double.gradient(function, y.base, upstream.base, z.base, groups: 8)
    for index in 0..<64 { #expect(abs(z.base[index] - slopes[index] * upstream.base[index]) < 1e-8) }
  }

  @Test("Softmax adds up to one, whatever is added to all logits")
  func softmax() {
    var words = Words(seed: 12)
    let (classes, groups) = (5, 2)
    let lanes = groups * Double.laneCount
    let logits: [Double] = words.numbers(classes * lanes).map { 8 * $0 }
    let (z, shifted) = (Memory(logits), Memory(logits.map { $0 + 1024 }))
    let (p, q) = (Memory<Double>(count: classes * lanes), Memory<Double>(count: classes * lanes))
    Double.softmax(z.base, p.base, classes: classes, groups: groups)
    Double.softmax(shifted.base, q.base, classes: classes, groups: groups)
    for lane in 0..<lanes {
      let sum = (0..<classes).reduce(0) { $0 + p.base[$1 * lanes + lane] }
      #expect(abs(sum - 1) < 1e-15)
    }
    for (a, b) in zip(p.values, q.values) { #expect(abs(a - b) < 1e-12) }
    #expect(p.isGuarded && q.isGuarded)
  }

  @Test("The cross-entropy of equal logits is the logarithm of the number of classes", arguments: [2, 3, 10])
  func equalLogits(classes: Int) {
    for logit in [0.0, 500, -1e4] {
      let z = Memory([Double](repeating: logit, count: classes * 8))
      var targets = [Double](repeating: 0, count: classes * 8)
      for lane in 0..<8 { targets[(lane % classes) * 8 + lane] = 1 }
      let (t, loss) = (Memory(targets), Memory<Double>(count: 8))
      Double.softmaxCrossEntropy(z.base, t.base, loss.base, classes: classes, groups: 1)
      for value in loss.values { #expect(abs(value - Elementary.log(Double(classes))) < 1e-15) }
    }
  }

  @Test("The cross-entropy of hopeless logits stays finite")
  func hugeLogits() {
    let z = Memory<Float>((0..<32).map { $0 < 16 ? 1e4 : -1e4 })
    let (t, loss) = (Memory<Float>((0..<32).map { $0 < 16 ? 0 : 1 }), Memory<Float>(count: 16))
    Float.softmaxCrossEntropy(z.base, t.base, loss.base, classes: 2, groups: 1)
    for value in loss.values { #expect(value == 2e4) }
  }

  @Test("Gathered samples lie in order, the last one repeated behind it")
  func gather() {
    let (samples, features) = (9, 3)
    let source = Memory<Float>((0..<samples * features).map { Float($0 + 1) })
    let indices: [Int32] = [4, 0, 8, 8, 1]
    let result = Memory<Float>(count: features * 2 * Float.laneCount)
    Float.gather(
      source.base, samples: samples, indices, count: indices.count, result.base, features: features, groups: 2
    )
    for feature in 0..<features {
      let row = result.values[feature * 32..<(feature + 1) * 32]
      let padded = indices + [Int32](repeating: 1, count: 27)
      let expected = padded.map { Float(feature * samples + Int($0) + 1) }
      #expect(sameBits(Array(row), expected))
    }
    #expect(result.isGuarded)
  }

  private func vectors(
    _ parameters: Memory<Double>, _ gradients: Memory<Double>, _ state: Memory<Double>
  ) -> StepVectors {
    StepVectors(
      parameters: parameters.base, gradients: gradients.base, state: state.base,
      count: parameters.values.count, runs: UnsafeBufferPointer(start: nil, count: 0), shrinkage: 0)
  }

  @Test("Momentum follows Keras' rule")
  func momentum() {
    for isNesterov in [false, true] {
      var words = Words(seed: 13)
      let start: [Double] = words.numbers(16)
      let (p, v) = (Memory(start), Memory([Double](repeating: 0, count: 16)))
      var (expected, velocity) = (start, [Double](repeating: 0, count: 16))
      for _ in 0..<5 {
        let gradients: [Double] = words.numbers(16)
        Double.momentumStep(
          vectors(p, Memory(gradients), v), rate: 0.1, momentum: 0.9, isNesterov: isNesterov,
          isRateRemembered: true)
        for index in 0..<16 {
          velocity[index] = 0.9 * velocity[index] - 0.1 * gradients[index]
          expected[index] += isNesterov ? 0.9 * velocity[index] - 0.1 * gradients[index] : velocity[index]
        }
      }
      #expect(sameBits(p.values, expected))
    }
  }

  @Test("Adam follows its formula")
  func adam() {
    var words = Words(seed: 14)
    let start: [Double] = words.numbers(24)
    let zeros = [Double](repeating: 0, count: 24)
    let (p, state) = (Memory(start), Memory(zeros + zeros))
    var (expected, m, v) = (start, zeros, zeros)
    for _ in 0..<5 {
      let gradients: [Double] = words.numbers(24)
      Double.adamStep(
        vectors(p, Memory(gradients), state), rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7,
        keepsMaximum: false)
      for index in 0..<24 {
        m[index] = 0.9 * m[index] + (1 - 0.9) * gradients[index]
        v[index] = 0.999 * v[index] + (1 - 0.999) * (gradients[index] * gradients[index])
        expected[index] -= 0.01 * m[index] / (v[index].squareRoot() + 1e-7)
      }
    }
    #expect(sameBits(p.values, expected))
  }

  @Test("Dropout draws by counter: its share is right and its factors do not depend on the batch")
  func dropout() {
    let (rows, lanes) = (40, 256)
    let mask = Memory<Float>(count: rows * lanes)
    Float.dropoutMask(mask.base, rows: rows, lanes: lanes, rate: 0.3, key: 5, step: 2)
    let dropped = mask.values.count { $0 == 0 }
    #expect(mask.values.allSatisfy { $0 == 0 || $0 == Float(1 / 0.7) })
    // Five standard deviations of a binomial distribution.
    let count = Double(rows * lanes)
    #expect(abs(Double(dropped) - 0.3 * count) < 5 * (0.21 * count).squareRoot())
    let half = Memory<Float>(count: rows * lanes / 2)
    Float.dropoutMask(half.base, rows: rows, lanes: lanes / 2, rate: 0.3, key: 5, step: 2)
    for row in 0..<rows {
      let whole = mask.values[row * lanes..<row * lanes + lanes / 2]
      #expect(Array(whole) == Array(half.values[row * lanes / 2..<(row + 1) * lanes / 2]))
    }
    let next = Memory<Float>(count: rows * lanes)
    Float.dropoutMask(next.base, rows: rows, lanes: lanes, rate: 0.3, key: 5, step: 3)
    #expect(next.values != mask.values)
  }
}
