/// Quartiles as boxes, with whiskers and outliers, over categories.
public struct BoxMark: SeriesMark {
  /// The name in stored plots.
  public static let kind = "boxes"

  /// The category of each box.
  public var categories: [String]
  /// The numbers of each box; nil draws none.
  public var quartiles: [Quartiles?]
  /// The entry of the legend.
  public var series: String?
  /// A color instead of the series'.
  public var color: Color?

  /// The quartiles of values, by category.
  public init(_ values: KeyValuePairs<String, [Double]>, series: String? = nil, color: Color? = nil) {
    self.init(categories: values.map(\.key), values: values.map(\.value), series: series, color: color)
  }

  /// The quartiles of values, a list for each category.
  public init(categories: [String], values: [[Double]], series: String? = nil, color: Color? = nil) {
    self.categories = Array(categories.prefix(values.count))
    quartiles = values.prefix(categories.count).map { Quartiles(of: $0) }
    self.series = series
    self.color = color
  }

  /// What is shown.
  public var data: MarkData {
    func column(_ value: (Quartiles) -> Double) -> [Double] { quartiles.map { $0.map(value) ?? .nan } }
    return MarkData(
      categories: categories, y: column(\.median), lower: column(\.lower), upper: column(\.upper),
      more: [.init("lower whisker", column(\.lowerWhisker)), .init("upper whisker", column(\.upperWhisker))])
  }

  /// What the axes must show.
  public var extent: MarkExtent {
    let all = quartiles.compactMap(\.self)
    return MarkExtent(
      y: all.flatMap { [$0.lowerWhisker, $0.upperWhisker] + $0.outliers }, categories: categories)
  }

  /// Side by side with others.
  public var placement: MarkPlacement { .sideBySide }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    for (index, numbers) in quartiles.enumerated() {
      guard let numbers, let place = panel.slot(categories[index], style) else { continue }
      let middle = (place.left + place.right) / 2
      let half = (place.right - place.left) * 0.42
      let places = [numbers.lowerWhisker, numbers.lower, numbers.median, numbers.upper, numbers.upperWhisker]
        .compactMap { panel.point(0, $0)?.y }
      guard places.count == 5 else { continue }
      let pen = Stroke(style.color, width: style.theme.errorWidth)
      let whiskers = [
        [Point(middle, places[0]), Point(middle, places[1])],
        [Point(middle, places[3]), Point(middle, places[4])],
        [Point(middle - half / 2, places[0]), Point(middle + half / 2, places[0])],
        [Point(middle - half / 2, places[4]), Point(middle + half / 2, places[4])],
      ]
      shapes.append(DrawnShape(.lines(whiskers), stroke: pen))
      let box = Rectangle(
        x: middle - half, y: min(places[1], places[3]), width: 2 * half,
        height: (places[1] - places[3]).magnitude)
      shapes.append(DrawnShape(.rectangle(box), fill: .background))
      shapes.append(DrawnShape(.rectangle(box), fill: style.color, opacity: 0.3))
      shapes.append(DrawnShape(.rectangle(box), stroke: pen))
      let line = [Point(middle - half, places[2]), Point(middle + half, places[2])]
      shapes.append(DrawnShape(.lines([line]), stroke: Stroke(.text, width: style.theme.lineWidth)))
      let dots = numbers.outliers.compactMap { panel.point(0, $0).map { Point(middle, $0.y) } }
      if !dots.isEmpty {
        shapes.append(
          DrawnShape(.dots(dots, diameter: style.theme.pointDiameter * 0.7), fill: style.color, opacity: 0.85)
        )
      }
    }
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let box = Rectangle(x: frame.center.x - 5, y: frame.y + 1, width: 10, height: frame.height - 2)
    shapes.append(DrawnShape(.rectangle(box), fill: style.color, opacity: 0.3))
    shapes.append(DrawnShape(.rectangle(box), stroke: Stroke(style.color, width: style.theme.errorWidth)))
  }

  /// Every box with its numbers.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] {
    quartiles.indices.compactMap { index in
      guard let numbers = quartiles[index], let place = panel.slot(categories[index], style),
        let top = panel.point(0, numbers.upperWhisker), let bottom = panel.point(0, numbers.lowerWhisker)
      else { return nil }
      let name = series.map { "\(Label($0).plain), " } ?? ""
      let box = "quartiles \(numbers.lower.text()) and \(numbers.upper.text())"
      let area = Rectangle(
        x: place.left, y: top.y, width: place.right - place.left, height: max(bottom.y - top.y, 2))
      return Hover(
        .inside(area), title: "\(name)\(categories[index]): median \(numbers.median.text()), \(box)")
    }
  }
}
