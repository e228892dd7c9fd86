/// Lays out one plot within a frame: first the space that its guides need, then the shapes.
struct PanelLayout {
  private let plot: Plot
  private let theme: Theme
  private let setter: Typesetter
  private let marks: [(mark: any Mark, style: MarkStyle)]
  private let x: any Scale
  private let y: any Scale
  private let legend: Legend

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

  /// The space around the panel, and whether the legend stands above it because it found no room inside.
  struct Plan {
    var margins: Margins
    var hasLegendAbove: Bool
  }

  /// Plans a plot of a size in points.
  func plan(width: Double, height: Double) -> Plan {
    var margins = Margins(left: 40, right: 8, top: 8, bottom: 30)
    var hasLegendAbove = false
    // Margins need ticks, and ticks need the length that margins leave: three rounds settle both.
    for round in 0..<3 {
      let size = (width: width - margins.left - margins.right, height: height - margins.top - margins.bottom)
      let guides = guides(width: max(size.width, 10), height: max(size.height, 10), depth: height * 0.3)
      let overhang = guides.x.overhang(length: max(size.width, 10))
      margins.left = max(guides.y.thickness, overhang.start)
      margins.right = max(4, overhang.end + 1)
      margins.bottom = guides.x.thickness
      if round == 1, !legend.isEmpty {
        let frame = Rectangle(x: margins.left, y: 0, width: size.width, height: size.height)
        var obstacles = Obstacles(drawMarks(in: Panel(frame: frame, x: x, y: y)))
        let annotations = marks.flatMap { $0.mark.annotations(in: Panel(frame: frame, x: x, y: y)) }
        _ = AnnotationGuide(theme: theme, setter: setter).shapes(annotations, in: frame, &obstacles)
        hasLegendAbove = legend.freePlace(in: frame, obstacles) == nil
      }
      let inner = width - margins.left - margins.right
      margins.top = max(titleHeight(width: inner), theme.tickSize * 0.5)
      if hasLegendAbove { margins.top += legend.height(width: inner) }
    }
    return Plan(margins: margins, hasLegendAbove: hasLegendAbove)
  }

  /// Draws the plot in a frame.
  func draw(in frame: Rectangle, _ plan: Plan, onto drawing: inout Drawing) {
    let margins = plan.margins
    let panelFrame = Rectangle(
      x: frame.x + margins.left, y: frame.y + margins.top,
      width: max(frame.width - margins.left - margins.right, 10),
      height: max(frame.height - margins.top - margins.bottom, 10))
    let panel = Panel(frame: panelFrame, x: x, y: y)
    let guides = guides(width: panelFrame.width, height: panelFrame.height, depth: frame.height * 0.3)
    let data = drawMarks(in: panel)
    drawing.layers.append(.init(shapes: guides.x.grid(in: panelFrame) + guides.y.grid(in: panelFrame)))
    drawing.layers.append(.init(clip: panelFrame.inset(by: -theme.lineWidth), shapes: data))
    var shapes = guides.x.shapes(beside: panelFrame) + guides.y.shapes(beside: panelFrame)
    var obstacles = Obstacles(data)
    shapes += AnnotationGuide(theme: theme, setter: setter).shapes(
      marks.flatMap { $0.mark.annotations(in: panel) }, in: panelFrame, &obstacles)
    shapes += titleShapes(above: panelFrame, frame: frame)
    if !legend.isEmpty {
      if plan.hasLegendAbove {
        let origin = Point(panelFrame.x, panelFrame.y - legend.height(width: panelFrame.width))
        shapes += legend.shapes(inRowsFrom: origin, width: panelFrame.width)
      } else if let place = legend.bestPlace(in: panelFrame, obstacles) {
        shapes += legend.column(in: place)
      }
    }
    drawing.layers.append(.init(shapes: shapes))
    drawing.hovers += hovers(in: panel)
  }

  private func guides(width: Double, height: Double, depth: Double) -> (x: AxisGuide, y: AxisGuide) {
    (
      AxisGuide(
        plot.x, scale: x, isHorizontal: true, length: width, depth: depth, theme: theme, setter: setter),
      AxisGuide(
        plot.y, scale: y, isHorizontal: false, length: height, depth: depth, theme: theme, setter: setter)
    )
  }

  private func drawMarks(in panel: Panel) -> [Shape] {
    var shapes: [Shape] = []
    for (mark, style) in marks { mark.draw(in: panel, as: style, onto: &shapes) }
    return shapes
  }

  private func titleLines(width: Double) -> Typesetter.Lines? {
    plot.title.map { setter.lines($0, size: theme.titleSize, within: width) }
  }

  private func titleHeight(width: Double) -> Double { titleLines(width: width).map { $0.height + 7 } ?? 0 }

  private func titleShapes(above panel: Rectangle, frame: Rectangle) -> [Shape] {
    titleLines(width: panel.width).map {
      setter.shapes($0, x: panel.x, top: frame.y, anchor: .start, color: .text)
    } ?? []
  }

  /// At most 160 places a plot, evenly thinned: more would only make the file large.
  private func hovers(in panel: Panel) -> [Hover] {
    let all = marks.map { $0.mark.hovers(in: panel, as: $0.style) }
    let busy = all.filter { !$0.isEmpty }.count
    let most = min(200, max(1, 160 / max(busy, 1)))
    return all.flatMap { hovers -> [Hover] in
      guard hovers.count > most else { return hovers }
      return (0..<most).map { hovers[$0 * (hovers.count - 1) / max(most - 1, 1)] }
    }
  }
}
