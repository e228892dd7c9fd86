/// Values as dots; a third and a fourth number may choose their colors and sizes.
public struct PointMark: SeriesMark {
  /// The name in stored plots.
  public static let kind = "points"

  /// Values on the horizontal axis.
  @Numbers public var x: [Double]
  /// Values on the vertical axis.
  @Numbers public var y: [Double]
  /// The entry of the legend.
  public var series: String?
  /// The diameter in points; nil takes the theme's.
  public var size: Double?
  /// A color instead of the series'.
  public var color: Color?
  /// Numbers that choose the color of each dot on the plot's color axis; empty for one color.
  @Numbers public var colors: [Double]
  /// Numbers that the areas of the dots are proportional to; empty for one size.
  @Numbers public var sizes: [Double]
  /// The shape of the dots, so that series differ by more than color.
  public var symbol: Symbol
  /// What readers see at the pointer besides the values, one for each dot; empty for nothing more.
  public var names: [String]

  /// The shape of a dot.
  public enum Symbol: String, Codable, CaseIterable, Hashable, Sendable {
    case disk, circle, square, triangle, diamond, cross, plus
  }

  /// Dots at values.
  public init(
    x: [Double], y: [Double], series: String? = nil, size: Double? = nil, color: Color? = nil,
    colors: [Double] = [], sizes: [Double] = [], symbol: Symbol = .disk, names: [String] = []
  ) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    self.series = series
    self.size = size
    self.color = color
    _colors = Numbers(wrappedValue: colors)
    _sizes = Numbers(wrappedValue: sizes)
    self.symbol = symbol
    self.names = names
  }

  /// What is shown.
  public var data: MarkData {
    let more = [("color", colors), ("size", sizes)].filter { !$0.1.isEmpty }.map {
      MarkData.Column($0.0, $0.1)
    }
    return MarkData(x: x, y: y, texts: names, more: more)
  }

  /// What the axes must show.
  public var extent: MarkExtent { MarkExtent(x: x, y: y, colors: colors) }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let count = min(x.count, y.count)
    // Many dots are drawn smaller, so that they stay apart.
    let usual = style.theme.pointDiameter * (count > 20000 ? 0.4 : count > 300 ? 0.7 : 1)
    let diameter = size.map { $0.within(0.2...200, otherwise: usual) } ?? usual
    let largest = sizes.filter(\.isFinite).map(\.magnitude).max() ?? 1
    // Dots of one color and size are one shape; the order is that of their first appearance.
    var groups: [Look: Int] = [:]
    var looks: [(look: Look, points: [Point])] = []
    for index in 0..<count {
      guard let point = panel.point(x[index], y[index]) else { continue }
      var look = Look(color: style.color, size: Int(diameter * 20))
      if index < colors.count {
        guard let color = panel.color?.color(of: colors[index]) else { continue }
        look.color = color
      }
      if index < sizes.count {
        guard sizes[index].isFinite, largest > 0 else { continue }
        // Areas in steps, so that many dots stay few shapes.
        let share = (sizes[index].magnitude / largest).squareRoot()
        look.size = max(20, Int((share * 16).rounded()) * Int(diameter * 20 * 2.6) / 16)
      }
      if let group = groups[look] {
        looks[group].points.append(point)
      } else {
        groups[look] = looks.count
        looks.append((look, [point]))
      }
    }
    for (look, points) in looks { draw(points, Double(look.size) / 20, look.color, onto: &shapes) }
  }

  private struct Look: Hashable {
    var color: Color
    var size: Int
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let usual = style.theme.pointDiameter
    let diameter = min(size.map { $0.within(0.2...200, otherwise: usual) } ?? usual, frame.height)
    draw([frame.center], diameter, style.color, onto: &shapes)
  }

  private func draw(_ points: [Point], _ diameter: Double, _ color: Color, onto shapes: inout [DrawnShape]) {
    let reach = diameter / 2
    func outlines(_ corners: [(Double, Double)]) -> [[Point]] {
      points.map { point in corners.map { Point(point.x + $0.0 * reach, point.y + $0.1 * reach) } }
    }
    func strokes(_ ends: [((Double, Double), (Double, Double))]) -> [[Point]] {
      points.flatMap { point in
        ends.map { start, end in
          [
            Point(point.x + start.0 * reach, point.y + start.1 * reach),
            Point(point.x + end.0 * reach, point.y + end.1 * reach),
          ]
        }
      }
    }
    let pen = Stroke(color, width: max(1, diameter / 4))
    switch symbol {
    case .disk: shapes.append(DrawnShape(.dots(points, diameter: diameter), fill: color, opacity: 0.85))
    case .circle:
      shapes.append(DrawnShape(.dots(points, diameter: diameter), fill: color))
      shapes.append(DrawnShape(.dots(points, diameter: max(diameter - 2.2, 0.5)), fill: .background))
    case .square:
      let corners = [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
      shapes.append(DrawnShape(.polygons(outlines(corners)), fill: color, opacity: 0.85))
    case .triangle:
      let corners = [(0, -1.2), (1.05, 0.7), (-1.05, 0.7)]
      shapes.append(DrawnShape(.polygons(outlines(corners)), fill: color, opacity: 0.85))
    case .diamond:
      let corners = [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)]
      shapes.append(DrawnShape(.polygons(outlines(corners)), fill: color, opacity: 0.85))
    case .cross:
      let ends = [((-0.9, -0.9), (0.9, 0.9)), ((-0.9, 0.9), (0.9, -0.9))]
      shapes.append(DrawnShape(.lines(strokes(ends)), stroke: pen))
    case .plus:
      let ends = [((-1.15, 0.0), (1.15, 0.0)), ((0.0, -1.15), (0.0, 1.15))]
      shapes.append(DrawnShape(.lines(strokes(ends)), stroke: pen))
    }
  }

  /// Every dot with its values, its name and the number of its color.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] {
    let frame = panel.frame.inset(by: -1)
    let places = (0..<min(x.count, y.count)).compactMap { index -> (index: Int, point: Point)? in
      guard let point = panel.point(x[index], y[index]), frame.contains(point) else { return nil }
      return (index, point)
    }
    return Hover.thinned(places).map { index, point in
      var title = panel.title(series: series, x: x[index], y: y[index])
      if index < names.count { title = "\(names[index]): \(title)" }
      if index < colors.count { title += ", \(colors[index].text())" }
      return Hover(.near(point), title: title)
    }
  }
}
