/// A dashed line across the plot at one value, labeled directly.
public struct RuleMark: Mark {
  /// The name in stored plots.
  public static let kind = "rule"

  /// The value on the horizontal axis; empty for a horizontal rule.
  @Numbers private var xs: [Double]
  /// The value on the vertical axis; empty for a vertical rule.
  @Numbers private var ys: [Double]
  /// What is written beside the rule.
  public var label: String?
  /// A color instead of the series'.
  public var color: Color?

  /// A vertical rule.
  public init(x: Double, label: String? = nil, color: Color? = nil) {
    _xs = Numbers(wrappedValue: [x])
    _ys = Numbers(wrappedValue: [])
    self.label = label
    self.color = color
  }

  /// A horizontal rule.
  public init(y: Double, label: String? = nil, color: Color? = nil) {
    _xs = Numbers(wrappedValue: [])
    _ys = Numbers(wrappedValue: [y])
    self.label = label
    self.color = color
  }

  /// Rules have no entry in the legend.
  public var series: String? { nil }
  /// The value of a vertical rule.
  public var x: Double? { xs.first }
  /// The value of a horizontal rule.
  public var y: Double? { ys.first }

  /// What is shown.
  public var data: MarkData { MarkData(x: xs, y: ys) }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    guard let (start, end) = ends(in: panel) else { return }
    let stroke = Stroke(color ?? .muted, width: style.theme.ruleWidth, dash: [4, 3])
    shapes.append(DrawnShape(.lines([[start, end]]), stroke: stroke))
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {}

  /// What readers see at the pointer.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] { [] }

  /// The text at the mark.
  public func annotations(in panel: Panel) -> [Annotation] {
    guard let label, let (start, end) = ends(in: panel) else { return [] }
    let places: [Annotation.Place]
    if x == nil {
      places = [(end, true, true), (end, true, false), (start, false, true), (start, false, false)].map {
        .init(point: $0.0, isLeft: $0.1, isAbove: $0.2)
      }
    } else {
      places = [(start, false, false), (start, true, false), (end, false, true), (end, true, true)].map {
        .init(point: $0.0, isLeft: $0.1, isAbove: $0.2)
      }
    }
    return [Annotation(text: label, outside: x == nil ? end : nil, places: places)]
  }

  private func ends(in panel: Panel) -> (Point, Point)? {
    let frame = panel.frame
    if let x, let share = panel.x.fraction(of: x), (0...1).contains(share) {
      return (
        Point(frame.x + share * frame.width, frame.y), Point(frame.x + share * frame.width, frame.bottom)
      )
    }
    if let y, let share = panel.y.fraction(of: y), (0...1).contains(share) {
      let height = frame.bottom - share * frame.height
      return (Point(frame.x, height), Point(frame.right, height))
    }
    return nil
  }
}
