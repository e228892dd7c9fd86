import CCairo
import Plotting

/// Draws the shapes of a drawing on a Cairo context; texts and images are a painter's.
struct CairoCanvas {
  let context: OpaquePointer
  let painter: any ShapePainter
  /// Red, green and blue of a role, from 0 to 1.
  let color: (Color) -> (Double, Double, Double)

  /// More dots than this in one shape are painted as one mask: they overlap anyway.
  static let mostDots = 2000
  /// The greatest coordinate, in points, that Cairo's numbers hold with room for line widths.
  static let farthest = 1e6

  func draw(_ drawing: Drawing) {
    let canvas = Rectangle(x: 0, y: 0, width: drawing.width, height: drawing.height)
    for layer in drawing.layers {
      cairo_save(context)
      if let clip = layer.clip {
        cairo_rectangle(context, clip.x, clip.y, clip.width, clip.height)
        cairo_clip(context)
      }
      for shape in layer.shapes { draw(shape, in: layer.clip?.intersection(canvas) ?? canvas) }
      cairo_restore(context)
    }
  }

  private func draw(_ shape: DrawnShape, in area: Rectangle) {
    switch shape.geometry {
    case .text(let text):
      painter.paint(text, color: shape.fill ?? .text, opacity: shape.opacity, on: self)
      return
    case .dots(let points, let diameter):
      dots(points, diameter: diameter, color: shape.fill ?? .text, opacity: shape.opacity, in: area)
      return
    case .image(let image, let area):
      guard image.width > 0, image.height > 0, area.width > 0, area.height > 0 else { return }
      painter.paint(image, in: area, opacity: shape.opacity, on: self)
      return
    case .lines(let lines): lines.forEach { add($0) }
    case .polygons(let outlines):
      for outline in outlines {
        add(outline)
        cairo_close_path(context)
      }
    case .rectangle(let area): add(area)
    }
    if let fill = shape.fill {
      set(fill, opacity: shape.opacity)
      // Areas side by side leave no seam if their edges are those of pixels.
      if case .rectangle = shape.geometry, shape.stroke == nil {
        cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE)
      }
      cairo_fill_preserve(context)
      cairo_set_antialias(context, CAIRO_ANTIALIAS_DEFAULT)
    }
    if let stroke = shape.stroke {
      set(stroke.color, opacity: shape.opacity)
      cairo_set_line_width(context, stroke.width)
      cairo_set_line_cap(context, CAIRO_LINE_CAP_BUTT)
      cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
      cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
      cairo_stroke_preserve(context)
    }
    cairo_new_path(context)
  }

  /// A line of no length with round ends is a disk; written out, it is a tenth of the length of four curves.
  private func dots(_ points: [Point], diameter: Double, color: Color, opacity: Double, in area: Rectangle) {
    if points.count > CairoCanvas.mostDots {
      painter.paint(points, diameter: diameter, in: area, color: color, opacity: opacity, on: self)
      return
    }
    for point in points {
      guard let place = CairoCanvas.bounded(point) else { continue }
      cairo_move_to(context, place.x, place.y)
      cairo_line_to(context, place.x, place.y)
    }
    set(color, opacity: opacity)
    cairo_set_dash(context, nil, 0, 0)
    cairo_set_line_width(context, diameter)
    cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
    cairo_stroke(context)
  }

  private func add(_ line: [Point]) {
    var isFirst = true
    for point in line {
      guard let place = CairoCanvas.bounded(point) else { continue }
      if isFirst {
        cairo_move_to(context, place.x, place.y)
      } else {
        cairo_line_to(context, place.x, place.y)
      }
      isFirst = false
    }
  }

  /// Appends a rectangle to the path.
  func add(_ area: Rectangle) {
    guard let start = CairoCanvas.bounded(Point(area.x, area.y)),
      let end = CairoCanvas.bounded(Point(area.right, area.bottom))
    else { return }
    cairo_rectangle(context, start.x, start.y, end.x - start.x, end.y - start.y)
  }

  /// A place that Cairo's numbers can hold; nil for none.
  static func bounded(_ point: Point) -> Point? {
    guard point.x.isFinite, point.y.isFinite else { return nil }
    return Point(min(max(point.x, -farthest), farthest), min(max(point.y, -farthest), farthest))
  }

  /// Chooses the color of what is drawn next.
  func set(_ color: Color, opacity: Double) {
    let (red, green, blue) = self.color(color)
    cairo_set_source_rgba(context, red, green, blue, opacity)
  }
}

/// Paints what Cairo's formats hold in different ways.
protocol ShapePainter {
  /// A line of text.
  func paint(_ text: DrawnText, color: Color, opacity: Double, on canvas: CairoCanvas)
  /// An image stretched over a rectangle.
  func paint(_ image: PixelImage, in area: Rectangle, opacity: Double, on canvas: CairoCanvas)
  /// More dots than are drawn one by one, within an area.
  func paint(
    _ points: [Point], diameter: Double, in area: Rectangle, color: Color, opacity: Double,
    on canvas: CairoCanvas)
}

extension Rectangle {
  /// The area that both have; empty if there is none.
  func intersection(_ other: Rectangle) -> Rectangle {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rectangle(
      x: left, y: top, width: max(0, min(right, other.right) - left),
      height: max(0, min(bottom, other.bottom) - top))
  }
}
