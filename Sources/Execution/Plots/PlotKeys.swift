import Components
import Experiments

/// The keys of a `{plot}` cell.
enum PlotKeys {
  static let result = Parameter<[String]?>("result", default: nil, help: "The experiment, or several.")
  static let kind = Parameter<String?>("kind", default: nil, help: "The view of the result.")
  static let layout = Parameter<FigureLayout?>(
    "layout", default: nil, help: "How several results are shown: in one panel, side by side, or as tabs.")
  static let data = Parameter<String?>("data", default: nil, help: "A file of comma-separated values.")
  static let values = Parameter<[String]?>(
    "values", default: nil, help: "Lists of numbers that cells recorded, each a series.")
  static let mark = Parameter<ColumnPlot.Mark>(
    "mark", default: .line, help: "How columns or recorded values are drawn.")
  static let x = Parameter<String?>("x", default: nil, help: "The column along the horizontal axis.")
  static let y = Parameter<[String]?>("y", default: nil, help: "The columns along the vertical axis.")
  static let series = Parameter<String?>("series", default: nil, help: "The column that names series.")
  static let color = Parameter<String?>(
    "color", default: nil, help: "The column of numbers that chooses colors.")
  static let pointSize = Parameter<String?>(
    "point-size", default: nil, help: "The column of numbers that dots' areas are proportional to.")
  static let error = Parameter<String?>("error", default: nil, help: "The column of errors up and down.")
  static let lower = Parameter<String?>("lower", default: nil, help: "The column of lower ends.")
  static let upper = Parameter<String?>("upper", default: nil, help: "The column of upper ends.")
  static let bins = Parameter<Int?>(
    "bins", default: .some(nil), "from 1 to 1000", help: "The number of a histogram's intervals."
  ) { $0.map { (1...1000).contains($0) } ?? true }
  static let stack = Parameter<Bool>(
    "stack", default: false, help: "Whether bars or areas stand on each other.")

  static let title = Parameter<String?>("title", default: nil, help: "A title over the plot.")
  static let xLabel = Parameter<String?>("x-label", default: nil, help: "The label of the horizontal axis.")
  static let yLabel = Parameter<String?>("y-label", default: nil, help: "The label of the vertical axis.")
  static let xScale = Parameter<PlotStyle.Scale?>("x-scale", default: nil, help: "The horizontal scale.")
  static let yScale = Parameter<PlotStyle.Scale?>("y-scale", default: nil, help: "The vertical scale.")
  static let limits = Parameter<AxisLimits?>("limits", default: nil, help: "The ends of the axes.")
  static let size = Parameter<[Double]?>(
    "size", default: .some(nil), "two numbers from 1 to 20", help: "Width and height in inches."
  ) { $0.map { $0.count == 2 && $0.allSatisfy { (1...20).contains($0) } } ?? true }
  static let theme = Parameter<PlotStyle.ThemeChoice?>(
    "theme", default: nil, help: "The sizes of text and lines.")
  static let legend = Parameter<PlotStyle.LegendChoice?>(
    "legend", default: nil, help: "Where the names of series stand.")

  /// The keys that say what is shown.
  static let sources = ["result", "data", "values"]
  /// The keys that choose columns of a file.
  static let columnKeys = ["x", "y", "series", "color", "point-size", "error", "lower", "upper"]

  static let all: [any AnyParameter] = [
    result, kind, layout, data, values, mark, x, y, series, color, pointSize, error, lower, upper, bins,
    stack,
    title, xLabel, yLabel, xScale, yScale, limits, size, theme, legend,
  ]
}

/// The ends of axes, as `{x: [0, 1], y: [0, 2]}`.
struct AxisLimits: RecipeValue {
  var x: ClosedRange<Double>?
  var y: ClosedRange<Double>?

  static var typeDescription: String { "a map of x and y to two rising numbers each" }

  init?(recipe node: RecipeNode) {
    guard case .map(let entries) = node.kind, !entries.isEmpty else { return nil }
    for entry in entries {
      guard let ends = [Double](recipe: entry.value), ends.count == 2, ends[0] < ends[1],
        ends.allSatisfy(\.isFinite)
      else { return nil }
      switch entry.key {
      case "x": x = ends[0]...ends[1]
      case "y": y = ends[0]...ends[1]
      default: return nil
      }
    }
  }

  var recipeText: String {
    let parts = [("x", x), ("y", y)].compactMap { name, ends in
      ends.map { "\(name): [\($0.lowerBound.recipeText), \($0.upperBound.recipeText)]" }
    }
    return "{" + parts.joined(separator: ", ") + "}"
  }
}
