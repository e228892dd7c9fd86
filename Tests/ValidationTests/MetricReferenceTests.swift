import Components
import Datasets
import Tensors
import Testing
import Validation

/// Examples with the values that scikit-learn and NumPy give, by `Tests/Peers/metrics.py`.
@Suite("Metrics of scikit-learn")
struct MetricReferenceTests {
  private struct ClassCase: Decodable {
    let classes: Int
    let step: Double
    let truth: [Int]
    let numerators: [[Double]]
    let weights: [Double]?
    let values: [String: Double?]

    var data: Dataset {
      Dataset(
        features: [], inputs: Tensor([], shape: [truth.count, 0]),
        targets: .classes(truth, names: (0..<classes).map { "\($0)" }), weights: weights)
    }

    var probabilities: Tensor<Double> {
      Tensor(numerators.joined().map { $0 / step }, shape: [truth.count, classes])
    }
  }

  private struct ValueCase: Decodable {
    let targets: [[Double]]
    let predictions: [[Double]]
    let weights: [Double]?
    let errors: [Double]?
    let covariance: [[Double]]?
    let values: [String: Double?]

    var data: Dataset {
      Dataset(
        features: [], inputs: Tensor([], shape: [targets.count, 0]),
        targets: .values(table(targets), names: targets[0].indices.map { "\($0)" }), errors: errors,
        covariance: covariance.map(table), weights: weights)
    }

    func table(_ rows: [[Double]]) -> Tensor<Double> {
      Tensor(rows.flatMap(\.self), shape: [rows.count, rows[0].count])
    }
  }

  @Test("Metrics of classes agree to twelve digits, with ties, weights and classes that are absent")
  func classes() throws {
    let cases: [ClassCase] = try RecordedCases.load("class-metrics")
    #expect(cases.count >= 20)
    var counts: [String: Int] = [:]
    for (number, recorded) in cases.enumerated() {
      for (text, expected) in recorded.values {
        let metric = try Metrics.catalog.decode(RecordedCases.call(text))
        let value = metric.value(recorded.probabilities, recorded.data)
        #expect(RecordedCases.agrees(value, expected), "\(text) of case \(number): \(value)")
        counts[text.split(separator: " ").first.map(String.init) ?? "", default: 0] += 1
      }
    }
    let names = Metrics.catalog.components.map(\.name).prefix(13)
    for name in names { #expect(counts[name, default: 0] >= 10, "\(name)") }
  }

  @Test("Metrics of values agree to twelve digits, with weights, constant targets and several targets")
  func values() throws {
    let cases: [ValueCase] = try RecordedCases.load("value-metrics")
    #expect(cases.count >= 20)
    var counts: [String: Int] = [:]
    for (number, recorded) in cases.enumerated() {
      for (text, expected) in recorded.values {
        let metric = try Metrics.catalog.decode(RecordedCases.call(text))
        let value = metric.value(recorded.table(recorded.predictions), recorded.data)
        #expect(RecordedCases.agrees(value, expected), "\(text) of case \(number): \(value)")
        counts[text.split(separator: " ").first.map(String.init) ?? "", default: 0] += 1
      }
    }
    // Skill is no metric of scikit-learn.
    for name in Metrics.catalog.names.dropFirst(13) where name != "skill" {
      #expect(counts[name, default: 0] >= 10, "\(name)")
    }
  }

  @Test("Averages of classes are binary for two and macro for more unless said")
  func automatic() throws {
    let cases: [ClassCase] = try RecordedCases.load("class-metrics")
    for recorded in cases {
      let average: ClassAverage = recorded.classes == 2 ? .binary : .macro
      let (data, predictions) = (recorded.data, recorded.probabilities)
      #expect(
        PrecisionScore().value(predictions, data) == PrecisionScore(average: average).value(predictions, data)
      )
      #expect(
        RecallScore().value(predictions, data) == RecallScore(average: average).value(predictions, data))
      #expect(
        FScore(beta: 1).value(predictions, data) == FScore(beta: 1, average: average).value(predictions, data)
      )
      if recorded.classes > 2 {
        #expect(RecallScore(average: .binary).value(predictions, data).isNaN)
      }
    }
  }

  @Test("A confusion matrix has the true class in its rows, and shares of rows, columns and all")
  func confusion() {
    let matrix = ConfusionMatrix(
      truth: [0, 0, 0, 1], predicted: [0, 1, 1, 1], classes: 3, weights: [2, 1, 1, 4])
    #expect(matrix.counts.elements == [2, 2, 0, 0, 4, 0, 0, 0, 0])
    #expect(matrix.truthTotals == [4, 4, 0] && matrix.predictedTotals == [2, 6, 0] && matrix.total == 8)
    #expect(matrix.hits == [2, 4, 0] && matrix.occurring == [0, 1])
    #expect(matrix.normalized(by: .truth).elements == [0.5, 0.5, 0, 0, 1, 0, 0, 0, 0])
    #expect(matrix.normalized(by: .predicted).elements == [1, 1.0 / 3, 0, 0, 2.0 / 3, 0, 0, 0, 0])
    #expect(matrix.normalized(by: .all).elements == [0.25, 0.25, 0, 0, 0.5, 0, 0, 0, 0])
  }
}
