import Components
import Datasets
import Search
import Tensors
import Testing
import Validation

/// What holds for every metric of the catalog, with default parameters and others.
@Suite("Contract of metrics")
struct MetricContractTests {
  /// Metrics with other parameters than the default ones, and their names in results.
  private static let others = [
    "balanced-accuracy adjusted=true": "balanced-accuracy-adjusted", "top-k-accuracy k=3": "top-3-accuracy",
    "precision average=micro": "precision-micro", "recall average=weighted": "recall-weighted",
    "f1 average=macro": "f1-macro", "f-beta beta=0.5": "f0.5", "f-beta beta=0.5 average=micro": "f0.5-micro",
    "cohen-kappa weighting=linear": "cohen-kappa-linear",
    "cohen-kappa weighting=quadratic": "cohen-kappa-quadratic",
    "roc-auc multi-class=one-vs-one": "roc-auc-one-vs-one", "roc-auc average=weighted": "roc-auc-weighted",
    "roc-auc multi-class=one-vs-one average=weighted": "roc-auc-one-vs-one-weighted",
    "quantile-loss quantile=0.9": "quantile-loss-0.9",
  ]
  static let texts = Metrics.catalog.names + others.keys.sorted()

  private func metric(_ text: String) throws -> any Metric {
    try Metrics.catalog.decode(RecordedCases.call(text))
  }

  /// Examples for a metric, and predictions that are neither perfect nor guesses.
  private func examples(_ metric: any Metric, count: Int = 60) throws -> (Dataset, Tensor<Double>) {
    var stream = RandomStream(seed: 5, .data)
    if metric.needsSeries {
      let values = (0..<count + 4).map { _ in stream.normal() }
      let data = try SeriesWindows.dataset(name: "s", values: values, window: 3, horizon: 2)
      let noisy = data.targetValues.elements.map { $0 + 0.3 * stream.normal() }
      return (data, Tensor(noisy, shape: data.targetValues.shape))
    }
    if metric.takesClasses {
      let classes = (0..<count).map { _ in stream.integer(below: 4) }
      var scores = Tensor<Double>(repeating: 0, shape: [count, 4])
      for row in 0..<count {
        let shares = (0..<4).map { Double.exp(stream.normal() + (classes[row] == $0 ? 1.5 : 0)) }
        for column in 0..<4 { scores[row, column] = shares[column] / Statistics.sum(shares) }
      }
      return (bare(.classes(classes, names: ["a", "b", "c", "d"]), count), scores)
    }
    let targets = Tensor((0..<2 * count).map { _ in stream.normal() }, shape: [count, 2])
    let noisy = targets.elements.map { $0 + 0.4 * stream.normal() }
    var data = bare(.values(targets, names: ["y", "z"]), count)
    data.errors = (0..<count).map { _ in stream.uniform(0.2, 0.6) }
    return (data, Tensor(noisy, shape: targets.shape))
  }

  private func bare(_ targets: Dataset.Targets, _ count: Int) -> Dataset {
    Dataset(features: [], inputs: Tensor([], shape: [count, 0]), targets: targets)
  }

  private func isClose(_ first: Double, _ second: Double) -> Bool {
    (first - second).magnitude <= 1e-12 * max(1, second.magnitude)
  }

  @Test("They have names of their own: those in recipes with what sets them apart")
  func names() throws {
    let own = ["top-k-accuracy": "top-2-accuracy", "f-beta": "f2"]
    for name in Metrics.catalog.names { #expect(try metric(name).name == own[name] ?? name) }
    for (text, name) in Self.others { #expect(try metric(text).name == name) }
    let names = try Self.texts.map { try metric($0).name }
    #expect(Set(names).count == names.count && names.count == Metrics.catalog.names.count + 13)
  }

  @Test("Perfect predictions have the best value", arguments: texts)
  func perfection(text: String) throws {
    let metric = try metric(text)
    let (data, predictions) = try examples(metric)
    let best = metric.value(data.targetValues, data)
    let other = metric.value(predictions, data)
    switch metric {
    // Neither is good or bad by its size alone: perfect predictions have no pulls at all.
    case is PullMean, is PullDeviation: #expect(best == 0 && other != 0)
    default:
      #expect(isClose(best, metric.direction == .maximize ? 1 : 0), "\(best)")
      #expect(metric.direction.isBetter(best, than: other), "\(best), \(other)")
    }
    #expect(other.isFinite && metric.problem(with: data) == nil)
  }

  @Test("The order of the examples plays no part", arguments: texts)
  func order(text: String) throws {
    let metric = try metric(text)
    var (data, predictions) = try examples(metric)
    var stream = RandomStream(seed: 2, .shuffling)
    data.weights = (0..<data.count).map { _ in stream.uniform(0.1, 3) }
    let order = stream.permutation(data.count)
    let value = metric.value(predictions, data)
    #expect(isClose(metric.value(predictions.rows(order), data.subset(order)), value))
  }

  @Test(
    "Weights of one have the bits of no weights, whole weights those of repeated examples", arguments: texts)
  func weights(text: String) throws {
    let metric = try metric(text)
    let (data, predictions) = try examples(metric)
    let plain = metric.value(predictions, data)
    var weighted = data
    weighted.weights = [Double](repeating: 1, count: data.count)
    #expect(metric.value(predictions, weighted) == plain)
    var stream = RandomStream(seed: 3, .sampler)
    let counts = (0..<data.count).map { _ in stream.integer(below: 4) }
    weighted.weights = counts.map(Double.init)
    let repeated = counts.indices.flatMap { [Int](repeating: $0, count: counts[$0]) }
    let value = metric.value(predictions, weighted)
    #expect(isClose(value, metric.value(predictions.rows(repeated), data.subset(repeated))))
    // The largest error alone may be the same.
    #expect(metric is MaxError || value != plain)
    // What counts for nothing may be anything.
    var spoiled = predictions
    for row in counts.indices where counts[row] == 0 {
      for column in 0..<spoiled.columns { spoiled[row, column] = .nan }
    }
    #expect(metric.value(spoiled, weighted) == value)
  }

  @Test("A network that has diverged has no score, nor has one of no examples", arguments: texts)
  func divergence(text: String) throws {
    let metric = try metric(text)
    let (data, predictions) = try examples(metric)
    var spoiled = predictions
    for column in 0..<spoiled.columns { spoiled[7, column] = .nan }
    #expect(metric.value(spoiled, data).isNaN)
    #expect(metric.value(predictions.rows([]), data.subset([])).isNaN)
  }

  @Test("They tell what is wrong with data that they cannot score")
  func problems() throws {
    let (classes, _) = try examples(Accuracy())
    var (values, predictions) = try examples(ChiSquaredMetric())
    #expect(Accuracy().problem(with: values) == .needsClasses(metric: "accuracy"))
    #expect(R2().problem(with: classes) == .needsValues(metric: "r2"))
    #expect(Skill().problem(with: values) == .needsSeries(metric: "skill"))
    let binary: [any Metric] = [
      PrecisionScore(average: .binary), RecallScore(average: .binary), FScore(beta: 1, average: .binary),
    ]
    for metric in binary {
      #expect(metric.problem(with: classes) == .notTwoClasses(metric: metric.name, classes: 4))
    }
    #expect(TopKAccuracy(k: 3).problem(with: classes) == nil)
    #expect(
      TopKAccuracy(k: 4).problem(with: classes)
        == .everyClassCounts(metric: "top-4-accuracy", count: 4, classes: 4))
    let needErrors: [any Metric] = [ChiSquaredMetric(), PullMean(), PullDeviation()]
    let errors = values.errors ?? []
    values.errors = nil
    for metric in needErrors {
      #expect(metric.needsErrors && metric.problem(with: values) == .needsErrors(metric: metric.name))
      #expect(metric.value(predictions, values).isNaN)
    }
    // The diagonal of a covariance says as much as errors do.
    var covariance = Tensor<Double>(repeating: 0, shape: [errors.count, errors.count])
    for (row, error) in errors.enumerated() { covariance[row, row] = error * error }
    var full = values
    full.covariance = covariance
    values.errors = errors
    full.weights = errors
    values.weights = errors
    for metric in needErrors {
      #expect(metric.problem(with: full) == nil)
      #expect(isClose(metric.value(predictions, full), metric.value(predictions, values)))
    }
  }

  @Test("Predictions that are wrong by noise alone have χ² and deviation around one, and no mean pull")
  func noise() throws {
    var stream = RandomStream(seed: 9, .noise)
    let errors = (0..<4000).map { _ in stream.uniform(0.5, 2) }
    var data = bare(.values(Tensor(repeating: 3, shape: [4000, 1]), names: ["y"]), 4000)
    data.errors = errors
    let predictions = Tensor(errors.map { 3 + $0 * stream.normal() }, shape: [4000, 1])
    #expect((ChiSquaredMetric().value(predictions, data) - 1).magnitude < 0.1)
    #expect((PullDeviation().value(predictions, data) - 1).magnitude < 0.05)
    #expect(PullMean().value(predictions, data).magnitude < 0.05)
  }
}
