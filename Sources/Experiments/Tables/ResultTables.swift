import Components
import Plotting

extension ResultView {
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
