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
  /// What a recipe must have for a figure; tables say it by their columns.
  public let needs: [ViewNeed]
  /// The columns of a table, as far as a recipe tells them before it runs; nil for figures, and for what the
  /// experiment will not have.
  public let columns: @Sendable (Experiment) -> [Table.Column]?
  /// The view of made-up data, for tests and the catalog; tables have none.
  public let example: (@Sendable () -> Figure)?
  private let isTable: Bool
  private let content: (@Sendable (ExperimentResult) -> Content?)?

  /// A figure of results.
  init(
    name: String, help: String, isDefault: Bool = false, needs: [ViewNeed] = [],
    example: @escaping @Sendable () -> Figure, make: @escaping @Sendable (ExperimentResult) -> Content?
  ) {
    self.name = name
    self.help = help
    self.isDefault = isDefault
    self.needs = needs
    self.example = example
    columns = { _ in nil }
    isTable = false
    content = make
  }

  /// A figure that cells draw from their own data: no experiment has what it needs.
  init(name: String, help: String, example: @escaping @Sendable () -> Figure) {
    self.name = name
    self.help = help
    isDefault = false
    needs = []
    self.example = example
    columns = { _ in nil }
    isTable = false
    content = nil
  }

  /// A table of results.
  init(
    name: String, help: String, isDefault: Bool,
    columns: @escaping @Sendable (Experiment) -> [Table.Column]?,
    make: @escaping @Sendable (ExperimentResult) -> Content?
  ) {
    self.name = name
    self.help = help
    self.isDefault = isDefault
    needs = []
    self.columns = columns
    example = nil
    isTable = true
    content = make
  }

  /// Whether results of experiments have it; other figures are drawn by cells.
  public var isOfResults: Bool { content != nil }

  /// Whether the results of a checked recipe will have it.
  public func isExpected(of experiment: Experiment) -> Bool {
    if isTable { return columns(experiment) != nil }
    return isOfResults && needs.allSatisfy { $0.isMet(by: experiment) }
  }

  /// What a recipe lacks for a figure.
  public func missing(for experiment: Experiment) -> [ViewNeed] { needs.filter { !$0.isMet(by: experiment) } }

  /// Makes the view; nil if the result has nothing for it.
  public func make(_ result: ExperimentResult) -> Content? { content?(result) }

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
  public static let all: [ResultView] =
    [.summary, .lossCurves, .fit, .foldScores, .searchHistory, .parameterSlices, .closureTest, .closureTable]
    + training + predictions + validation + search + [.trialTable, .foldTable] + data + models

  /// Figures of what happens while a network learns.
  private static let training: [ResultView] = [
    .generalizationGap, .metricCurves, .learningRate, .gradientNorm, .layerSpread, .lossSurface,
    .activationFunctions, .networkDiagram,
  ]

  /// Figures of what a fitted model predicts.
  private static let predictions: [ResultView] = [
    .predictionsAgainstTruth, .residuals, .pulls, .decisionBoundary, .confusionMatrix, .rocCurve,
    .precisionRecall, .calibration, .imageGrid,
  ]

  /// Figures of cross-validation, learning curves and closure tests.
  private static let validation: [ResultView] = [
    .foldPicture, .learningCurve, .validationCurve, .biasVariance, .coverage,
  ]

  /// Figures of searches.
  private static let search: [ResultView] = [
    .parallelCoordinates, .parameterContour, .parameterImportances, .empiricalDistribution, .rungs,
    .trialTimeline, .parzenEstimators, .gaussianProcess, .gridAgainstRandom,
  ]

  /// Figures of the data, and their table.
  private static let data: [ResultView] = [.correlationMatrix, .pairPlot, .classBalance, .dataCard]

  /// Figures of models.
  private static let models: [ResultView] = [
    .clusters, .dendrogram, .silhouette, .neighborDistance, .elbow, .explainedVariance, .decisionTree,
    .featureImportances, .generatedSamples, .weights, .filters,
  ]

  /// The names of all views.
  public static var names: [String] { all.map(\.name) }

  /// The names of those that results can have.
  public static var resultNames: [String] { all.filter(\.isOfResults).map(\.name) }

  /// The names of the figures that results can have.
  public static var figureNames: [String] {
    all.filter { $0.isOfResults && $0.example != nil }.map(\.name)
  }

  /// The names of those that an experiment shows by itself.
  public static var defaultNames: [String] { all.filter(\.isDefault).map(\.name) }

  /// The view of a name.
  public static func named(_ name: String) -> ResultView? { all.first { $0.name == name } }
}

/// A name with its first letter raised, for axis labels and headings.
func capitalized(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }
