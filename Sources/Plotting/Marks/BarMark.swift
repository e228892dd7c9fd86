/// Bars over categories.
///
/// Marks of several series stand side by side in each category.
public struct BarMark: Mark {
  /// The name in stored plots.
  public static let kind = "bars"

  /// The category of each bar.
  public var categories: [String]
  /// The height of each bar; none is drawn where it is not finite.
  @Numbers public var heights: [Double]
  /// The entry of the legend.
  public var series: String?
  /// How far the uncertainty reaches up and down from each height; empty if there is none.
  @Numbers public var errors: [Double]
  /// A color instead of the series'.
  public var color: Color?

  /// Bars over categories.
  public init(
    categories: [String], heights: [Double], series: String? = nil, errors: [Double] = [], color: Color? = nil
  ) {
    self.categories = categories
    _heights = Numbers(wrappedValue: heights)
    self.series = series
    _errors = Numbers(wrappedValue: errors)
    self.color = color
  }

  /// What is shown.
  public var data: MarkData {
    MarkData(
      categories: categories, y: heights, lower: zip(heights, errors).map { $0 - $1 },
      upper: zip(heights, errors).map { $0 + $1 })
  }

  /// Whether the mark grows from zero.
  public var growsFromZero: Bool { true }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    var lines: [[Point]] = []
    for (index, rectangle) in rectangles(in: panel, as: style) {
      // Grid lines must not shine through.
      shapes.append(DrawnShape(.rectangle(rectangle), fill: .background))
      shapes.append(DrawnShape(.rectangle(rectangle), fill: style.color, opacity: style.theme.barOpacity))
      guard index < errors.count, let high = panel.point(0, heights[index] + errors[index]),
        let low = panel.pointOrEdge(0, heights[index] - errors[index])
      else { continue }
      lines += ErrorBarMark.bar(
        from: Point(rectangle.center.x, low.y), to: Point(rectangle.center.x, high.y),
        cap: min(style.theme.capWidth, rectangle.width / 2))
    }
    if !lines.isEmpty {
      shapes.append(DrawnShape(.lines(lines), stroke: Stroke(.text, width: style.theme.errorWidth)))
    }
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let side = frame.height - 1
    let square = Rectangle(x: frame.center.x - side / 2, y: frame.y + 0.5, width: side, height: side)
    shapes.append(DrawnShape(.rectangle(square), fill: style.color, opacity: style.theme.barOpacity))
  }

  /// What readers see at the pointer.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] {
    rectangles(in: panel, as: style).map { index, rectangle in
      let error = index < errors.count ? " ± \(errors[index].text())" : ""
      let name = series.map { "\($0), " } ?? ""
      return Hover(.inside(rectangle), title: "\(name)\(categories[index]): \(heights[index].text())\(error)")
    }
  }

  private func rectangles(in panel: Panel, as style: MarkStyle) -> [(index: Int, rectangle: Rectangle)] {
    let all = (panel.x as? OrdinalScale)?.categories ?? []
    let share = style.theme.barShare / Double(max(style.groupCount, 1))
    return (0..<min(categories.count, heights.count)).compactMap { index in
      guard let position = all.firstIndex(of: categories[index]) else { return nil }
      let left = Double(position) - style.theme.barShare / 2 + Double(style.group) * share
      // Neighbors in a group stay apart by a hair.
      let gap = style.groupCount > 1 ? share * 0.06 : 0
      guard let end = panel.point(left + gap, heights[index]),
        let base = panel.pointOrEdge(left + share - gap, 0)
      else { return nil }
      return (
        index,
        Rectangle(x: end.x, y: min(end.y, base.y), width: base.x - end.x, height: (end.y - base.y).magnitude)
      )
    }
  }
}
