import Components
import Plotting

/// A figure or a table that is made from a result: what `show:` and the `kind` of a plot can name.
public struct ResultView: Sendable {
  /// What a view shows.
  public enum Content: Sendable {
    case figure(Figure, caption: String)
    case table(Table)
    /// Sentences; a line each stands by itself.
    case paragraph(String)
  }

  /// The name in recipes; figures of an experiment are labeled `fig-LABEL-NAME`.
  public let name: String
  /// One line of help.
  public let help: String
  /// Whether an experiment shows it by itself.
  public let isDefault: Bool
  /// What a recipe must have for a figure; tables say it by their columns.
  public let needs: [ViewNeed]
  private let ownColumns: @Sendable (Experiment) -> [Table.Column]?
  /// Whether a table shows all variants together by itself.
  private let isOfVariants: Bool
  /// The view of made-up data, for tests and the catalog; tables have none.
  public let example: (@Sendable () -> Figure)?
  private let form: Form
  private let content: (@Sendable (ExperimentResult) -> Content?)?

  private enum Form {
    case figure, table, paragraph
  }

  /// What results say in words.
  init(
    name: String, help: String, isDefault: Bool, needs: [ViewNeed],
    sentences: @escaping @Sendable (ExperimentResult) -> String?
  ) {
    self.name = name
    self.help = help
    self.isDefault = isDefault
    self.needs = needs
    example = nil
    ownColumns = { _ in nil }
    isOfVariants = false
    form = .paragraph
    content = { result in sentences(result).map { .paragraph($0) } }
  }

  /// Whether it is a table.
  public var isTable: Bool { form == .table }

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
    ownColumns = { _ in nil }
    isOfVariants = false
    form = .figure
    content = make
  }

  /// A figure that cells draw from their own data: no experiment has what it needs.
  init(name: String, help: String, example: @escaping @Sendable () -> Figure) {
    self.name = name
    self.help = help
    isDefault = false
    needs = []
    self.example = example
    ownColumns = { _ in nil }
    isOfVariants = false
    form = .figure
    content = nil
  }

  /// A table of results.
  init(
    name: String, help: String, isDefault: Bool, isOfVariants: Bool = false,
    columns: @escaping @Sendable (Experiment) -> [Table.Column]?,
    make: @escaping @Sendable (ExperimentResult) -> Content?
  ) {
    self.name = name
    self.help = help
    self.isDefault = isDefault
    needs = []
    ownColumns = columns
    self.isOfVariants = isOfVariants
    example = nil
    form = .table
    content = make
  }

  /// Whether results of experiments have it; other figures are drawn by cells.
  public var isOfResults: Bool { content != nil }

  /// Whether the results of a checked recipe will have it, those of one variant at least.
  public func isExpected(of experiment: Experiment) -> Bool {
    if isTable { return columns(of: experiment) != nil }
    guard experiment.variants.isEmpty else {
      return experiment.variants.contains { isExpected(of: $0.experiment) }
    }
    return isOfResults && needs.allSatisfy { $0.isMet(by: experiment) }
  }

  /// What a recipe lacks for a figure.
  public func missing(for experiment: Experiment) -> [ViewNeed] { needs.filter { !$0.isMet(by: experiment) } }

  /// The columns of a table, as far as a recipe tells them before it runs; nil for figures, and for what the
  /// experiment will not have.
  public func columns(of experiment: Experiment) -> [Table.Column]? {
    guard !experiment.variants.isEmpty, !isOfVariants else { return ownColumns(experiment) }
    return experiment.variants.lazy.compactMap { ownColumns($0.experiment) }.first.map { ["variant"] + $0 }
  }

  /// Makes the view; nil if the result has nothing for it.
  ///
  /// Variants come together: figures over each other or in panels, the rows of tables below each other.
  public func make(_ result: ExperimentResult) -> Content? {
    guard !result.variants.isEmpty, !isOfVariants else { return content?(result) }
    let parts = result.variants.compactMap { variant in
      content?(variant.result).map { (name: variant.title, content: $0) }
    }
    switch form {
    case .figure: return Self.arranged(parts)
    case .table: return joined(parts)
    case .paragraph:
      let lines = parts.compactMap { part -> String? in
        if case .paragraph(let text) = part.content { "\(part.name): \(text)" } else { nil }
      }
      return lines.isEmpty ? nil : .paragraph(lines.joined(separator: "\n"))
    }
  }

  private static func arranged(_ parts: [(name: String, content: Content)]) -> Content? {
    var caption = ""
    var figures: [(name: String, figure: Figure)] = []
    for (name, content) in parts {
      guard case .figure(let figure, let text) = content else { continue }
      if figures.isEmpty { caption = text }
      figures.append((name, figure))
    }
    return Figure.arranged(figures).map { .figure($0, caption: caption) }
  }

  /// The rows of tables below each other; where their captions differ, the help of the view stands for them.
  private func joined(_ parts: [(name: String, content: Content)]) -> Content? {
    var result: Table?
    for (name, content) in parts {
      guard case .table(let table) = content else { continue }
      let rows = table.rows.map { [.text(name)] + $0 }
      guard result?.columns.count ?? table.columns.count + 1 == table.columns.count + 1 else { continue }
      result = Table(
        columns: result?.columns ?? ["variant"] + table.columns, rows: (result?.rows ?? []) + rows,
        caption: result.map { $0.caption == table.caption ? table.caption : help } ?? table.caption,
        hasRowHeaders: true)
    }
    return result.map { .table($0) }
  }

  /// A table whose first column names the rows; without rows there is none.
  static func table(
    name: String, help: String, isDefault: Bool, isOfVariants: Bool = false, caption: String,
    columns: @escaping @Sendable (Experiment) -> [Table.Column]?,
    rows: @escaping @Sendable (ExperimentResult) -> [[Table.Cell]]
  ) -> ResultView {
    ResultView(
      name: name, help: help, isDefault: isDefault, isOfVariants: isOfVariants, columns: columns
    ) { result in
      let rows = rows(result)
      guard let columns = columns(result.experiment), !rows.isEmpty else { return nil }
      return .table(Table(columns: columns, rows: rows, caption: caption, hasRowHeaders: true))
    }
  }

  /// All views, in the order in which they are shown.
  public static let all: [ResultView] =
    [
      .comparison, .summary, .lossCurves, .fit, .forecast, .generatedSamples, .foldScores, .searchSummary,
      .bestTrials, .searchHistory, .paretoFront, .parameterSlices, .parameterImportances, .closureTest,
      .closureVerdict, .closureTable, .diagnosis, .diagnosisTable, .diagnosisEffects,
    ]
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
    .parallelCoordinates, .parameterContour, .empiricalDistribution, .rungs,
    .trialTimeline, .parzenEstimators, .gaussianProcess, .gridAgainstRandom,
  ]

  /// Figures of the data, and their table.
  private static let data: [ResultView] = [.correlationMatrix, .pairPlot, .classBalance, .dataCard]

  /// Figures of models.
  private static let models: [ResultView] = [
    .clusters, .dendrogram, .silhouette, .neighborDistance, .elbow, .explainedVariance, .decisionTree,
    .featureImportances, .weights, .filters,
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

  /// The names of those that an experiment with variants shows by itself: a row a variant in place of one a part.
  public static var defaultNamesOfVariants: [String] { defaultNames.filter { $0 != "summary" } }

  /// The view of a name.
  public static func named(_ name: String) -> ResultView? { all.first { $0.name == name } }
}

/// A name with its first letter raised, for axis labels and headings.
func capitalized(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }
