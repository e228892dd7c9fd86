import Components
import Plotting

extension ResultView {
  /// The loss and the metrics of every part.
  static let summary = ResultView(
    name: "summary", help: "The loss and the metrics of every part.", isDefault: true,
    columns: { experiment in ["part"] + experiment.scoreNames.map { .init($0, decimals: 4) } }
  ) { result in
    let names = result.experiment.scoreNames
    let parts = ["train", "validation", "test"].filter { result.has("\($0).\(names.first ?? "loss")") }
    let rows = (parts + (result.folds.isEmpty ? [] : ["cv"])).flatMap { part -> [[Table.Cell]] in
      let own =
        [Table.Cell.text(part == "cv" ? "cross-validation" : part)]
        + names.map { result.cell(at: "\(part).\($0)") }
      return [own] + result.intervalRow(part, names)
    }
    guard !rows.isEmpty else { return nil }
    let count = result.repetitions.count
    let spread =
      count > 1
      ? "; means and standard deviations of \(count) repetitions"
      : result.folds.isEmpty ? "" : "; cross-validation shows mean and standard deviation over folds"
    return .table(
      Table(
        columns: ["part"] + names.map { .init($0, decimals: 4) }, rows: rows,
        caption: "Scores of every part\(spread).", hasRowHeaders: true))
  }
}

extension ExperimentResult {
  /// The intervals of a part's scores, if there are any.
  fileprivate func intervalRow(_ part: String, _ names: [String]) -> [[Table.Cell]] {
    guard let interval = experiment.interval,
      names.contains(where: { values["\(part).\($0).interval"] != nil })
    else { return [] }
    let cells = names.map { name -> Table.Cell in
      guard case .list(let ends)? = values["\(part).\(name).interval"], let low = ends.first?.number,
        let high = ends.last?.number
      else { return .missing }
      return .text("\(ValueFormat.significant(low, 3)) – \(ValueFormat.significant(high, 3))")
    }
    return [[.text("\(part), \(ValueFormat.short(100 * interval.level)) % interval")] + cells]
  }

  /// Whether there is a value at a path, or several with a mean.
  func has(_ path: String) -> Bool { values[path] != nil || values["\(path).mean"] != nil }
}
