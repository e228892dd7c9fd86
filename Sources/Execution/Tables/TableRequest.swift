import Components
import Datasets
import Experiments
import Plotting
import Search

/// What a `{table}` cell asks for: a table of a result, results side by side, a file, or recorded values.
struct TableRequest: Sendable {
  enum Source: Sendable {
    /// A table that one experiment has.
    case view(String, rows: Rows)
    /// A row for every experiment, with the values at these paths.
    case results([String], paths: [String])
    /// A row for every variant of an experiment, with the values at these paths.
    case variants(String, paths: [String])
    case file(CSVTable)
    /// A recorded list or object: the label of the cell and the path within it.
    case values(ValuePath, position: SourcePosition)
  }

  /// What the rows of a table are.
  enum Rows: String, NamedChoice {
    case results, variants, parts, folds, trials, levels

    /// The view that shows them; nil for those that are experiments.
    var view: ResultView? {
      switch self {
      case .results, .variants: nil
      case .parts: ResultView.named("summary")
      case .folds: ResultView.named("folds")
      case .trials: ResultView.named("trials")
      case .levels: ResultView.named("closure-levels")
      }
    }
  }

  /// What the document holds that a table can show.
  struct Context {
    /// The folder that paths are relative to.
    var folder: String
    /// The labels of experiment cells.
    var labels: [String]
    /// The labels of all cells.
    var cells: [String]
    /// The experiments whose recipes are right.
    var experiments: [String: Experiment]
  }

  let source: Source
  let arrangement: TableArrangement
  let position: SourcePosition
  /// The experiments of the rows, as they were checked.
  private let experiments: [Experiment]
  /// Whether the author says what the rows are.
  private let hasRows: Bool

  /// Reads a request; throws the problem with it.
  init(_ recipe: RecipeNode, _ context: Context) throws {
    let component = Component<TableRequest>(
      "table", help: "A table of results, of a file or of recorded values.", parameters: TableKeys.all
    ) { try TableRequest($0, context) }
    self = try component.decode(map: recipe)
  }

  private init(_ arguments: Arguments, _ context: Context) throws {
    arrangement = TableKeys.arrangement(arguments)
    position = arguments.position
    let keys = TableKeys.sources.filter { arguments.given[$0] != nil }
    guard let key = keys.first else {
      throw Problem(ExecutionError.needsOneOf(what: "a table", keys: TableKeys.sources), at: position)
    }
    if keys.count > 1 {
      throw Problem(
        RecipeError.conflict(keys[0], keys[1], reason: "a table shows one of them"),
        at: arguments.given[keys[1]]?.position ?? position)
    }
    let place = arguments.given[key]?.position ?? position
    if key != "result", let rows = arguments.given["rows"] {
      throw Problem(
        RecipeError.conflict("rows", key, reason: "rows are those of a result"), at: rows.position)
    }
    var shown: [Experiment] = []
    switch key {
    case "result": source = try Self.results(arguments, arrangement, context, &shown)
    case "csv":
      source = .file(try CSVFile.read(arguments[TableKeys.csv] ?? "", folder: context.folder, at: place))
    default: source = try Self.values(arguments[TableKeys.values] ?? "", context, at: place)
    }
    experiments = shown
    hasRows = arguments.given["rows"] != nil
    try check()
  }

  /// Checks the columns that are named against those that there will be.
  private func check() throws {
    switch source {
    case .view(_, let rows):
      guard let experiment = experiments.first, let columns = rows.view?.columns(of: experiment) else {
        return
      }
      let titles = columns.map(\.title)
      // Unless the author says what the rows are, the column may have been meant as a value of the result.
      for choice in arrangement.named where !hasRows && !titles.contains(choice.name) {
        throw Problem(
          ExecutionError.unknownColumn(name: choice.name, known: titles + experiment.columnPaths),
          at: choice.position)
      }
      try arrangement.check(titles, directions: direction)
    case .results, .variants: try checkComparison()
    case .file(let contents): try arrangement.check(contents.names, directions: direction)
    case .values: return
    }
  }

  /// Checks the paths of a comparison against the values that its experiments will have.
  private func checkComparison() throws {
    let (heading, paths): (String, [String])
    switch source {
    case .results(let labels, let named):
      guard experiments.count == labels.count else { return }
      (heading, paths) = ("experiment", named)
    case .variants(_, let named): (heading, paths) = ("variant", named)
    default: return
    }
    for choice in arrangement.named where choice.name != heading {
      for experiment in experiments where !Self.has(experiment, choice.name) {
        throw Problem(
          ExecutionError.unknownValue(
            label: experiment.label, path: choice.name, known: experiment.columnPaths), at: choice.position)
      }
    }
    try arrangement.check([heading] + paths, directions: direction)
  }

  private func direction(_ column: String) -> Direction? {
    experiments.lazy.compactMap { $0.direction(of: column) }.first
  }

  private static func has(_ experiment: Experiment, _ path: String) -> Bool {
    experiment.columnPaths.contains(path) || experiment.listPaths.contains { path.hasPrefix("\($0).") }
  }
}

// MARK: Sources

extension TableRequest {
  private static func results(
    _ arguments: Arguments, _ arrangement: TableArrangement, _ context: Context, _ shown: inout [Experiment]
  ) throws -> Source {
    let labels = arguments[TableKeys.result] ?? []
    let position = arguments.given["result"]?.position ?? arguments.position
    guard !labels.isEmpty else {
      throw Problem(ExecutionError.needsOneOf(what: "a table", keys: TableKeys.sources), at: position)
    }
    for label in labels where !context.labels.contains(label) {
      throw Problem(ExecutionError.unknownLabel(name: label, known: context.labels), at: position)
    }
    shown = labels.compactMap { context.experiments[$0] }
    let place = arguments.given["rows"]?.position ?? position
    let given = arguments[TableKeys.rows]
    if labels.count > 1 {
      if let given, given.view != nil {
        throw Problem(ExecutionError.rowsOfOneResult(rows: given.rawValue), at: place)
      }
      return .results(labels, paths: paths(arrangement, shown))
    }
    if given == .variants || given == nil, let experiment = shown.first, !experiment.variants.isEmpty {
      shown = experiment.variants.map(\.experiment)
      return .variants(labels[0], paths: paths(arrangement, shown))
    }
    let namesValues = shown.contains { experiment in
      arrangement.named.contains { $0.name == "experiment" || has(experiment, $0.name) }
    }
    let rows = given ?? (namesValues ? .results : .parts)
    if rows == .results { return .results(labels, paths: paths(arrangement, shown)) }
    let available = shown.first.map { experiment in
      Rows.allCases.filter { $0.view?.columns(of: experiment) != nil }
    }
    if let available, !available.contains(rows) {
      throw Problem(
        ExecutionError.noSuchRows(label: labels[0], rows: rows.rawValue, known: available.map(\.rawValue)),
        at: place)
    }
    return .view(labels[0], rows: rows)
  }

  /// The values of a comparison: those that are named, or the scores that all experiments have.
  private static func paths(_ arrangement: TableArrangement, _ shown: [Experiment]) -> [String] {
    var paths: [String] = []
    let common = (shown.first?.comparedPaths ?? []).filter { path in shown.allSatisfy { has($0, path) } }
    let named = arrangement.named.map(\.name)
    for path in (arrangement.columns == nil ? common : []) + named
    where !["experiment", "variant"].contains(path) && !paths.contains(path) {
      paths.append(path)
    }
    return paths
  }

  private static func values(_ text: String, _ context: Context, at position: SourcePosition) throws -> Source
  {
    let path = ValuePath(text)
    guard context.cells.contains(path.label) else {
      throw Problem(ExecutionError.unknownLabel(name: path.label, known: context.cells), at: position)
    }
    if let experiment = context.experiments[path.label] {
      guard !experiment.columnPaths.contains(path.rest) else {
        throw Problem(ExecutionError.noList(label: path.label, path: path.rest), at: position)
      }
      let known = experiment.listPaths
      guard known.contains(where: { $0 == path.rest || path.rest.hasPrefix("\($0).") }) else {
        throw Problem(
          ExecutionError.unknownValue(label: path.label, path: path.rest, known: known), at: position)
      }
    }
    return .values(path, position: position)
  }
}

// MARK: Tables

extension TableRequest {
  /// Makes the table.
  ///
  /// Throws the problem if there is nothing to show; nil if an experiment has failed.
  func table(_ results: [String: ExperimentResult], value: (ValuePath) -> RecordedValue?) throws -> Table? {
    switch source {
    case .view(let label, let rows):
      guard let result = results[label] else { return nil }
      guard case .table(let table)? = rows.view?.make(result) else {
        throw Problem(ExecutionError.noSuchView(label: label, kind: rows.rawValue), at: position)
      }
      return try arrangement.applied(to: table, directions: direction)
    case .results(let labels, let paths):
      let all = labels.compactMap { results[$0] }
      guard all.count == labels.count else { return nil }
      return try comparison(all.map { ($0.experiment.label, $0) }, heading: "experiment", paths)
    case .variants(let label, let paths):
      guard let result = results[label] else { return nil }
      return try comparison(result.variants.map { ($0.title, $0.result) }, heading: "variant", paths)
    case .file(let contents):
      return try arrangement.applied(to: CSVFile.table(contents), directions: direction)
    case .values(let path, let position):
      guard let recorded = value(path) else {
        throw Problem(
          ExecutionError.unknownValue(label: path.label, path: path.rest, known: []), at: position)
      }
      guard let table = RecordedTable.table(of: recorded) else {
        throw Problem(ExecutionError.noList(label: path.label, path: path.rest), at: position)
      }
      return try arrangement.applied(to: table, directions: direction)
    }
  }

  private func comparison(
    _ results: [(name: String, result: ExperimentResult)], heading: String, _ paths: [String]
  ) throws -> Table {
    var arrangement = arrangement
    arrangement.columns = arrangement.columns.map { withNames($0, heading) }
    return try arrangement.applied(
      to: ExperimentResult.comparison(results, heading: heading, paths: paths), directions: direction)
  }

  /// The columns of a comparison, with the names first unless the author puts them elsewhere.
  private func withNames(_ columns: [ColumnChoices.Choice], _ heading: String) -> [ColumnChoices.Choice] {
    columns.contains { $0.name == heading }
      ? columns : [.init(name: heading, position: position)] + columns
  }
}
