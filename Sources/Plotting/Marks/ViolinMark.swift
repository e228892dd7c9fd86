/// The mirrored densities of values over categories, with median and quartiles.
public struct ViolinMark: SeriesMark {
  /// The name in stored plots.
  public static let kind = "violins"

  /// The category of each violin.
  public var categories: [String]
  /// The numbers of each violin; nil draws none.
  public var quartiles: [Quartiles?]
  /// The density of each violin.
  public var densities: [KernelDensity]
  /// The entry of the legend.
  public var series: String?
  /// A color instead of the series'.
  public var color: Color?

  /// The densities of values, by category.
  public init(_ values: KeyValuePairs<String, [Double]>, series: String? = nil, color: Color? = nil) {
    self.init(categories: values.map(\.key), values: values.map(\.value), series: series, color: color)
  }

  /// The densities of values, a list for each category.
  public init(categories: [String], values: [[Double]], series: String? = nil, color: Color? = nil) {
    self.categories = Array(categories.prefix(values.count))
    quartiles = values.prefix(categories.count).map { Quartiles(of: $0) }
    densities = values.prefix(categories.count).map { KernelDensity(of: $0, samples: 64, isCut: true) }
    self.series = series
    self.color = color
  }

  /// What is shown.
  public var data: MarkData {
    func column(_ value: (Quartiles) -> Double) -> [Double] { quartiles.map { $0.map(value) ?? .nan } }
    return MarkData(
      categories: categories, y: column(\.median), lower: column(\.lower), upper: column(\.upper))
  }

  /// What the axes must show.
  public var extent: MarkExtent {
    MarkExtent(
      y: densities.flatMap(\.x), categories: categories)
  }

  /// Side by side with others.
  public var placement: MarkPlacement { .sideBySide }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    for index in categories.indices {
      guard let numbers = quartiles[index], let place = panel.slot(categories[index], style) else { continue }
      let middle = (place.left + place.right) / 2
      let half = (place.right - place.left) * 0.46
      let greatest = densities[index].density.max() ?? 1
      let sides = zip(densities[index].x, densities[index].density).compactMap { x, density in
        panel.point(0, x).map { (y: $0.y, reach: greatest > 0 ? density / greatest * half : 0) }
      }
      guard sides.count > 1 else { continue }
      let right = LineSimplifier.simplified(sides.map { Point(middle + $0.reach, $0.y) })
      let left = LineSimplifier.simplified(sides.map { Point(middle - $0.reach, $0.y) })
      let outline = right + left.reversed()
      shapes.append(DrawnShape(.polygon(outline), fill: style.color, opacity: 0.3))
      shapes.append(
        DrawnShape(
          .lines([outline + outline.prefix(1)]), stroke: Stroke(style.color, width: style.theme.ruleWidth)))
      guard let low = panel.point(0, numbers.lower), let high = panel.point(0, numbers.upper),
        let median = panel.point(0, numbers.median)
      else { continue }
      let box = [Point(middle, low.y), Point(middle, high.y)]
      shapes.append(DrawnShape(.lines([box]), stroke: Stroke(style.color, width: 3.2)))
      shapes.append(
        DrawnShape(.dots([Point(middle, median.y)], diameter: style.theme.pointDiameter * 1.1), fill: .text))
    }
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let (x, y) = (frame.center.x, frame.center.y)
    let outline = [
      Point(x, frame.y), Point(x + 5, y), Point(x, frame.bottom), Point(x - 5, y),
    ]
    shapes.append(DrawnShape(.polygon(outline), fill: style.color, opacity: 0.3))
    shapes.append(
      DrawnShape(
        .lines([outline + outline.prefix(1)]), stroke: Stroke(style.color, width: style.theme.ruleWidth)))
  }

  /// Every violin with its numbers.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] {
    categories.indices.compactMap { index in
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
