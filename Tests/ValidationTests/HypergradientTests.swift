import Components
import Datasets
import Foundation
import Learners
import NeuralNetworks
import Tensors
import Testing
import Validation

/// Ridge and logistic regression and how they depend on their penalties, written by `Tests/Peers/hypergradients.py`.
private struct Golden: Decodable {
  var inputs: [[Double]]
  var targets: [Double]
  var held: [[Double]]
  var heldTargets: [Double]
  var alpha: Double
  var weights: [Double]
  var derivatives: [Double]
  var loss: Double
  var lossDerivative: Double
  var logistic: [Logistic]

  struct Logistic: Decodable {
    var classes: [Int]
    var heldClasses: [Int]
    var c: Double
    var loss: Double
    var derivative: Double
  }

  static func read() throws -> Golden {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/hypergradients", withExtension: "json"))
    return try JSONDecoder().decode(Golden.self, from: try Data(contentsOf: url))
  }

  /// The examples to learn from, then those that are held out.
  var data: Dataset { values(inputs + held, targets + heldTargets) }
  var training: [Int] { Array(0..<inputs.count) }
  var rest: [Int] { Array(inputs.count..<inputs.count + held.count) }

  /// The decay of a network whose mean squared error is a share of the sum that ridge has.
  var decay: Double { 2 * alpha / Double(inputs.count) }
}

private func values(_ rows: [[Double]], _ targets: [Double]) -> Dataset {
  Dataset(
    features: rows[0].indices.map { .init(name: "x\($0)") },
    inputs: Tensor(rows.flatMap(\.self), shape: [rows.count, rows[0].count]),
    targets: .values(Tensor(targets, shape: [targets.count, 1]), names: ["y"]))
}

/// Examples of a curve in two features.
private func curve(_ count: Int) -> Dataset {
  var stream = RandomStream(seed: 3, .data, 0)
  let rows = (0..<count).map { _ in [stream.uniform(-1, 1), stream.uniform(-1, 1)] }
  let targets = rows.map { row in
    Double.sin(3 * row[0]) + row[0] * row[1] + 0.2 * stream.normal()
  }
  return values(rows, targets)
}

private func relativeError(_ found: Double, _ expected: Double) -> Double {
  (found - expected).magnitude / expected.magnitude
}

@Suite("Hypergradients")
struct HypergradientTests {
  private func strategy(_ settings: TrainingSettings, _ mode: Hypergradients.Mode) -> Strategy {
    var strategy = Strategy(network: Sequential { Dense(1) }, settings: settings)
    strategy.derivatives = StrategyDerivatives([.training(.weightDecay)], mode: mode)
    return strategy
  }

  /// A linear network that gradient descent brings to its minimum.
  private func settings(_ golden: Golden, _ decay: Double? = nil) -> TrainingSettings {
    TrainingSettings(
      loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.2),
      penalty: Penalty(l2: decay ?? golden.decay), epochs: 400, batchSize: .full, precision: .double)
  }

  @Test("ridge: the closed form, the implicit formula and unrolled descent agree")
  func ridge() throws {
    let golden = try Golden.read()
    var closed = Strategy(learner: Ridge(alpha: golden.alpha))
    closed.derivatives = StrategyDerivatives([.learner("alpha")])
    let key = FitKey(seed: 1)
    let fitted = try closed.fit(golden.data, on: golden.training, key: key)
    let derivative = try #require(
      try fitted.derivatives(of: .loss, golden.data, on: golden.rest)?.first)
    #expect(relativeError(derivative, golden.lossDerivative) < 1e-12)
    // The network's decay is the penalty in other units.
    let factor = Double(golden.inputs.count) / 2
    let modes: [Hypergradients.Mode] = [
      .implicit(), .implicit(.neumann(step: 0.3, terms: 400)), .unrolled,
    ]
    for mode in modes {
      let fitted = try strategy(settings(golden), mode).fit(golden.data, on: golden.training, key: key)
      let loss = fitted.scores(golden.data, on: golden.rest, metrics: []).loss
      #expect(relativeError(loss, golden.loss) < 1e-10)
      let found = try #require(
        try fitted.derivatives(of: .meanSquaredError, golden.data, on: golden.rest)?.first)
      #expect(relativeError(found, factor * golden.lossDerivative) < 1e-8, "\(mode)")
    }
  }

  @Test("ridge: the derivative of each weight is that of the normal equations")
  func ridgeWeights() throws {
    let golden = try Golden.read()
    let learner = Ridge(alpha: golden.alpha)
    let training = golden.data.subset(golden.training)
    let tangent = try #require(
      learner.derivative(of: learner.fit(training), by: "alpha", on: training) as? LinearModel)
    let found = tangent.coefficients.elements + tangent.intercepts
    for (found, expected) in zip(found, golden.derivatives) {
      #expect(relativeError(found, expected) < 1e-11)
    }
  }

  @Test("ridge: differences say the same as far as they can")
  func ridgeDifferences() throws {
    let golden = try Golden.read()
    func loss(_ alpha: Double) throws -> Double {
      try Strategy(learner: Ridge(alpha: alpha)).fit(
        golden.data, on: golden.training, key: FitKey(seed: 1)
      ).scores(golden.data, on: golden.rest, metrics: []).loss
    }
    let step = 1e-4
    let difference = try (loss(golden.alpha + step) - loss(golden.alpha - step)) / (2 * step)
    #expect(relativeError(difference, golden.lossDerivative) < 1e-8)
  }

  /// A training of a small network, by the names of what it does.
  private static let trainings: [(name: String, settings: TrainingSettings, smooth: [SmoothSetting])] = {
    func settings(
      _ optimizer: any Optimizer, _ schedule: any Schedule = ConstantSchedule(), decay: Double = 0.01
    ) -> TrainingSettings {
      TrainingSettings(
        loss: .meanSquaredError, optimizer: optimizer, schedule: schedule, penalty: Penalty(l2: decay),
        epochs: 6, batchSize: .samples(7), precision: .double)
    }
    let both: [SmoothSetting] = [.learningRate, .weightDecay]
    return [
      ("sgd", settings(.sgd(learningRate: 0.1)), both),
      ("momentum", settings(.sgd(learningRate: 0.05, momentum: 0.8)), SmoothSetting.allCases),
      (
        "nesterov", settings(.sgd(learningRate: 0.05, momentum: 0.8, isNesterov: true)),
        SmoothSetting.allCases
      ),
      (
        "momentum of pytorch",
        settings(.sgd(learningRate: 0.05, momentum: 0.8, preset: .pytorch), CosineSchedule(minimum: 0.001)),
        SmoothSetting.allCases
      ),
      ("cosine", settings(.sgd(learningRate: 0.1), CosineSchedule(warmUp: 1, minimum: 0.01)), both),
      ("adam", settings(.adam(learningRate: 0.02)), both),
      ("adam of pytorch", settings(.adam(learningRate: 0.02, isAMSGrad: true, preset: .pytorch)), both),
      ("adamw", settings(.adamW(learningRate: 0.02, weightDecay: 0.1), decay: 0), both),
    ]
  }()

  @Test(
    "a small network: what is unrolled is the slope of the trained validation loss",
    arguments: trainings.map(\.name))
  func unrolled(name: String) throws {
    let training = try #require(Self.trainings.first { $0.name == name })
    let data = curve(60)
    func fitted(_ settings: TrainingSettings, derived: Bool) throws -> FittedStrategy {
      let network = Sequential {
        Dense(5, activation: .tanh)
        Dropout(0.1)
        Dense(1)
      }
      var strategy = Strategy(preparations: [Standardize()], network: network, settings: settings)
      if derived { strategy.derivatives = StrategyDerivatives(training.smooth.map { .training($0) }) }
      return try strategy.fit(data, on: Array(0..<40), key: FitKey(seed: 4))
    }
    let held = Array(40..<60)
    func loss(_ settings: TrainingSettings) throws -> Double {
      let metrics: [any Metric] = [RootMeanSquaredError()]
      return try fitted(settings, derived: false).scores(data, on: held, metrics: metrics).metrics[0]
    }
    let derivatives = try #require(
      try fitted(training.settings, derived: true).derivatives(
        of: .rootMeanSquaredError, data, on: held))
    #expect(derivatives.count == training.smooth.count)
    for (setting, derivative) in zip(training.smooth, derivatives) {
      let value = try #require(training.settings.value(of: setting))
      let step = 1e-5 * value
      let above = try loss(training.settings.with(setting, value + step))
      let below = try loss(training.settings.with(setting, value - step))
      let difference = (above - below) / (2 * step)
      // Rounding of the loss divided by the step: what differences can tell.
      let tolerance = 1e-6 * difference.magnitude + 1e-15 / step
      #expect((derivative - difference).magnitude < tolerance, "\(setting): \(derivative), \(difference)")
    }
  }

  @Test("restored epochs keep the derivatives that they had")
  func restored() throws {
    let data = curve(60)
    var settings = Self.trainings[1].settings
    settings.epochs = 60
    settings.optimizer.learningRate = 0.15
    settings.earlyStopping = EarlyStopping(patience: 3)
    func fitted(_ rate: Double) throws -> FittedStrategy {
      var strategy = Strategy(
        network: Sequential {
          Dense(9, activation: .tanh); Dense(1)
        },
        settings: settings.with(.learningRate, rate), validation: 0.4)
      strategy.derivatives = StrategyDerivatives([.training(.learningRate)])
      return try strategy.fit(data, on: Array(0..<60), key: FitKey(seed: 2))
    }
    let middle = try fitted(0.15)
    #expect(middle.history.bestEpoch < middle.history.epochs)
    func loss(_ rate: Double) throws -> Double {
      let fitted = try fitted(rate)
      #expect(fitted.history.bestEpoch == middle.history.bestEpoch)
      return fitted.scores(data, on: fitted.validation, metrics: []).loss
    }
    let difference = try (loss(0.15 + 1e-6) - loss(0.15 - 1e-6)) / 2e-6
    let derivative = try #require(
      try middle.derivatives(of: .loss, data, on: middle.validation)?.first)
    #expect(relativeError(derivative, difference) < 1e-5)
  }

  @Test("a training in single precision has the derivatives of one in double, to its own rounding")
  func float() throws {
    let data = curve(60)
    func derivatives(_ precision: Precision) throws -> [Double] {
      var settings = Self.trainings[1].settings
      settings.precision = precision
      var strategy = Strategy(
        network: Sequential {
          Dense(5, activation: .tanh); Dense(1)
        }, settings: settings)
      strategy.derivatives = StrategyDerivatives(SmoothSetting.allCases.map { .training($0) })
      let fitted = try strategy.fit(data, on: Array(0..<40), key: FitKey(seed: 4))
      return try #require(try fitted.derivatives(of: .loss, data, on: Array(40..<60)))
    }
    for (single, double) in zip(try derivatives(.float), try derivatives(.double)) {
      #expect(relativeError(single, double) < 1e-4)
    }
  }

  @Test(
    "logistic regression: the derivative of the log-loss is that of the implicit function", arguments: [0, 1])
  func logistic(index: Int) throws {
    let golden = try Golden.read()
    let expected = golden.logistic[index]
    let data = Dataset(
      features: golden.data.features, inputs: golden.data.inputs,
      targets: .classes(expected.classes + expected.heldClasses, names: (0..<index + 2).map { "c\($0)" }))
    var strategy = Strategy(learner: LogisticRegression(c: expected.c))
    strategy.derivatives = StrategyDerivatives([.learner("c")])
    let fitted = try strategy.fit(data, on: golden.training, key: FitKey(seed: 3))
    let loss = fitted.scores(data, on: golden.rest, metrics: [LogLoss()]).metrics[0]
    #expect(relativeError(loss, expected.loss) < 1e-9)
    let found = try #require(try fitted.derivatives(of: .logLoss, data, on: golden.rest)?.first)
    #expect(relativeError(found, expected.derivative) < 1e-7)
  }

  @Test("classes: networks, against differences", arguments: [2, 3])
  func classes(count: Int) throws {
    let points = curve(80)
    let classes = points.targetValues.elements.map { value in
      min(count - 1, value > 0.5 ? 2 : value > -0.2 ? 1 : 0)
    }
    let data = Dataset(
      features: points.features, inputs: points.inputs,
      targets: .classes(classes, names: (0..<count).map { "c\($0)" }))
    let (training, held) = (Array(0..<50), Array(50..<80))
    func loss(_ strategy: Strategy) throws -> Double {
      try strategy.fit(data, on: training, key: FitKey(seed: 3)).scores(
        data, on: held, metrics: [LogLoss()]
      ).metrics[0]
    }
    func derivative(_ strategy: Strategy, _ setting: StrategyDerivatives.Setting) throws -> Double {
      var strategy = strategy
      strategy.derivatives = StrategyDerivatives([setting])
      let fitted = try strategy.fit(data, on: training, key: FitKey(seed: 3))
      return try #require(try fitted.derivatives(of: .logLoss, data, on: held)?.first)
    }
    func network(_ rate: Double) -> Strategy {
      Strategy(
        network: Sequential {
          Dense(4, activation: .tanh); Dense(count)
        },
        settings: TrainingSettings(
          loss: .crossEntropy, optimizer: .sgd(learningRate: rate), epochs: 5, batchSize: .samples(10),
          precision: .double))
    }
    let change = try (loss(network(0.2 + 1e-6)) - loss(network(0.2 - 1e-6))) / 2e-6
    #expect(try relativeError(derivative(network(0.2), .training(.learningRate)), change) < 1e-6)
  }

  @Test("inverse products are damped where a matrix is not positive")
  func damping() {
    let matrix = [[2.0, 0.5, 0], [0.5, 1, 0.1], [0, 0.1, 3]]
    func product(_ rows: [[Double]]) -> ([Double]) -> [Double] {
      { x in rows.map { row in zip(row, x).reduce(0) { $0 + $1.0 * $1.1 } } }
    }
    let side = [1.0, -2, 0.5]
    for series in [InverseSeries.conjugateGradients, .neumann(step: 0.4, terms: 400)] {
      let solution = series.solution(side, multiply: product(matrix))
      for (found, expected) in zip(product(matrix)(solution), side) {
        #expect((found - expected).magnitude < 1e-12)
      }
    }
    let saddle = [[2.0, 0, 0], [0, -1e-3, 0], [0, 0, 1]]
    let solution = InverseSeries.conjugateGradients.solution([1, 1, 1], multiply: product(saddle))
    #expect(solution.allSatisfy { $0 > 0 && $0.isFinite })
  }

  @Test("what has no derivative says so before anything is computed")
  func refusals() throws {
    func problem(
      _ optimizer: any Optimizer, _ smooth: SmoothSetting = .weightDecay,
      mode: Hypergradients.Mode = .unrolled, clip: GradientClip? = nil, averaging: Double? = nil,
      l1: Double = 0, layers: [any Layer] = []
    ) -> String? {
      let settings = TrainingSettings(
        loss: .meanSquaredError, optimizer: optimizer, penalty: Penalty(l1: l1), gradientClip: clip,
        averaging: averaging, epochs: 1)
      var strategy = Strategy(network: Sequential(layers + [Dense(1)]), settings: settings)
      strategy.derivatives = StrategyDerivatives([.training(smooth)], mode: mode)
      do throws(NetworkError) {
        _ = try strategy.fit(curve(8), on: Array(0..<8), key: FitKey(seed: 1))
        return nil
      } catch { return error.sentence }
    }
    let start = "there is no hypergradient of "
    let steps = "the steps of rmsprop: those of sgd, adam and adamw have one"
    #expect(problem(RMSprop()) == start + steps)
    #expect(problem(.adam(), .momentum) == start + "momentum: adam has none")
    #expect(problem(.adam(), clip: .value(1)) == start + "the steps: gradient-clip is not followed")
    #expect(problem(.adam(), averaging: 0.9) == start + "the steps: average-weights is not followed")
    let unrolled = ": take mode: unrolled"
    #expect(
      problem(.adam(), .learningRate, mode: .implicit()) == start
        + "learning-rate: the minimum of the loss does not depend on it" + unrolled)
    #expect(
      problem(.adamW(), mode: .implicit()) == start
        + "weight-decay: adamw lets weights shrink beside the loss" + unrolled)
    #expect(
      problem(.adam(), mode: .implicit(), l1: 0.1) == start + "the loss: l1 has a kink at its minimum"
        + unrolled)
    #expect(
      problem(.adam(), mode: .implicit(), layers: [Dense(3), Dropout(0.5)]) == start
        + "the loss: with dropout it has no minimum" + unrolled)
    #expect(
      problem(.adam(), layers: [Dense(3), BatchNormalization()]) == start
        + "the network: its running means, as of batch-norm, are not followed")
  }
}
