import Components
import Plotting

extension ResultView {
  /// Every trial of the search.
  static let trialTable = ResultView(
    name: "trials", help: "Every trial of the search.", isDefault: false, needs: [.search]
  ) {
    result in
    guard let search = result.experiment.search, !result.trials.isEmpty else { return nil }
    let space = result.experiment.space
    return .table(
      Table(
        columns: [.init("trial")] + space.parameters.map { .init($0.name) } + [
          .init(search.path, decimals: 4)
        ],
        rows: result.trials.map { trial in
          [.integer(trial.number)] + space.recorded(trial.assignment).map(\.value) + [.real(trial.value)]
        }, caption: "All trials of the search."))
  }

  /// Every fold of the cross-validation.
  static let foldTable = ResultView(
    name: "folds", help: "Every fold of the cross-validation.", isDefault: false, needs: [.folds]
  ) { result in
    guard !result.folds.isEmpty else { return nil }
    let names = result.experiment.metrics.map(\.name)
    return .table(
      Table(
        columns: [.init("fold"), .init("loss", decimals: 4)] + names.map { .init($0, decimals: 4) },
        rows: result.folds.enumerated().map { index, scores in
          [.integer(index + 1), .real(scores.loss)] + scores.metrics.map { .real($0) }
        }, caption: "The scores of every held-out fold."))
  }

  /// The estimators of every level of the closure test.
  static let closureTable = ResultView(
    name: "closure-levels", help: "The estimators of every level of the closure test.", isDefault: true,
    needs: [.closure]
  ) { result in
    guard !result.closure.isEmpty else { return nil }
    let quantities = ["bias", "variance", "ratio", "xi-1", "xi-2", "delta-chi2", "chi2", "phi"]
    let rows = quantities.map { name in
      [RecordedValue.text(name)] + result.closure.map { .text(estimate(name, level: $0.level, result)) }
    }
    return .table(
      Table(
        columns: [.init("estimator")] + result.closure.map { .init("level \($0.level)") }, rows: rows,
        caption: "Closure test: estimators in units of the data's errors, with their errors over fits."))
  }

  private static func estimate(_ name: String, level: Int, _ result: ExperimentResult) -> String {
    let path = "closure.level\(level).\(name)"
    guard let value = result.values[path]?.number else { return "–" }
    guard let error = result.values["\(path).error"]?.number else { return ValueFormat.significant(value, 3) }
    return ValueFormat.uncertain(value, error)
  }
}
