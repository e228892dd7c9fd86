import Components
import Datasets
import NeuralNetworks
import Tensors
import Validation

/// Closure tests: replicas of one fit, and a whole test.
extension Benchmarks {
  /// 100 replicas of a fit by one thread and by two, and a test of 25 fits with 40 replicas each.
  static func replicas(_ options: Options) throws -> [Figure] {
    try replicasOfFit(options) + wholeClosureTest(options)
  }

  private static func law() throws -> LawData {
    try LawData(
      law: try Law("x^0.7*(1-x)^3"), points: LawData.points(0.05...0.95, count: 100, spacing: .linear),
      noise: .init(relative: 0.05, absolute: 0.005))
  }

  /// The best of three runs.
  private static func milliseconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<3 {
      let duration = try clock.measure { try body() }
      best = min(
        best, Double(duration.components.attoseconds) / 1e15 + Double(duration.components.seconds) * 1e3)
    }
    return best
  }

  private static func replicasOfFit(_ options: Options) throws -> [Figure] {
    let name = "100 replicas of a closure fit"
    guard options.wants(name) else { return [] }
    let network = Sequential {
      Dense(25, activation: .tanh); Dense(20, activation: .tanh); Dense(1)
    }
    let strategy = Strategy(
      network: network, settings: TrainingSettings(loss: .meanSquaredError, epochs: 200))
    let test = ClosureTest(law: try law(), replicas: 100, fits: 1, key: FitKey(seed: 1))
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let single = try milliseconds { _ = try test.run(level: 2, of: strategy, in: SerialPool()) }
    let double = try milliseconds { _ = try test.run(level: 2, of: strategy, in: pool) }
    print("")
    print(line("replicas", "one thread", "two threads", "speedup", "bar"))
    print(
      line(name, "\(format(single)) ms", "\(format(double)) ms", "\(format(single / double)) ×", "≥ 1.90 ×"))
    return [
      Figure(
        section: "replicas", name: name, microseconds: single * 1000, bar: 1.9,
        twoThreadsMicroseconds: double * 1000, twoThreadsSpeedup: single / double)
    ]
  }

  private static func wholeClosureTest(_ options: Options) throws -> [Figure] {
    let name = "closure test of 25 fits with 40 replicas"
    guard options.wants(name) else { return [] }
    let network = Sequential {
      Dense(6, activation: .tanh); Dense(1)
    }
    let strategy = Strategy(
      preparations: [Standardize()], network: network,
      settings: TrainingSettings(loss: ChiSquared(), optimizer: LimitedMemoryBFGS(), epochs: 300))
    let test = ClosureTest(law: try law(), replicas: 40, fits: 25, key: FitKey(seed: 1))
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let time = try milliseconds {
      _ = try test.run(level: 2, of: strategy, in: pool).summary(seed: 1, in: pool)
    }
    print("")
    print(line("closure tests", "two threads", "", "", "bar"))
    print(line(name, "\(format(time)) ms", "", "", "≤ 60 s"))
    return [Figure(section: "replicas", name: name, microseconds: time * 1000)]
  }
}
