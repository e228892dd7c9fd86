/// Turns a figure into a drawing: chooses scales and ticks, measures text, finds free space for the legend
/// and aligns panels.
///
/// The same figure, theme, measurer and size give the same drawing.
public struct PlotLayout: Sendable {
  /// Sizes and widths.
  public var theme: Theme
  /// The font's extents.
  public var measurer: any TextMeasurer
  /// Series that have their colors before the figure's own series.
  public var order: SeriesOrder

  /// A layout with a theme and a font.
  public init(theme: Theme = .standard, measurer: any TextMeasurer, order: SeriesOrder = SeriesOrder()) {
    self.theme = theme
    self.measurer = measurer
    self.order = order
  }

  /// The figure as a drawing; nil takes the figure's own size.
  ///
  /// Of the size of a diagram only the width counts, as its room; the drawing is as large as what it holds.
  public func drawing(of figure: Figure, size: FigureSize? = nil) -> Drawing {
    if case .diagram(let diagram) = figure {
      return DiagramLayout(diagram, theme: theme, setter: Typesetter(measurer: measurer))
        .drawing(within: size.map { $0.width * 72 } ?? DiagramLayout.usualWidth)
    }
    let wanted = size ?? figure.size
    let size = FigureSize(
      width: wanted.width.within(0.5...100, otherwise: 6.4),
      height: wanted.height.within(0.5...100, otherwise: 4))
    var drawing = Drawing(width: size.width * 72, height: size.height * 72)
    var order = order
    order.add(figure)
    switch figure {
    case .plot(let plot): draw(PlotGrid(columns: 1, plots: [plot]), order, onto: &drawing)
    case .grid(let grid): draw(grid, order, onto: &drawing)
    case .diagram: break
    }
    return drawing
  }

  private func draw(_ grid: PlotGrid, _ order: SeriesOrder, onto drawing: inout Drawing) {
    let setter = Typesetter(measurer: measurer)
    var frame = Rectangle(x: 0, y: 0, width: drawing.width, height: drawing.height).inset(by: theme.padding)
    if let title = grid.title {
      let lines = setter.lines(title, size: theme.titleSize, within: frame.width)
      let shapes = setter.shapes(lines, x: frame.x, top: frame.y, anchor: .start, color: .text)
      drawing.layers.append(.init(shapes: shapes))
      frame.y += lines.height + 8
      frame.height -= lines.height + 8
    }
    let gap = 14.0
    var theme = theme
    if grid.plots.count > 1 { theme.titleSize = theme.labelSize + 0.5 }
    var columns = grid.columnCount(fitting: drawing.width / 72)
    // Narrow plots are better than flat ones.
    while columns < grid.columnCount, frame.height / Double(grid.plots.count) * Double(columns) < 90 {
      columns += 1
    }
    theme.fit(
      width: frame.width / Double(columns),
      height: frame.height * Double(columns) / Double(max(grid.plots.count, columns)))
    if grid.hasEqualPanels {
      // Text beside the outer panels only has room for letters that can be read.
      theme.tickSize = max(theme.tickSize, 7)
      theme.labelSize = max(theme.labelSize, 7.5)
    }
    var layouts = grid.plots.indices.map { index in
      PanelLayout(
        grid.plots[index], order: order, theme: theme, setter: setter,
        sharing: sharing(index, in: grid, columns: columns))
    }
    drawSharedLegend(&layouts, theme, setter, in: &frame, onto: &drawing)
    let rows = max(1, (grid.plots.count + columns - 1) / columns)
    var cells = GridCells(frame: frame, columns: columns, rows: rows, gap: grid.hasEqualPanels ? 4 : gap)
    var plans: [PanelLayout.Plan] = []
    // Equal panels need margins, and margins the size of panels: a few rounds settle both.
    for round in 0..<(grid.hasEqualPanels ? 3 : 1) {
      if round > 0 { cells.equalizePanels(plans.map(\.margins)) }
      plans = layouts.enumerated().map { index, layout in
        layout.plan(width: cells[index].width, height: cells[index].height)
      }
      align(&plans, columns: columns)
    }
    for (index, layout) in layouts.enumerated() {
      layout.draw(in: cells[index], plans[index], onto: &drawing)
    }
    drawing.hovers = Hover.thinned(drawing.hovers, to: 2 * Hover.most)
  }

  /// What a plot shares with the others of a grid.
  private func sharing(_ index: Int, in grid: PlotGrid, columns: Int) -> PanelLayout.Sharing {
    var sharing = PanelLayout.Sharing(keepsLabelsShort: grid.hasEqualPanels)
    if grid.sharesX {
      sharing.sharingX = grid.plots
      sharing.hidesX = index + columns < grid.plots.count
    }
    if grid.sharesY {
      sharing.sharingY = grid.plots
      sharing.hidesY = index % columns > 0
    }
    return sharing
  }

  /// One legend above all plots, if several of them would have one.
  private func drawSharedLegend(
    _ layouts: inout [PanelLayout], _ theme: Theme, _ setter: Typesetter, in frame: inout Rectangle,
    onto drawing: inout Drawing
  ) {
    guard layouts.filter({ !$0.legend.isEmpty }).count > 1 else { return }
    var names: [String] = []
    var marks: [(mark: any Mark, style: MarkStyle)] = []
    for layout in layouts {
      let new = layout.marks.filter { $0.mark.series.map { !names.contains($0) } ?? false }
      marks += new
      names += new.compactMap(\.mark.series)
    }
    let legend = Legend(marks, theme: theme, setter: setter)
    let shapes = legend.shapes(inRowsFrom: Point(frame.x, frame.y), width: frame.width)
    drawing.layers.append(.init(shapes: shapes))
    let height = legend.height(width: frame.width) + 4
    frame.y += height
    frame.height -= height
    for index in layouts.indices { layouts[index].legend = Legend([], theme: theme, setter: setter) }
  }

  /// Panels below each other share their left and right edges, panels side by side their upper and lower
  /// edges.
  private func align(_ plans: inout [PanelLayout.Plan], columns: Int) {
    let margins = plans.map(\.margins)
    for index in plans.indices {
      let column = margins.indices.filter { $0 % columns == index % columns }.map { margins[$0] }
      let row = margins.indices.filter { $0 / columns == index / columns }.map { margins[$0] }
      let vertical = column.reduce(Margins()) { $0.joined(with: $1) }
      let horizontal = row.reduce(Margins()) { $0.joined(with: $1) }
      plans[index].margins = Margins(
        left: vertical.left, right: vertical.right, top: horizontal.top, bottom: horizontal.bottom)
    }
  }
}
