import Components
import Datasets
import NeuralNetworks
import Plotting
import Search
import Tensors
import Validation

extension ExperimentRun {
  /// Measures the scores by the number of examples.
  func learningCurve(
    _ plan: LearningCurvePlan, _ strategy: Strategy, _ experiment: Experiment,
    _ result: inout ExperimentResult
  ) throws {
    progress?(.curve("learning curve"))
    let splits = experiment.curveSplits(repeats: plan.repeats)
    let sizes = experiment.learningCurveSizes(plan)
    let curve = try LearningCurve(
      strategy, on: experiment.data, splits: splits, sizes: sizes, metrics: experiment.metrics,
      key: experiment.key, in: pool)
    result.learningCurve = curve
    result.values["learning-curve.sizes"] = .list(sizes.map { .integer($0) })
    for (index, size) in sizes.enumerated() {
      result.setCurve("learning-curve.\(size)", training: curve.training[index], held: curve.held[index])
    }
    let metric = plan.metric ?? experiment.metrics.first?.name ?? "loss"
    let number = experiment.metrics.firstIndex { $0.name == metric }
    let extrapolation = curve.extrapolation(goal: plan.goal, seed: experiment.key.seed(for: .folds)) {
      scores in number.map { scores.metrics[$0] } ?? scores.loss
    }
    guard let extrapolation else { return }
    result.extrapolation = extrapolation
    result.set("learning-curve.limit", extrapolation.law.limit)
    result.values["learning-curve.limit.interval"] = .reals(extrapolation.limits)
    result.set("learning-curve.exponent", extrapolation.law.exponent)
    if let examples = extrapolation.examples {
      result.set("learning-curve.goal.examples", examples.rounded(.up))
      result.values["learning-curve.goal.interval"] = .reals(
        extrapolation.exampleLimits.map { $0.rounded(.up) })
      result.set("learning-curve.goal.more", max(examples.rounded(.up) - Double(sizes.last ?? 0), 0))
    }
  }

  /// Measures the scores by the value of a setting.
  func validationCurve(
    _ plan: ValidationCurvePlan, _ assignment: Assignment, _ experiment: Experiment,
    _ result: inout ExperimentResult
  ) throws {
    progress?(.curve("validation curve"))
    let strategies = try plan.values.map { try experiment.strategy($0.blueprint, assignment) }
    let curve = try ValidationCurve(
      strategies, on: experiment.data, splits: experiment.curveSplits(repeats: plan.repeats),
      metrics: experiment.metrics, key: experiment.key, in: pool)
    result.validationCurve = curve
    for (index, value) in plan.values.enumerated() {
      result.setCurve(
        "validation-curve.\(RecordedPath.segment(value.text))", training: curve.training[index],
        held: curve.held[index])
    }
    let direction = experiment.metrics.first?.direction ?? .minimize
    let means = curve.held.map { Statistics.mean($0.map { $0.metrics.first ?? $0.loss }) }
    let best = means.indices.reduce(0) { direction.isBetter(means[$1], than: means[$0]) ? $1 : $0 }
    result.values["validation-curve.best"] = .text(plan.values[best].text)
  }
}

extension ExperimentResult {
  /// The means over repetitions of a place on a curve, with their standard errors.
  fileprivate mutating func setCurve(_ path: String, training: [Scores], held: [Scores]) {
    let names = ["loss"] + experiment.metrics.map(\.name)
    for (part, scores) in [("", held), ("train.", training)] {
      for (index, name) in names.enumerated() {
        let values = scores.map { index == 0 ? $0.loss : $0.metrics[index - 1] }
        set("\(path).\(part)\(name)", Statistics.mean(values))
        guard values.count > 1 else { continue }
        let error = Statistics.standardDeviation(values) / Double(values.count).squareRoot()
        set("\(path).\(part)\(name).error", error)
      }
    }
  }
}

extension Experiment {
  /// The divisions that curves are measured on: the folds of a cross-validation, or some that keep a fifth aside.
  func curveSplits(repeats: Int) -> [CurveSplit] {
    if let folds = splitter == nil ? nil : try? validation()?.folds {
      return CurveSplit.of(folds, in: data, seed: key.seed(for: .folds))
    }
    return CurveSplit.repeated(
      repeats, of: parts().rest, in: data, isStratified: split.isStratified && data.classes != nil,
      seed: key.seed(for: .folds))
  }

  /// The numbers of examples of a learning curve.
  func learningCurveSizes(_ plan: LearningCurvePlan) -> [Int] {
    plan.counts(of: curveSplits(repeats: plan.repeats).map(\.training.count).min() ?? 0)
  }

  /// The paths of the values of curves.
  var curvePaths: [String] {
    func scores(_ path: String, _ repeats: Int) -> [String] {
      ["", "train."].flatMap { part in
        (["loss"] + metrics.map(\.name)).flatMap { name in
          let own = "\(path).\(part)\(name)"
          return repeats > 1 ? [own, "\(own).error"] : [own]
        }
      }
    }
    var paths: [String] = []
    if let plan = learningCurve {
      let sizes = learningCurveSizes(plan)
      let repeats = curveSplits(repeats: plan.repeats).count
      paths += ["learning-curve.sizes"] + sizes.flatMap { scores("learning-curve.\($0)", repeats) }
      if sizes.count >= 3 {
        paths += ["limit", "limit.interval", "exponent"].map { "learning-curve.\($0)" }
        if plan.goal != nil { paths += ["examples", "interval", "more"].map { "learning-curve.goal.\($0)" } }
      }
    }
    if let plan = validationCurve {
      let repeats = curveSplits(repeats: plan.repeats).count
      paths += plan.values.flatMap {
        scores("validation-curve.\(RecordedPath.segment($0.text))", repeats)
      }
      paths.append("validation-curve.best")
    }
    return paths
  }
}
