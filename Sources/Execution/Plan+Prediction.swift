import Components
import Documents
import Experiments
import Plotting

extension Plan {
  /// The document as it would look if everything ran well, without any numbers: what references are checked
  /// against before anything is computed.
  ///
  /// Swift cells tell nothing beforehand; references to their outputs are let through.
  package var prediction: ExecutedDocument {
    let cells = document.cells.map { cell -> ExecutedCell in
      var executed = ExecutedCell(cell: cell, status: .skipped)
      if let experiment = experiments[cell.label] {
        executed.status = .ok
        executed.outputs = experiment.expectedViews.map { name in
          ResultView.named(name)?.columns(of: experiment) != nil
            ? .table(
              LabeledTable(
                label: "tbl-\(cell.label)-\(name)", table: Table(columns: [], rows: []), caption: nil))
            : Self.figure("fig-\(cell.label)-\(name)")
        }
      } else if plots[cell.label] != nil || diagrams[cell.label] != nil, cell.isLabeled {
        executed.status = .ok
        executed.outputs = [Self.figure(cell.label)]
      } else if tables[cell.label] != nil, cell.isLabeled {
        executed.status = .ok
        executed.outputs = [
          .table(LabeledTable(label: cell.label, table: Table(columns: [], rows: []), caption: nil))
        ]
      }
      if cell.kind == .swift, cell.options.eval { executed.outputs = Self.expectedOutputs(of: cell) }
      return executed
    }
    let texts = Dictionary(
      document.inlineValues.map { ($0.index, "0") }, uniquingKeysWith: { first, _ in first })
    return ExecutedDocument(
      document: document, seed: document.frontMatter.seed, cells: cells, inlineTexts: texts,
      problems: problems,
      parameters: parameters, inputs: inputs)
  }

  /// What the label and the options of a Swift cell promise: a figure or a table.
  private static func expectedOutputs(of cell: Cell) -> [CellOutput] {
    let subcaptions = cell.options.figureSubcaptions.count
    if subcaptions > 1 { return (0..<subcaptions).map { _ in figure(nil) } }
    if cell.isLabeled, cell.label.hasPrefix("tbl-") || cell.options.tableCaption != nil {
      let label = cell.label.hasPrefix("tbl-") ? cell.label : nil
      return [.table(LabeledTable(label: label, table: Table(columns: [], rows: []), caption: nil))]
    }
    guard cell.isLabeled, cell.label.hasPrefix("fig-") || cell.options.figureCaption != nil else { return [] }
    return [figure(cell.label.hasPrefix("fig-") ? cell.label : "fig-\(cell.label)")]
  }

  private static func figure(_ label: String?) -> CellOutput {
    let empty = Plot(x: .linear("x", limits: nil), y: .linear("y", limits: nil)) {}
    return .figure(LabeledFigure(label: label, figure: .plot(empty), caption: nil, alternativeText: ""))
  }
}
