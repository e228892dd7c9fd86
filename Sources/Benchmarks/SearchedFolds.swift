import Components
import Datasets
import Experiments
import Foundation
import NeuralNetworks
import Search
import Validation

/// A whole search with cross-validation: thirty trials of TPE, five folds each, of a network for the tumors.
struct SearchedFolds {
  private let experiment: Experiment

  init() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../lectures/data/breast-cancer.csv").standardizedFileURL.path
    let space = SearchSpace([
      .init(name: "units", distribution: .integer(low: 4, high: 64, step: 1, isLog: true)),
      .init(name: "rate", distribution: .real(low: 1e-4, high: 1e-1, isLog: true)),
    ])
    experiment = try Experiment(
      data: .examples(try CSVReader().read(path: path).dataset(ColumnRoles(targets: ["diagnosis"]))),
      metrics: [Accuracy()], validate: KFold(5), search: SearchPlan(trials: 30), space: space
    ) { values in
      Strategy(
        preparations: [Standardize()],
        network: Sequential([Dense(values.integer("units"), activation: .relu), Dense(2)]),
        settings: TrainingSettings(
          loss: CrossEntropy(), optimizer: Adam(learningRate: values.number("rate")), epochs: 50,
          batchSize: .samples(32)))
    }
  }

  /// The seconds of the search alone, in so many threads.
  func seconds(threads: Int) throws -> Double {
    let pool = ThreadPool(threads: threads)
    defer { pool.close() }
    let start = ContinuousClock.now
    let outcome = try ExperimentRunner(pool: pool).search(experiment)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    guard outcome?.trials.count == 30 else { throw CancellationError() }
    return seconds
  }
}

/// Searches with all they search.
extension Benchmarks {
  /// The time of a search on two cores, its share of one core's, and scikit-learn's under Optuna.
  static func searchedFolds(_ options: Options) throws -> [Figure] {
    let name = "search of 30 trials × 5 folds × 50 epochs"
    guard options.wants(name) else { return [] }
    print("")
    print(line("breast cancer, TPE", "two threads", "one thread", "speedup", "scikit-learn", "ratio", "bar"))
    let search = try SearchedFolds()
    _ = try search.seconds(threads: 2)
    var times: [(one: Double, two: Double)] = []
    for _ in 0..<options.rounds {
      times.append((try search.seconds(threads: 1), try search.seconds(threads: 2)))
    }
    let two = median(times.map(\.two))
    let speedup = median(times.map { $0.one / $0.two })
    let peer = options.python.flatMap { Peer("search.py", python: $0) }
    let other = peer?.microseconds(["jobs": 2]).map { $0 / 1e6 }
    print(
      line(
        name, "\(format(two)) s", "\(format(median(times.map(\.one)))) s", "\(format(speedup)) ×",
        other.map { "\(format($0)) s" } ?? "–", other.map { "\(format($0 / two)) ×" } ?? "–", "≥ 50.0 ×"))
    return [
      Figure(
        section: "search", name: name, microseconds: two * 1e6, peer: other == nil ? nil : "scikit-learn",
        peerMicroseconds: other.map { $0 * 1e6 }, ratio: other.map { $0 / two }, bar: 50,
        twoThreadsMicroseconds: two * 1e6, twoThreadsSpeedup: speedup)
    ]
  }
}
