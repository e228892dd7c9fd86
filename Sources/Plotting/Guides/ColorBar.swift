/// What the colors of a plot mean: a bar of the ramp beside the panel, with ticks and a label.
struct ColorBar {
  private let color: ColorScale
  private let guide: AxisGuide
  private let theme: Theme
  private let gap = 10.0
  private let thickness = 11.0

  /// A bar of a height in points; its tick labels reach at most `depth` away from it.
  init(_ color: ColorScale, height: Double, depth: Double, theme: Theme, setter: Typesetter) {
    self.color = color
    self.theme = theme
    guide = AxisGuide(
      .linear(color.axis.label).withoutGrid(), scale: color.scale, side: .right, length: height, depth: depth,
      room: height, theme: theme, setter: setter)
  }

  /// The room that bar, ticks and label need beside a panel.
  var width: Double { gap + thickness + guide.thickness }

  /// The bar at a distance beside a panel.
  func shapes(x: Double, beside panel: Rectangle, in cell: Rectangle) -> [DrawnShape] {
    let area = Rectangle(x: x + gap, y: panel.y, width: thickness, height: panel.height)
    let ramp = color.axis.ramp
    let height = area.height / Double(ramp.steps)
    // Each color reaches under the next, so that no seam shows between them.
    let colors = (0..<ramp.steps).map { step in
      let bottom = area.bottom - Double(step) * height
      let part = Rectangle(x: area.x, y: area.y, width: area.width, height: bottom - area.y)
      return DrawnShape(.rectangle(part), fill: .ramp(ramp, step))
    }
    return colors + guide.shapes(beside: area, in: cell)
  }
}
