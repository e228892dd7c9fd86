/// The area of a plot that shows the data, with its scales.
public struct Panel: Sendable {
  /// The area on the canvas.
  public let frame: Rectangle
  /// The horizontal scale.
  public let x: any Scale
  /// The vertical scale.
  public let y: any Scale
  /// The colors of numbers, if the plot shows any.
  public var color: ColorScale?
  /// The index of each name on the horizontal axis.
  private let columns: [String: Int]
  /// The index of each name on the vertical axis.
  private let rows: [String: Int]

  init(frame: Rectangle, x: any Scale, y: any Scale, color: ColorScale? = nil) {
    self.frame = frame
    self.x = x
    self.y = y
    self.color = color
    func indices(_ scale: any Scale) -> [String: Int] {
      Dictionary(
        (scale.categories ?? []).enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { a, _ in a }
      )
    }
    columns = indices(x)
    rows = indices(y)
  }

  /// Whether the vertical axis is logarithmic.
  var isLog: Bool { y.isPositive }

  /// The place of two values; nil if they have none.
  public func point(_ x: Double, _ y: Double) -> Point? {
    guard let horizontal = self.x.fraction(of: x), let vertical = self.y.fraction(of: y) else { return nil }
    return Point(frame.x + horizontal * frame.width, frame.bottom - vertical * frame.height)
  }

  /// The place of two values; on a logarithmic axis values of zero and less are at the lower edge, where
  /// bars and bands end.
  func pointOrEdge(_ x: Double, _ y: Double) -> Point? {
    if let point = point(x, y) { return point }
    guard isLog, y <= 0, let horizontal = self.x.fraction(of: x) else { return nil }
    return Point(frame.x + horizontal * frame.width, frame.bottom)
  }

  /// The places of values, cut where one has none.
  func runs(_ xs: [Double], _ ys: [Double]) -> [[Point]] {
    var runs: [[Point]] = []
    var isOpen = false
    for (x, y) in zip(xs, ys) {
      guard let point = point(x, y) else {
        isOpen = false
        continue
      }
      if isOpen { runs[runs.count - 1].append(point) } else { runs.append([point]) }
      isOpen = true
    }
    return runs
  }

  /// Straight lines between places; those without a place at an end are left out.
  func segments(_ xs: [Double], _ ys: [Double], _ endXs: [Double], _ endYs: [Double]) -> [[Point]] {
    (0..<min(xs.count, ys.count, endXs.count, endYs.count)).compactMap { index in
      guard let start = point(xs[index], ys[index]), let end = point(endXs[index], endYs[index]) else {
        return nil
      }
      return [start, end]
    }
  }

  /// The horizontal place of a bar in a category; nil if the axis does not have the name.
  func slot(_ category: String, _ style: MarkStyle) -> (left: Double, right: Double)? {
    guard let index = columns[category], let (start, end) = ends(index, style, x) else { return nil }
    return (frame.x + start * frame.width, frame.x + end * frame.width)
  }

  /// The vertical place of a bar in a row; nil if the axis does not have the name.
  func rowSlot(_ category: String, _ style: MarkStyle) -> (top: Double, bottom: Double)? {
    guard let index = rows[category], let (start, end) = ends(index, style, y) else { return nil }
    let places = [frame.bottom - start * frame.height, frame.bottom - end * frame.height]
    return (min(places[0], places[1]), max(places[0], places[1]))
  }

  private func ends(_ index: Int, _ style: MarkStyle, _ scale: any Scale) -> (Double, Double)? {
    let share = style.theme.barShare / Double(max(style.groupCount, 1))
    let left = Double(index) - style.theme.barShare / 2 + Double(style.group) * share
    // Neighbors in a group stay apart by a hair.
    let gap = style.groupCount > 1 ? share * 0.06 : 0
    guard let start = scale.fraction(of: left + gap), let end = scale.fraction(of: left + share - gap) else {
      return nil
    }
    return (start, end)
  }

  /// The area between shares of the panel's width and height.
  func area(x left: Double, to right: Double, y bottom: Double, to top: Double) -> Rectangle {
    Rectangle(
      x: frame.x + left * frame.width, y: frame.bottom - top * frame.height,
      width: (right - left) * frame.width, height: (top - bottom) * frame.height)
  }

  /// What a reader sees at a point: the series and the two values.
  func title(series: String?, x value: Double, y height: Double) -> String {
    (series.map { "\(Label($0).plain): " } ?? "")
      + "\(Panel.text(value, on: x)), \(Panel.text(height, on: y))"
  }

  /// A value as its axis would write it: names and dates instead of numbers.
  static func text(_ value: Double, on scale: any Scale) -> String {
    if let names = scale.categories, let index = Int(exactly: value), names.indices.contains(index) {
      return names[index]
    }
    guard scale is TimeScale else { return value.text() }
    return CalendarDate(secondsSince1970: value).text
  }
}
