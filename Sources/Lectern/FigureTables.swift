import Experiments
import Plotting

extension MarkKind {
  /// All kinds of marks: a table of the guide.
  public static var table: Table {
    Table(
      columns: ["mark", "what it shows"], rows: catalog.map { [.text($0.name), .text($0.help)] },
      hasRowHeaders: true)
  }
}

extension ResultView {
  /// All figures and tables of results with what a recipe must have for them: a table of the guide.
  public static var table: Table {
    Table(
      columns: ["kind", "what it shows", "needs"],
      rows: all.map { view in
        let needs = view.isOfResults ? view.needs.map(\.words).joined(separator: ", ") : "numbers of a cell"
        return [.text(view.name), .text(view.help), .text(needs)]
      }, hasRowHeaders: true)
  }
}
