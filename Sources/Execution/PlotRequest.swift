import Components
import Datasets
import Experiments
import Plotting

/// What a `{plot}` cell asks for: a view of one or more results, or columns of a file.
struct PlotRequest: Sendable {
  enum Source: Sendable {
    /// A view of results.
    case results([String], kind: String)
    /// Two columns of a file.
    case file(CSVReader.Contents, mark: MarkChoice, x: String, y: String)
  }

  /// The marks that a plot of a file may use.
  enum MarkChoice: String, NamedChoice {
    case line, point, bar
  }

  /// A logarithmic or a linear axis.
  enum ScaleChoice: String, NamedChoice {
    case linear, log
  }

  var source: Source
  var title: String?
  var xScale: ScaleChoice?
  var yScale: ScaleChoice?
  var position: SourcePosition

  private static let result = Parameter<[String]?>("result", default: nil, help: "The experiments to show.")
  private static let kind = Parameter<String?>("kind", default: nil, help: "The view of the result.")
  private static let data = Parameter<String?>(
    "data", default: nil, help: "A file of comma-separated values.")
  private static let mark = Parameter<MarkChoice>(
    "mark", default: .line, help: "How a file's columns are drawn.")
  private static let x = Parameter<String?>("x", default: nil, help: "The column along the horizontal axis.")
  private static let y = Parameter<String?>("y", default: nil, help: "The column along the vertical axis.")
  private static let title = Parameter<String?>("title", default: nil, help: "A title over the plot.")
  private static let xScale = Parameter<ScaleChoice?>("x-scale", default: nil, help: "The horizontal scale.")
  private static let yScale = Parameter<ScaleChoice?>("y-scale", default: nil, help: "The vertical scale.")

  /// Reads a request; throws the problem with it.
  init(_ recipe: RecipeNode, folder: String, experiments: [String]) throws {
    let component = Component<PlotRequest>(
      "plot", help: "A plot of a result or of a file.",
      parameters: [
        Self.result, Self.kind, Self.data, Self.mark, Self.x, Self.y, Self.title, Self.xScale, Self.yScale,
      ]
    ) { arguments in
      PlotRequest(
        source: try Self.source(arguments, folder: folder, experiments: experiments),
        title: arguments[Self.title],
        xScale: arguments[Self.xScale], yScale: arguments[Self.yScale], position: arguments.position)
    }
    self = try component.decode(map: recipe)
  }

  private init(
    source: Source, title: String?, xScale: ScaleChoice?, yScale: ScaleChoice?, position: SourcePosition
  ) {
    self.source = source
    self.title = title
    self.xScale = xScale
    self.yScale = yScale
    self.position = position
  }

  private static func source(_ arguments: Arguments, folder: String, experiments: [String]) throws -> Source {
    if let labels = arguments[result] {
      let position = arguments.given["result"]?.position ?? arguments.position
      for label in labels where !experiments.contains(label) {
        throw Problem(ExecutionError.unknownLabel(name: label, known: experiments), at: position)
      }
      let figures = ResultView.names
      guard let name = arguments[kind] else {
        throw Problem(RecipeError.missingKey(in: "plot", name: "kind"), at: arguments.position)
      }
      guard figures.contains(name) else {
        throw Problem(
          ExecutionError.unknownKind(name: name, known: figures),
          at: arguments.given["kind"]?.position ?? arguments.position)
      }
      return .results(labels, kind: name)
    }
    guard let path = arguments[data] else {
      throw Problem(
        ExecutionError.needsOneOf(what: "a plot", keys: ["result", "data"]), at: arguments.position)
    }
    guard let x = arguments[x], let y = arguments[y] else {
      throw Problem(
        RecipeError.missingKey(in: "plot", name: arguments[x] == nil ? "x" : "y"), at: arguments.position)
    }
    let contents = try CSVFile.read(
      path, folder: folder, at: arguments.given["data"]?.position ?? arguments.position)
    for (key, name) in [("x", x), ("y", y)] where !contents.names.contains(name) {
      throw Problem(
        DatasetError.unknownColumn(name: name, known: contents.names),
        at: arguments.given[key]?.position ?? arguments.position)
    }
    // Bars stand on categories; everything else has a place by its number.
    for (key, name) in [("x", x), ("y", y)] where key == "y" || arguments[mark] != .bar {
      guard CSVFile.holdsText(contents, name) else { continue }
      throw Problem(
        ExecutionError.textInPlot(column: name), at: arguments.given[key]?.position ?? arguments.position)
    }
    return .file(contents, mark: arguments[mark], x: x, y: y)
  }

  /// Makes the figure.
  ///
  /// Throws the problem if a result has nothing of the kind; nil if an experiment has failed.
  func figure(_ results: [String: ExperimentResult]) throws -> (figure: Figure, caption: String?)? {
    switch source {
    case .file(let contents, let mark, let x, let y):
      return (.plot(filePlot(contents, mark, x, y)), nil)
    case .results(let labels, let kind):
      var plots: [(figure: Figure, caption: String)] = []
      for label in labels {
        guard let result = results[label] else { return nil }
        guard case .figure(let figure, let caption)? = ResultView.named(kind)?.make(result) else {
          throw Problem(ExecutionError.noSuchView(label: label, kind: kind), at: position)
        }
        plots.append((styled(figure, title: labels.count > 1 ? label : nil), caption))
      }
      guard plots.count > 1 else { return plots.first.map { ($0.figure, $0.caption) } }
      return (.grid(PlotGrid(title: title, columns: 2, plots: plots.flatMap(\.figure.plots))), nil)
    }
  }

  private func styled(_ figure: Figure, title own: String?) -> Figure {
    guard case .plot(var plot) = figure else { return figure }
    plot.title = own ?? title ?? plot.title
    if let xScale { plot.x = axis(plot.x, xScale) }
    if let yScale { plot.y = axis(plot.y, yScale) }
    return .plot(plot)
  }

  private func axis(_ axis: Plot.Axis, _ scale: ScaleChoice) -> Plot.Axis {
    scale == .log ? .log(axis.label, limits: nil) : .linear(axis.label, limits: nil)
  }

  private func filePlot(_ contents: CSVReader.Contents, _ mark: MarkChoice, _ x: String, _ y: String) -> Plot
  {
    let heights = CSVFile.numbers(contents, y)
    if mark == .bar {
      return Plot(title: title, x: .categories(x), y: .linear(y, limits: nil)) {
        BarMark(categories: CSVFile.texts(contents, x), heights: heights, series: nil)
      }
    }
    let positions = CSVFile.numbers(contents, x)
    let plot = Plot(title: title, x: .linear(x, limits: nil), y: .linear(y, limits: nil)) {
      if mark == .line {
        LineMark(x: positions, y: heights)
      } else {
        PointMark(x: positions, y: heights)
      }
    }
    guard case .plot(let styled) = styled(.plot(plot), title: title) else { return plot }
    return styled
  }
}
