import Components
import Datasets
import Foundation
import NeuralNetworks
import Tensors
import Testing
import Validation

/// Scores of scikit-learn, by `Tests/Peers/scores.py`.
private struct MetricReference: Decodable {
  let logits: [[Double]]
  let classes: [Int]
  let accuracy: Double
  let values: [[Double]]
  let targets: [[Double]]
  let mse: Double
  let r2: Double
  let constantR2: [Double]
  let foldSizes: [String: [Int]]

  static func load() throws -> MetricReference {
    let url = try #require(
      Bundle.module.url(forResource: "metrics", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(MetricReference.self, from: Data(contentsOf: url))
  }
}

private func matrix(_ rows: [[Double]]) -> Tensor<Double> {
  Tensor(rows.flatMap { $0 }, shape: [rows.count, rows[0].count])
}

private func examples(_ targets: Dataset.Targets, count: Int) -> Dataset {
  Dataset(features: [.init(name: "x")], inputs: Tensor(repeating: 0, shape: [count, 1]), targets: targets)
}

@Suite("Metrics")
struct MetricTests {
  @Test("A network that has diverged has no accuracy")
  func divergedAccuracy() {
    let data = Dataset(
      features: [.init(name: "x")], inputs: Tensor([0, 1], shape: [2, 1]),
      targets: .classes([0, 1], names: ["a", "b"]))
    let predictions = Tensor([Double.nan, .nan, 0, 1], shape: [2, 2])
    #expect(Accuracy().value(predictions, data).isNaN)
  }
  @Test("are those of scikit-learn")
  func references() throws {
    let reference = try MetricReference.load()
    let classified = examples(.classes(reference.classes, names: ["a", "b", "c", "d"]), count: 25)
    #expect(abs(Accuracy().value(matrix(reference.logits), classified) - reference.accuracy) < 1e-15)
    let valued = examples(.values(matrix(reference.targets), names: ["y", "z"]), count: 25)
    #expect(abs(MeanSquaredErrorMetric().value(matrix(reference.values), valued) - reference.mse) < 1e-12)
    #expect(abs(R2().value(matrix(reference.values), valued) - reference.r2) < 1e-12)
    let constant = examples(.values(matrix([[2], [2], [2]]), names: ["y"]), count: 3)
    #expect(R2().value(matrix([[2], [2], [2]]), constant) == reference.constantR2[0])
    #expect(R2().value(matrix([[2], [2], [3]]), constant) == reference.constantR2[1])
  }
}

@Suite("Folds")
struct FoldTests {
  @Test("have scikit-learn's sizes")
  func sizes() throws {
    for (name, expected) in try MetricReference.load().foldSizes {
      let numbers = name.split(separator: " ").compactMap { Int($0) }
      let data = examples(.classes([Int](repeating: 0, count: numbers[0]), names: ["a"]), count: numbers[0])
      var stream = RandomStream(seed: 6, .folds)
      let folds = try KFold(numbers[1]).folds(of: Array(0..<numbers[0]), in: data, using: &stream)
      #expect(folds.map(\.held.count) == expected)
    }
  }
}

@Suite("Cross-validation")
struct CrossValidationTests {
  private let strategy = Strategy(
    preparations: [Standardize()],
    network: Sequential {
      Dense(4, activation: .tanh); Dense(3)
    },
    settings: TrainingSettings(loss: .crossEntropy, epochs: 3), validation: 0.25, isStratified: true)

  private func blobs() -> Dataset {
    var stream = RandomStream(seed: 1, .data)
    return Blobs(samples: 60, noise: 2).dataset(using: &stream)
  }

  @Test("is the same on any number of threads")
  func threads() throws {
    let validation = try CrossValidation(
      blobs(), of: Array(0..<60), splitter: StratifiedKFold(5), key: FitKey(seed: 3))
    let expected = try validation.outcomes(strategy, metrics: [Accuracy()], in: SerialPool()).map(\.scores)
    for threads in [1, 2, 4] {
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      #expect(try validation.outcomes(strategy, metrics: [Accuracy()], in: pool).map(\.scores) == expected)
    }
    #expect(Set(expected.map(\.loss)).count == 5)
  }

  @Test("has keys of its own for folds within folds, and predictions together are scored in the data's order")
  func nestedKeys() throws {
    let data = blobs()
    let outer = try CrossValidation(data, of: Array(0..<60), splitter: KFold(3), key: FitKey(seed: 3))
    var keys = (0..<3).map(outer.key(ofFold:))
    var sets: [[Int]] = []
    for (number, fold) in outer.folds.enumerated() {
      let inner = try CrossValidation(data, of: fold.training, splitter: KFold(2), key: keys[number])
      keys += (0..<2).map(inner.key(ofFold:))
      sets += inner.folds.map(\.held)
      #expect(inner.folds.flatMap(\.held).sorted() == fold.training)
    }
    #expect(Set(keys).count == 9 && Set(sets).count == 6)
    let outcomes = try outer.outcomes(strategy, metrics: [Accuracy()], in: SerialPool())
    let pooled = CrossValidation.pooled(Accuracy(), outcomes, in: data)
    // Folds of equal size: the share of all hits is the mean of the shares.
    #expect((pooled - Statistics.mean(outcomes.map { $0.scores.metrics[0] })).magnitude < 1e-12)
    #expect(CrossValidation.pooled(Accuracy(), outcomes.reversed(), in: data) == pooled)
  }

  @Test("gives no score that single examples cannot have")
  func singles() throws {
    var data = blobs()
    data.targets = .values(Tensor((0..<60).map(Double.init), shape: [60, 1]), names: ["y"])
    let linear = Strategy(
      network: Sequential { Dense(1) }, settings: TrainingSettings(loss: .meanSquaredError, epochs: 1))
    let validation = try CrossValidation(
      data, of: Array(0..<4), splitter: LeaveOneOut(), key: FitKey(seed: 1))
    let outcomes = try validation.outcomes(
      linear, metrics: [R2(), MeanSquaredErrorMetric()], in: SerialPool())
    #expect(outcomes.allSatisfy { $0.scores.metrics[0].isNaN && $0.scores.metrics[1].isFinite })
    #expect(CrossValidation.pooled(R2(), outcomes, in: data).isFinite)
  }

  @Test("learns nothing from the held-out fold: changing it changes neither preparation nor network")
  func heldOut() throws {
    let data = blobs()
    var changed = data
    for row in 0..<12 { (changed.inputs[row, 0], changed.inputs[row, 1]) = (1e3, -1e3) }
    let rest = Array(12..<60)
    let (first, second) = (
      try strategy.fit(data, on: rest, key: FitKey(seed: 1)),
      try strategy.fit(changed, on: rest, key: FitKey(seed: 1))
    )
    let blocks = try #require(first.network?.parameterBlocks)
    #expect(blocks == second.network?.parameterBlocks)
    #expect(first.predict(data).elements == second.predict(data).elements)
    #expect(Set(first.training + first.validation) == Set(rest) && first.validation.count == 12)
    // What is learned with the changed rows is something else.
    let all = Array(0..<60)
    #expect(
      try strategy.fit(data, on: all, key: FitKey(seed: 1)).predict(data)
        != strategy.fit(changed, on: all, key: FitKey(seed: 1)).predict(data))
  }
}
