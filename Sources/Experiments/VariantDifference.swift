import Components
import Search
import Tensors
import Validation

/// How a variant's score differs from that of the reference, under the same seeds and folds.
public struct VariantDifference: Sendable, Hashable {
  /// The name of the variant.
  public var variant: String
  /// The name of the score.
  public var metric: String
  /// The mean of the differences, variant less reference.
  public var mean: Double
  /// The standard deviation of the differences; nil for a single pair.
  public var deviation: Double?
  /// The probability of differences as large if there were none; nil without a test.
  public var pValue: Double?
}

extension Experiment {
  /// The part whose scores are compared: held-out folds, otherwise the first of test, validation and training.
  var comparedPart: String {
    if splitter != nil { return "cv" }
    if hasTest { return "test" }
    return runPaths.contains("validation.\(scoreNames.first ?? "loss")") ? "validation" : "train"
  }

  /// The paths of a comparison's values.
  var comparisonPaths: [String] {
    guard let comparison else { return [] }
    return variants.filter { $0.name != comparison.reference }.flatMap { variant in
      comparison.metrics.flatMap { metric -> [String] in
        let base = "compare.\(RecordedPath.segment(variant.name)).\(metric)"
        let hasSpread = comparison.isPaired && (seeds != nil || splitter != nil)
        return ["\(base).difference"] + (hasSpread ? ["\(base).difference.error"] : [])
          + (comparison.test == nil ? [] : ["\(base).p-value"])
      }
    }
  }
}

extension ExperimentResult {
  /// Compares every variant with the reference.
  mutating func compare() {
    guard let plan = experiment.comparison,
      let reference = variants.first(where: { $0.name == plan.reference })?.result
    else { return }
    for variant in variants where variant.name != plan.reference {
      for metric in plan.metrics {
        guard let difference = variant.result.difference(from: reference, in: metric, plan) else {
          continue
        }
        let found = VariantDifference(
          variant: variant.name, metric: metric, mean: difference.mean, deviation: difference.deviation,
          pValue: difference.pValue)
        differences.append(found)
        let base = "compare.\(RecordedPath.segment(variant.name)).\(metric)"
        set("\(base).difference", found.mean)
        if let deviation = found.deviation { set("\(base).difference.error", deviation) }
        if let pValue = found.pValue { set("\(base).p-value", pValue) }
      }
    }
  }

  private func difference(
    from reference: ExperimentResult, in metric: String, _ plan: ComparisonPlan
  ) -> (mean: Double, deviation: Double?, pValue: Double?)? {
    let (own, others) = (scores(of: metric), reference.scores(of: metric))
    guard plan.isPaired else {
      guard !own.isEmpty, !others.isEmpty else { return nil }
      return (Statistics.mean(own) - Statistics.mean(others), nil, nil)
    }
    let differences = zip(own, others).map { $0 - $1 }
    guard !differences.isEmpty else { return nil }
    return (
      Statistics.mean(differences),
      differences.count > 1 ? Statistics.standardDeviation(differences) : nil,
      differences.count > 1 ? plan.test?.pValue(of: differences, ratio: testedShare) : nil
    )
  }

  /// The scores of every repetition and fold, in order.
  private func scores(of metric: String) -> [Double] {
    guard repetitions.isEmpty else { return repetitions.flatMap { $0.scores(of: metric) } }
    let part = experiment.comparedPart
    let path = part == "cv" ? "cv.\(metric).folds" : "\(part).\(metric)"
    guard let value = values[path] else { return [] }
    return value.numbers ?? value.number.map { [$0] } ?? []
  }

  /// How many examples are scored for each that is learned from: what the variance of paired differences is corrected by.
  private var testedShare: Double {
    let run = repetitions.first ?? self
    let (rest, test) = run.experiment.parts()
    if let folds = (try? run.experiment.validation())?.folds {
      return Statistics.mean(folds.map(\.testedShare))
    }
    let training = run.fitted?.training.count ?? rest.count
    let tested = test.isEmpty ? run.fitted?.validation.count ?? 0 : test.count
    return Double(tested) / Double(max(training, 1))
  }
}
