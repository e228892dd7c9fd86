/// The cells of the plots of a grid, row by row.
struct GridCells {
  private let frame: Rectangle
  private let gap: Double
  private var widths: [Double]
  private var heights: [Double]

  /// Cells of one size within a frame.
  init(frame: Rectangle, columns: Int, rows: Int, gap: Double) {
    self.frame = frame
    self.gap = gap
    let width = (frame.width - gap * Double(columns - 1)) / Double(columns)
    let height = (frame.height - gap * Double(rows - 1)) / Double(rows)
    widths = [Double](repeating: width, count: columns)
    heights = [Double](repeating: height, count: rows)
  }

  /// The cell of a plot.
  subscript(index: Int) -> Rectangle {
    let (row, column) = index.quotientAndRemainder(dividingBy: widths.count)
    return Rectangle(
      x: frame.x + widths.prefix(column).reduce(0) { $0 + $1 + gap },
      y: frame.y + heights.prefix(row).reduce(0) { $0 + $1 + gap }, width: widths[column],
      height: heights[row])
  }

  /// Gives all panels one size; margins are those of each plot, the same within a column and within a row.
  mutating func equalizePanels(_ margins: [Margins]) {
    let count = widths.count
    let sides = widths.indices.map { column in column < margins.count ? margins[column] : Margins() }
    let ends = heights.indices.map { row in row * count < margins.count ? margins[row * count] : Margins() }
    widths = GridCells.shared(frame.width, sides.map { $0.left + $0.right }, gap)
    heights = GridCells.shared(frame.height, ends.map { $0.top + $0.bottom }, gap)
  }

  /// Lengths that leave the same room within each margin.
  private static func shared(_ length: Double, _ margins: [Double], _ gap: Double) -> [Double] {
    let count = Double(margins.count)
    let room = max((length - gap * (count - 1) - margins.reduce(0, +)) / count, 10)
    return margins.map { $0 + room }
  }
}
