/// Something that shows data in a plot: a line, points, bars.
///
/// A mark says which data it has and how they are drawn in a panel; axes, colors and the legend are the
/// layout's.
public protocol Mark: Codable, Hashable, Sendable {
  /// The name in stored plots and in the catalog, in kebab case.
  static var kind: String { get }
  /// The entry of the legend; marks of one series share a color.
  var series: String? { get }
  /// A color instead of the series'.
  var color: Color? { get }
  /// What is shown: for axes, tables, tooltips and alternative texts.
  var data: MarkData { get }
  /// What the axes must show.
  var extent: MarkExtent { get }
  /// How the mark shares the place of a category with others.
  var placement: MarkPlacement { get }
  /// What alternative texts say about the values; nil leaves it to first, last, least and greatest.
  var summary: String? { get }
  /// Draws the data.
  func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape])
  /// Draws the sample in the legend.
  func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape])
  /// What readers see at the pointer.
  func hovers(in panel: Panel, as style: MarkStyle) -> [Hover]
  /// Text that belongs at the mark, each with its places from best to worst.
  func annotations(in panel: Panel) -> [Annotation]
}

extension Mark {
  /// No color of its own.
  public var color: Color? { nil }
  /// All values of the data.
  public var extent: MarkExtent {
    let data = data
    return MarkExtent(
      x: data.x, y: data.y + data.lower + data.upper, categories: data.categories, rows: data.rows)
  }
  /// Wherever its values are.
  public var placement: MarkPlacement { .free }
  /// Nothing of its own.
  public var summary: String? { nil }
  /// No text.
  public func annotations(in panel: Panel) -> [Annotation] { [] }

  /// Every point with a value, evenly thinned where there are many.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] {
    let data = data
    let frame = panel.frame.inset(by: -1)
    let places = zip(data.x, data.y).enumerated().compactMap { index, values -> (index: Int, point: Point)? in
      guard let point = panel.point(values.0, values.1), frame.contains(point) else { return nil }
      return (index, point)
    }
    return Hover.thinned(places).map { index, point in
      Hover(.near(point), title: panel.title(series: series, x: data.x[index], y: data.y[index]))
    }
  }
}

/// A mark that can bear the name of a series.
public protocol SeriesMark: Mark {
  /// The entry of the legend; marks of one series share a color.
  var series: String? { get set }
  /// A color instead of the series'.
  var color: Color? { get set }
}

/// How marks share the place of a category.
public enum MarkPlacement: Hashable, Sendable {
  /// The mark takes no place of its own.
  case free
  /// Side by side with others.
  case sideBySide
  /// On top of the marks of one name; side by side with other names.
  case stacked(String)
}

/// A kind of mark: what the catalog lists and stored plots are read with.
public struct MarkKind: Sendable {
  /// The name in stored plots.
  public let name: String
  /// One line of help.
  public let help: String
  /// A mark of this kind with given values, for tests and galleries.
  package let example: @Sendable (_ x: [Double], _ y: [Double]) -> any Mark
  let decode: @Sendable (any Decoder) throws -> any Mark

  init<Kind: Mark>(
    _ type: Kind.Type, help: String, example: @escaping @Sendable (_ x: [Double], _ y: [Double]) -> Kind
  ) {
    name = type.kind
    self.help = help
    self.example = { example($0, $1) }
    decode = { try Kind(from: $0) }
  }

  /// All kinds of marks.
  public static let catalog: [MarkKind] = lines + areas + distributions + grids + shapes

  private static let lines: [MarkKind] = [
    MarkKind(LineMark.self, help: "values joined by a line") { LineMark(x: $0, y: $1, series: "line") },
    MarkKind(StepMark.self, help: "values kept until the next") { StepMark(x: $0, y: $1, series: "steps") },
    MarkKind(PointMark.self, help: "values as dots, colored or sized by numbers") {
      PointMark(x: $0, y: $1, series: "points", colors: $1)
    },
    MarkKind(RuleMark.self, help: "a line across the plot at one value") {
      $1.first.map { RuleMark(y: $0, label: "rule") } ?? RuleMark(x: $0.first ?? 0, label: "rule")
    },
    MarkKind(ErrorBarMark.self, help: "values with their uncertainties") {
      ErrorBarMark(x: $0, y: $1, error: $1.map { $0.magnitude / 4 }, series: "data")
    },
  ]

  private static let areas: [MarkKind] = [
    MarkKind(BarMark.self, help: "bars over categories, side by side or stacked") {
      BarMark(
        categories: $0.indices.map { "category \($0 + 1)" }, heights: $1, series: "bars",
        errors: $1.map { $0 / 8 })
    },
    MarkKind(BandMark.self, help: "the area between two curves") {
      BandMark(x: $0, lower: $1.map { $0 - 1 }, upper: $1.map { $0 + 1 }, series: "band")
    },
    MarkKind(AreaMark.self, help: "the area between a curve and a base line, stacked or not") {
      AreaMark(x: $0, y: $1, series: "area")
    },
  ]

  private static let distributions: [MarkKind] = [
    MarkKind(HistogramMark.self, help: "counts of values in intervals") {
      HistogramMark(of: $1, series: "counts")
    },
    MarkKind(DensityMark.self, help: "the estimated density of values") {
      DensityMark(of: $1, series: "density")
    },
    MarkKind(BoxMark.self, help: "quartiles, whiskers and outliers of values") {
      BoxMark(["box": $1], series: "values")
    },
    MarkKind(ViolinMark.self, help: "the mirrored density of values with their quartiles") {
      ViolinMark(["violin": $1], series: "values")
    },
  ]

  private static let grids: [MarkKind] = [
    MarkKind(HeatMapMark.self, help: "a grid of values as colors") { x, y in
      HeatMapMark(values: y.map { value in x.map { $0 + value } })
    },
    MarkKind(ContourMark.self, help: "lines of equal values on a grid") { x, y in
      ContourMark(x: x, y: y, values: y.map { value in x.map { $0 * value } })
    },
    MarkKind(FilledContourMark.self, help: "areas between values on a grid") { x, y in
      FilledContourMark(x: x, y: y, values: y.map { value in x.map { $0 * value } })
    },
    MarkKind(RegionMark.self, help: "the area where a grid's values reach a level") { x, y in
      RegionMark(
        x: x, y: y, grid: ValueGrid(y.map { value in x.map { $0 + value } }), level: 5, series: "region")
    },
    MarkKind(ImageMark.self, help: "a picture of gray or colored pixels") { _, y in
      ImageMark(gray: [y, y.reversed()])
    },
  ]

  private static let shapes: [MarkKind] = [
    MarkKind(TextMark.self, help: "texts at places") { x, y in
      TextMark(x: x, y: y, texts: x.indices.map { "text \($0 + 1)" })
    },
    MarkKind(ArrowMark.self, help: "arrows from places to places") {
      ArrowMark(x: $0, y: $1, endX: $0.map { $0 + 1 }, endY: $1.map { $0 + 1 }, series: "arrows")
    },
    MarkKind(SegmentMark.self, help: "straight lines from places to places") {
      SegmentMark(x: $0, y: $1, endX: $0.map { $0 + 1 }, endY: $1, series: "segments")
    },
    MarkKind(PolygonMark.self, help: "filled outlines") { PolygonMark(x: $0, y: $1, series: "polygon") },
    MarkKind(GraphMark.self, help: "nodes joined by edges") { x, y in
      GraphMark(
        nodes: zip(x, y).map { GraphMark.Node(x: $0, y: $1, label: "node") },
        edges: x.indices.dropFirst().map { GraphMark.Edge(from: $0 - 1, to: $0) })
    },
    MarkKind(TreeMark.self, help: "a tree of boxes with as much text as fits") { x, y in
      TreeMark(
        nodes: zip(x, y).enumerated().map { index, place in
          .init(x: place.0, y: place.1, parent: index > 0 ? 0 : nil, lines: ["node", "text"])
        })
    },
  ]
}

/// A mark with the name of its kind, as plots store it.
struct StoredMark: Codable, Hashable, Sendable {
  let mark: any Mark

  private enum CodingKeys: String, CodingKey {
    case kind
  }

  init(_ mark: any Mark) { self.mark = mark }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .kind)
    guard let kind = MarkKind.catalog.first(where: { $0.name == name }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: container, debugDescription: "no mark is called \"\(name)\"")
    }
    mark = try kind.decode(decoder)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(type(of: mark).kind, forKey: .kind)
    try mark.encode(to: encoder)
  }

  static func == (first: StoredMark, second: StoredMark) -> Bool {
    AnyHashable(first.mark) == AnyHashable(second.mark)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(mark)) }
}
