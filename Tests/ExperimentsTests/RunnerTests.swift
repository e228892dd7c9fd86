import Components
import Experiments
import Testing

@Suite("Running experiments")
struct RunnerTests {
  private static let searched = """
    data: {generate: blobs, samples: 90, noise: 1.5}
    split: {test: 0.2, stratify: true}
    prepare: [standardize]
    model: [dense(!log-int [2, 16], tanh), dropout(0.1), dense(3)]
    train: {learning-rate: !log-uniform [1e-3, 1e-1], epochs: 4, batch-size: 16}
    validate: {k-fold: 3, stratified: true}
    search: {sampler: tpe(startup-trials: 4), trials: 12, lag: 3}
    """
  private static let recipes = [
    searched,
    """
    data: {generate: sine, samples: 40}
    split: {test: 0.25, validation: 0.2}
    model: [dense(6, tanh), dense(1)]
    train: {epochs: 6, early-stopping: {patience: 2}}
    precision: double
    """,
    """
    data: {generate: two-moons, samples: 50}
    model: [dense(!choice [2, 4]), dense(2)]
    train: {epochs: 2}
    evaluate: [accuracy]
    search: {sampler: random, trials: 3, objective: loss}
    """,
    """
    data: {law: "x^0.5*(1-x)", points: {range: [0.1, 0.9], count: 12}, noise: {relative: 0.05, absolute: 0.01}}
    model: [dense(4, tanh), dense(1)]
    train: {epochs: 3, batch-size: full}
    closure-test: {levels: [0, 1, 2], replicas: 3, fits: 3}
    """,
    """
    data: {generate: sine}
    model: [dense(1)]
    train: {epochs: 1}
    closure-test: {levels: [2]}
    """.replacing("generate: sine", with: "law: x, points: {range: [0, 1]}, noise: {absolute: 0.1}")
      .replacing("[2]}", with: "[2], replicas: 2, fits: 1}"),
    """
    data: {generate: blobs, samples: 60, noise: 1.5}
    split: {test: 0.2}
    model: [dense(!log-int [2, 8], tanh), dense(3)]
    train: {learning-rate: !log-uniform [1e-3, 1e-1], epochs: 3}
    validate: {nested: {outer: {k-fold: 3, stratified: true}, inner: 2}}
    search: {sampler: tpe(startup-trials: 2), trials: 4}
    """,
    """
    data: {generate: sine, samples: 14}
    split: {test: 0.25}
    model: [dense(1)]
    train: {epochs: 2}
    validate: leave-one-out
    """,
    """
    data: {generate: sine, samples: 30}
    model: [dense(1)]
    train: {epochs: 2}
    validate: {shuffle-split: 1, test: 0.3}
    """,
    """
    data: {generate: sine, samples: 30}
    model: [dense(1)]
    train: {epochs: 2}
    validate: {k-fold: 2, repeats: 3}
    seeds: {count: 2, vary: [folds]}
    """,
    """
    data: {generate: blobs, samples: 48}
    split: {test: 0.25}
    model: logistic-regression
    evaluate: {metrics: [accuracy, f1(macro), roc-auc], confidence: 0.9, resamples: 20}
    learning-curve: {sizes: [6, 12, 24], repeats: 2, goal: 0.99}
    validation-curve: {model.c: [0.1, 1], repeats: 2}
    diagnose: {repeats: 2}
    """,
    """
    data: {generate: sine, samples: 30}
    prepare: [polynomial(3)]
    model: ridge(!log-uniform [0.01, 1])
    split: {test: 0.2}
    search: {trials: 3, constraints: {validation.r2: ">= -1"}}
    learning-curve: [6, 12]
    """,
    """
    data: {law: "x*(1-x)", points: {range: [0, 1], count: 12}, noise: {absolute: 0.1, normalization: 0.1}}
    prepare: [polynomial(2)]
    model: ridge(!log-uniform [0.01, 1])
    closure-test: {levels: [0, 1, 2], replicas: 3, fits: 2, out-of-sample: {range: [0.1, 0.9], count: 4}, inconsistency: 0.5, confirm: {replicas: 4, fits: 1}}
    search: {trials: 3, objective: closure.level2.out-of-sample.chi2, direction: minimize, constraints: {closure.level2.ratio: "<= 1"}}
    """,
    """
    data: {law: "x*(1-x)", points: {range: [0, 1], count: 12}, noise: {absolute: 0.1}}
    prepare: [polynomial(2)]
    model: linear-regression
    validate: {k-fold: 3}
    closure-test: {levels: [1, 2], replicas: 3, fits: 2}
    diagnose: {try-changes: false}
    seeds: {count: 2, vary: all}
    """,
  ]

  @Test("gives the same values on one, two and four threads", arguments: recipes.indices)
  func threads(index: Int) throws {
    let experiment = try experiment(Self.recipes[index])
    let expected = try ExperimentRunner(pool: SerialPool()).run(experiment)
    for threads in [1, 2, 4] {
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      let result = try ExperimentRunner(pool: pool).run(experiment)
      #expect(RecordedValue.object(result.values).json == RecordedValue.object(expected.values).json)
      #expect(result.trials.map(\.assignment) == expected.trials.map(\.assignment))
    }
    if experiment.space.parameters.count == 2, index == 0 {
      #expect(expected.trials.count == 12 && expected.folds.count == 3)
    }
  }

  @Test("gives exactly the values that were announced", arguments: recipes.indices)
  func paths(index: Int) throws {
    let experiment = try experiment(Self.recipes[index])
    let values = try ExperimentRunner(pool: SerialPool()).run(experiment).values
    let announced = experiment.valuePaths
    #expect(Set(announced).count == announced.count)
    for path in values.keys { #expect(announced.contains(path), "\(path)") }
    for path in announced { #expect(ExperimentResult.value(at: path, in: values) != nil, "\(path)") }
  }

  @Test("gives other values for another seed")
  func seeds() throws {
    let first = try ExperimentRunner(pool: SerialPool()).run(experiment(Self.searched))
    let second = try ExperimentRunner(pool: SerialPool()).run(experiment(Self.searched + "\nseed: 8"))
    let same = try ExperimentRunner(pool: SerialPool()).run(experiment(Self.searched + "\nseed: 7"))
    #expect(first.values != second.values && first.values == same.values)
  }

  @Test("reports the search's best trial and cross-validates it to the same score")
  func best() throws {
    let result = try ExperimentRunner(pool: SerialPool()).run(experiment(Self.searched))
    let best = try #require(result.values["search.best.value"]?.number)
    #expect(result.values["cv.accuracy.mean"]?.number == best)
    #expect(result.trials.map(\.value).max() == best)
    let rate = ExperimentResult.value(at: "search.best.params.train.learning-rate", in: result.values)
    #expect(rate?.number == result.best?.assignment[1])
    #expect(
      ExperimentResult.value(at: "cv.accuracy.folds.0", in: result.values)?.number
        == result.folds[0].metrics[0])
    #expect(ExperimentResult.value(at: "cv.accuracy.folds.3", in: result.values) == nil)
    #expect(ExperimentResult.value(at: "epochs.0", in: result.values) == nil)
  }

  @Test("has every view it promises", arguments: recipes.indices)
  func views(index: Int) throws {
    let experiment = try experiment(
      Self.recipes[index] + "\nshow: [\(ResultView.resultNames.joined(separator: ", "))]")
    let result = try ExperimentRunner(pool: SerialPool()).run(experiment)
    for name in ResultView.resultNames {
      let view = try #require(ResultView.named(name))
      #expect((view.make(result) != nil) == experiment.expectedViews.contains(name), "\(name)")
    }
  }

  @Test("fails with a sentence if no trial gives a number")
  func allTrialsFail() throws {
    let experiment = try experiment(
      """
      data: {generate: sine, samples: 20}
      model: [dense(8, relu), dense(8, relu), dense(1)]
      train: {optimizer: sgd, learning-rate: !uniform [1e20, 1e21], epochs: 5}
      search: {trials: 3}
      """)
    let error = #expect(throws: SearchError.self) {
      try ExperimentRunner(pool: SerialPool()).run(experiment)
    }
    guard case .allTrialsFailed(count: 3, objective: "validation.mse", let reason?) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    // The sentence of the training that diverged.
    #expect(reason.contains("not finite") || reason.contains("diverge"), "\(reason)")
  }
}
