import Components
import Datasets
import Foundation
import Learners
import Tensors
import Testing

/// Numbers of scikit-learn, written by `Tests/Peers/learners.py`.
private struct Golden: Decodable {
  var inputs: [[Double]]
  var asked: [[Double]]
  var targets: [[Double]]
  var weights: [Double]
  var classes: [Int]
  var binary: [Int]
  var dependent: [[Double]]
  var dependentAsked: [[Double]]
  var expected: [String: [[Double]]]

  static func read() throws -> Golden {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/learners", withExtension: "json"))
    return try JSONDecoder().decode(Golden.self, from: try Data(contentsOf: url))
  }

  func values(_ rows: [[Double]]? = nil, weights: [Double]? = nil) -> Dataset {
    Dataset(
      features: (rows ?? inputs)[0].indices.map { .init(name: "x\($0)") }, inputs: matrix(rows ?? inputs),
      targets: .values(matrix(targets), names: ["a", "b"]), weights: weights)
  }

  func classified(_ classes: [Int], weights: [Double]? = nil) -> Dataset {
    let names = (0...(classes.max() ?? 0)).map { "c\($0)" }
    return Dataset(
      features: inputs[0].indices.map { .init(name: "x\($0)") }, inputs: matrix(inputs),
      targets: .classes(classes, names: names), weights: weights)
  }
}

private func matrix(_ rows: [[Double]]) -> Tensor<Double> {
  Tensor(rows.flatMap(\.self), shape: [rows.count, rows[0].count])
}

@Suite("Learners")
struct LearnerTests {
  private func compare(
    _ name: String, _ learner: any Learner, _ data: Dataset, to tolerance: Double, asked: [[Double]]? = nil
  ) throws {
    let golden = try Golden.read()
    let expected = matrix(try #require(golden.expected[name]))
    let found = learner.fit(data).predict(matrix(asked ?? golden.asked))
    #expect(found.shape == expected.shape)
    for (one, other) in zip(found.elements, expected.elements) {
      #expect((one - other).magnitude <= tolerance * max(1, other.magnitude), "\(name): \(one), not \(other)")
    }
  }

  @Test("Linear functions are those of scikit-learn, weighted, through the origin and of dependent columns")
  func linear() throws {
    let golden = try Golden.read()
    let weighted = golden.values(weights: golden.weights)
    try compare("linear", LinearRegression(), golden.values(), to: 1e-12)
    try compare("linear-weighted", LinearRegression(), weighted, to: 1e-12)
    try compare("linear-origin", LinearRegression(intercept: false), golden.values(), to: 1e-12)
    try compare(
      "linear-dependent", LinearRegression(), golden.values(golden.dependent), to: 1e-11,
      asked: golden.dependentAsked)
    try compare("ridge", Ridge(alpha: 7.5), golden.values(), to: 1e-12)
    try compare("ridge-weighted", Ridge(alpha: 7.5), weighted, to: 1e-12)
    try compare("ridge-origin", Ridge(alpha: 0.3, intercept: false), golden.values(), to: 1e-12)
  }

  @Test("Neighbors vote as in scikit-learn")
  func neighbors() throws {
    let golden = try Golden.read()
    try compare("neighbors", NearestNeighbors(4), golden.values(), to: 1e-12)
    try compare("neighbors-classes", NearestNeighbors(6), golden.classified(golden.classes), to: 1e-12)
  }

  @Test("Logistic regression finds the minimum that scikit-learn finds, for two classes and for more")
  func logistic() throws {
    let golden = try Golden.read()
    let many = golden.classified(golden.classes)
    let weighted = golden.classified(golden.classes, weights: golden.weights)
    let two = golden.classified(golden.binary)
    try compare("logistic", LogisticRegression(c: 0.7), many, to: 1e-7)
    try compare("logistic-weighted", LogisticRegression(c: 2.5), weighted, to: 1e-7)
    try compare("logistic-binary", LogisticRegression(c: 0.7), two, to: 1e-7)
    try compare("logistic-origin", LogisticRegression(c: 0.7, intercept: false), two, to: 1e-7)
  }

  @Test("The baseline gives the mean, or the shares of the classes")
  func baseline() throws {
    let golden = try Golden.read()
    let mean = Baseline().fit(golden.values()).predict(matrix(golden.asked))
    #expect(mean[3, 1] == Statistics.mean(golden.targets.map { $0[1] }))
    let shares = Baseline().fit(golden.classified(golden.binary)).predict(matrix(golden.asked))
    let ones = Double(golden.binary.filter { $0 == 1 }.count)
    #expect(shares[0, 1] == ones / 40 && (shares[0, 0] + shares[0, 1] - 1).magnitude < 1e-15)
  }

  @Test("Correlated errors weigh examples by the inverse of their covariance")
  func covariance() throws {
    // A covariance that is diagonal says the same as errors.
    let golden = try Golden.read()
    var single = golden.values()
    single.targets = .values(matrix(golden.targets.map { [$0[0]] }), names: ["a"])
    var (withErrors, withCovariance) = (single, single)
    withErrors.errors = golden.weights
    var covariance = Tensor<Double>(repeating: 0, shape: [40, 40])
    for index in 0..<40 { covariance[index, index] = golden.weights[index] * golden.weights[index] }
    withCovariance.covariance = covariance
    let asked = matrix(golden.asked)
    let first = LinearRegression().fit(withErrors).predict(asked).elements
    let second = LinearRegression().fit(withCovariance).predict(asked).elements
    let plain = LinearRegression().fit(single).predict(asked).elements
    #expect(zip(first, second).allSatisfy { ($0 - $1).magnitude < 1e-12 })
    #expect(first != plain)
    // A common shift of all points costs little: the constant term takes it up, whatever its size.
    for row in 0..<40 { for column in 0..<40 { covariance[row, column] += 100 } }
    withCovariance.covariance = covariance
    let shifted = LinearRegression().fit(withCovariance).predict(asked).elements
    #expect(zip(shifted, first).allSatisfy { ($0 - $1).magnitude < 1e-9 })
  }

  @Test("Every learner of the catalog decodes, fits and predicts what its targets allow")
  func contract() throws {
    let golden = try Golden.read()
    for component in Learners.catalog.components {
      let place = SourcePosition(file: "", line: 1)
      let node = RecipeNode(.scalar(component.name, isQuoted: false), at: place)
      let learner = try Learners.catalog.decode(node)
      #expect(learner.name == component.name)
      if learner.targets != .classes {
        let fitted = learner.fit(golden.values())
        #expect(fitted.predict(matrix(golden.asked)).shape == [7, 2] && fitted.parameterCount >= 0)
      }
      if learner.targets != .values {
        let shares = learner.fit(golden.classified(golden.classes)).predict(matrix(golden.asked))
        for row in 0..<7 { #expect((shares.row(row).reduce(0, +) - 1).magnitude < 1e-12) }
        // One example's prediction is that of the batch.
        let alone = learner.fit(golden.classified(golden.classes)).predict(matrix([golden.asked[4]]))
        #expect(Array(alone.row(0)) == Array(shares.row(4)))
      }
    }
  }
}

@Suite("Leave one out")
struct LeaveOneOutShortcutTests {
  /// Points of a cubic with noise, some with larger errors.
  private func curve(errors: Bool) -> Dataset {
    var stream = RandomStream(seed: 4, .data)
    let x = (0..<30).map { _ in stream.uniform(-1, 1) }
    let y = x.map { 1 - 2 * $0 + $0 * $0 * $0 + 0.3 * stream.normal() }
    let rows = x.map { [$0, $0 * $0, $0 * $0 * $0] }
    return Dataset(
      features: ["x", "x²", "x³"].map { .init(name: $0) }, inputs: matrix(rows),
      targets: .values(matrix(y.map { [$0] }), names: ["y"]),
      errors: errors ? x.indices.map { 0.1 + 0.02 * Double($0) } : nil)
  }

  @Test("The shortcut equals fits without each example", arguments: [false, true])
  func bruteForce(errors: Bool) throws {
    let data = curve(errors: errors)
    let smoothers: [any LinearSmoother] = [
      LinearRegression(), LinearRegression(intercept: false), Ridge(alpha: 0.8),
    ]
    for smoother in smoothers {
      let shortcut = try #require(LeaveOneOutShortcut(smoother, data))
      for left in 0..<data.count {
        let rest = data.subset((0..<data.count).filter { $0 != left })
        let predicted = smoother.fit(rest).predict(data.inputs.rows([left])).elements[0]
        let residual = data.targetValues.elements[left] - predicted
        #expect((residual - shortcut.residuals[left]).magnitude < 1e-12)
      }
    }
  }

  @Test("Generalized cross-validation counts the parameters, which a penalty lowers")
  func generalized() throws {
    let data = curve(errors: false)
    let plain = try #require(LeaveOneOutShortcut(LinearRegression(), data))
    #expect((plain.effectiveParameters - 4).magnitude < 1e-12)
    let own = LinearRegression().fit(data).predict(data.inputs).elements
    let squares = zip(own, data.targetValues.elements).map { ($0 - $1) * ($0 - $1) }
    let expected = Statistics.mean(squares) / ((1 - 4.0 / 30) * (1 - 4.0 / 30))
    #expect((plain.generalizedError - expected).magnitude < 1e-12)
    let penalized = try #require(LeaveOneOutShortcut(Ridge(alpha: 5), data))
    #expect(penalized.effectiveParameters < 4 && penalized.effectiveParameters > 1)
  }
}
