import Components
import Search
import Validation

extension ExperimentRun {
  /// Scores the strategy on every fold.
  func crossValidate(
    _ strategy: Strategy, _ experiment: Experiment, _ result: inout ExperimentResult
  ) throws {
    guard let validation = try experiment.validation() else { return }
    progress?(.folds)
    let outcomes: [FoldOutcome]
    if experiment.splitter is NestedSplitter, let search = experiment.search {
      outcomes = try nestedOutcomes(of: validation, search, experiment, &result)
    } else {
      outcomes = try validation.outcomes(strategy, metrics: experiment.metrics, in: pool)
    }
    result.record(outcomes, of: validation.folds)
  }
}

extension ExperimentResult {
  /// Keeps what the folds say: the scores of each, their mean with its spread and approximate error, and the scores of
  /// all held-out predictions together.
  mutating func record(_ outcomes: [FoldOutcome], of folds: [Fold]) {
    self.folds = outcomes.map(\.scores)
    heldOut = outcomes.map { HeldOutFold(examples: $0.examples, outputs: $0.outputs) }
    let metrics = experiment.metrics
    var columns: [(name: String, values: [Double])] = [("loss", outcomes.map(\.scores.loss))]
    for (index, metric) in metrics.enumerated() {
      columns.append((metric.name, outcomes.map { $0.scores.metrics[index] }))
    }
    for (name, scores) in columns {
      let summary = FoldSummary(scores, of: folds)
      set("cv.\(name).mean", summary.mean)
      set("cv.\(name).std", summary.deviation)
      if let error = summary.error { set("cv.\(name).error", error) }
      values["cv.\(name).folds"] = .reals(scores)
    }
    guard experiment.splitter?.holdsOutOnce == true else { return }
    for metric in metrics {
      set("cv.\(metric.name).pooled", CrossValidation.pooled(metric, outcomes, in: experiment.data))
    }
  }
}
