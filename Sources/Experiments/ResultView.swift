import Components
import Plotting

/// A figure or a table that is made from a result: what `show:` and the `kind` of a plot can name.
public struct ResultView: Sendable {
  /// What a view shows.
  public enum Content: Sendable {
    case figure(Figure, caption: String)
    case table(Table)
  }

  /// The name in recipes; figures of an experiment are labeled `fig-LABEL-NAME`.
  public let name: String
  /// One line of help.
  public let help: String
  /// Whether an experiment shows it by itself.
  public let isDefault: Bool
  /// The columns of a table, as far as a recipe tells them before it runs; nil for figures, and for what the
  /// experiment will not have.
  public let columns: @Sendable (Experiment) -> [Table.Column]?
  /// Makes the view; nil if the result has nothing for it.
  public let make: @Sendable (ExperimentResult) -> Content?

  init(
    name: String, help: String, isDefault: Bool,
    columns: @escaping @Sendable (Experiment) -> [Table.Column]? = { _ in nil },
    make: @escaping @Sendable (ExperimentResult) -> Content?
  ) {
    self.name = name
    self.help = help
    self.isDefault = isDefault
    self.columns = columns
    self.make = make
  }

  /// A table whose first column names the rows; without rows there is none.
  static func table(
    name: String, help: String, isDefault: Bool, caption: String,
    columns: @escaping @Sendable (Experiment) -> [Table.Column]?,
    rows: @escaping @Sendable (ExperimentResult) -> [[Table.Cell]]
  ) -> ResultView {
    ResultView(name: name, help: help, isDefault: isDefault, columns: columns) { result in
      let rows = rows(result)
      guard let columns = columns(result.experiment), !rows.isEmpty else { return nil }
      return .table(Table(columns: columns, rows: rows, caption: caption, hasRowHeaders: true))
    }
  }

  /// All views, in the order in which they are shown.
  public static let all: [ResultView] = [
    .summary, .lossCurves, .fit, .foldScores, .searchHistory, .parameterSlices, .closureTest, .closureTable,
    .trialTable, .foldTable,
  ]

  /// The names of all views.
  public static var names: [String] { all.map(\.name) }

  /// The names of those that an experiment shows by itself.
  public static var defaultNames: [String] { all.filter(\.isDefault).map(\.name) }

  /// The view of a name.
  public static func named(_ name: String) -> ResultView? { all.first { $0.name == name } }
}

/// A name with its first letter raised, for axis labels and headings.
func capitalized(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }
