import Datasets
import Tensors
import Testing
import Validation

@Suite("Bootstrap intervals")
struct BootstrapIntervalTests {
  /// Values with predictions whose errors have a mean square of 1.
  private func examples(_ count: Int, seed: UInt64 = 1) -> (Dataset, Tensor<Double>) {
    var stream = RandomStream(seed: seed, .data)
    let targets = Tensor((0..<count).map { _ in stream.normal() }, shape: [count, 1])
    let predictions = Tensor(targets.elements.map { $0 + stream.normal() }, shape: [count, 1])
    let data = Dataset(
      features: [], inputs: Tensor([], shape: [count, 0]), targets: .values(targets, names: ["y"]))
    return (data, predictions)
  }

  private func interval(
    _ bootstrap: BootstrapInterval, _ metric: any Metric, _ data: Dataset, _ predictions: Tensor<Double>,
    seed: UInt64 = 1
  ) -> ClosedRange<Double>? {
    var stream = RandomStream(seed: seed, .resampling)
    return bootstrap.interval(of: metric, predictions, data, using: &stream)
  }

  @Test("hold the value of a large sample, follow the seed alone, and shrink with the root of the examples")
  func properties() throws {
    let metrics: [any Metric] = [MeanSquaredErrorMetric(), MeanAbsoluteErrorMetric(), R2()]
    let bootstrap = BootstrapInterval(resamples: 400)
    for metric in metrics {
      let (data, predictions) = examples(1600)
      let wide = examples(100)
      let large = try #require(interval(bootstrap, metric, data, predictions))
      #expect(large.contains(metric.value(predictions, data)))
      #expect(interval(bootstrap, metric, data, predictions) == large)
      #expect(interval(bootstrap, metric, data, predictions, seed: 2) != large)
      let small = try #require(interval(bootstrap, metric, wide.0, wide.1))
      let ratio = (small.upperBound - small.lowerBound) / (large.upperBound - large.lowerBound)
      #expect(ratio > 2.5 && ratio < 6, "\(metric.name): \(ratio)")
    }
  }

  @Test("cover the true score about as often as they say")
  func coverage() throws {
    let bootstrap = BootstrapInterval(resamples: 200, level: 0.9)
    var hits = 0
    for seed in 1...100 as ClosedRange<UInt64> {
      let (data, predictions) = examples(150, seed: seed)
      let found = try #require(interval(bootstrap, MeanAbsoluteErrorMetric(), data, predictions, seed: seed))
      // The mean of |x| of the standard normal distribution.
      if found.contains((2 / Double.pi).squareRoot()) { hits += 1 }
    }
    #expect(hits >= 80 && hits <= 98, "\(hits)")
  }

  @Test("of several metrics come from the same draws as those of one")
  func several() throws {
    let (data, predictions) = examples(50)
    let metrics: [any Metric] = [MeanSquaredErrorMetric(), MaxError(), R2()]
    let bootstrap = BootstrapInterval(resamples: 50, level: 0.8)
    var stream = RandomStream(seed: 1, .resampling)
    let together = bootstrap.intervals(of: metrics, predictions, data, using: &stream)
    #expect(together == metrics.map { interval(bootstrap, $0, data, predictions) })
    var again = RandomStream(seed: 1, .resampling)
    let values = bootstrap.values(of: metrics, predictions, data, using: &again)
    #expect(values.map(\.count) == [50, 50, 50] && values.map(bootstrap.interval(of:)) == together)
    var third = RandomStream(seed: 1, .resampling)
    #expect(
      bootstrap.standardErrors(of: metrics, predictions, data, using: &third)
        == values.map { Statistics.standardDeviation($0) })
    #expect(again.nextWord() == stream.nextWord())
  }

  @Test("have the standard error of a mean, and count examples by their weights")
  func errors() throws {
    let (data, predictions) = examples(400)
    var stream = RandomStream(seed: 3, .resampling)
    let error = BootstrapInterval(resamples: 2000)
      .standardErrors(of: [MeanSquaredErrorMetric()], predictions, data, using: &stream)[0]
    let squares = zip(predictions.elements, data.targetValues.elements).map { ($0 - $1) * ($0 - $1) }
    let expected = Statistics.standardDeviation(squares) / 20
    #expect((error / expected - 1).magnitude < 0.1)
    // Half of the examples count for nothing: the error grows by √2.
    var halved = data
    halved.weights = (0..<400).map { $0 < 200 ? 3 : 0 }
    let half = BootstrapInterval(resamples: 2000)
      .standardErrors(of: [MeanSquaredErrorMetric()], predictions, halved, using: &stream)[0]
    let rest = Statistics.standardDeviation(Array(squares.prefix(200))) / 200.0.squareRoot()
    #expect((half / rest - 1).magnitude < 0.1)
  }

  @Test("leave out draws without a value, and are none if fewer than two are left")
  func gaps() throws {
    let truth = [0, 0, 0, 0, 1]
    let data = Dataset(
      features: [], inputs: Tensor([], shape: [5, 0]), targets: .classes(truth, names: ["a", "b"]))
    let scores = Tensor([0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.6, 0.4, 0.5, 0.5], shape: [5, 2])
    let bootstrap = BootstrapInterval(resamples: 100)
    var stream = RandomStream(seed: 1, .resampling)
    // A draw without the only example of the second class has no area.
    let values = bootstrap.values(of: [AreaUnderROC()], scores, data, using: &stream)[0]
    #expect(values.count > 40 && values.count < 90 && values.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect(interval(bootstrap, AreaUnderROC(), data, scores) != nil)
    let one = data.subset([0, 1, 2, 3])
    #expect(interval(bootstrap, AreaUnderROC(), one, scores.rows([0, 1, 2, 3])) == nil)
    var second = RandomStream(seed: 1, .resampling)
    #expect(
      bootstrap.standardErrors(of: [AreaUnderROC()], scores.rows([]), data.subset([]), using: &second)[0]
        .isNaN)
    #expect(bootstrap.interval(of: [1]) == nil && bootstrap.interval(of: [1, 1]) == 1...1)
    #expect(bootstrap.interval(of: [.infinity, .infinity]) == nil)
  }

  private struct Percentiles: Decodable {
    let values: [Double]
    let level: Double
    let low: Double
    let high: Double
  }

  @Test("end at the percentiles of NumPy")
  func percentiles() throws {
    let cases: [Percentiles] = try RecordedCases.load("percentiles")
    #expect(cases.count >= 10)
    for recorded in cases {
      let found = try #require(BootstrapInterval(level: recorded.level).interval(of: recorded.values))
      #expect(RecordedCases.agrees(found.lowerBound, recorded.low))
      #expect(RecordedCases.agrees(found.upperBound, recorded.high))
    }
  }
}
