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
  /// Makes the view; nil if the result has nothing for it.
  public let make: @Sendable (ExperimentResult) -> Content?

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
