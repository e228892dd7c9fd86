import Components
import Experiments
import Testing

@Suite("Problems of recipes")
struct ProblemTests {
  private static let search = "search: {trials: 3}\n"
  private static let rate = "train: {learning-rate: !uniform [0.1, 0.2]}"

  /// Lines that follow data and model, and the only problem that they have.
  private static let linesCases: [(String, String)] = [
    ("lodel: 3", "3:1: error: unknown key \"lodel\" in the recipe (did you mean \"model\"?)"),
    ("train: {epoch: 3}", "3:9: error: unknown key \"epoch\" in train (did you mean \"epochs\"?)"),
    ("train: {epochs: 0}", "3:17: error: \"epochs\" must be at least 1, not 0"),
    ("train: {epochs: 1.5}", "3:17: error: \"epochs\" must be a whole number, not the number 1.5"),
    ("train: {epochs: many}", "3:17: error: \"epochs\" must be a whole number, not \"many\""),
    ("train: 5", "3:8: error: \"train\" must be a map of settings, not the number 5"),
    ("train: {shuffle: no}", "3:18: error: \"shuffle\" must be true or false, not \"no\""),
    ("train: {batch-size: 0}", "3:21: error: \"batch-size\" must be at least 1, or full, not 0"),
    ("train: {batch-size: ful}", "3:21: error: \"batch-size\" must be a whole number or full, not \"ful\""),
    ("train: {optimizer: adm}", "3:20: error: unknown optimizer \"adm\" (did you mean \"adam\"?)"),
    ("train: {optimizer: [adam]}", "3:20: error: a list does not name an optimizer"),
    (
      "train: {optimizer: adam(beta3: 0.8)}",
      "3:25: error: adam has no parameter \"beta3\" (did you mean \"beta1\"?)"
    ),
    (
      "train: {optimizer: adam(beta1: 1.5)}", "3:32: error: \"beta1\" must be at least 0 and below 1, not 1.5"
    ),
    (
      "train: {optimizer: adam(1, 2, 3, 4, 5, 6, 7)}",
      "3:43: error: adam takes at most 6 arguments (learning-rate, beta1, beta2, epsilon, amsgrad, preset)"
    ),
    (
      "train: {optimizer: adam(preset: torch)}",
      "3:33: error: \"preset\" must be one of: keras, pytorch, not \"torch\" (did you mean \"pytorch\"?)"
    ),
    (
      "train: {learning-rate: -0.1}",
      "3:24: error: \"learning-rate\" must be above 0 and finite, not -0.1"
    ),
    (
      "train: {optimizer: sgd(learning-rate: .inf)}",
      "3:39: error: \"learning-rate\" must be above 0 and finite, not .inf"
    ),
    ("train: {schedule: step}", "3:19: error: step needs \"step-size\", a whole number, at least 1"),
    (
      "train: {schedule: cosin}", "3:19: error: unknown schedule \"cosin\" (did you mean \"cosine\"?)"
    ),
    (
      "train: {gradient-clip: {norms: 1}}",
      "3:24: error: \"gradient-clip\" must be a number, or one of value, norm and global-norm with a number, "
        + "not a map"
    ),
    ("train: {gradient-clip: 0}", "3:24: error: \"gradient-clip\" must be above 0 and finite, not 0"),
    ("train: {l1: -1}", "3:13: error: \"l1\" must be at least 0 and finite, not -1"),
    (
      "train: {average-weights: 1}", "3:26: error: \"average-weights\" must be at least 0 and below 1, not 1"
    ),
    (
      "train: {weight-decay: 0.1, optimizer: adamw(weight-decay: 0.1)}",
      "3:23: error: \"weight-decay\" and \"optimizer\" exclude each other: both give the decay of weights"
    ),
    (
      "train: {optimizer: l-bfgs, batch-size: 32}",
      "3:40: error: \"batch-size\" and \"l-bfgs\" exclude each other: l-bfgs minimizes over all data at once"
    ),
    ("train: {optimizer: adam(beta1: 0.8, beta1: 0.9)}", "3:37: error: adam is given \"beta1\" twice"),
    (
      "train: {learning-rate: 0.1, optimizer: adam(learning-rate: 0.1)}",
      "3:24: error: \"learning-rate\" and \"optimizer\" exclude each other: both give the step size"
    ),
    ("train: {loss: mse}", "3:15: error: mse needs a number as target, but the data have classes"),
    (
      "train: {loss: crossentropy}",
      "3:15: error: unknown loss \"crossentropy\" (did you mean \"cross-entropy\"?)"
    ),
    (
      "train: {initializer: he}",
      "3:22: error: unknown initializer \"he\" (known: he-uniform, he-normal)"
    ),
    ("train: {early-stopping: {patience: 0}}", "3:36: error: \"patience\" must be at least 1, not 0"),
    (
      "train: {early-stopping: {monitor: loss}}",
      "3:35: error: \"monitor\" must be one of: validation.loss, not \"loss\""
    ),
    (
      rate,
      "3:24: error: \"train.learning-rate\" is a hyperparameter, but the recipe has no search "
        + "(add search: {sampler: tpe, trials: 30})"
    ),
    (
      "search: {trials: 3}",
      "3:9: error: the recipe has a search, but no hyperparameter "
        + "(mark one, as in learning-rate: !log-uniform [1e-4, 1e-1])"
    ),
    (
      search + "train: {learning-rate: !unifrom [0.1, 0.2]}",
      "4:24: error: unknown tag \"!unifrom\" (did you mean \"!uniform\"?)"
    ),
    (
      search + "train: {learning-rate: !log-uniform [0, 1]}",
      "4:37: error: the interval of \"train.learning-rate\" has no logarithm at 0 "
        + "(begin above 0, as in [1e-6, 1], or leave out the logarithm)"
    ),
    (
      search + "train: {learning-rate: !uniform [0.1, .inf]}",
      "4:33: error: the interval of \"train.learning-rate\" needs finite numbers"
    ),
    (
      search + "train: {learning-rate: !uniform [0.1]}",
      "4:33: error: the interval of \"train.learning-rate\" needs two numbers, the least and the greatest"
    ),
    (
      search + "train: {epochs: !int [1, 4, step 7]}",
      "4:22: error: the interval of \"train.epochs\" holds one value only, with steps of 7"
    ),
    (
      search + "train: {learning-rate: !choice [0.1, !uniform [0.3, 0.2]]}",
      "4:47: error: the interval of \"train.learning-rate.1\" is empty: 0.3 is not below 0.2 "
        + "(the least comes first: [0.2, 0.3])"
    ),
    (
      search + "train: {learning-rate: !normal [0.1, 0]}",
      "4:32: error: the interval of \"train.learning-rate\" needs a mean and a standard deviation above 0"
    ),
    (
      search + "train: {learning-rate: !normal [0.1, 0.1]}",
      "4:24: error: \"learning-rate\" must be above 0 and finite, not -0.30000000000000004"
    ),
    (
      "search: {objective: test.accuracy}\n" + rate,
      "3:21: error: a search cannot look at \"test.accuracy\": the test part is scored once at the end "
        + "(use a validation or cv value)"
    ),
    (
      "search: {pruner: wilcoxon}\n" + rate,
      "3:18: error: the pruner stops trials between folds, but a trial here is a single fit "
        + "(add validate: {k-fold: 5}, or stop networks with steps: epochs)"
    ),
    (
      "search: {pruner: {patient: {pruner: wilcoxon}}}\n" + rate,
      "3:18: error: the pruner stops trials between folds, but a trial here is a single fit "
        + "(add validate: {k-fold: 5}, or stop networks with steps: epochs)"
    ),
    (
      "search: {pruner: median, steps: folds}\n" + rate,
      "3:18: error: the pruner stops trials between folds, but a trial here is a single fit "
        + "(add validate: {k-fold: 5}, or stop networks with steps: epochs)"
    ),
    (
      "search: {objective: acuracy}\n" + rate,
      "3:21: error: no value \"acuracy\" (did you mean \"accuracy\"?)"
    ),
    (
      "search: {objective: cv.accuracy.mean}\n" + rate,
      "3:21: error: no value \"cv.accuracy.mean\" (known: accuracy, loss, parameters)"
    ),
    ("search: {sampler: tpee}\n" + rate, "3:19: error: unknown sampler \"tpee\" (did you mean \"tpe\"?)"),
    (
      "search: {direction: maximise}\n" + rate,
      "3:21: error: \"direction\" must be one of: minimize, maximize, not \"maximise\" (did you mean \"maximize\"?)"
    ),
    ("search: {trials: 0}\n" + rate, "3:18: error: \"trials\" must be at least 1, not 0"),
    (
      "expect: {test.accuracy: \">= 0.9\"}",
      "3:25: error: no value \"test.accuracy\" (did you mean \"train.accuracy\"?)"
    ),
    (
      "expect: {train.acuracy: \">= 0.9\"}",
      "3:25: error: no value \"train.acuracy\" (did you mean \"train.accuracy\"?)"
    ),
    (
      "expect: {train.accuracy: \">= high\"}",
      "3:26: error: \">= high\" is not an expectation (write \">= 0.9\", \"0.95 ± 0.02\", [0.9, 1] or true)"
    ),
    ("expect: \">= 0.9\"", "3:9: error: \"expect\" must be a map of expectations, not \">= 0.9\""),
    ("evaluate: [mse]", "3:12: error: mse needs a number as target, but the data have classes"),
    ("evaluate: accuracy", "3:11: error: \"evaluate\" must be a list of metrics, not \"accuracy\""),
    ("closure-test: {levels: [3]}", "3:24: error: \"levels\" must be levels 0, 1 or 2, not [3]"),
    (
      "closure-test: {levels: [1]}",
      "3:15: error: closure-test needs data that follow a law (as in data: {law: \"x^0.7*(1-x)^3\", "
        + "points: {range: [0.1, 0.9], count: 50}, noise: {relative: 0.05}})"
    ),
    (
      "show: [summary, loss-curve]",
      "3:17: error: unknown figure or table \"loss-curve\" (did you mean \"loss-curves\"?)"
    ),
    ("show: {a: 1}", "3:7: error: \"show\" must be a list of figures and tables, not a map"),
    ("split: {test: 1.5}", "3:15: error: \"test\" must be between 0 and 1, not 1.5"),
    ("split: {test: 0.0001}", "3:8: error: the test part would have 0 examples"),
    ("split: {validation: 0.0001}", "3:8: error: the validation part would have 0 examples"),
    ("split: {validation: 0.9999}", "3:8: error: the training part would have 0 examples"),
    ("split: {tset: 0.1}", "3:9: error: unknown key \"tset\" in split (did you mean \"test\"?)"),
    ("validate: {k-fold: 1}", "3:20: error: \"k-fold\" must be at least 2, not 1"),
    ("validate: {stratified: true}", "3:11: error: validate needs the key \"k-fold\""),
    ("validate: {k-fold: 501}", "3:20: error: k-fold needs at least 501 examples, but there are 500"),
    (
      "prepare: [standardise]",
      "3:11: error: unknown preparation \"standardise\" (did you mean \"standardize\"?)"
    ),
    ("prepare: standardize", "3:10: error: \"prepare\" must be a list, not \"standardize\""),
    ("prepare: [polynomial(degree: 30)]", "3:30: error: \"degree\" must be between 1 and 20, not 30"),
    ("seed: -1", "3:7: error: \"seed\" must be at least 0, not -1"),
    ("seed: x", "3:7: error: \"seed\" must be a whole number, not \"x\""),
    ("precision: half", "3:12: error: \"precision\" must be one of: float, double, not \"half\""),
  ]

  @Test("are said in one sentence at their place", arguments: linesCases)
  func lines(text: String, expected: String) {
    #expect(problems(text) == ["report.md:\(expected)"])
  }

  @Test("A minimizer that the network is too large for is said at the optimizer")
  func largeNetwork() {
    let (_, problems) = decode(
      "data: {generate: blobs}\nmodel: [dense(500), dense(3)]\ntrain: {optimizer: cma-es}")
    #expect(
      problems == [
        "report.md:3:20: error: cma-es minimizes over at most 1000 parameters, but the network has 3003"
      ])
  }

  /// Models for three classes, and the only problem that they have.
  private static let modelsCases: [(String, String)] = [
    (
      "[dense(8, tahn), dense(3)]",
      "2:18: error: \"activation\" must be the name of an activation, not \"tahn\" "
        + "(did you mean \"tanh\"?)"
    ),
    ("[dense(tanh), dense(3)]", "2:15: error: \"units\" must be a whole number, not \"tanh\""),
    ("[dense(activation: tanh), dense(3)]", "2:9: error: dense needs \"units\", a whole number, at least 1"),
    ("[dens(8), dense(3)]", "2:9: error: unknown layer \"dens\" (did you mean \"dense\"?)"),
    ("[dense(8, tanh), dense(4)]", "2:25: error: the last layer has 4 units, but the data have 3 classes"),
    (
      "[dense(3, softmax)]",
      "2:9: error: the loss cross-entropy takes logits, but the last layer applies softmax "
        + "(leave the last layer linear)"
    ),
    ("dense(3)", "2:8: error: \"model\" must be a list of layers, not dense(…)"),
    ("[]", "2:8: error: the network has no layers"),
    ("[dropout(1), dense(3)]", "2:17: error: \"rate\" must be at least 0 and below 1, not 1"),
  ]

  @Test("of models are said at the layer", arguments: modelsCases)
  func models(model: String, expected: String) {
    #expect(problems("", model: model) == ["report.md:\(expected)"])
  }

  /// Models with hyperparameters, and the only problem that they have.
  private static let intervalsCases: [(String, String)] = [
    ("!integer [4, 8]", "2:15: error: unknown tag \"!integer\" (did you mean \"!int\"?)"),
    (
      "!int [8, 4]",
      "2:20: error: the interval of \"model.0.units\" is empty: 8 is not below 4 "
        + "(the least comes first: [4, 8])"
    ),
    (
      "!int [4, 4]", "2:20: error: the interval of \"model.0.units\" is empty: 4 is not below 4"
    ),
    ("!int 4", "2:20: error: the interval of \"model.0.units\" must be a list, as in [1, 10]"),
    ("!int [4, 8.5]", "2:20: error: the interval of \"model.0.units\" needs whole numbers"),
    (
      "!int [4, 8, step 0]",
      "2:20: error: the interval of \"model.0.units\" has a step that is not a whole number"
    ),
    ("!int [0, 8]", "2:15: error: \"units\" must be at least 1, not 0"),
    ("8, !choice [tanh]", "2:26: error: the interval of \"model.0.activation\" needs at least two choices"),
    (
      "8, !choice [tanh, rlu]",
      "2:33: error: \"activation\" must be the name of an activation, not \"rlu\" "
        + "(did you mean \"relu\"?)"
    ),
  ]

  @Test("of hyperparameters are said with their path", arguments: intervalsCases)
  func intervals(arguments: String, expected: String) {
    #expect(
      problems("search: {trials: 3}", model: "[dense(\(arguments)), dense(3)]") == ["report.md:\(expected)"])
  }

  /// Data, and the only problem that they have with a model of one output.
  private static let dataCases: [(String, String)] = [
    ("generate: blob", "1:18: error: unknown generator \"blob\" (did you mean \"blobs\"?)"),
    (
      "generate: sine, sample: 5",
      "1:24: error: sine has no parameter \"sample\" (did you mean \"samples\"?)"
    ),
    ("csv: a.csv, target: y", "1:13: error: the file \"a.csv\" does not exist"),
    ("csv: a.csv", "1:7: error: csv needs the key \"target\""),
    (
      "law: 1/x, points: {range: [0, 1]}, noise: {relative: 0.1}",
      "1:13: error: the law \"1/x\" is not finite at x = 0"
    ),
    ("law: x", "1:7: error: law needs the key \"points\""),
    (
      "law: x, points: {range: [0, 1]}, noise: {relative: 0.1}",
      "1:48: error: \"noise\" must be above 0 at every point, not {relative: 0.1}"
    ),
    (
      "law: x, points: {range: [0, 1], spacing: log}, noise: {absolute: 0.1}",
      "1:32: error: the interval of \"data.points.range\" has no logarithm at 0"
    ),
    (
      "law: x, points: {range: [1, 0]}, noise: {absolute: 0.1}",
      "1:32: error: \"range\" must be two rising numbers, not [1, 0]"
    ),
    (
      "law: x^, points: {range: [0, 1]}, noise: {absolute: 0.1}",
      "1:13: error: the law \"x^\" ends too early"
    ),
    ("lw: x", "1:8: error: unknown key \"lw\" in data (did you mean \"law\"?)"),
    (
      "samples: 3",
      "1:8: error: unknown key \"samples\" in data (known: generate, csv, npy, npz, idx, law)"
    ),
  ]

  @Test("of data are said at the key", arguments: dataCases)
  func data(data: String, expected: String) {
    #expect(problems("", model: "[dense(1)]", data: data) == ["report.md:\(expected)"])
  }

  @Test("of the recipe as a whole are said once")
  func wholes() {
    #expect(
      decode("data: {generate: blobs}").problems == [
        "report.md:1:1: error: the recipe needs the key \"model\""
      ])
    #expect(
      decode("model: [dense(3)]").problems == ["report.md:1:1: error: the recipe needs the key \"data\""])
    #expect(
      decode("[1, 2]").problems == [
        "report.md:1:1: error: \"experiment\" must be a map of settings, not a list"
      ])
    #expect(
      decode("data: 5\nmodel: [dense(3)]").problems
        == ["report.md:1:7: error: \"data\" must be a map of settings, not the number 5"])
    #expect(
      problems("evaluate: [accuracy]", model: "[dense(1)]", data: "generate: sine")
        == ["report.md:3:12: error: accuracy needs classes, but the target is a number"])
    #expect(
      problems("", model: "[dense(2)]", data: "generate: sine")
        == ["report.md:2:9: error: the last layer has 2 units, but the data have 1 target"])
    #expect(
      decode(
        "data: {generate: blobs}\nmodel: [dense(!param width), dense(3)]", parameters: ["wdth": .integer(3)]
      )
      .problems == ["report.md:2:22: error: no value \"params.width\" (did you mean \"params.wdth\"?)"])
  }

  @Test("of several sections are all said, in the order of the recipe's checks")
  func several() {
    #expect(
      problems("sed: 1\nsplit: {test: 2}\nvalidate: {k-fold: 0}\nseed: x").map { String($0.prefix(14)) }
        == ["report.md:3:1:", "report.md:6:7:", "report.md:4:15", "report.md:5:20"])
  }

  @Test("of shares of a target that is a number are said")
  func strataOfNumbers() {
    let found = problems(
      "split: {test: 0.2, stratify: true}\nvalidate: {k-fold: 3, stratified: true}",
      model: "[dense(1)]", data: "generate: sine")
    #expect(
      found == [
        "report.md:3:30: error: stratify needs classes, but the target is a number",
        "report.md:4:35: error: stratified needs classes, but the target is a number",
      ])
  }

  @Test("Whole numbers end where their steps reach")
  func stepsOfWholeNumbers() throws {
    let read = try experiment(
      """
      data: {generate: blobs}
      model: [dense(!int [1, 10, step 4]), dense(3)]
      search: {trials: 2}
      """)
    #expect(read.space.parameters.map(\.distribution) == [.integer(low: 1, high: 9, step: 4, isLog: false)])
  }

  @Test("of components are said for each, even if the data have one too")
  func everyComponent() {
    let recipe = """
      data: {generate: two-mons}
      prepare: [standardise, polynomial(degree: 0)]
      model: [dense(8, rel), dens(2)]
      train: {learning-rat: 1}
      """
    #expect(
      decode(recipe).problems == [
        "report.md:1:18: error: unknown generator \"two-mons\" (did you mean \"two-moons\"?)",
        "report.md:2:11: error: unknown preparation \"standardise\" (did you mean \"standardize\"?)",
        "report.md:3:24: error: unknown layer \"dens\" (did you mean \"dense\"?)",
        "report.md:2:43: error: \"degree\" must be between 1 and 20, not 0",
        "report.md:3:18: error: \"activation\" must be the name of an activation, not \"rel\" "
          + "(did you mean \"relu\"?)",
        "report.md:4:9: error: unknown key \"learning-rat\" in train (did you mean \"learning-rate\"?)",
      ])
  }

  @Test("paths of expectations reach into lists and hyperparameters, and nowhere else")
  func expectationPaths() {
    let recipe = "validate: {k-fold: 3}\nsplit: {test: 0.2}\nsearch: {trials: 3}\n" + Self.rate
    let known = [
      "cv.accuracy.folds.2", "train.loss.history.0", "search.values.1",
      "search.best.params.train.learning-rate",
      "test.loss", "epochs",
    ]
    for path in known { #expect(problems("\(recipe)\nexpect: {\(path): 1}") == [], "\(path)") }
    for path in [
      "epochs.0", "train.accuracy.foo", "cv.accuracy.folds.x", "validation.loss", "search.best.params.x",
    ] {
      #expect(problems("\(recipe)\nexpect: {\(path): 1}").count == 1, "\(path)")
    }
  }
}
