/// Bars over categories.
///
/// Marks of several series stand side by side in each category, those of one stack on top of each other.
public struct BarMark: SeriesMark {
  /// Which way bars grow.
  public enum Orientation: String, Codable, Hashable, Sendable {
    case vertical, horizontal
  }

  /// The name in stored plots.
  public static let kind = "bars"

  /// The category of each bar.
  public var categories: [String]
  /// The length of each bar, from its base; none is drawn where it is not finite.
  @Numbers public var heights: [Double]
  /// The entry of the legend.
  public var series: String?
  /// How far the uncertainty reaches up and down from each end; empty if there is none.
  @Numbers public var errors: [Double]
  /// Where each bar begins; empty for zero.
  @Numbers public var bases: [Double]
  /// The name of the stack that the bars belong to; nil for none.
  public var stack: String?
  /// Which way the bars grow.
  public var orientation: Orientation
  /// A color instead of the series'.
  public var color: Color?

  /// Bars over categories.
  public init(
    categories: [String], heights: [Double], series: String? = nil, errors: [Double] = [],
    bases: [Double] = [], stack: String? = nil, orientation: Orientation = .vertical, color: Color? = nil
  ) {
    self.categories = categories
    _heights = Numbers(wrappedValue: heights)
    self.series = series
    _errors = Numbers(wrappedValue: errors)
    _bases = Numbers(wrappedValue: bases)
    self.stack = stack
    self.orientation = orientation
    self.color = color
  }

  /// Bars on top of each other, the first at the bottom; negative ones hang below.
  public static func stacked(
    categories: [String], _ series: KeyValuePairs<String, [Double]>, stack: String = "stack",
    orientation: Orientation = .vertical
  ) -> [BarMark] {
    var above = [Double](repeating: 0, count: categories.count)
    var below = above
    return series.map { name, heights in
      var bases: [Double] = []
      for (index, height) in heights.prefix(categories.count).enumerated() {
        let size = height.isFinite ? height : 0
        bases.append(size < 0 ? below[index] : above[index])
        if size < 0 { below[index] += size } else { above[index] += size }
      }
      return BarMark(
        categories: categories, heights: heights, series: name, bases: bases, stack: stack,
        orientation: orientation)
    }
  }

  /// What is shown.
  public var data: MarkData {
    let lower = zip(heights, errors).map { $0 - $1 }
    let upper = zip(heights, errors).map { $0 + $1 }
    guard orientation == .horizontal else {
      return MarkData(categories: categories, y: heights, lower: lower, upper: upper)
    }
    return MarkData(rows: categories, x: heights)
  }

  /// What the axes must show.
  public var extent: MarkExtent {
    let ends = zip(heights, bases + [Double](repeating: 0, count: max(0, heights.count - bases.count))).map {
      $0 + $1
    }
    let reach = ends + bases + zip(ends, errors).flatMap { [$0 - $1, $0 + $1] }
    return orientation == .vertical
      ? MarkExtent(y: reach, categories: categories, includesZero: true)
      : MarkExtent(x: reach, rows: categories, includesHorizontalZero: true)
  }

  /// Side by side with others, or in a stack.
  public var placement: MarkPlacement { stack.map { .stacked($0) } ?? .sideBySide }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    var lines: [[Point]] = []
    for (index, rectangle) in rectangles(in: panel, as: style) {
      // Grid lines must not shine through.
      shapes.append(DrawnShape(.rectangle(rectangle), fill: .background))
      shapes.append(DrawnShape(.rectangle(rectangle), fill: style.color, opacity: style.theme.barOpacity))
      if index < errors.count { lines += errorBar(index, over: rectangle, in: panel, style) }
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
      let name = series.map { "\(Label($0).plain), " } ?? ""
      return Hover(.inside(rectangle), title: "\(name)\(categories[index]): \(heights[index].text())\(error)")
    }
  }

  private func base(_ index: Int) -> Double { index < bases.count ? bases[index] : 0 }

  private func errorBar(
    _ index: Int, over bar: Rectangle, in panel: Panel, _ style: MarkStyle
  ) -> [[Point]] {
    let end = base(index) + heights[index]
    let (low, high) = (end - errors[index], end + errors[index])
    if orientation == .horizontal {
      guard let start = panel.point(low, 0), let end = panel.point(high, 0) else { return [] }
      let (y, cap) = (bar.center.y, min(style.theme.capWidth, bar.height / 2) / 2)
      return [
        [Point(start.x, y), Point(end.x, y)], [Point(start.x, y - cap), Point(start.x, y + cap)],
        [Point(end.x, y - cap), Point(end.x, y + cap)],
      ]
    }
    guard let top = panel.point(0, high), let bottom = panel.pointOrEdge(0, low) else { return [] }
    return ErrorBarMark.bar(
      from: Point(bar.center.x, bottom.y), to: Point(bar.center.x, top.y),
      cap: min(style.theme.capWidth, bar.width / 2))
  }

  private func rectangles(in panel: Panel, as style: MarkStyle) -> [(index: Int, rectangle: Rectangle)] {
    (0..<min(categories.count, heights.count)).compactMap { index in
      let (from, to) = (base(index), base(index) + heights[index])
      if orientation == .horizontal {
        guard let slot = panel.rowSlot(categories[index], style), let end = panel.point(to, 0),
          let start = panel.point(from, 0)
        else { return nil }
        return (
          index,
          Rectangle(
            x: min(start.x, end.x), y: slot.top, width: (end.x - start.x).magnitude,
            height: slot.bottom - slot.top)
        )
      }
      guard let slot = panel.slot(categories[index], style), let end = panel.point(0, to),
        let start = panel.pointOrEdge(0, from)
      else { return nil }
      return (
        index,
        Rectangle(
          x: slot.left, y: min(end.y, start.y), width: slot.right - slot.left,
          height: (end.y - start.y).magnitude)
      )
    }
  }
}
