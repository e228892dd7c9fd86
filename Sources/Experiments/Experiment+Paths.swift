import Components
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
    var paths = ["epochs", "best-epoch", "parameters"]
    paths += names.flatMap { ["train.\($0)", "train.\($0).history"] }
    let needsValidation =
      hasValidation || search?.place == .validation || hasEarlyStopping
    if needsValidation { paths += names.flatMap { ["validation.\($0)", "validation.\($0).history"] } }
    if hasTest { paths += names.map { "test.\($0)" } }
    paths += foldPaths
    if search != nil {
      paths += ["trials", "completed", "pruned", "stopped", "best.value", "best.number", "values"].map {
        "search.\($0)"
      }
      paths += space.parameters.map { "search.best.params.\($0.name)" } + ["search.best.params"]
    }
    for level in closure?.levels ?? [] {
      let quantities =
        ["bias", "variance", "chi2", "delta-chi2", "phi"] + (level == 2 ? ["ratio", "xi-1", "xi-2"] : [])
      let hasError = level > 0 && (closure?.fits ?? 1) > 1
      paths += quantities.flatMap {
        ["closure.level\(level).\($0)"] + (hasError ? ["closure.level\(level).\($0).error"] : [])
      }
    }
    if forecast != nil { paths += Forecast.paths }
    if space.extremes.contains(where: { (try? strategy($0))?.settings.snapshots.isEmpty == false }) {
      let parts = ["train"] + (needsValidation ? ["validation"] : []) + (hasTest ? ["test"] : [])
      paths += ["snapshots.epochs.values"]
      paths += parts.flatMap { part in names.map { "snapshots.\(part).\($0).values" } }
    }
    return paths
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

  private var hasEarlyStopping: Bool {
    space.extremes.contains { (try? strategy($0))?.settings.earlyStopping != nil }
  }
}
