import Components
import Plotting

extension ResultView {
  /// Every trial of the search.
  static let trialTable = ResultView.table(
    name: "trials", help: "Every trial of the search.", isDefault: false,
    caption: "All trials of the search.",
    columns: { experiment in
      experiment.search.map { search in
        ["trial"] + experiment.space.parameters.map { .init($0.name) } + [.init(search.path, decimals: 4)]
      }
    },
    rows: { result in
      result.trials.map { trial in
        [.integer(trial.number)]
          + result.experiment.space.recorded(trial.assignment).map { Table.Cell($0.value) }
          + [.real(trial.value)]
      }
    })

  /// Every fold of the cross-validation.
  static let foldTable = ResultView.table(
    name: "folds", help: "Every fold of the cross-validation.", isDefault: false,
    caption: "The scores of every held-out fold.",
    columns: { experiment in
      experiment.splitter.map { _ in
        ["fold"] + experiment.scoreNames.map { .init($0, decimals: 4) }
      }
    },
    rows: { result in
      result.folds.enumerated().map { index, scores in
        [.integer(index + 1), .real(scores.loss)] + scores.metrics.map { .real($0) }
      }
    })
}
