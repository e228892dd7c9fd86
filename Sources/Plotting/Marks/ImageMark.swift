/// A picture of gray or colored pixels, rows from the top.
public struct ImageMark: Mark {
  /// The name in stored plots.
  public static let kind = "image"

  /// The pixels.
  public var image: PixelImage
  /// The horizontal ends of the picture.
  @Numbers public var xEnds: [Double]
  /// The vertical ends of the picture, the lower first.
  @Numbers public var yEnds: [Double]

  /// Gray values as rows, from 0, ink on white paper's back, to 1; `range` gives the values of white and of black.
  ///
  /// By default the least value is white and the greatest black, as ink on paper.
  public init(
    gray rows: [[Double]], range: ClosedRange<Double>? = nil, isInverted: Bool = false,
    x: ClosedRange<Double>? = nil, y: ClosedRange<Double>? = nil, isSmooth: Bool = false
  ) {
    let grid = ValueGrid(rows)
    let finite = grid.values.filter { $0.magnitude < 1e300 }
    let low = range?.lowerBound ?? finite.min() ?? 0
    let high = range?.upperBound ?? finite.max() ?? 1
    let bytes = grid.values.flatMap { value -> [UInt8] in
      guard value.magnitude < 1e300 else { return [0, 0, 0, 0] }
      let share = high > low ? min(max((value - low) / (high - low), 0), 1) : 0
      let level = UInt8(((isInverted ? share : 1 - share) * 255).rounded())
      return [level, level, level, 255]
    }
    self.init(
      PixelImage(width: grid.columns, height: grid.rows, bytes: bytes, isSmooth: isSmooth), x: x, y: y)
  }

  /// Red, green and blue from 0 to 1 as rows.
  public init(
    colors rows: [[(red: Double, green: Double, blue: Double)]], x: ClosedRange<Double>? = nil,
    y: ClosedRange<Double>? = nil, isSmooth: Bool = false
  ) {
    let width = rows.map(\.count).max() ?? 0
    func byte(_ value: Double) -> UInt8 {
      value.isFinite ? UInt8((min(max(value, 0), 1) * 255).rounded()) : 0
    }
    let bytes = rows.flatMap { row in
      row.flatMap { [byte($0.red), byte($0.green), byte($0.blue), 255] }
        + [UInt8](repeating: 0, count: 4 * (width - row.count))
    }
    self.init(PixelImage(width: width, height: rows.count, bytes: bytes, isSmooth: isSmooth), x: x, y: y)
  }

  /// A picture between ends; without ends a pixel is one unit wide, and the first is at zero.
  public init(_ image: PixelImage, x: ClosedRange<Double>? = nil, y: ClosedRange<Double>? = nil) {
    self.image = image
    let x = x ?? -0.5...(Double(max(image.width, 1)) - 0.5)
    let y = y ?? -0.5...(Double(max(image.height, 1)) - 0.5)
    _xEnds = Numbers(wrappedValue: [x.lowerBound, x.upperBound])
    _yEnds = Numbers(wrappedValue: [y.lowerBound, y.upperBound])
  }

  /// Pictures have no entry in the legend.
  public var series: String? { nil }

  /// What is shown: the ends of the picture.
  public var data: MarkData { MarkData(x: xEnds, y: yEnds) }

  /// What the axes must show.
  public var extent: MarkExtent { MarkExtent(x: xEnds, y: yEnds, isTight: true) }

  /// What alternative texts say.
  public var summary: String? { "A picture of \(image.width) by \(image.height) pixels." }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    guard image.width > 0, image.height > 0, xEnds.count == 2, yEnds.count == 2,
      let start = panel.point(xEnds[0], yEnds[0]), let end = panel.point(xEnds[1], yEnds[1])
    else { return }
    let area = Rectangle(
      x: min(start.x, end.x), y: min(start.y, end.y), width: (end.x - start.x).magnitude,
      height: (end.y - start.y).magnitude)
    shapes.append(DrawnShape(.image(image, in: area)))
  }

  /// Draws nothing: pictures have no entry in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {}

  /// Pictures say nothing at the pointer.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] { [] }
}
