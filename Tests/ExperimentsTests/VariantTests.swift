import Components
import Datasets
import Experiments
import NeuralNetworks
import Testing

@Suite("Variants, seeds and inheritance")
struct VariantTests {
  private static let base = """
    data: {generate: two-moons, samples: 80}
    split: {test: 0.25, validation: 0.2}
    prepare: [standardize]
    model: [dense(4, tanh), dense(2)]
    train: {epochs: 5}

    """

  private func names(_ text: String) throws -> [String] { try experiment(text).variants.map(\.name) }

  private func run(_ text: String, recipes: [String: String] = [:]) throws -> ExperimentResult {
    try ExperimentRunner(pool: SerialPool()).run(try experiment(text, recipes: recipes))
  }

  @Test("Values are named by the last component of their path, by the full path where two end alike")
  func namesOfValues() throws {
    let data = "data: {generate: two-moons, samples: 80}\n"
    #expect(try names(data + "model: [dense(!each [4, 8], tanh), dense(2)]") == ["units=4", "units=8"])
    #expect(
      try names(data + "model: [dense(!each [4, 8]), dense(!each [2, 3]), dense(2)]").first
        == "model.0.units=4,model.1.units=2")
    #expect(
      try names(
        data + "model: [dense(2)]\ntrain: {optimizer: !each [adam, sgd(momentum: 0.9)], epochs: !each [1, 2]}"
      )
        == [
          "optimizer=adam,epochs=1", "optimizer=adam,epochs=2", "optimizer=sgd(momentum: 0.9),epochs=1",
          "optimizer=sgd(momentum: 0.9),epochs=2",
        ])
  }

  @Test("Names that the author gives are lowercase with hyphens in paths, and as they are in titles")
  func givenNames() throws {
    let found = try experiment(
      "data: {generate: two-moons}\nmodel: !each {One Layer: [dense(2)], Two (deep): [dense(3, tanh), dense(2)]}"
    )
    #expect(found.variants.map(\.name) == ["one-layer", "two-deep"])
    #expect(found.variants.map(\.title) == ["One Layer", "Two (deep)"])
    #expect(try found.variants[1].experiment.strategy([]).estimator.network?.layers.count == 2)
  }

  @Test("Overrides by path change arguments by their label, in calls of any form")
  func overrides() throws {
    let found = try experiment(
      Self.base
        + "variants: {plain: {train.optimizer: adam}, changed: {model.0.units: 9, train.optimizer: adam, train.optimizer.beta1: 0.5, train.class-weights: balanced}}"
    )
    #expect(found.variants.map(\.name) == ["plain", "changed"])
    let (plain, changed) = (
      try found.variants[0].experiment.strategy([]), try found.variants[1].experiment.strategy([])
    )
    #expect((plain.estimator.network?.layers[0] as? Dense)?.units == 4)
    #expect((changed.estimator.network?.layers[0] as? Dense)?.units == 9)
    #expect(changed.estimator.settings?.optimizer as? Adam == Adam(beta1: 0.5))
    #expect(changed.estimator.settings?.classWeights == .balanced)
  }

  @Test("An each within an each is expanded, too")
  func nested() throws {
    #expect(
      try names(
        "data: {generate: two-moons}\nmodel: !each {small: [dense(2)], large: [dense(!each [4, 8]), dense(2)]}"
      )
        == ["small", "large,units=4", "large,units=8"])
  }

  @Test(
    "Whatever is wrong with variants is said at its place",
    arguments: [
      (
        "variants: {a: {train.epoch: 3}}",
        "6:16: error: unknown key \"epoch\" in train (did you mean \"epochs\"?)"
      ),
      ("variants: {a: {seeds: 3}}", "6:16: error: \"seeds\" is the same for all variants"),
      (
        "variants: {a: {trian.epochs: 3}}",
        "6:16: error: unknown key \"trian\" in the recipe (did you mean \"train\"?)"
      ),
      (
        "variants: {a: {model.7.units: 3}}",
        "6:16: error: \"7.units\" leads nowhere: the list there has 2 items (items are counted from 0)"
      ),
      ("variants: {a: {train.epochs.x: 3}}", "6:16: error: \"x\" leads nowhere: there is the number 5"),
      (
        "variants: [a, b]",
        "6:11: error: \"variants\" must be a map from names to what each of them changes, not a list"
      ),
      ("variants: {A b: {}, a-b: {}}", "6:11: error: two variants are called \"a-b\""),
      (
        "compare: {reference: a}",
        "6:10: error: the recipe compares, but has no variants (mark a value, as in train.optimizer: !each [adam, sgd])"
      ),
      (
        "variants: {a: {}, b: {}}\ncompare: {reference: third}",
        "7:22: error: no variant is called \"third\" (known: a, b)"
      ),
      (
        "variants: {a: {}, b: {}}\ncompare: {metrics: [acuracy]}",
        "7:20: error: no value \"acuracy\" (did you mean \"accuracy\"?)"
      ),
      (
        "variants: {a: {}, b: {}}\ncompare: {test: wilcoxon}",
        "7:17: error: a test of differences needs several scores of each variant "
          + "(add seeds: 10, or validate: {k-fold: 5})"
      ),
      (
        "evaluate: !each 3",
        "6:17: error: \"!each\" must be a list of values, or a map from names to values, not the number 3"
      ),
      ("seed: !each [1, 2]", "6:7: error: \"seed\" is the same for all variants"),
      ("seeds: 1", "6:8: error: \"seeds\" must be between 2 and 1000, not 1"),
      (
        "seeds: {count: 3, vary: [weight]}",
        "6:26: error: \"vary\" must be one of: weights, shuffling, dropout, data, split, folds, search, all, "
          + "not \"weight\" (did you mean \"weights\"?)"
      ),
      ("seeds: {vary: [weights]}", "6:8: error: seeds needs the key \"count\""),
      (
        "export: [folds]", "6:9: error: \"export\" names folds, but the recipe has no validate"
      ),
      (
        "export: [modle]",
        "6:10: error: \"export\" must be one of: model, predictions, folds, not \"modle\" "
          + "(did you mean \"model\"?)"
      ),
      (
        "like: other",
        "6:7: error: the document has no experiment \"other\" to be like"
      ),
    ])
  func problems(lines: String, expected: String) {
    #expect(decode(Self.base + lines).problems == ["report.md:" + expected])
  }

  @Test("An experiment like another has its keys, and replaces whole keys or parts of them")
  func inheritance() throws {
    let found = try experiment(
      "like: base\ntrain.epochs: 9\nmodel.0.units: 7\nevaluate: [accuracy]\n",
      recipes: ["base": Self.base + "expect: {test.accuracy: \"> 2\"}"])
    let strategy = try found.strategy([])
    #expect(
      strategy.estimator.settings?.epochs == 9
        && (strategy.estimator.network?.layers[0] as? Dense)?.units == 7)
    #expect(found.expectations.isEmpty && found.split.test == 0.25)
    #expect(
      decode("like: a", recipes: ["a": "like: b", "b": "like: a"]).problems
        == ["report.md:1:7: error: the experiment is like itself: test is like a is like b is like a"])
  }

  @Test("The first repetition is the experiment itself, and means are those of all")
  func repetitions() throws {
    let plain = try run(Self.base)
    let repeated = try run(Self.base + "seeds: 3")
    #expect(repeated.repetitions.count == 3)
    #expect(repeated.repetitions[0].values == plain.values)
    let losses = try #require(repeated.values["test.loss.values"]?.numbers)
    #expect(Set(losses).count == 3)
    #expect(repeated.values["test.loss.mean"] == .real(losses.reduce(0, +) / 3))
    #expect(repeated.values["parameters"] == plain.values["parameters"])
    #expect(repeated.values["train.loss.history.mean"]?.numbers?.count == 5)
    #expect(Set(repeated.experiment.valuePaths) == Set(repeated.values.keys))
  }

  @Test("Repetitions share what they do not vary")
  func sources() throws {
    let shared = try run(Self.base + "seeds: 2")
    let sizes = shared.repetitions.map { $0.fitted?.training ?? [] }
    #expect(sizes[0] == sizes[1])
    let split = try run(Self.base + "seeds: {count: 2, vary: [split]}")
    #expect(split.repetitions[0].fitted?.training != split.repetitions[1].fitted?.training)
    #expect(split.repetitions[0].experiment.data == split.repetitions[1].experiment.data)
    let all = try run(Self.base + "seeds: {count: 2, vary: all}")
    #expect(all.repetitions[0].experiment.data != all.repetitions[1].experiment.data)
    let none = try run(Self.base + "seeds: {count: 2, vary: [dropout]}")
    #expect(none.repetitions[0].values == none.repetitions[1].values)
  }

  @Test("A variant has the values that it has as an experiment of its own, whatever the number of threads")
  func variants() throws {
    let recipe = Self.base + "seeds: 2\nvariants: {plain: {}, longer: {train.epochs: 8}}"
    let expected = try run(recipe)
    let alone = try run(Self.base.replacing("epochs: 5", with: "epochs: 8") + "seeds: 2")
    for (path, value) in alone.values { #expect(expected.values["variants.longer.\(path)"] == value) }
    #expect(Set(expected.experiment.valuePaths) == Set(expected.values.keys))
    let pool = ThreadPool(threads: 3)
    defer { pool.close() }
    #expect(try ExperimentRunner(pool: pool).run(expected.experiment).values == expected.values)
  }

  @Test("Differences are paired over seeds and folds")
  func comparison() throws {
    let result = try run(
      Self.base
        + "seeds: 2\nvalidate: {k-fold: 3}\nvariants: {plain: {}, same: {}, longer: {train.epochs: 40}}")
    #expect(result.values["compare.same.accuracy.difference"] == .real(0))
    #expect(result.values["compare.same.accuracy.p-value"] == .real(1))
    let folds = result.variants.map { $0.result.repetitions.flatMap { $0.folds.map { $0.metrics[0] } } }
    let differences = zip(folds[2], folds[0]).map { $0 - $1 }
    #expect(differences.count == 6)
    #expect(
      result.values["compare.longer.accuracy.difference"]?.number == differences.reduce(0, +) / 6)
  }

  @Test("A variant that fails leaves the others their results")
  func failures() throws {
    let result = try run(
      Self.base.replacing("{epochs: 5}", with: "{epochs: 5, optimizer: sgd, loss: mse}")
        .replacing("two-moons, samples: 80", with: "sine").replacing("dense(2)", with: "dense(1)")
        + "variants: {good: {}, bad: {train.learning-rate: 1e30}}")
    #expect(result.variants.map(\.name) == ["good"])
    #expect(result.failures.count == 1)
    #expect(result.failures[0].sentence.hasPrefix("the variant \"bad\": "))
    #expect(result.values["variants.good.test.loss"] != nil)
  }

  @Test("Names with dots are quoted in paths")
  func quotedNames() throws {
    let rates = try run(
      Self.base.replacing("{epochs: 5}", with: "{epochs: 5, learning-rate: !each [0.1, 0.01]}"))
    #expect(rates.values["variants.\"learning-rate=0.1\".test.loss"] != nil)
    #expect(
      ExperimentResult.value(at: "variants.\"learning-rate=0.1\".train.loss.history.0", in: rates.values)
        != nil)
  }

  @Test("A choice may hold hyperparameters of its own, which count only where it is made")
  func conditional() throws {
    let found = try experiment(
      """
      data: {generate: two-moons, samples: 80}
      model: [dense(2)]
      train: {epochs: 2, optimizer: !choice [adam(beta1: !uniform [0.8, 0.9]), sgd(momentum: !uniform [0.1, 0.5])]}
      search: {trials: 4, sampler: random}
      """)
    #expect(
      found.space.parameters.map(\.name) == [
        "train.optimizer", "train.optimizer.beta1", "train.optimizer.momentum",
      ])
    #expect(try found.strategy([0, 0.85, 0.3]).estimator.settings?.optimizer as? Adam == Adam(beta1: 0.85))
    #expect(
      try found.strategy([1, 0.85, 0.3]).estimator.settings?.optimizer as? StochasticGradientDescent
        == StochasticGradientDescent(momentum: 0.3))
    #expect(
      found.space.recorded([1, 0.85, 0.3]).map(\.name) == ["train.optimizer", "train.optimizer.momentum"])
  }
}
