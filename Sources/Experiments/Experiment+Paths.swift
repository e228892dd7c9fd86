import Components
import NeuralNetworks
import Search
import Validation

extension Experiment {
  /// The paths of all values that the experiment will have, in the order of the contract.
  public var valuePaths: [String] {
    guard variants.isEmpty else {
      return variants.flatMap { variant in variant.experiment.valuePaths.map(variant.path) } + comparisonPaths
    }
    return seeds == nil ? runPaths : SeedSummary(self).paths
  }

  /// Whether there will be a value at a path, or values whose mean stands for it.
  public func hasValue(at path: String) -> Bool {
    let known = valuePaths
    return known.contains { $0 == path || $0 == "\(path).mean" }
      || known.contains { isList($0) && RecordedPath.isElement(path, of: $0) }
  }

  /// The paths of the values of one run.
  var runPaths: [String] {
    if let adversary {
      let losses = ["generator-loss", "discriminator-loss"].flatMap {
        ["train.\($0)", "train.\($0).history"]
      }
      let parts = !hasTest ? ["train"] : ["train", "test"]
      return ["epochs", "parameters"] + losses
        + parts.flatMap { part in adversary.metrics.map { "\(part).\($0.name)" } }
    }
    let names = ["loss"] + metrics.map(\.name)
    let hasEpochs = trainings.contains { $0 != nil }
    func scores(_ part: String) -> [String] {
      names.flatMap { ["\(part).\($0)"] + (hasEpochs ? ["\(part).\($0).history"] : []) }
    }
    var paths = (hasEpochs ? ["epochs", "best-epoch"] : []) + ["parameters"]
    if space.extremes.contains(where: { (try? strategy($0))?.hasLeaveOneOutScores(for: data) == true }) {
      paths += ["leave-one-out.mse", "leave-one-out.gcv", "effective-parameters"]
    }
    paths += scores("train")
    let needsValidation =
      hasValidation || search?.usesValidation == true || hasEarlyStopping
    if needsValidation { paths += scores("validation") }
    if hasTest { paths += names.map { "test.\($0)" } }
    if interval != nil {
      let held = (needsValidation ? ["validation"] : []) + (hasTest ? ["test"] : [])
      paths += held.flatMap { part in metrics.map { "\(part).\($0.name).interval" } }
    }
    paths += foldPaths
    if search != nil {
      let names = [
        "trials", "completed", "pruned", "failed", "stopped", "evaluations", "best.value", "best.number",
        "values",
      ]
      paths += names.map { "search.\($0)" }
      paths += space.parameters.map { "search.importances.\($0.name)" }
      if let objectives = search?.objectives, objectives.count > 1 {
        paths += ["search.front.numbers"] + objectives.map { "search.front.\($0.path)" }
      }
      if honestPath != nil { paths.append("search.optimism") }
      if search?.plan.ensemble != nil {
        let parts = (needsValidation ? ["validation"] : []) + (hasTest ? ["test"] : [])
        paths += parts.flatMap { part in metrics.map { "search.ensemble.\(part).\($0.name)" } }
        paths.append("search.ensemble.members")
      }
      if search?.closureLevels.isEmpty == false { paths.append("search.best.confirmed") }
      if search?.constraints.isEmpty == false {
        paths += ["search.feasible", "search.best.violation", "search.violations"]
      }
      paths += space.parameters.map { "search.best.params.\($0.name)" } + ["search.best.params"]
    }
    if let plan = confirmedClosure { paths += closurePaths(plan) }
    paths += curvePaths + diagnosisPaths
    if forecast != nil { paths += Forecast.paths }
    if trainings.contains(where: { $0?.snapshots.isEmpty == false }) {
      let parts = ["train"] + (needsValidation ? ["validation"] : []) + (hasTest ? ["test"] : [])
      paths += ["snapshots.epochs.values"]
      paths += parts.flatMap { part in names.map { "snapshots.\(part).\($0).values" } }
    }
    return paths
  }

  /// Where the objective of a search is measured on data that had no part in its choice; nil if nowhere.
  var honestPath: String? {
    switch search?.objective {
    case .folds(let metric), .validation(let metric):
      let name = metric?.name ?? "loss"
      if splitter is NestedSplitter { return "cv.\(name).mean" }
      return hasTest ? "test.\(name)" : nil
    case .parameters, .closure, nil: return nil
    }
  }

  /// The paths of what the folds say.
  private var foldPaths: [String] {
    guard let splitter else { return [] }
    // A single fold has no spread that an error could follow from.
    let summaries = ["mean", "std", "folds"] + (splitter.plannedCount == 1 ? [] : ["error"])
    var paths = (["loss"] + metrics.map(\.name)).flatMap { name in summaries.map { "cv.\(name).\($0)" } }
    if splitter.holdsOutOnce { paths += metrics.map { "cv.\($0.name).pooled" } }
    if splitter is NestedSplitter { paths += ["search.nested.params", "search.nested.values"] }
    return paths
  }

  /// The estimators of every level.
  private func closurePaths(_ plan: ClosurePlan) -> [String] {
    guard let law else { return [] }
    let estimators = plan.levels.flatMap { level in
      ClosureResult.names(level: level, plan: plan, law: law).flatMap {
        let path = "closure.level\(level).\($0.name)"
        return $0.hasError ? [path, "\(path).error"] : [path]
      }
    }
    return estimators + (plan.levels.contains(2) && plan.fits > 1 ? ["closure.verdict"] : [])
  }

  private var hasEarlyStopping: Bool { trainings.contains { $0?.earlyStopping != nil } }

  /// The training at each end of the hyperparameters, nil for a learner; none that cannot be read.
  var trainings: [TrainingSettings?] {
    space.extremes.compactMap { try? strategy($0) }.map(\.estimator.settings)
  }
}
