import Components
import Datasets
import NeuralNetworks
import Tensors

/// Replicas of one fit, as closure tests and ensembles need them.
extension Benchmarks {
  /// 100 replicas of a small fit by one thread and by two.
  static func replicas(_ options: Options) throws -> [Figure] {
    let name = "100 replicas of a closure fit"
    guard options.wants(name) else { return [] }
    var stream = RandomStream(seed: 1, .data)
    let data = Sine(samples: 100, noise: 0.1).dataset(using: &stream)
    let network = Sequential {
      Dense(25, activation: .tanh); Dense(20, activation: .tanh); Dense(1)
    }
    let trainer = Trainer(TrainingSettings(loss: .meanSquaredError, epochs: 200, batchSize: nil))
    func milliseconds(_ pool: any WorkerPool) throws -> Double {
      let clock = ContinuousClock()
      var best = Double.infinity
      for _ in 0..<3 {
        let duration = try clock.measure {
          _ = try trainer.fitReplicas(network, count: 100, key: FitKey(seed: 1), pool: pool) { _ in
            (data, nil)
          }
        }
        best = min(
          best, Double(duration.components.attoseconds) / 1e15 + Double(duration.components.seconds) * 1e3)
      }
      return best
    }
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let (single, double) = (try milliseconds(SerialPool()), try milliseconds(pool))
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
}
