import Components

/// A grid of values as colored cells, over names or numbers.
public struct HeatMapMark: Mark {
  /// The name in stored plots.
  public static let kind = "heat-map"

  /// Where the cells of one direction are.
  public enum Places: Codable, Hashable, Sendable {
    /// A name for each cell.
    case names([String])
    /// The ends of all cells, one more than there are cells.
    case edges([Double])
  }

  /// The values.
  public var grid: ValueGrid
  /// Where the columns are.
  public var columns: Places
  /// Where the rows are.
  public var rows: Places
  /// Decimals of the numbers that are written in the cells; nil writes none.
  public var decimals: Int?
  /// What is written in the cells instead of their values, row by row.
  public var texts: [String]

  /// Values as rows; rows of names stand from the top, rows of numbers from the bottom.
  ///
  /// Places are centers: of numbers at unequal distances cells end halfway. Without places, cells are numbered from
  /// zero.
  public init(
    values: [[Double]], x: [Double]? = nil, y: [Double]? = nil, decimals: Int? = nil, texts: [String] = []
  ) {
    let grid = ValueGrid(values)
    self.init(
      grid, columns: .edges(HeatMapMark.edges(x ?? (0..<grid.columns).map(Double.init), grid.columns)),
      rows: .edges(HeatMapMark.edges(y ?? (0..<grid.rows).map(Double.init), grid.rows)), decimals: decimals,
      texts: texts)
  }

  /// Values as rows from the top, with a name for each row and column.
  public init(
    values: [[Double]], columns: [String], rows: [String], decimals: Int? = nil, texts: [String] = []
  ) {
    self.init(
      ValueGrid(values), columns: .names(columns), rows: .names(rows), decimals: decimals, texts: texts)
  }

  /// Values with their places.
  public init(
    _ grid: ValueGrid, columns: Places, rows: Places, decimals: Int? = nil, texts: [String] = []
  ) {
    self.grid = grid
    self.columns = columns
    self.rows = rows
    self.decimals = decimals
    self.texts = texts
  }

  /// Cells have no entry in the legend, but a color bar.
  public var series: String? { nil }

  /// What is shown.
  public var data: MarkData {
    let cells = (0..<(grid.rows * grid.columns)).map { ($0 % grid.columns, $0 / grid.columns) }
    var data = MarkData(more: [.init("value", grid.values)])
    switch columns {
    case .names(let names): data.categories = cells.map { $0.0 < names.count ? names[$0.0] : "" }
    case .edges(let edges): data.x = cells.map { HeatMapMark.center(edges, $0.0) }
    }
    switch rows {
    case .names(let names): data.rows = cells.map { $0.1 < names.count ? names[$0.1] : "" }
    case .edges(let edges): data.y = cells.map { HeatMapMark.center(edges, $0.1) }
    }
    return data
  }

  /// What the axes must show.
  public var extent: MarkExtent {
    var extent = MarkExtent(colors: grid.values, isTight: true)
    switch columns {
    case .names(let names): extent.categories = names
    case .edges(let edges): extent.x = edges
    }
    switch rows {
    case .names(let names): extent.rows = names
    case .edges(let edges): extent.y = edges
    }
    return extent
  }

  /// What alternative texts say.
  public var summary: String? {
    let indices = grid.values.indices.filter { grid.values[$0].isFinite }
    guard let least = indices.min(by: { grid.values[$0] < grid.values[$1] }),
      let greatest = indices.max(by: { grid.values[$0] < grid.values[$1] })
    else { return "A grid without values." }
    func text(_ index: Int) -> String {
      "\(grid.values[index].text()) at \(place(index % grid.columns, index / grid.columns))"
    }
    return
      "A grid of \(grid.columns) by \(grid.rows) values: minimum \(text(least)), maximum \(text(greatest))."
  }

  private func place(_ column: Int, _ row: Int) -> String {
    func name(_ places: Places, _ index: Int) -> String {
      switch places {
      case .names(let names): index < names.count ? names[index] : "\(index + 1)"
      case .edges(let edges): HeatMapMark.center(edges, index).text()
      }
    }
    return "\(name(columns, column)), \(name(rows, row))"
  }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let lefts = spans(columns, grid.columns, panel.x)
    let tops = spans(rows, grid.rows, panel.y)
    guard !lefts.isEmpty, !tops.isEmpty, let colors = panel.color else { return }
    // An image has the colors of a white page, which ramps that follow the page can have only in cells.
    if grid.columns * grid.rows > (colors.axis.ramp.isThemed ? 40_000 : 3000) {
      shapes.append(image(in: panel, lefts, tops, colors))
    } else {
      cells(in: panel, lefts, tops, colors, onto: &shapes)
    }
    guard decimals != nil || !texts.isEmpty else { return }
    write(in: panel, lefts, tops, colors, style, onto: &shapes)
  }

  /// Cells side by side of one color are one outline, and all outlines of one color are one shape.
  private func cells(
    in panel: Panel, _ lefts: [(Double, Double)], _ tops: [(Double, Double)], _ colors: ColorScale,
    onto shapes: inout [DrawnShape]
  ) {
    var outlines: [Int: [[Point]]] = [:]
    for row in 0..<min(grid.rows, tops.count) {
      let steps = (0..<min(grid.columns, lefts.count)).map { step(grid[$0, row], colors) }
      var start = 0
      while start < steps.count {
        var end = start + 1
        while end < steps.count, steps[end] == steps[start] { end += 1 }
        if let step = steps[start] {
          let area = panel.area(
            x: min(lefts[start].0, lefts[end - 1].0), to: max(lefts[start].1, lefts[end - 1].1),
            y: tops[row].0, to: tops[row].1)
          outlines[step, default: []].append(area.corners)
        }
        start = end
      }
    }
    for (step, areas) in outlines.sorted(by: { $0.key < $1.key }) {
      shapes.append(DrawnShape(.polygons(areas), fill: .ramp(colors.axis.ramp, step)))
    }
  }

  private func step(_ value: Double, _ colors: ColorScale) -> Int? {
    guard case .ramp(_, let step)? = colors.color(of: value) else { return nil }
    return step
  }

  /// Large grids are one image with at most so many pixels a side; its colors are those of a white page.
  private func image(
    in panel: Panel, _ lefts: [(Double, Double)], _ tops: [(Double, Double)], _ colors: ColorScale
  ) -> DrawnShape {
    let most = 600
    let left = lefts.map(\.0).min() ?? 0
    let right = lefts.map(\.1).max() ?? 1
    let bottom = tops.map(\.0).min() ?? 0
    let top = tops.map(\.1).max() ?? 1
    let (width, height) = (min(grid.columns, most), min(grid.rows, most))
    func nearest(_ spans: [(Double, Double)], _ place: Double) -> Int? {
      spans.firstIndex { place >= $0.0 && place <= $0.1 }
    }
    let pixelColumns = (0..<width).map {
      nearest(lefts, left + (Double($0) + 0.5) * (right - left) / Double(width))
    }
    let pixelRows = (0..<height).map {
      nearest(tops, top - (Double($0) + 0.5) * (top - bottom) / Double(height))
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * width * height)
    let palette = (0..<colors.axis.ramp.steps).map { colors.axis.ramp.components($0) }
    for row in pixelRows {
      for column in pixelColumns {
        guard let row, let column, let step = step(grid[column, row], colors) else {
          bytes += [0, 0, 0, 0]
          continue
        }
        let (red, green, blue) = palette[step]
        bytes += [UInt8(red), UInt8(green), UInt8(blue), 255]
      }
    }
    let area = panel.area(x: left, to: right, y: bottom, to: top)
    return DrawnShape(.image(PixelImage(width: width, height: height, bytes: bytes), in: area))
  }

  /// Writes the numbers where they fit.
  private func write(
    in panel: Panel, _ lefts: [(Double, Double)], _ tops: [(Double, Double)], _ colors: ColorScale,
    _ style: MarkStyle, onto shapes: inout [DrawnShape]
  ) {
    let widths = lefts.map { ($0.1 - $0.0) * panel.frame.width }
    let heights = tops.map { ($0.1 - $0.0) * panel.frame.height }
    let longest = (0..<grid.values.count).map { text($0).count }.max() ?? 1
    // A digit is about 0.64 of the size wide.
    let room = min((widths.min() ?? 0) / (0.64 * Double(max(longest, 1)) + 0.6), (heights.min() ?? 0) / 1.5)
    let size = min(style.theme.tickSize, room)
    guard size >= 5.5 else { return }
    for row in 0..<min(grid.rows, tops.count) {
      for column in 0..<min(grid.columns, lefts.count) {
        guard let step = step(grid[column, row], colors) else { continue }
        let area = panel.area(x: lefts[column].0, to: lefts[column].1, y: tops[row].0, to: tops[row].1)
        let place = Point(area.center.x, area.center.y + 0.365 * size)
        let text = DrawnText(
          Label(text(row * grid.columns + column)), at: place, anchor: .middle, size: size)
        shapes.append(DrawnShape(.text(text), fill: colors.axis.ramp.textColor(on: step)))
      }
    }
  }

  private func text(_ index: Int) -> String {
    if index < texts.count { return texts[index] }
    guard texts.isEmpty, let decimals else { return "" }
    return ValueFormat.decimals(grid.values[index], min(max(decimals, 0), 12))
  }

  /// Draws nothing: the color bar explains cells.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {}

  /// Every cell with its names and its value.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] {
    guard grid.columns * grid.rows <= 2500 else { return [] }
    let lefts = spans(columns, grid.columns, panel.x)
    let tops = spans(rows, grid.rows, panel.y)
    return (0..<(grid.columns * grid.rows)).compactMap { index in
      let (column, row) = (index % grid.columns, index / grid.columns)
      guard column < lefts.count, row < tops.count, grid[column, row].isFinite else { return nil }
      let area = panel.area(x: lefts[column].0, to: lefts[column].1, y: tops[row].0, to: tops[row].1)
      return Hover(.inside(area), title: "\(place(column, row)): \(grid[column, row].text())")
    }
  }

  // MARK: Places

  /// The places of all cells along a scale as shares of the panel, the lower first.
  private func spans(_ places: Places, _ count: Int, _ scale: any Scale) -> [(Double, Double)] {
    func span(_ low: Double, _ high: Double) -> (Double, Double) {
      let ends = [scale.fraction(of: low) ?? 0, scale.fraction(of: high) ?? 0]
      return (min(ends[0], ends[1]), max(ends[0], ends[1]))
    }
    switch places {
    case .names(let names):
      let all = scale.categories ?? []
      return names.prefix(count).compactMap { name in
        all.firstIndex(of: name).map { span(Double($0) - 0.5, Double($0) + 0.5) }
      }
    case .edges(let edges):
      return zip(edges, edges.dropFirst()).prefix(count).map { span($0, $1) }
    }
  }

  private static func center(_ edges: [Double], _ index: Int) -> Double {
    index + 1 < edges.count ? (edges[index] + edges[index + 1]) / 2 : .nan
  }

  /// The ends of cells about centers: halfway between neighbors.
  static func edges(_ centers: [Double], _ count: Int) -> [Double] {
    var centers = Array(centers.prefix(count))
    guard centers.allSatisfy({ $0.magnitude < 1e300 }) else {
      centers = centers.indices.map(Double.init); return edges(centers, count)
    }
    while centers.count < count { centers.append((centers.last ?? -1) + 1) }
    guard let first = centers.first, let last = centers.last else { return [] }
    guard centers.count > 1 else { return [first - 0.5, first + 0.5] }
    let middles = zip(centers, centers.dropFirst()).map { ($0 + $1) / 2 }
    return [2 * first - middles[0]] + middles + [2 * last - middles[middles.count - 1]]
  }
}
