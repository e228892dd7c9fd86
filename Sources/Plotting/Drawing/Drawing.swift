/// A figure as shapes with places, sizes and color roles: what layouts make and renderers draw.
///
/// It depends on no font file and no graphics library.
public struct Drawing: Codable, Hashable, Sendable {
  /// Shapes that share a clip rectangle.
  public struct Layer: Codable, Hashable, Sendable {
    /// Nothing is drawn outside; nil draws everything.
    public var clip: Rectangle?
    /// The shapes, from back to front.
    public var shapes: [DrawnShape]

    /// Shapes with their clip rectangle.
    public init(clip: Rectangle? = nil, shapes: [DrawnShape]) {
      self.clip = clip
      self.shapes = shapes
    }
  }

  /// The width of the canvas in points.
  public var width: Double
  /// The height of the canvas in points.
  public var height: Double
  /// The layers, from back to front.
  public var layers: [Layer] = []
  /// What readers see at the pointer.
  public var hovers: [Hover] = []

  /// How near the pointer must be to a data point, in points.
  public static let hoverRadius = 5.0

  /// An empty canvas.
  public init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}

extension Drawing: CustomStringConvertible {
  /// A line for each shape, for reading and comparing.
  public var description: String {
    var lines = ["canvas \(width.coordinateText) x \(height.coordinateText)"]
    for layer in layers {
      lines.append("layer" + (layer.clip.map { " clipped to \(text($0))" } ?? ""))
      for shape in layer.shapes { lines.append("  " + text(shape)) }
    }
    for hover in hovers {
      switch hover.area {
      case .near(let point): lines.append("hover \(text(point)) \"\(hover.title)\"")
      case .inside(let rectangle): lines.append("hover \(text(rectangle)) \"\(hover.title)\"")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(_ point: Point) -> String { "\(point.x.coordinateText),\(point.y.coordinateText)" }

  private func text(_ rectangle: Rectangle) -> String {
    "\(text(Point(rectangle.x, rectangle.y))) + \(text(Point(rectangle.width, rectangle.height)))"
  }

  private func text(_ points: [Point]) -> String { points.map(text).joined(separator: " ") }

  private func text(_ shape: DrawnShape) -> String {
    var words: [String]
    switch shape.geometry {
    case .lines(let lines): words = ["lines", lines.map(text).joined(separator: " | ")]
    case .polygons(let outlines):
      words = [outlines.count == 1 ? "polygon" : "polygons", outlines.map(text).joined(separator: " | ")]
    case .dots(let points, let diameter): words = ["dots \(diameter.coordinateText)", text(points)]
    case .rectangle(let rectangle): words = ["rectangle", text(rectangle)]
    case .text(let drawn):
      words = ["text \"\(drawn.label.marked)\"", "\(drawn.anchor.rawValue) \(text(drawn.position))"]
      words.append("size \(drawn.size.coordinateText)")
      if drawn.rotation != 0 { words.append("rotated \(drawn.rotation.coordinateText)") }
    case .image(let image, let area):
      let kind = image.isSmooth ? "smooth image" : "image"
      let sum = image.bytes.reduce(UInt32(1)) { ($0 &* 31) &+ UInt32($1) }
      words = [
        kind, "\(image.width) x \(image.height)", "bytes \(String(sum, radix: 16))", "in \(text(area))",
      ]
    }
    if let fill = shape.fill { words.append("fill \(fill.name)") }
    if let stroke = shape.stroke {
      words.append("stroke \(stroke.color.name) \(stroke.width.coordinateText)")
      if !stroke.dash.isEmpty {
        words.append("dash \(stroke.dash.map(\.coordinateText).joined(separator: " "))")
      }
    }
    if shape.opacity != 1 { words.append("opacity \(shape.opacity.coordinateText)") }
    return words.joined(separator: " ")
  }
}
