import Components
import Datasets
import NeuralNetworks
import Search
import Tensors
import Validation

/// Computes one experiment without variants and repetitions: the search with its cross-validation, the final fit, the
/// scores of every part, the closure test.
struct ExperimentRun {
  let pool: any WorkerPool
  /// Keeps the trials of searches; nil to keep none.
  var keeper: SearchKeeper?
  let progress: (@Sendable (ExperimentRunner.Progress) -> Void)?

  /// Computes the experiment.
  func result(of experiment: Experiment) throws -> ExperimentResult {
    if let plan = experiment.adversary { return try adversarialResult(of: experiment, plan) }
    var result = ExperimentResult(experiment)
    let (rest, test) = experiment.parts()
    var assignment: Assignment = []
    if let search = experiment.search {
      assignment = try self.search(search, experiment, rest, &result)
    }
    var strategy = try experiment.strategy(assignment)
    if let best = result.best { strategy = try experiment.strategy(of: best, among: result.trials) }
    // The large steps of a fit are shared with the threads that have no task of their own.
    strategy.pool = pool
    try crossValidate(strategy, experiment, &result)
    try fit(strategy, experiment, rest, test, &result)
    if let plan = experiment.forecast, let series = experiment.data.series, let fitted = result.fitted {
      let forecast = Forecast(
        plan, of: series, in: experiment.data, from: experiment.forecastStart, by: fitted)
      result.forecast = forecast
      result.values.merge(forecast.values) { $1 }
    }
    recordOptimism(experiment, &result)
    try ensemble(experiment, rest, test, &result)
    if let plan = experiment.learningCurve { try learningCurve(plan, strategy, experiment, &result) }
    if let plan = experiment.validationCurve {
      try validationCurve(plan, assignment, experiment, &result)
    }
    if let plan = experiment.diagnosis { try diagnose(plan, strategy, experiment, &result) }
    if let plan = experiment.confirmedClosure, let law = experiment.law {
      try closureTest(plan, law, strategy, experiment, &result)
    }
    return result
  }

  private func search(
    _ search: ResolvedSearch, _ experiment: Experiment, _ rest: [Int], _ result: inout ExperimentResult
  ) throws -> Assignment {
    let (study, outcome) = try trials(
      of: search, experiment, on: rest, key: experiment.key,
      watched: progress.map { SearchWatcher(search, in: experiment.space, $0) })
    let trials = outcome.trials
    result.trials = trials
    guard let best = study.best(of: trials) else { throw SearchError.noneOf(trials, objective: search.path) }
    result.best = best
    result.values["search.trials"] = .integer(trials.count)
    result.values["search.completed"] = .integer(trials.count { $0.state == .completed })
    result.values["search.pruned"] = .integer(trials.count { $0.state == .pruned })
    result.values["search.failed"] = .integer(trials.count { $0.state == .failed })
    result.values["search.stopped"] = .boolean(outcome.ending == .timeout)
    result.values["search.evaluations"] = .real(outcome.evaluations)
    result.ending = outcome.ending
    recordImportances(search, experiment, &result)
    if search.objectives.count > 1 {
      let front = study.paretoFront(of: trials)
      result.values["search.front.numbers"] = .list(front.map { .integer($0.number) })
      for (index, objective) in search.objectives.enumerated() {
        result.values["search.front.\(objective.path)"] = .reals(front.map { $0.values[index] })
      }
    }
    result.set("search.best.value", best.value)
    result.values["search.best.number"] = .integer(best.number)
    result.values["search.best.params"] = .object(
      Dictionary(uniqueKeysWithValues: experiment.space.recorded(best.assignment)))
    result.values["search.values"] = .reals(trials.map(\.value))
    if !search.constraints.isEmpty {
      result.values["search.feasible"] = .integer(trials.count { $0.isFeasible && $0.state == .completed })
      result.set("search.best.violation", best.violation)
      result.values["search.violations"] = .reals(trials.map(\.violation))
    }
    return best.assignment
  }

  /// How much each hyperparameter mattered, where more than one trial says it.
  private func recordImportances(
    _ search: ResolvedSearch, _ experiment: Experiment, _ result: inout ExperimentResult
  ) {
    let shares = search.plan.importance.importances(
      of: result.trials, in: experiment.space, direction: search.direction,
      seed: experiment.key.seed(for: .sampler))
    for (parameter, share) in zip(experiment.space.parameters, shares) {
      result.set("search.importances.\(parameter.name)", share)
    }
  }

  /// How much better the score of the best trial is than what data say that had no part in the choice: the outer folds of a
  /// nested cross-validation, else the test part.
  private func recordOptimism(_ experiment: Experiment, _ result: inout ExperimentResult) {
    guard let search = experiment.search, let best = result.best, let path = experiment.honestPath,
      let honest = result.values[path]?.number
    else { return }
    let sign = search.direction == .maximize ? 1.0 : -1
    result.set("search.optimism", sign * (best.value - honest))
  }

  private func fit(
    _ strategy: Strategy, _ experiment: Experiment, _ rest: [Int], _ test: [Int],
    _ result: inout ExperimentResult
  ) throws {
    let epochs = strategy.estimator.settings?.epochs ?? 0
    let progress = progress
    // One task of the pool, so that a single fit counts against its threads as everything else does.
    let fitted = try pool.map(1) { _ in
      try strategy.fit(
        experiment.data, on: rest, key: experiment.key, metrics: experiment.metrics,
        progress: { epoch, loss, _ in
          if epoch % 64 == 0 || epoch == epochs { progress?(.epoch(epoch, of: epochs, loss: loss)) }
        })
    }[0]
    result.fitted = fitted
    result.history = fitted.history
    result.values["parameters"] = .integer(fitted.model.parameterCount)
    if let scores = try strategy.leaveOneOutScores(experiment.data, on: rest, key: experiment.key) {
      result.set("leave-one-out.mse", scores.meanSquaredError)
      result.set("leave-one-out.gcv", scores.generalizedError)
      result.set("effective-parameters", scores.effectiveParameters)
    }
    if fitted.network != nil { recordHistory(experiment.metrics, &result) }
    for (part, indices) in [("train", fitted.training), ("validation", fitted.validation), ("test", test)]
    where !indices.isEmpty {
      let scores = fitted.scores(experiment.data, on: indices, metrics: experiment.metrics)
      result.set("\(part).loss", scores.loss)
      for (metric, value) in zip(experiment.metrics, scores.metrics) {
        result.set("\(part).\(metric.name)", value)
      }
      if part != "train" { recordIntervals(fitted, part, indices, experiment, &result) }
    }
    scoreSnapshots(fitted, experiment, test, &result)
  }

  /// How far the scores of a part could be off, where the recipe asks for it.
  private func recordIntervals(
    _ fitted: FittedStrategy, _ part: String, _ indices: [Int], _ experiment: Experiment,
    _ result: inout ExperimentResult
  ) {
    guard let interval = experiment.interval else { return }
    let data = experiment.data.subset(indices)
    let outputs = fitted.predict(data)
    let predictions = data.classes == nil ? outputs : ClassProbabilities.of(outputs)
    var stream = RandomStream(seed: experiment.key.seed(for: .split), .split, 1, part == "test" ? 1 : 0)
    let found = interval.intervals(of: experiment.metrics, predictions, data, using: &stream)
    for (metric, range) in zip(experiment.metrics, found) {
      let ends = range.map { [$0.lowerBound, $0.upperBound] } ?? [.nan, .nan]
      result.values["\(part).\(metric.name).interval"] = .reals(ends)
    }
  }

  /// The epochs of the training, and the losses and metrics of each.
  private func recordHistory(_ metrics: [any Metric], _ result: inout ExperimentResult) {
    result.values["epochs"] = .integer(result.history.epochs)
    result.values["best-epoch"] = .integer(result.history.bestEpoch)
    result.values["train.loss.history"] = .reals(result.history.trainingLoss)
    for (index, metric) in metrics.enumerated() {
      result.values["train.\(metric.name).history"] = .reals(result.history.trainingScores.map { $0[index] })
    }
    if !result.history.validationLoss.isEmpty {
      result.values["validation.loss.history"] = .reals(result.history.validationLoss)
      for (index, metric) in metrics.enumerated() {
        result.values["validation.\(metric.name).history"] = .reals(
          result.history.validationScores.map { $0[index] })
      }
    }
  }

  /// The scores of every part behind the epochs that are kept.
  private func scoreSnapshots(
    _ fitted: FittedStrategy, _ experiment: Experiment, _ test: [Int], _ result: inout ExperimentResult
  ) {
    let snapshots = fitted.snapshots
    guard !snapshots.isEmpty else { return }
    result.values["snapshots.epochs.values"] = .list(snapshots.map { .integer($0.epoch) })
    for (part, indices) in [("train", fitted.training), ("validation", fitted.validation), ("test", test)]
    where !indices.isEmpty {
      let scores = snapshots.map {
        $0.strategy.scores(experiment.data, on: indices, metrics: experiment.metrics)
      }
      result.values["snapshots.\(part).loss.values"] = .reals(scores.map(\.loss))
      for (index, metric) in experiment.metrics.enumerated() {
        result.values["snapshots.\(part).\(metric.name).values"] = .reals(scores.map { $0.metrics[index] })
      }
    }
  }

  private func closureTest(
    _ plan: ClosurePlan, _ law: LawData, _ strategy: Strategy, _ experiment: Experiment,
    _ result: inout ExperimentResult
  ) throws {
    let test = try ClosureTest(plan, law: law, key: experiment.key)
    for level in plan.levels {
      progress?(.closure(level: level))
      let outcome = try test.run(level: level, of: strategy, in: pool)
      result.closure.append(outcome)
      let summary = try outcome.summary(seed: experiment.key.seed(for: .replica), in: pool)
      for (name, estimate) in summary {
        let path = "closure.level\(level).\(name)"
        let isCount = name.hasSuffix(".directions")
        result.values[path] = isCount ? .integer(Int(estimate.value)) : .real(estimate.value)
        if !estimate.error.isNaN { result.set("\(path).error", estimate.error) }
      }
      if level == 2 {
        result.verdict = ClosureVerdict(
          Dictionary(uniqueKeysWithValues: summary.map { ($0.name, $0.estimate) }))
        result.values["closure.verdict"] = result.verdict.map { .text($0.text) }
      }
    }
    // The objective of the winner on noise that no trial saw.
    if let search = experiment.search, !search.closureLevels.isEmpty {
      result.values["search.best.confirmed"] = result.values[search.path] ?? .real(.nan)
    }
  }
}
