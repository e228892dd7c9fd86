import Components
import NeuralNetworks
import Search
import Tensors
import Validation

extension ExperimentRun {
  /// The trials of a search on some examples; the key is that of the fold that they are the training side of, or of the
  /// last fit.
  func trials(
    of search: ResolvedSearch, _ experiment: Experiment, on examples: [Int], key: FitKey,
    watched watcher: SearchWatcher? = nil
  ) throws -> (study: Study, outcome: StudyOutcome) {
    let seed = key.seed(for: .sampler)
    let study = search.plan.study(
      in: experiment.space, directions: search.directions,
      seed: key.fold == 0 ? seed : RandomStream.key(seed: seed, .folds, [key.fold]))
    let tasks = try TrialTasks(search, experiment, on: examples, key: key)
    let job = SearchKeeper.Job(
      study: study, tasks: tasks, search: search, experiment: experiment, key: key, pool: pool,
      watcher: watcher)
    guard let keeper else {
      if let name = search.plan.study ?? search.plan.warmStart.first { throw SearchError.noHome(name: name) }
      return (study, try job.run())
    }
    return (study, try keeper.outcome(of: job))
  }

  /// The outcomes of outer folds: on the training side of each a search of its own looks at inner folds, and what it finds
  /// best is fitted on that side and scored on the other.
  func nestedOutcomes(
    of validation: CrossValidation, _ search: ResolvedSearch, _ experiment: Experiment,
    _ result: inout ExperimentResult
  ) throws -> [FoldOutcome] {
    var found: [Trial] = []
    var strategies: [Strategy] = []
    for (number, fold) in validation.folds.enumerated() {
      let (study, outcome) = try trials(
        of: search, experiment, on: fold.training, key: validation.key(ofFold: number))
      guard let best = study.best(of: outcome.trials) else {
        throw SearchError.noneOf(outcome.trials, objective: search.path)
      }
      found.append(best)
      strategies.append(try experiment.strategy(of: best, among: outcome.trials))
    }
    result.values["search.nested.params"] = .list(
      found.map { trial in
        .object(Dictionary(uniqueKeysWithValues: experiment.space.recorded(trial.assignment)))
      })
    result.values["search.nested.values"] = .reals(found.map(\.value))
    let (best, pool) = (strategies, pool)
    return try pool.map(validation.folds.count) { number in
      try validation.outcome(best[number], fold: number, metrics: experiment.metrics)
    }
  }
}
