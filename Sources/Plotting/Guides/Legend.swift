/// The names of the series with samples of their marks.
struct Legend {
  private struct Entry {
    var label: Label
    var width: Double
    var marks: [(mark: any Mark, style: MarkStyle)]
  }

  private let entries: [Entry]
  private let source: [(mark: any Mark, style: MarkStyle)]
  private let theme: Theme
  private let setter: Typesetter
  private let keyWidth = 18.0
  private let keyGap = 5.0
  private let entryGap = 14.0

  init(_ marks: [(mark: any Mark, style: MarkStyle)], theme: Theme, setter: Typesetter) {
    self.theme = theme
    self.setter = setter
    source = marks
    var names: [String] = []
    for name in marks.compactMap(\.mark.series) where !names.contains(name) { names.append(name) }
    entries = names.map { name in
      let label = Label(name)
      return Entry(
        label: label, width: setter.width(of: label, size: theme.tickSize),
        marks: marks.filter { $0.mark.series == name })
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// The legend with smaller text where its rows would leave no room for the plot below them.
  func fitted(width: Double, height: Double) -> Legend {
    var legend = self
    var theme = theme
    while legend.height(width: width) > height || legend.widest > width, theme.tickSize > 5.5 {
      theme.tickSize *= 0.9
      legend = Legend(source, theme: theme, setter: setter)
    }
    return legend
  }

  /// The width of the widest entry.
  private var widest: Double { keyWidth + keyGap + (entries.map(\.width).max() ?? 0) }

  private var rowHeight: Double { theme.tickSize * 1.45 }

  /// The extents of a column of entries.
  var columnSize: (width: Double, height: Double) {
    let widest = entries.map(\.width).max() ?? 0
    return (keyWidth + keyGap + widest + 8, Double(entries.count) * rowHeight + 5)
  }

  /// A place in a panel where a column of entries covers nothing, nearest to a corner; nil if there is none.
  func freePlace(in panel: Rectangle, _ obstacles: Obstacles) -> Rectangle? {
    candidates(in: panel).first { obstacles.coverage(of: $0) == 0 }
  }

  /// The place in a panel where a column covers least.
  func bestPlace(in panel: Rectangle, _ obstacles: Obstacles) -> Rectangle? {
    var best: (coverage: Double, place: Rectangle)?
    for place in candidates(in: panel) {
      let coverage = obstacles.coverage(of: place)
      if best.map({ coverage < $0.coverage }) ?? true { best = (coverage, place) }
    }
    return best?.place
  }

  /// Corners first, then edges, then the inside.
  private func candidates(in panel: Rectangle) -> [Rectangle] {
    let size = columnSize
    let room = panel.inset(by: 5)
    let spare = (x: room.width - size.width, y: room.height - size.height)
    guard spare.x >= 0, spare.y >= 0 else { return [] }
    let shares = [1, 0, 0.5, 0.75, 0.25]
    let corners = shares.flatMap { y in shares.map { x in (x, y) } }
    // The sum of the ranks orders corners before edges before the inside; ties keep the order above.
    let ranked = corners.enumerated().sorted { first, second in
      let a = cost(first.element)
      let b = cost(second.element)
      return a == b ? first.offset < second.offset : a < b
    }
    return ranked.map { _, share in
      Rectangle(
        x: room.x + share.0 * spare.x, y: room.y + (1 - share.1) * spare.y, width: size.width,
        height: size.height)
    }
  }

  private func cost(_ share: (Double, Double)) -> Int {
    func distance(_ value: Double) -> Int { value == 0 || value == 1 ? 0 : value == 0.5 ? 2 : 1 }
    return distance(share.0) + distance(share.1)
  }

  /// A column of entries in a rectangle, on the background's color, so that grid lines do not cross the
  /// names.
  func column(in frame: Rectangle) -> [DrawnShape] {
    var shapes = [DrawnShape(.rectangle(frame), fill: .background, opacity: 0.8)]
    for (index, entry) in entries.enumerated() {
      draw(entry, x: frame.x + 4, middle: frame.y + 2.5 + (Double(index) + 0.5) * rowHeight, onto: &shapes)
    }
    return shapes
  }

  /// Entries side by side in as many rows as a width needs, for the space above a panel.
  func rows(width: Double) -> [[Int]] {
    var rows: [[Int]] = []
    var filled = 0.0
    for index in entries.indices {
      let needed = keyWidth + keyGap + entries[index].width
      if !rows.isEmpty, filled + entryGap + needed <= width {
        rows[rows.count - 1].append(index)
        filled += entryGap + needed
      } else {
        rows.append([index])
        filled = needed
      }
    }
    return rows
  }

  /// The height of rows within a width.
  func height(width: Double) -> Double { Double(rows(width: width).count) * rowHeight + 4 }

  /// Rows of entries from a place downward.
  func shapes(inRowsFrom origin: Point, width: Double) -> [DrawnShape] {
    var shapes: [DrawnShape] = []
    for (row, indices) in rows(width: width).enumerated() {
      var x = origin.x
      for index in indices {
        draw(entries[index], x: x, middle: origin.y + (Double(row) + 0.5) * rowHeight, onto: &shapes)
        x += keyWidth + keyGap + entries[index].width + entryGap
      }
    }
    return shapes
  }

  private func draw(_ entry: Entry, x: Double, middle: Double, onto shapes: inout [DrawnShape]) {
    let height = theme.tickSize
    let frame = Rectangle(x: x, y: middle - height / 2, width: keyWidth, height: height)
    for (mark, style) in entry.marks { mark.drawKey(in: frame, as: style, onto: &shapes) }
    let place = Point(x + keyWidth + keyGap, middle + setter.capHeight(theme.tickSize) / 2)
    shapes.append(
      DrawnShape(.text(DrawnText(entry.label, at: place, anchor: .start, size: theme.tickSize)), fill: .text))
  }
}
