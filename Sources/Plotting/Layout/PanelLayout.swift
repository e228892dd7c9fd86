/// Lays out one plot within a frame: first the space that its guides need, then the shapes.
struct PanelLayout {
  /// A mark with its look.
  typealias StyledMark = (mark: any Mark, style: MarkStyle)

  /// Which labels of a plot in a grid are written: shared axes are labeled at the edge of the grid.
  struct Sharing {
    var hidesX = false
    var hidesY = false
    /// Whether labels of axes are no longer than the panel, as others stand beside it.
    var keepsLabelsShort = false
    /// The plots with the same horizontal axis.
    var sharingX: [Plot] = []
    /// The plots with the same vertical axis.
    var sharingY: [Plot] = []
  }

  private let plot: Plot
  private let order: SeriesOrder
  private let theme: Theme
  private let setter: Typesetter
  private let sharing: Sharing
  /// The marks of the first vertical axis.
  private let primary: [StyledMark]
  /// The marks of the second vertical axis.
  private let secondary: [StyledMark]
  private let scales: PlotScales
  /// The names of the series; empty if the whole figure has one legend.
  var legend: Legend

  /// All marks with their colors.
  var marks: [StyledMark] { primary + secondary }

  init(_ plot: Plot, order: SeriesOrder, theme: Theme, setter: Typesetter, sharing: Sharing = Sharing()) {
    self.plot = plot
    self.order = order
    self.theme = theme
    self.setter = setter
    self.sharing = sharing
    scales = PlotScales(of: plot, sharingX: sharing.sharingX, sharingY: sharing.sharingY)
    let all = plot.allMarks
    let groups = PanelLayout.groups(all)
    let count = (groups.compactMap(\.self).max() ?? -1) + 1
    let colors = order.colors(of: all)
    let styled = all.enumerated().map { index, mark in
      (
        mark: mark,
        style: MarkStyle(
          color: colors[index], theme: theme, group: groups[index] ?? 0, groupCount: count)
      )
    }
    primary = Array(styled.prefix(plot.marks.count))
    secondary = Array(styled.dropFirst(plot.marks.count))
    legend =
      plot.legend == .hidden
      ? Legend([], theme: theme, setter: setter)
      : Legend(styled, theme: theme, setter: setter)
  }

  /// The place of each mark among those that share a category; nil for marks without one.
  private static func groups(_ marks: [any Mark]) -> [Int?] {
    var stacks: [String: Int] = [:]
    var count = 0
    return marks.map { mark in
      switch mark.placement {
      case .free: return nil
      case .sideBySide:
        count += 1
        return count - 1
      case .stacked(let name):
        if let known = stacks[name] { return known }
        stacks[name] = count
        count += 1
        return count - 1
      }
    }
  }

  /// Where the legend stands.
  enum LegendPlan {
    case none, inside, above, right
    /// At the ends of lines.
    case direct
  }

  /// The space around the panel, and what stands there because it found no room inside.
  struct Plan {
    var margins: Margins
    var legend: LegendPlan = .inside
    /// The room for notes on the right of the panel.
    var widthOutside = 0.0
  }

  /// Plans a plot of a size in points.
  func plan(width: Double, height: Double) -> Plan {
    var plan = Plan(margins: Margins(left: 40, right: 8, top: 8, bottom: 30))
    plan.legend = fixedLegend
    // Margins need ticks, and ticks need the length that margins leave: a few rounds settle both.
    for round in 0..<4 {
      let frame = panelFrame(in: Rectangle(x: 0, y: 0, width: width, height: height), plan.margins)
      let guides = guides(panel: frame, cellHeight: height, cellWidth: width)
      let overhang = guides.x.overhang(length: frame.width)
      if plot.legend == .automatic, round == 1 || plan.legend == .direct { findRoom(for: frame, &plan) }
      plan.margins.left = max(guides.y.thickness, overhang.start, plot.y.isShown ? 0 : 2, reach)
      var right = guides.secondary?.thickness ?? 0
      if let bar = colorBar(height: frame.height, cellWidth: width) { right += bar.width }
      if plan.legend == .right { right += legend.columnSize.width + 6 }
      plan.margins.right = max(4, overhang.end + 1, plan.widthOutside, right, reach)
      plan.margins.bottom = max(guides.x.thickness, reach)
      let inner = width - plan.margins.left - plan.margins.right
      plan.margins.top = max(titleHeight(width: inner), plot.y.isShown ? theme.tickSize * 0.5 : 2)
      if plan.legend == .above {
        plan.margins.top += legend.fitted(width: inner, height: 0.4 * height).height(width: inner)
      }
      plan.margins.top += reach
    }
    return plan
  }

  /// How far nothing is cut beyond the panel.
  private var clipReach: Double { marks.map(\.mark.extent.reach).max() ?? 0 }

  /// How far marks reach beyond a panel without axes, in points.
  private var reach: Double {
    plot.x.isShown || plot.y.isShown ? 0 : min(marks.map(\.mark.extent.reach).max() ?? 0, 90)
  }

  private var fixedLegend: LegendPlan {
    guard !legend.isEmpty else { return .none }
    switch plot.legend {
    case .automatic, .inside: return .inside
    case .above: return .above
    case .right: return .right
    case .hidden: return .none
    }
  }

  /// The panel within a cell; with equal units it is as large as fits, in the middle.
  private func panelFrame(in cell: Rectangle, _ margins: Margins) -> Rectangle {
    let full = Rectangle(
      x: cell.x + margins.left, y: cell.y + margins.top,
      width: max(cell.width - margins.left - margins.right, 10),
      height: max(cell.height - margins.top - margins.bottom, 10))
    guard let aspect = plot.aspect, aspect.isFinite, aspect > 0 else { return full }
    let spanX = scales.x.domain.upperBound - scales.x.domain.lowerBound
    let spanY = scales.y.domain.upperBound - scales.y.domain.lowerBound
    let ratio = aspect * spanY / spanX
    guard ratio.isFinite, ratio > 0.02, ratio < 50 else { return full }
    let width = min(full.width, full.height / ratio)
    return Rectangle(
      x: full.x + (full.width - width) / 2, y: full.y + (full.height - width * ratio) / 2, width: width,
      height: width * ratio)
  }

  /// Decides what finds no room inside a panel.
  private func findRoom(for frame: Rectangle, _ plan: inout Plan) {
    let panel = Panel(frame: frame, x: scales.x, y: scales.y, color: scales.color)
    let notes = primary.flatMap { $0.mark.annotations(in: panel) }
    let guide = AnnotationGuide(theme: theme, setter: setter)
    var obstacles = Obstacles(drawMarks(in: frame))
    let hasRightSide = plot.secondaryAxis != nil || hasColorBar
    if !legend.isEmpty, !hasRightSide,
      let labels = DirectLabels(primary, in: panel, theme: theme, setter: setter)
    {
      plan.legend = .direct
      // The last round still moves the panel by fractions of a point.
      plan.widthOutside = labels.widthOutside(frame) + 1
      return
    }
    plan.widthOutside = hasRightSide ? 0 : guide.widthOutside(notes, in: frame, obstacles)
    _ = guide.shapes(notes, in: frame, widthOutside: plan.widthOutside, &obstacles)
    plan.legend =
      legend.isEmpty ? .none : legend.freePlace(in: frame, obstacles) == nil ? .above : .inside
  }

  // MARK: Drawing

  /// Draws the plot in a frame.
  func draw(in frame: Rectangle, _ plan: Plan, onto drawing: inout Drawing) {
    let panelFrame = panelFrame(in: frame, plan.margins)
    let panel = Panel(frame: panelFrame, x: scales.x, y: scales.y, color: scales.color)
    let guides = guides(panel: panelFrame, cellHeight: frame.height, cellWidth: frame.width)
    let data = drawMarks(in: panelFrame)
    drawing.layers.append(.init(shapes: guides.x.grid(in: panelFrame) + guides.y.grid(in: panelFrame)))
    drawing.layers.append(.init(clip: panelFrame.inset(by: -max(theme.lineWidth, clipReach)), shapes: data))
    var shapes =
      guides.x.shapes(beside: panelFrame, in: frame) + guides.y.shapes(beside: panelFrame, in: frame)
    var right = panelFrame.right
    if let guide = guides.secondary {
      shapes += guide.shapes(beside: panelFrame, in: frame)
      right += guide.thickness
    }
    if let bar = colorBar(height: panelFrame.height, cellWidth: frame.width) {
      // Ticks of the last round may be wider than those that the margin was made for.
      right = min(right, frame.right - bar.width)
      shapes += bar.shapes(x: right, beside: panelFrame, in: frame)
      right += bar.width
    }
    var obstacles = Obstacles(data)
    let insets = insetFrames(in: panelFrame)
    for inset in insets { obstacles.add(inset) }
    let names = names(in: panel, plan, right: right, in: frame, &obstacles)
    shapes += names.direct
    shapes += AnnotationGuide(theme: theme, setter: setter).shapes(
      annotations(in: panelFrame), in: panelFrame, widthOutside: plan.widthOutside, &obstacles)
    shapes += titleShapes(above: panelFrame, frame: frame)
    shapes += names.legend(obstacles)
    drawing.layers.append(.init(shapes: shapes))
    drawing.hovers += hovers(in: panelFrame)
    for (inset, frame) in zip(plot.insets, insets) { draw(inset, in: frame, onto: &drawing) }
  }

  /// The names at lines, and what draws the legend once notes have their places.
  private func names(
    in panel: Panel, _ plan: Plan, right: Double, in cell: Rectangle, _ obstacles: inout Obstacles
  ) -> (direct: [DrawnShape], legend: (Obstacles) -> [DrawnShape]) {
    let frame = panel.frame
    if plan.legend == .direct, let labels = DirectLabels(primary, in: panel, theme: theme, setter: setter),
      labels.widthOutside(frame) <= plan.margins.right
    {
      return (labels.shapes(&obstacles), { _ in [] })
    }
    let legend = legend
    guard !legend.isEmpty else { return ([], { _ in [] }) }
    switch plan.legend {
    case .none: return ([], { _ in [] })
    case .above:
      // A panel of equal units may be narrower than the room above it.
      let width = cell.width - plan.margins.left - plan.margins.right
      let legend = legend.fitted(width: width, height: 0.4 * cell.height)
      let origin = Point(cell.x + plan.margins.left, frame.y - legend.height(width: width))
      return ([], { _ in legend.shapes(inRowsFrom: origin, width: width) })
    case .right:
      let size = legend.columnSize
      let place = Rectangle(x: right + 6, y: frame.y, width: size.width, height: size.height)
      return ([], { _ in legend.column(in: place) })
    case .inside, .direct:
      return ([], { legend.bestPlace(in: frame, $0).map { legend.column(in: $0) } ?? [] })
    }
  }

  private func guides(
    panel: Rectangle, cellHeight: Double, cellWidth: Double
  ) -> (x: AxisGuide, y: AxisGuide, secondary: AxisGuide?) {
    let room = sharing.keepsLabelsShort ? panel.height + 4 : max(panel.height, cellHeight * 0.9)
    let width = sharing.keepsLabelsShort ? panel.width + 4 : max(panel.width, cellWidth * 0.9)
    return (
      AxisGuide(
        plot.x, scale: scales.x, side: .bottom, length: panel.width, depth: cellHeight * 0.3,
        room: width, isLabeled: !sharing.hidesX, theme: theme, setter: setter),
      AxisGuide(
        plot.y, scale: scales.y, side: .left, length: panel.height, depth: cellWidth * 0.4, room: room,
        isLabeled: !sharing.hidesY, theme: theme, setter: setter),
      plot.secondaryAxis.flatMap { axis in
        scales.secondary.map {
          AxisGuide(
            axis.withoutGrid(), scale: $0, side: .right, length: panel.height, depth: cellWidth * 0.3,
            room: room, theme: theme, setter: setter)
        }
      }
    )
  }

  private var hasColorBar: Bool { scales.color?.axis.isShown ?? false }

  private func colorBar(height: Double, cellWidth: Double) -> ColorBar? {
    guard let color = scales.color, color.axis.isShown else { return nil }
    return ColorBar(color, height: height, depth: cellWidth * 0.3, theme: theme, setter: setter)
  }

  private func drawMarks(in frame: Rectangle) -> [DrawnShape] {
    var shapes: [DrawnShape] = []
    for (panel, marks) in panels(frame) {
      for (mark, style) in marks { mark.draw(in: panel, as: style, onto: &shapes) }
    }
    return shapes
  }

  private func annotations(in frame: Rectangle) -> [Annotation] {
    panels(frame).flatMap { panel, marks in marks.flatMap { $0.mark.annotations(in: panel) } }
  }

  /// The panel of each vertical axis with its marks.
  private func panels(_ frame: Rectangle) -> [(panel: Panel, marks: [StyledMark])] {
    let first = Panel(frame: frame, x: scales.x, y: scales.y, color: scales.color)
    guard let scale = scales.secondary else { return [(first, primary)] }
    return [(first, primary), (Panel(frame: frame, x: scales.x, y: scale, color: scales.color), secondary)]
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

  /// At most 160 places a plot, evenly thinned: more would only make the file large.
  private func hovers(in frame: Rectangle) -> [Hover] {
    let all = panels(frame).flatMap { panel, marks in marks.map { $0.mark.hovers(in: panel, as: $0.style) } }
    let busy = all.filter { !$0.isEmpty }.count
    return all.flatMap { Hover.thinned($0, to: max(1, Hover.most / max(busy, 1))) }
  }

  // MARK: Insets

  private func insetFrames(in panel: Rectangle) -> [Rectangle] {
    plot.insets.map {
      Rectangle(
        x: panel.x + $0.x * panel.width, y: panel.bottom - ($0.y + $0.height) * panel.height,
        width: $0.width * panel.width, height: $0.height * panel.height)
    }
  }

  private func draw(_ inset: Plot.Inset, in frame: Rectangle, onto drawing: inout Drawing) {
    drawing.layers.append(.init(shapes: [DrawnShape(.rectangle(frame), fill: .background, opacity: 0.9)]))
    var theme = theme
    theme.labelSize = max(theme.labelSize - 2, 7)
    theme.tickSize = max(theme.tickSize - 2, 7)
    theme.titleSize = theme.labelSize
    for plot in inset.plots {
      let layout = PanelLayout(plot, order: order, theme: theme, setter: setter)
      layout.draw(in: frame, layout.plan(width: frame.width, height: frame.height), onto: &drawing)
    }
  }
}
