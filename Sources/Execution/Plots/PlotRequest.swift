import Components
import Datasets
import Experiments
import Plotting

/// What a `{plot}` cell asks for: a view of one or more results, columns of a file, or recorded lists.
struct PlotRequest: Sendable {
  enum Source: Sendable {
    /// A view of results.
    case results([String], kind: String, layout: FigureLayout)
    /// Columns of a file.
    case file(ColumnPlot)
    /// Recorded lists, drawn by a mark: the labels of the cells and the paths within them.
    case values([ValuePath], mark: ColumnPlot.Mark, position: SourcePosition)
  }

  /// What is drawn: one figure, or one behind each tab.
  enum Outcome {
    case figure(Figure, caption: String?)
    case tabs([(name: String, figure: Figure)])
  }

  let source: Source
  let style: PlotStyle
  let position: SourcePosition

  /// Reads a request; throws the problem with it.
  init(_ recipe: RecipeNode, _ context: TableRequest.Context) throws {
    let component = Component<PlotRequest>(
      "plot", help: "A plot of a result, of a file or of recorded values.", parameters: PlotKeys.all
    ) { try PlotRequest($0, context) }
    self = try component.decode(map: recipe)
  }

  private init(_ arguments: Arguments, _ context: TableRequest.Context) throws {
    style = PlotStyle(arguments)
    position = arguments.position
    let keys = PlotKeys.sources.filter { arguments.given[$0] != nil }
    guard let key = keys.first else {
      throw Problem(ExecutionError.needsOneOf(what: "a plot", keys: PlotKeys.sources), at: position)
    }
    if keys.count > 1 {
      throw Problem(
        RecipeError.conflict(keys[0], keys[1], reason: "a plot shows one of them"),
        at: arguments.given[keys[1]]?.position ?? position)
    }
    try Self.checkKeys(arguments, source: key)
    switch key {
    case "result": source = try Self.results(arguments, context)
    case "data": source = .file(try Self.columns(arguments, context.folder))
    default: source = try Self.values(arguments, context)
    }
    try style.check(source, arguments)
  }

  /// Keys that another source understands.
  private static func checkKeys(_ arguments: Arguments, source: String) throws {
    let foreign: [String]
    switch source {
    case "result": foreign = PlotKeys.columnKeys + ["mark", "bins", "stack"]
    case "values": foreign = PlotKeys.columnKeys + ["kind", "layout"]
    default: foreign = ["kind", "layout"]
    }
    for name in foreign {
      guard let node = arguments.given[name] else { continue }
      throw Problem(
        RecipeError.conflict(name, source, reason: "\(name) does not apply to it"), at: node.position)
    }
  }

  // MARK: Results

  private static func results(_ arguments: Arguments, _ context: TableRequest.Context) throws -> Source {
    let labels = arguments[PlotKeys.result] ?? []
    let position = arguments.given["result"]?.position ?? arguments.position
    for label in labels where !context.labels.contains(label) {
      throw Problem(ExecutionError.unknownLabel(name: label, known: context.labels), at: position)
    }
    guard let name = arguments[PlotKeys.kind] else {
      throw Problem(RecipeError.missingKey(in: "plot", name: "kind"), at: arguments.position)
    }
    let place = arguments.given["kind"]?.position ?? arguments.position
    guard let view = ResultView.named(name) else {
      throw Problem(ExecutionError.unknownKind(name: name, known: ResultView.figureNames), at: place)
    }
    guard let example = view.example else {
      throw Problem(ExecutionError.tableAsPlot(kind: name), at: place)
    }
    guard view.isOfResults else { throw Problem(ExecutionError.figureOfCells(kind: name), at: place) }
    for label in labels {
      guard let experiment = context.experiments[label], !view.isExpected(of: experiment) else { continue }
      throw Problem(
        ExecutionError.viewNeeds(label: label, kind: name, needs: view.missing(for: experiment).map(\.words)),
        at: place)
    }
    let layout = arguments[PlotKeys.layout] ?? .panels
    if layout == .overlay, labels.count > 1, !example().canBeOverlaid {
      throw Problem(
        ExecutionError.cannotOverlay(kind: name), at: arguments.given["layout"]?.position ?? place)
    }
    return .results(labels, kind: name, layout: layout)
  }

  // MARK: Columns

  private static func columns(_ arguments: Arguments, _ folder: String) throws -> ColumnPlot {
    let mark = arguments[PlotKeys.mark]
    for key in mark.needed where arguments.given[key] == nil {
      throw Problem(RecipeError.missingKey(in: "plot", name: key), at: arguments.position)
    }
    let contents = try CSVFile.read(
      arguments[PlotKeys.data] ?? "", folder: folder,
      at: arguments.given["data"]?.position ?? arguments.position)
    var columns: [String: [ColumnPlot.Column]] = [:]
    for key in PlotKeys.columnKeys {
      guard let node = arguments.given[key] else { continue }
      guard (mark.needed + mark.understood).contains(key) else {
        throw Problem(
          RecipeError.conflict(key, "mark: \(mark.rawValue)", reason: "\(key) does not apply to it"),
          at: node.position)
      }
      columns[key] = try ([String](recipe: node) ?? []).map { name in
        try column(name, of: contents, key: key, mark, at: node.position)
      }
    }
    if let stack = arguments.given["stack"], ![.bar, .area].contains(mark) {
      throw Problem(
        RecipeError.conflict("stack", "mark: \(mark.rawValue)", reason: "bars and areas can be stacked"),
        at: stack.position)
    }
    return ColumnPlot(
      mark: mark, columns: columns, bins: arguments[PlotKeys.bins], isStacked: arguments[PlotKeys.stack])
  }

  private static func column(
    _ name: String, of contents: CSVTable, key: String, _ mark: ColumnPlot.Mark,
    at position: SourcePosition
  ) throws -> ColumnPlot.Column {
    guard contents.names.contains(name) else {
      throw Problem(DatasetError.unknownColumn(name: name, known: contents.names), at: position)
    }
    let holdsText = CSVFile.holdsText(contents, name)
    let texts = holdsText ? CSVFile.texts(contents, name) : nil
    let takesNames = key == "series" || mark.hasNames && key == "x" || mark == .heatMap && key == "y"
    // Dates have places on an axis.
    let areDates = key == "x" && (texts?.allSatisfy { CalendarDate(parsing: $0) != nil } ?? false)
    if holdsText, !takesNames, !areDates {
      throw Problem(ExecutionError.textInPlot(column: name), at: position)
    }
    return ColumnPlot.Column(name: name, numbers: CSVFile.numbers(contents, name), texts: texts)
  }

  // MARK: Recorded values

  private static func values(_ arguments: Arguments, _ context: TableRequest.Context) throws -> Source {
    let position = arguments.given["values"]?.position ?? arguments.position
    let paths = (arguments[PlotKeys.values] ?? []).map { ValuePath($0) }
    for path in paths where !context.cells.contains(path.label) {
      throw Problem(ExecutionError.unknownLabel(name: path.label, known: context.cells), at: position)
    }
    let allowed: [ColumnPlot.Mark] = [.line, .step, .point, .bar, .area, .histogram, .density]
    let mark = arguments[PlotKeys.mark]
    guard allowed.contains(mark) else {
      throw Problem(
        RecipeError.conflict("values", "mark: \(mark.rawValue)", reason: "a list has one column"),
        at: arguments.given["mark"]?.position ?? position)
    }
    return .values(paths, mark: mark, position: position)
  }

  // MARK: Drawing

  /// Makes the figure.
  ///
  /// Throws the problem if a result has nothing of the kind; nil if an experiment has failed.
  func outcome(
    _ results: [String: ExperimentResult], value: (ValuePath) -> RecordedValue?
  ) throws -> Outcome? {
    switch source {
    case .file(let columns): return .figure(style.applied(to: .plot(columns.plot)), caption: nil)
    case .values(let paths, let mark, let position):
      return .figure(
        style.applied(to: .plot(try listPlot(paths, mark, at: position, value: value))), caption: nil)
    case .results(let labels, let kind, let layout):
      var parts: [(name: String, figure: Figure)] = []
      var caption: String?
      for label in labels {
        guard let result = results[label] else { return nil }
        guard case .figure(let figure, let text)? = ResultView.named(kind)?.make(result) else {
          throw Problem(ExecutionError.noSuchView(label: label, kind: kind), at: position)
        }
        parts.append((label, figure))
        caption = text
      }
      return arranged(parts, layout, caption: caption)
    }
  }

  private func arranged(
    _ parts: [(name: String, figure: Figure)], _ layout: FigureLayout, caption: String?
  ) -> Outcome? {
    guard let first = parts.first else { return nil }
    guard parts.count > 1 else { return .figure(style.applied(to: first.figure), caption: caption) }
    switch layout {
    case .tabs: return .tabs(parts.map { ($0.name, style.applied(to: $0.figure)) })
    case .overlay:
      if let figure = Figure.overlaid(parts) { return .figure(style.applied(to: figure), caption: nil) }
      fallthrough
    case .panels:
      return Figure.panels(parts).map { .figure(style.applied(to: $0), caption: caption) }
    }
  }

  private func listPlot(
    _ paths: [ValuePath], _ mark: ColumnPlot.Mark, at position: SourcePosition,
    value: (ValuePath) -> RecordedValue?
  ) throws -> Plot {
    var columns: [ColumnPlot.Column] = []
    for path in paths {
      guard let numbers = value(path)?.numbers else {
        throw Problem(ExecutionError.noList(label: path.label, path: path.rest), at: position)
      }
      columns.append(.init(name: path.rest.isEmpty ? path.label : path.rest, numbers: numbers))
    }
    let count = columns.map(\.numbers.count).max() ?? 0
    let index = ColumnPlot.Column(name: "number", numbers: (0..<count).map { Double($0 + 1) })
    let isDistribution = mark == .histogram || mark == .density
    guard isDistribution else {
      return ColumnPlot(mark: mark, columns: ["x": [index], "y": columns], isStacked: false).plot
    }
    let plots = columns.map { ColumnPlot(mark: mark, columns: ["x": [$0]], isStacked: false).plot }
    let parts = zip(columns, plots).map { (name: $0.name, figure: Figure.plot($1)) }
    guard parts.count > 1, case .plot(let plot)? = Figure.overlaid(parts) else {
      return plots.first ?? Plot(x: .linear(""), y: .linear("")) {}
    }
    return plot
  }
}
