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
  static let foldTable = ResultView(
    name: "folds", help: "Every fold of the cross-validation.", isDefault: false, columns: foldColumns
  ) { result in
    guard let columns = foldColumns(result.experiment), !result.folds.isEmpty else { return nil }
    let folds = (try? result.experiment.validation())?.folds ?? []
    let rows = result.folds.enumerated().map { index, scores -> [Table.Cell] in
      let name = index < folds.count ? folds[index].name : nil
      return [name.map { .text($0) } ?? .integer(index + 1), .real(scores.loss)]
        + scores.metrics.map { .real($0) }
    }
    return .table(
      Table(columns: columns, rows: rows, caption: result.foldCaption, hasRowHeaders: true))
  }

  private static let foldColumns: @Sendable (Experiment) -> [Table.Column]? = { experiment in
    experiment.splitter.map { _ in
      ["fold"] + experiment.scoreNames.map { .init($0, decimals: 4) }
    }
  }
}

extension ExperimentResult {
  /// What the folds show, and how far their means can be trusted.
  fileprivate var foldCaption: String {
    let errors = experiment.scoreNames.compactMap { name -> String? in
      guard let error = values["cv.\(name).error"]?.number, error.isFinite else { return nil }
      return "\(ValueFormat.significant(error, 2)) for \(name)"
    }
    guard !errors.isEmpty else { return "The scores of every held-out fold." }
    return
      "The scores of every held-out fold. The standard error of their mean, corrected for the examples that "
      + "trainings share and approximate, is \(errors.joined(separator: ", "))."
  }
}
