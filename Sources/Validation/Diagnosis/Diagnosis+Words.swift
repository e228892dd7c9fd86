import Components
import Search

extension Diagnosis {
  /// The diagnosis in a paragraph.
  public var paragraph: String {
    [dataSentence, modelSentence, readingSentence, dataSizeSentence, adviceSentence].compactMap(\.self)
      .joined(separator: " ")
      + " The test part was not looked at."
  }

  private func text(_ measurement: Measurement) -> String {
    measurement.error.isFinite && measurement.error > 1e-6 * measurement.value.magnitude
      ? ValueFormat.uncertain(measurement.value, measurement.error)
      : ValueFormat.significant(measurement.value, 3)
  }

  private var dataSentence: String {
    let size =
      "\(report.count) examples of \(report.featureCount) \(report.featureCount == 1 ? "feature" : "features")"
    guard !report.findings.isEmpty else { return "Nothing is noticeable about the \(size)." }
    return "Of the \(size): " + report.findings.map(\.text).joined(separator: "; ") + "."
  }

  private var modelSentence: String {
    let others = references.map { "\($0.words) \(text($0.held))" }.joined(separator: ", ")
    let scores =
      "Held-out \(metric): \(others), the model \(text(model.held)), and \(text(model.training)) on the "
      + "examples that it learned from."
    let better = references.filter { $0.gain.isSignificant && $0.gain.value > 0 }
      .map { "\($0.words) \(text($0.gain))" }
    return better.isEmpty ? scores : "\(scores) Better than the model: \(better.joined(separator: ", "))."
  }

  private var readingSentence: String {
    let problems = readings.compactMap { reading -> String? in
      switch reading {
      case .bias: "of bias, as it cannot follow the data closely enough"
      case .variance: "of variance, as restraint or more data can close the gap of \(text(gap))"
      case .balanced: nil
      }
    }
    guard problems.isEmpty else {
      return "The model has a problem " + problems.joined(separator: ", and one ") + "."
    }
    return gap.isSignificant && gap.value > 0
      ? "The model is balanced: there is a gap of \(text(gap)), but neither restraint nor more data closes it."
      : "The model is balanced: the gap of \(text(gap)) is within its error."
  }

  private var dataSizeSentence: String {
    let loss = halving.isSignificant && halving.value > 0
    let half =
      loss ? "Half of the data cost \(text(halving))" : "Half of the data would do as well (\(text(halving)))"
    guard loss, let doubled, doubled.isFinite, direction.isBetter(doubled, than: model.held.value) else {
      return half + "."
    }
    return "\(half); twice as many should give \(ValueFormat.significant(doubled, 3))."
  }

  private var adviceSentence: String? {
    guard !effects.isEmpty else { return nil }
    let helpful = effects.filter { $0.held.isSignificant && $0.held.value > 0 }
    guard !helpful.isEmpty else {
      let best = effects[0]
      let gain = "a gain of \(text(best.held))"
      return effects.count == 1
        ? "The one change that was tried, \(best.words), does not help measurably (\(gain))."
        : "None of the \(effects.count) changes that were tried helps measurably; the best is \(best.words), with \(gain)."
    }
    let list = helpful.prefix(3).map { "\($0.words) (\(text($0.held)))" }.joined(separator: ", ")
    return "Try next: \(list)."
  }
}
