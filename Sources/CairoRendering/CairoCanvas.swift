import CCairo
import Foundation
import Plotting

/// Draws the shapes of a drawing on a Cairo context, text as outlines of the font file.
struct CairoCanvas {
  let context: OpaquePointer
  let font: FontFile
  /// Red, green and blue of a role, from 0 to 1.
  let color: (Color) -> (Double, Double, Double)

  func draw(_ drawing: Drawing) {
    font.use(on: context) {
      for layer in drawing.layers {
        cairo_save(context)
        if let clip = layer.clip {
          cairo_rectangle(context, clip.x, clip.y, clip.width, clip.height)
          cairo_clip(context)
        }
        for shape in layer.shapes { draw(shape) }
        cairo_restore(context)
      }
    }
  }

  private func draw(_ shape: DrawnShape) {
    switch shape.geometry {
    case .text(let text):
      draw(text, color: shape.fill ?? .text, opacity: shape.opacity)
      return
    case .dots(let points, let diameter):
      dots(points, diameter: diameter, color: shape.fill ?? .text, opacity: shape.opacity)
      return
    case .lines(let lines): lines.forEach { add($0) }
    case .polygons(let outlines):
      for outline in outlines {
        add(outline)
        cairo_close_path(context)
      }
    case .image: return
    case .rectangle(let area): cairo_rectangle(context, area.x, area.y, area.width, area.height)
    }
    if let fill = shape.fill {
      set(fill, opacity: shape.opacity)
      cairo_fill_preserve(context)
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
  private func dots(_ points: [Point], diameter: Double, color: Color, opacity: Double) {
    for point in points {
      cairo_move_to(context, point.x, point.y)
      cairo_line_to(context, point.x, point.y)
    }
    set(color, opacity: opacity)
    cairo_set_dash(context, nil, 0, 0)
    cairo_set_line_width(context, diameter)
    cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
    cairo_stroke(context)
  }

  private func add(_ line: [Point]) {
    for (index, point) in line.enumerated() {
      if index == 0 {
        cairo_move_to(context, point.x, point.y)
      } else {
        cairo_line_to(context, point.x, point.y)
      }
    }
  }

  private func set(_ color: Color, opacity: Double) {
    let (red, green, blue) = self.color(color)
    cairo_set_source_rgba(context, red, green, blue, opacity)
  }

  private func draw(_ text: DrawnText, color: Color, opacity: Double) {
    set(color, opacity: opacity)
    cairo_save(context)
    cairo_translate(context, text.position.x, text.position.y)
    cairo_rotate(context, -text.rotation * .pi / 180)
    let width = text.label.runs.reduce(0) {
      $0 + font.advanceInUse(of: $1.text, size: text.size * $1.scale)
    }
    var x = text.anchor == .start ? 0 : text.anchor == .middle ? -width / 2 : -width
    for run in text.label.runs {
      let size = text.size * run.scale
      cairo_set_font_size(context, size)
      cairo_move_to(context, x, -run.rise * text.size)
      cairo_show_text(context, run.text)
      x += font.advanceInUse(of: run.text, size: size)
    }
    cairo_restore(context)
  }
}
