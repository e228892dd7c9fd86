import Components
import Datasets
import Kernels
import NeuralNetworks
import Tensors
import Testing

@Suite("Initializers")
struct InitializerTests {
  private func weights(
    _ initializer: any Initializer, _ shape: Shape = [20000], fans: (Int, Int) = (3, 5), seed: UInt64 = 5
  ) -> [Double] {
    var stream = RandomStream(seed: seed, .weights)
    return initializer.values(shape: shape, fans: .init(input: fans.0, output: fans.1), using: &stream)
  }

  /// The mean, variance and largest absolute value that the formula of a member gives.
  private func formula(_ name: String, _ inputs: Double, _ outputs: Double) -> (Double, Double, Double)? {
    // A normal distribution cut at two deviations has 0.774 times its variance.
    let cut = 0.87962566103423978 * 0.87962566103423978
    func uniform(_ variance: Double) -> (Double, Double, Double) {
      (0, variance, (3 * variance).squareRoot())
    }
    func normal(_ variance: Double) -> (Double, Double, Double) {
      (0, variance, 2 * (variance / cut).squareRoot())
    }
    switch name {
    case "glorot-uniform": return uniform(2 / (inputs + outputs))
    case "glorot-normal": return normal(2 / (inputs + outputs))
    case "he-uniform": return uniform(2 / inputs)
    case "he-normal": return normal(2 / inputs)
    case "lecun-uniform": return uniform(1 / inputs)
    case "lecun-normal": return normal(1 / inputs)
    case "uniform": return uniform(0.05 * 0.05 / 3)
    case "truncated-normal": return normal(0.05 * 0.05 * cut)
    case "normal": return (0, 0.05 * 0.05, .infinity)
    case "zeros", "constant": return (0, 0, 0)
    case "ones": return (1, 0, 1)
    // Of 200 × 100 numbers in columns of length one.
    case "orthogonal": return (0, 1 / 200.0, 1)
    default: return nil
    }
  }

  @Test(
    "have the mean, the variance and the limits of their formula", arguments: Initializers.catalog.names,
    [(784, 100), (3, 20)])
  func moments(name: String, fans: (Int, Int)) throws {
    let (mean, variance, limit) = try #require(formula(name, Double(fans.0), Double(fans.1)))
    let values = weights(try Initializers.catalog.decode(name), [200, 100], fans: fans)
    #expect(values.count == 20000)
    #expect(abs(Statistics.mean(values) - mean) <= 5 * (variance / 20000).squareRoot())
    let deviation = Statistics.standardDeviation(values)
    #expect(abs(deviation * deviation - variance) <= 0.05 * variance)
    let largest = values.reduce(0) { max($0, abs($1)) }
    #expect(largest <= limit * (1 + 1e-15))
    guard limit.isFinite, name != "orthogonal" else { return }
    #expect(largest >= 0.98 * limit)
  }

  @Test("Glorot's limit from 784 to 100 is 0.082385")
  func limit() {
    let values = weights(GlorotInitializer(.uniform), fans: (784, 100)).map { abs($0) }
    #expect((values.max() ?? 1) <= 0.082385 + 1e-6 && (values.max() ?? 0) > 0.0823)
  }

  @Test("take the settings of a recipe")
  func settings() throws {
    let normal = weights(try Initializers.catalog.decode("normal", ["mean": "3", "deviation": "0.5"]))
    #expect(abs(Statistics.mean(normal) - 3) < 0.02)
    #expect(abs(Statistics.standardDeviation(normal) - 0.5) < 0.01)
    #expect(Set(weights(try Initializers.catalog.decode("constant", ["value": "0.3"]))) == [0.3])
    let uniform = weights(try Initializers.catalog.decode("uniform", ["limit": "2"]))
    #expect((uniform.max() ?? 0) > 1.99 && (uniform.min() ?? 0) < -1.99)
  }

  @Test(
    "that are orthogonal give rows or columns of one length at right angles",
    arguments: [[12, 12], [5, 17], [17, 5], [1, 9], [9, 1], [6, 3, 3, 2]], [1, 1.5])
  func orthogonal(sizes: [Int], gain: Double) {
    let shape = Shape(sizes)
    let (rows, columns) = (sizes[0], shape.count / sizes[0])
    let values = weights(OrthogonalInitializer(gain: gain), shape)
    let isWide = rows <= columns
    let (count, length) = isWide ? (rows, columns) : (columns, rows)
    func value(_ vector: Int, _ index: Int) -> Double {
      isWide ? values[vector * columns + index] : values[index * columns + vector]
    }
    for first in 0..<count {
      for second in 0...first {
        let product = (0..<length).reduce(0.0) { $0 + value(first, $1) * value(second, $1) }
        #expect(abs(product - (first == second ? gain * gain : 0)) < 1e-12)
      }
    }
  }

  @Test("count the connections that a unit of each layer has")
  func fans() throws {
    func fans(_ layer: any Layer, _ input: Shape) throws -> [ParameterBlock.Fans] {
      try Sequential([layer]).traced(for: input).trace.blocks.compactMap { block in
        switch block.start {
        case .initialized(let fans), .own(_, let fans): fans
        default: nil
        }
      }
    }
    #expect(try fans(Dense(7), [5]) == [.init(input: 5, output: 7)])
    #expect(try fans(Convolution2D(6, kernel: [3, 2]), [8, 8, 4]) == [.init(input: 24, output: 36)])
    #expect(try fans(Convolution1D(6, kernel: 3), [8, 4]) == [.init(input: 12, output: 18)])
    #expect(
      try fans(LongShortTermMemory(3), [8, 4]) == [.init(input: 4, output: 12), .init(input: 3, output: 12)])
  }

  @Test(
    "draw the same for the same key and place, whatever the other layers",
    arguments: [Precision.float, .double])
  func keys(precision: Precision) throws {
    var stream = RandomStream(seed: 1, .data)
    let data = Sine(samples: 10, noise: 0).dataset(using: &stream)
    let settings = TrainingSettings(
      loss: .meanSquaredError, optimizer: .sgd(learningRate: 1e-300), epochs: 1, precision: precision)
    func first(_ key: FitKey, hidden: Int = 3) throws -> [Double] {
      let network = Sequential {
        Dense(6, activation: .tanh); Dense(hidden); Dense(1)
      }
      return try Trainer(settings).fit(network, training: data, key: key).parameterBlocks[0]
    }
    let start = try first(FitKey(seed: 1))
    #expect(try first(FitKey(seed: 1)) == start && first(FitKey(seed: 1), hidden: 9) == start)
    for key in [FitKey(seed: 2), FitKey(seed: 1, fold: 3), FitKey(seed: 1, replica: 3)] {
      #expect(try first(key) != start)
    }
    for name in Initializers.catalog.names {
      let initializer = try Initializers.catalog.decode(name)
      #expect(weights(initializer, [7, 5]) == weights(initializer, [7, 5]))
      guard !["zeros", "ones", "constant"].contains(name) else { continue }
      #expect(weights(initializer, [7, 5]) != weights(initializer, [7, 5], seed: 6))
    }
  }
}
