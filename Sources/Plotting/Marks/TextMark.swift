/// Texts at places: beside their points where they cover least, or centered on them.
public struct TextMark: Mark {
  /// Where a text stands.
  public enum Placement: String, Codable, Hashable, Sendable {
    /// Beside the point, on the side where it covers least.
    case beside
    /// In the middle of the point.
    case centered
  }

  /// The name in stored plots.
  public static let kind = "text"

  /// Values on the horizontal axis.
  @Numbers public var x: [Double]
  /// Values on the vertical axis.
  @Numbers public var y: [Double]
  /// The texts; sub- and superscripts are understood.
  public var texts: [String]
  /// Where the texts stand.
  public var placement: Placement
  /// A color instead of the text's.
  public var color: Color?
  /// The size in points; nil takes that of tick labels.
  public var size: Double?

  /// Texts at places.
  public init(
    x: [Double], y: [Double], texts: [String], placement: Placement = .beside, color: Color? = nil,
    size: Double? = nil
  ) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    self.texts = texts
    self.placement = placement
    self.color = color
    self.size = size
  }

  /// A text at a place.
  public init(
    _ text: String, x: Double, y: Double, placement: Placement = .beside, color: Color? = nil,
    size: Double? = nil
  ) {
    self.init(x: [x], y: [y], texts: [text], placement: placement, color: color, size: size)
  }

  /// Texts have no entry in the legend.
  public var series: String? { nil }

  /// The size that the author gives, as far as it can be drawn.
  private var drawnSize: Double? { size.flatMap { $0.isFinite ? $0.within(3...120, otherwise: 9) : nil } }

  /// What is shown.
  public var data: MarkData { MarkData(x: x, y: y, texts: texts) }

  /// What alternative texts say.
  public var summary: String? {
    let shown = texts.prefix(12).map { Label($0).plain }
    let rest = texts.count > 12 ? " and \(texts.count - 12) more" : ""
    return texts.isEmpty ? "No texts." : "Texts: \(shown.joined(separator: ", "))\(rest)."
  }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    guard placement == .centered else { return }
    let size = drawnSize ?? style.theme.tickSize
    for index in 0..<min(x.count, y.count, texts.count) {
      guard let point = panel.point(x[index], y[index]) else { continue }
      let place = Point(point.x, point.y + 0.365 * size)
      let text = DrawnText(Label(texts[index]), at: place, anchor: .middle, size: size)
      shapes.append(DrawnShape(.text(text), fill: color ?? .text))
    }
  }

  /// Draws nothing: texts have no entry in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {}

  /// The texts beside points, of which some may have found no room.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] {
    guard placement == .beside, x.count > 4 else { return [] }
    return (0..<min(x.count, y.count, texts.count)).compactMap { index in
      panel.point(x[index], y[index]).map { Hover(.near($0), title: Label(texts[index]).plain) }
    }
  }

  /// The texts with the four corners around each point.
  public func annotations(in panel: Panel) -> [Annotation] {
    guard placement == .beside else { return [] }
    return (0..<min(x.count, y.count, texts.count)).compactMap { index in
      guard let point = panel.point(x[index], y[index]), panel.frame.inset(by: -1).contains(point) else {
        return nil
      }
      let places = [(false, true), (true, true), (false, false), (true, false)].map {
        Annotation.Place(point: point, isLeft: $0.0, isAbove: $0.1)
      }
      return Annotation(
        text: texts[index], places: places, color: color ?? .text, size: drawnSize, isOptional: x.count > 4)
    }
  }
}
