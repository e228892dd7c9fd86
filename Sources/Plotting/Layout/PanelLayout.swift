/// Lays out one plot within a frame: first the space that its guides need, then the shapes.
struct PanelLayout {
  private let plot: Plot
  private let theme: Theme
  private let setter: Typesetter
  /// The marks with their colors.
  let marks: [(mark: any Mark, style: MarkStyle)]
  private let x: any Scale
  private let y: any Scale
  /// The names of the series; empty if the whole figure has one legend.
  var legend: Legend

  init(_ plot: Plot, order: SeriesOrder, theme: Theme, setter: Typesetter) {
    self.plot = plot
    self.theme = theme
    self.setter = setter
    (x, y) = PlotScales.scales(of: plot)
    let bars = plot.marks.indices.filter { plot.marks[$0] is BarMark }
    marks = plot.marks.enumerated().map { index, mark in
      (
        mark,
        MarkStyle(
          color: order.color(of: mark, in: plot), theme: theme, group: bars.firstIndex(of: index) ?? 0,
          groupCount: bars.count)
      )
    }
    legend = Legend(marks, theme: theme, setter: setter)
  }

  /// The space around the panel, and what stands there because it found no room inside.
  struct Plan {
    var margins: Margins
    var hasLegendAbove: Bool
    /// Whether lines are named at their ends instead of in a legend.
    var hasDirectLabels = false
    /// The room for notes on the right of the panel.
    var widthOutside: Double
  }

  /// Plans a plot of a size in points.
  func plan(width: Double, height: Double) -> Plan {
    var plan = Plan(
      margins: Margins(left: 40, right: 8, top: 8, bottom: 30), hasLegendAbove: false, widthOutside: 0)
    // Margins need ticks, and ticks need the length that margins leave: a few rounds settle both.
    for round in 0..<4 {
      let frame = Rectangle(
        x: plan.margins.left, y: plan.margins.top,
        width: max(width - plan.margins.left - plan.margins.right, 10),
        height: max(height - plan.margins.top - plan.margins.bottom, 10))
      let guides = guides(panel: frame, cellHeight: height, cellWidth: width)
      let overhang = guides.x.overhang(length: frame.width)
      if round == 1 || plan.hasDirectLabels { findRoom(for: frame, &plan) }
      plan.margins.left = max(guides.y.thickness, overhang.start)
      plan.margins.right = max(4, overhang.end + 1, plan.widthOutside)
      plan.margins.bottom = guides.x.thickness
      let inner = width - plan.margins.left - plan.margins.right
      plan.margins.top = max(titleHeight(width: inner), theme.tickSize * 0.5)
      if plan.hasLegendAbove { plan.margins.top += legend.height(width: inner) }
    }
    return plan
  }

  /// Decides what finds no room inside a panel.
  private func findRoom(for frame: Rectangle, _ plan: inout Plan) {
    let panel = Panel(frame: frame, x: x, y: y)
    let notes = marks.flatMap { $0.mark.annotations(in: panel) }
    let guide = AnnotationGuide(theme: theme, setter: setter)
    var obstacles = Obstacles(drawMarks(in: panel))
    plan.hasDirectLabels = false
    if !legend.isEmpty, let labels = DirectLabels(marks, in: panel, theme: theme, setter: setter) {
      plan.hasDirectLabels = true
      // The last round still moves the panel by fractions of a point.
      plan.widthOutside = labels.widthOutside(frame) + 1
      return
    }
    plan.widthOutside = guide.widthOutside(notes, in: frame, obstacles)
    _ = guide.shapes(notes, in: frame, widthOutside: plan.widthOutside, &obstacles)
    plan.hasLegendAbove = !legend.isEmpty && legend.freePlace(in: frame, obstacles) == nil
  }

  /// Draws the plot in a frame, one of so many of the figure.
  func draw(in frame: Rectangle, _ plan: Plan, of plotCount: Int, onto drawing: inout Drawing) {
    let margins = plan.margins
    let panelFrame = Rectangle(
      x: frame.x + margins.left, y: frame.y + margins.top,
      width: max(frame.width - margins.left - margins.right, 10),
      height: max(frame.height - margins.top - margins.bottom, 10))
    let panel = Panel(frame: panelFrame, x: x, y: y)
    let guides = guides(panel: panelFrame, cellHeight: frame.height, cellWidth: frame.width)
    let data = drawMarks(in: panel)
    drawing.layers.append(.init(shapes: guides.x.grid(in: panelFrame) + guides.y.grid(in: panelFrame)))
    drawing.layers.append(.init(clip: panelFrame.inset(by: -theme.lineWidth), shapes: data))
    var shapes =
      guides.x.shapes(beside: panelFrame, in: frame) + guides.y.shapes(beside: panelFrame, in: frame)
    var obstacles = Obstacles(data)
    var hasNames = false
    if plan.hasDirectLabels, let labels = DirectLabels(marks, in: panel, theme: theme, setter: setter),
      labels.widthOutside(panelFrame) <= margins.right
    {
      shapes += labels.shapes(&obstacles)
      hasNames = true
    }
    shapes += AnnotationGuide(theme: theme, setter: setter).shapes(
      marks.flatMap { $0.mark.annotations(in: panel) }, in: panelFrame, widthOutside: plan.widthOutside,
      &obstacles)
    shapes += titleShapes(above: panelFrame, frame: frame)
    if !legend.isEmpty, !hasNames {
      if plan.hasLegendAbove {
        let origin = Point(panelFrame.x, panelFrame.y - legend.height(width: panelFrame.width))
        shapes += legend.shapes(inRowsFrom: origin, width: panelFrame.width)
      } else if let place = legend.bestPlace(in: panelFrame, obstacles) {
        shapes += legend.column(in: place)
      }
    }
    drawing.layers.append(.init(shapes: shapes))
    drawing.hovers += hovers(in: panel, count: plotCount)
  }

  private func guides(panel: Rectangle, cellHeight: Double, cellWidth: Double) -> (x: AxisGuide, y: AxisGuide)
  {
    (
      AxisGuide(
        plot.x, scale: x, isHorizontal: true, length: panel.width, depth: cellHeight * 0.3,
        room: max(panel.width, cellWidth * 0.9), theme: theme, setter: setter),
      AxisGuide(
        plot.y, scale: y, isHorizontal: false, length: panel.height, depth: cellWidth * 0.4,
        room: max(panel.height, cellHeight * 0.9), theme: theme, setter: setter)
    )
  }

  private func drawMarks(in panel: Panel) -> [DrawnShape] {
    var shapes: [DrawnShape] = []
    for (mark, style) in marks { mark.draw(in: panel, as: style, onto: &shapes) }
    return shapes
  }

  private func titleLines(width: Double) -> Typesetter.Lines? {
    plot.title.map { setter.lines($0, size: theme.titleSize, within: width) }
  }

  private func titleHeight(width: Double) -> Double { titleLines(width: width).map { $0.height + 7 } ?? 0 }

  private func titleShapes(above panel: Rectangle, frame: Rectangle) -> [DrawnShape] {
    titleLines(width: panel.width).map {
      setter.shapes($0, x: panel.x, top: frame.y, anchor: .start, color: .text)
    } ?? []
  }

  /// Few enough places that the file stays small, shared among the marks and the plots of a figure.
  private func hovers(in panel: Panel, count: Int) -> [Hover] {
    let all = marks.map { $0.mark.hovers(in: panel, as: $0.style) }
    let busy = all.filter { !$0.isEmpty }.count
    let most = max(Hover.most / max(busy, 1) / max((count + 1) / 2, 1), 4)
    return all.flatMap { Hover.thinned($0, to: most) }
  }
}
