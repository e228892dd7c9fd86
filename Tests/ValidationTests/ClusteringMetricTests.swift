import Components
import Datasets
import Tensors
import Testing
import Validation

@Suite("Metrics of clusters")
struct ClusteringMetricTests {
  private struct Case: Decodable {
    let inputs: [[Double]]
    let clusters: [Int]
    let classes: [Int]
    let silhouettes: [Double]?
    let values: [String: Double?]

    var data: Dataset {
      Dataset(
        features: inputs[0].indices.map { .init(name: "x\($0)") },
        inputs: Tensor(inputs.flatMap(\.self), shape: [inputs.count, inputs[0].count]),
        targets: .classes(classes, names: (0...(classes.max() ?? 0)).map { "\($0)" }))
    }
  }

  private func metric(_ name: String) throws -> any ClusteringMetric {
    try ClusteringMetrics.catalog.decode(RecordedCases.call(name))
  }

  @Test("are those of scikit-learn to twelve digits, with noise and clusters of one example")
  func references() throws {
    let cases: [Case] = try RecordedCases.load("clustering-metrics")
    #expect(cases.count >= 10)
    for (number, recorded) in cases.enumerated() {
      #expect(Set(recorded.values.keys) == Set(ClusteringMetrics.catalog.names))
      for (name, expected) in recorded.values {
        let value = try metric(name).value(recorded.clusters, recorded.data)
        #expect(RecordedCases.agrees(value, expected), "\(name) of case \(number): \(value)")
      }
      let silhouettes = Silhouette.values(recorded.clusters, recorded.data.inputs)
      #expect((silhouettes == nil) == (recorded.silhouettes == nil))
      for (value, expected) in zip(silhouettes ?? [], recorded.silhouettes ?? []) {
        #expect(RecordedCases.agrees(value, expected), "silhouettes of case \(number)")
      }
    }
  }

  @Test("have the name under which they are listed", arguments: ClusteringMetrics.catalog.names)
  func names(name: String) throws { #expect(try metric(name).name == name) }

  @Test(
    "do not depend on the order of examples or the numbers of clusters",
    arguments: ClusteringMetrics.catalog.names)
  func invariance(name: String) throws {
    let metric = try metric(name)
    let cases: [Case] = try RecordedCases.load("clustering-metrics")
    let recorded = cases[2]
    let value = metric.value(recorded.clusters, recorded.data)
    var stream = RandomStream(seed: 4, .shuffling)
    let order = stream.permutation(recorded.clusters.count)
    let shuffled = metric.value(order.map { recorded.clusters[$0] }, recorded.data.subset(order))
    #expect((value - shuffled).magnitude < 1e-12 * value.magnitude)
    let renamed = metric.value(recorded.clusters.map { [7, -1, 30, 2][$0] }, recorded.data)
    #expect((value - renamed).magnitude < 1e-12 * value.magnitude)
  }

  @Test("prefer the true clusters to wrong ones, and know no classes where there are none")
  func truth() throws {
    var stream = RandomStream(seed: 8, .data)
    let data = Blobs(samples: 90, noise: 0.3).dataset(using: &stream)
    let classes = try #require(data.classes)
    let wrong = classes.enumerated().map { $0 % 5 == 0 ? ($1 + 1) % 3 : $1 }
    var values = data
    values.targets = .values(Tensor(repeating: 0, shape: [90, 1]), names: ["y"])
    for name in ClusteringMetrics.catalog.names {
      let metric = try metric(name)
      #expect(metric.direction.isBetter(metric.value(classes, data), than: metric.value(wrong, data)))
      #expect(metric.value(classes, values).isNaN == metric.needsClasses)
    }
    #expect(AdjustedRand().value(classes, data) == 1)
    #expect((NormalizedMutualInformation().value(classes, data) - 1).magnitude < 1e-12)
  }
}
