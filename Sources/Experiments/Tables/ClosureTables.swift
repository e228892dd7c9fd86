import Components
import Plotting
import Validation

extension ResultView {
  /// The estimators of every level of the closure test.
  static let closureTable = ResultView.table(
    name: "closure-levels", help: "The estimators of every level of the closure test.", isDefault: true,
    caption:
      "Closure test: estimators in units of the data's errors, with their errors over fits and replicas; "
      + "the last column is what a perfect strategy would show with so many replicas.",
    columns: { experiment in
      experiment.closure.map { closure in
        ["estimator"] + closure.levels.map { .init("level \($0)", format: .significant(3)) }
          + (closure.levels.contains(2) ? [.init("perfect", format: .significant(3))] : [])
      }
    },
    rows: { result in
      guard !result.closure.isEmpty else { return [] }
      return ClosureRow.all.compactMap { $0.cells(of: result) }
    })

  /// What the closure test says, in words.
  static let closureVerdict = ResultView.table(
    name: "closure-verdict", help: "What the closure test says about the strategy, in words.",
    isDefault: true, caption: "What the closure test says about the strategy.",
    columns: { experiment in
      let plan = experiment.confirmedClosure
      return plan?.levels.contains(2) == true && plan?.fits != 1 ? ["finding", "evidence"] : nil
    },
    rows: { result in
      guard let verdict = result.verdict else { return [] }
      return zip(verdict.findings, verdict.evidence).map { [.text($0.rawValue), .text($1)] }
    })
}

/// An estimator among those of the closure table.
private struct ClosureRow {
  /// What it is called.
  var title: String
  /// Its name in results.
  var name: String
  /// What a perfect strategy would show: a number, or the name of the result that tells it.
  var perfect: Perfect?

  enum Perfect {
    case number(Double)
    case result(String)
  }

  init(_ title: String, _ name: String, perfect: Perfect? = nil) {
    self.title = title
    self.name = name
    self.perfect = perfect
  }

  /// The cells of all levels; nil if no level has the estimator.
  func cells(of result: ExperimentResult) -> [Table.Cell]? {
    let levels = result.closure.map(\.level)
    guard levels.contains(where: { result.has("closure.level\($0).\(name)") }) else { return nil }
    let cells = levels.map { level -> Table.Cell in
      let path = "closure.level\(level).\(name)"
      // What rounding leaves of zero is no number to read.
      guard let value = result.values[path]?.number, value.magnitude < 1e-12 else {
        return result.cell(at: path)
      }
      return .real(0)
    }
    guard levels.contains(2) else { return [.text(title)] + cells }
    let last: Table.Cell =
      switch perfect {
      case .number(let number): .real(number)
      case .result(let name): result.cell(at: "closure.level2.\(name)")
      case nil: .missing
      }
    return [.text(title)] + cells + [last]
  }

  private static let inside: [ClosureRow] = [
    ClosureRow("bias", "bias"),
    ClosureRow("systematic bias", "systematic-bias", perfect: .number(0)),
    ClosureRow("variance", "variance"),
    ClosureRow("ratio R", "ratio", perfect: .result("ratio.expected")),
    ClosureRow("ratio, corrected for replicas", "ratio.corrected", perfect: .number(1)),
    ClosureRow("normalized bias", "normalized-bias"),
    ClosureRow("coverage ξ₁", "xi-1", perfect: .result("xi-1.expected")),
    ClosureRow("coverage ξ₂", "xi-2", perfect: .result("xi-2.expected")),
    ClosureRow("ξ₁ in the eigenbasis", "eigenbasis.xi-1", perfect: .result("xi-1.expected")),
    ClosureRow("ξ₂ in the eigenbasis", "eigenbasis.xi-2", perfect: .result("xi-2.expected")),
    ClosureRow("Δχ²", "delta-chi2"), ClosureRow("χ² of the mean", "chi2"),
    ClosureRow("χ² of each replica", "replica-chi2"), ClosureRow("φ", "phi"),
  ]

  private static let outside: [ClosureRow] = [
    ClosureRow("bias out of the sample", "out-of-sample.bias"),
    ClosureRow("variance out of the sample", "out-of-sample.variance"),
    ClosureRow("ratio R out of the sample", "out-of-sample.ratio", perfect: .result("ratio.expected")),
    ClosureRow("ξ₁ out of the sample", "out-of-sample.xi-1", perfect: .result("xi-1.expected")),
    ClosureRow("χ² out of the sample", "out-of-sample.chi2"),
  ]

  static let all = inside + outside
}
