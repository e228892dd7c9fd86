import Components
import Datasets
import Experiments
import Foundation
import NeuralNetworks
import Search
import Testing

@Suite("Reading recipes")
struct DecodingTests {
  private func layers(_ text: String, assignment: Assignment = []) throws -> [String] {
    let network = try #require(try experiment(text).strategy(assignment).estimator.network)
    return network.layers.map { layer in
      if let dense = layer as? Dense { return "dense \(dense.units) \(dense.activation)" }
      return (layer as? Dropout).map { "dropout \($0.rate)" } ?? layer.name
    }
  }

  @Test("A model is a list of calls, in flow or block style, by place or by name")
  func models() throws {
    let expected = ["dense 16 tanh", "dropout 0.1", "dense 3 linear"]
    let data = "data: {generate: blobs, samples: 60}\n"
    #expect(try layers(data + "model: [dense(16, tanh), dropout(0.1), dense(3)]") == expected)
    #expect(try layers(data + "model:\n  - dense(16, tanh)\n  - dropout(0.1)\n  - dense(3)") == expected)
    #expect(
      try layers(
        data + "model:\n  - dense: {units: 16, activation: tanh}\n  - dropout: 0.1\n  - dense(units=3)")
        == expected)
  }

  @Test("Optimizers and numbers are read by their declared types")
  func optimizers() throws {
    let recipe = "data: {generate: blobs}\nmodel: [dense(3)]\ntrain: "
    let adam = try experiment(recipe + "{optimizer: adam(beta1: 0.8), learning-rate: 1e-4}").strategy([])
    #expect(adam.estimator.settings?.optimizer as? Adam == Adam(learningRate: 1e-4, beta1: 0.8))
    let plain = try experiment(recipe + "{optimizer: sgd}").strategy([])
    #expect(plain.estimator.settings?.optimizer as? StochasticGradientDescent == StochasticGradientDescent())
    let full = try experiment(recipe + "{batch-size: full, epochs: 1e2}").strategy([])
    #expect(full.estimator.settings?.batchSize == .full && full.estimator.settings?.epochs == 100)
    let stopping = try experiment(recipe + "{early-stopping: {window: 3, patience: 7}}").strategy([])
    #expect(
      stopping.estimator.settings?.earlyStopping == EarlyStopping(window: 3, patience: 7)
        && stopping.validation == 0.2)
    #expect(try experiment(recipe + "{early-stopping: none}").strategy([]).validation == nil)
  }

  @Test("Schedules, penalties and clipping are read from train")
  func training() throws {
    func settings(_ train: String) throws -> TrainingSettings {
      try #require(
        try experiment("data: {generate: blobs}\nmodel: [dense(3)]\ntrain: {\(train)}").strategy([])
          .estimator.settings)
    }
    let plain = try settings("epochs: 3")
    #expect(plain.schedule is ConstantSchedule && plain.penalty == .none && plain.gradientClip == nil)
    let given = try settings(
      "schedule: cosine(period: 10, warm-up: 2), weight-decay: 0.1, l1: 0.01, gradient-clip: 1, "
        + "average-weights: 0.99")
    #expect(given.schedule as? CosineSchedule == CosineSchedule(period: 10, warmUp: 2))
    #expect(given.penalty == Penalty(l2: 0.1, l1: 0.01) && given.averaging == 0.99)
    #expect(given.gradientClip == .globalNorm(1))
    #expect(try settings("gradient-clip: {value: 0.5}").gradientClip == .value(0.5))
    #expect(try settings("gradient-clip: {norm: 0.5}").gradientClip == .norm(0.5))
    #expect(try settings("gradient-clip: {global-norm: 2}").gradientClip == .globalNorm(2))
    // Where weights shrink by themselves, that is what their decay means.
    let decoupled = try settings("optimizer: adamw, weight-decay: 0.1")
    #expect((decoupled.optimizer as? AdamW)?.weightDecay == 0.1 && decoupled.penalty == .none)
    #expect(try settings("optimizer: l-bfgs(history: 5), batch-size: full").optimizer is LimitedMemoryBFGS)
  }

  @Test("A preset changes the defaults and not what is given")
  func presets() throws {
    let found = try experiment(
      "data: {generate: blobs}\nmodel: [dense(3)]\n"
        + "train: {optimizer: rmsprop(rho: 0.8, preset: pytorch), schedule: exponential(0.9)}")
    #expect(
      try found.strategy([]).estimator.settings?.optimizer as? RMSprop
        == RMSprop(learningRate: 0.01, rho: 0.8, epsilon: 1e-8, preset: .pytorch))
    func setting(_ path: String) -> String? { found.settings.first { $0.path == path }?.value }
    #expect(setting("train.optimizer.rho") == "0.8" && setting("train.optimizer.epsilon") == "1e-08")
    #expect(setting("train.learning-rate") == "0.01" && setting("train.schedule.gamma") == "0.9")
  }

  @Test("A schedule that watches the validation loss has a validation part")
  func plateaus() throws {
    let found = try experiment(
      "data: {generate: blobs}\nmodel: [dense(3)]\ntrain: {schedule: reduce-on-plateau(patience: 3)}")
    #expect(try found.strategy([]).validation == 0.2)
  }

  @Test("A minimizer sees all data, whatever the batch size is otherwise")
  func minimizers() throws {
    let found = try experiment("data: {generate: blobs}\nmodel: [dense(3)]\ntrain: {optimizer: bfgs}")
    func setting(_ path: String) -> String? { found.settings.first { $0.path == path }?.value }
    #expect(setting("train.batch-size") == "full" && setting("train.shuffle") == nil)
  }

  @Test("A column may be called no")
  func columnsNamedNo() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "lectern-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("x,no\n1,a\n2,b\n3,a\n4,b\n".utf8).write(to: folder.appending(path: "a.csv"))
    let (found, problems) = decode(
      "data: {csv: a.csv, target: no}\nmodel: [dense(2)]", folder: folder.path())
    #expect(problems == [] && found?.data.classNames == ["a", "b"])
    let (_, unknown) = decode("data: {csv: a.csv, target: yes}\nmodel: [dense(2)]", folder: folder.path())
    #expect(unknown == ["report.md:1:28: error: the data have no column \"yes\" (known: x, no)"])
  }

  @Test("Hyperparameters are named by their paths and stand where their values would")
  func hyperparameters() throws {
    for model in ["[dense(!int [8, 64], tanh), dense(3)]", "\n  - dense(!int [8, 64], tanh)\n  - dense(3)"] {
      let found = try experiment(
        """
        data: {generate: blobs, samples: 60}
        model: \(model)
        prepare: [polynomial(degree: !choice [1, 3])]
        train: {learning-rate: !log-uniform [1e-4, 1e-1], optimizer: adam(beta1: !uniform [0.5, 0.9])}
        search: {trials: 3}
        """)
      let names = found.space.parameters.map(\.name)
      #expect(
        names == [
          "prepare.0.degree", "model.0.units", "train.learning-rate", "train.optimizer.beta1",
        ])
      #expect(found.space.parameters[1].distribution == .integer(low: 8, high: 64, step: 1, isLog: false))
      #expect(found.space.parameters[2].distribution == .real(low: 1e-4, high: 1e-1, isLog: true))
      let strategy = try found.strategy([1, 20, 0.003, 0.7])
      #expect((strategy.estimator.network?.layers[0] as? Dense)?.units == 20)
      #expect(strategy.estimator.settings?.optimizer as? Adam == Adam(learningRate: 0.003, beta1: 0.7))
      #expect(try strategy.preparations[0].outline(DataOutline(found.data)).features.count == 9)
    }
    let steps = try experiment(
      "data: {generate: blobs}\nmodel: [dense(!int [16, 128, step 16]), dense(3)]\nsearch: {sampler: random}")
    #expect(steps.space.parameters[0].distribution == .integer(low: 16, high: 128, step: 16, isLog: false))
  }

  @Test("Parameters of the document stand anywhere")
  func parameters() throws {
    let found = try experiment(
      "data: {generate: blobs}\nmodel: [dense(!param width, !param kind), dense(3)]\ntrain: {epochs: !param epochs}",
      parameters: ["width": .integer(5), "kind": .text("relu"), "epochs": .integer(3)])
    let strategy = try found.strategy([])
    #expect(
      strategy.estimator.settings?.epochs == 3
        && (strategy.estimator.network?.layers[0] as? Dense)?.activation == .relu)
    #expect((strategy.estimator.network?.layers[0] as? Dense)?.units == 5)
  }

  @Test("The settings in force tell what was given and what is the default")
  func settings() throws {
    let found = try experiment(
      "data: {generate: blobs}\nmodel: [dense(3)]\ntrain: {epochs: 5, optimizer: adam(beta1: 0.8)}")
    func setting(_ path: String) -> String? {
      found.settings.first { $0.path == path }.map { "\($0.value), \($0.isGiven ? "given" : "default")" }
    }
    #expect(setting("train.epochs") == "5, given" && setting("train.batch-size") == "32, default")
    #expect(setting("train.optimizer.beta1") == "0.8, given")
    #expect(setting("train.optimizer.beta2") == "0.999, default")
    #expect(setting("seed") == "7, default" && setting("precision") == "float, default")
  }
}

@Suite("Expectations")
struct ExpectationTests {
  private func expectation(_ text: String, isQuoted: Bool = true) throws -> Experiments.Expectation {
    try Experiments.Expectation(
      path: "p", RecipeNode(.scalar(text, isQuoted: isQuoted), at: SourcePosition(file: "a.md", line: 1)))
  }

  @Test("are comparisons, intervals, truth values and texts")
  func grammar() throws {
    let cases: [(String, met: [RecordedValue], missed: [RecordedValue])] = [
      (">= 0.9", [.real(0.9), .integer(1)], [.real(0.89), .real(.nan), .text("1")]),
      (">0.9", [.real(0.91)], [.real(0.9)]),
      ("<= 1e-3", [.real(1e-3), .real(-.infinity)], [.real(2e-3), .real(.nan)]),
      ("< 3", [.integer(2)], [.integer(3)]),
      ("== 3", [.integer(3), .real(3)], [.integer(4), .real(.nan)]),
      ("0.95 ± 0.02", [.real(0.95), .real(0.9375)], [.real(0.98), .real(.nan)]),
      ("10 +- 2", [.real(8), .real(12), .integer(9)], [.real(12.5)]),
      ("tanh", [.text("tanh")], [.text("relu"), .boolean(true)]),
    ]
    for (text, met, missed) in cases {
      let expectation = try expectation(text)
      for value in met { #expect(expectation.isMet(by: value), "\(text), \(value)") }
      for value in missed { #expect(!expectation.isMet(by: value), "\(text), \(value)") }
    }
    #expect(try expectation("true", isQuoted: false).isMet(by: .boolean(true)))
    #expect(try !expectation("true", isQuoted: false).isMet(by: .boolean(false)))
    #expect(try expectation("12", isQuoted: false).isMet(by: .integer(12)))
  }

  @Test("that nobody can mean are refused", arguments: ["", ">= high", "> = 3", "0.9 ± wide", "== "])
  func nonsense(text: String) {
    #expect(throws: Problem.self) { try expectation(text) }
  }
}
