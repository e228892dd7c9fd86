import Components
import Search
import Validation

extension ExperimentRun {
  /// Runs the practical methodology.
  func diagnose(
    _ plan: DiagnosisPlan, _ strategy: Strategy, _ experiment: Experiment, _ result: inout ExperimentResult
  ) throws {
    progress?(.curve("diagnosis"))
    let diagnosis = try Diagnosis(
      strategy, on: experiment.data, splits: experiment.curveSplits(repeats: plan.repeats), plan: plan,
      metric: experiment.metric(of: plan), key: experiment.key, in: pool)
    result.diagnosis = diagnosis
    func set(_ path: String, _ measurement: Diagnosis.Measurement) {
      result.set("diagnose.\(path)", measurement.value)
      if measurement.error.isFinite { result.set("diagnose.\(path).error", measurement.error) }
    }
    for model in diagnosis.references + [diagnosis.model] {
      set("\(model.name).\(diagnosis.metric)", model.held)
      set("\(model.name).train.\(diagnosis.metric)", model.training)
    }
    set("gap", diagnosis.gap)
    set("halving", diagnosis.halving)
    for effect in diagnosis.effects { set("effects.\(effect.name)", effect.held) }
    result.set("diagnose.doubled", diagnosis.doubled ?? .nan)
    result.values["diagnose.reading"] = .text(diagnosis.readings.map(\.rawValue).joined(separator: ", "))
    result.values["diagnose.findings"] = .list(
      diagnosis.report.findings.map { .text($0.kind.rawValue) })
  }
}

extension Experiment {
  /// The metric that a diagnosis looks at; nil for the loss.
  func metric(of plan: DiagnosisPlan) -> (any Metric)? {
    guard let name = plan.metric else { return metrics.first }
    return metrics.first { $0.name == name }
  }

  /// The paths of the values of a diagnosis.
  var diagnosisPaths: [String] {
    guard let plan = diagnosis else { return [] }
    let name = metric(of: plan)?.name ?? "loss"
    let strategies = space.extremes.compactMap { try? strategy($0) }
    let known = data.subset(parts().rest)
    var measured: [String] = []
    for strategy in strategies {
      let names = Diagnosis.modelNames(strategy, known)
      let effects = plan.triesChanges ? StrategyChange.names(of: strategy, for: known) : []
      let paths = names.flatMap { ["\($0).\(name)", "\($0).train.\(name)"] } + ["gap", "halving"]
      for path in paths + effects.map({ "effects.\($0)" }) where !measured.contains(path) {
        measured.append(path)
      }
    }
    return measured.flatMap { ["diagnose.\($0)", "diagnose.\($0).error"] }
      + ["doubled", "reading", "findings"].map { "diagnose.\($0)" }
  }
}
