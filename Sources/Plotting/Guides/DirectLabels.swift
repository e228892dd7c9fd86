/// Names at the right ends of lines, which readers need not look up in a legend: where all series are lines
/// that end together at the right, apart from each other.
struct DirectLabels {
  private struct Entry {
    var label: Label
    var end: Point
    var width: Double
  }

  private let entries: [Entry]
  private let theme: Theme
  private let setter: Typesetter
  private let gap = 5.0

  /// The names of marks in a panel; nil where a legend is clearer.
  init?(
    _ marks: [(mark: any Mark, style: MarkStyle)], in panel: Panel, theme: Theme, setter: Typesetter
  ) {
    self.theme = theme
    self.setter = setter
    let named = marks.filter { $0.mark.series != nil }
    guard (2...5).contains(named.count), Set(named.compactMap(\.mark.series)).count == named.count else {
      return nil
    }
    var entries: [Entry] = []
    for (mark, _) in named {
      guard let line = mark as? LineMark, let end = panel.runs(line.x, line.y).last?.last,
        panel.frame.contains(end), let series = line.series
      else { return nil }
      let label = Label(series)
      let width = setter.width(of: label, size: theme.tickSize)
      entries.append(Entry(label: label, end: end, width: width))
    }
    self.entries = entries.sorted { $0.end.y < $1.end.y }
    let ends = entries.map(\.end.x)
    let isNarrow = (entries.map(\.width).max() ?? 0) < 0.22 * panel.frame.width
    let endTogether = (ends.max() ?? 0) - (ends.min() ?? 0) < 2 && (ends.max() ?? 0) > panel.frame.right - 30
    let areApart = zip(self.entries, self.entries.dropFirst()).allSatisfy {
      $1.end.y - $0.end.y > 1.25 * theme.tickSize
    }
    guard isNarrow, endTogether, areApart else { return nil }
  }

  /// The room that the names need beside a panel.
  func widthOutside(_ panel: Rectangle) -> Double {
    entries.map { $0.end.x + gap + $0.width - panel.right }.max() ?? 0
  }

  /// The names as shapes; their areas become obstacles.
  func shapes(_ obstacles: inout Obstacles) -> [DrawnShape] {
    entries.map { entry in
      let place = Point(entry.end.x + gap, entry.end.y + setter.capHeight(theme.tickSize) / 2)
      let text = DrawnText(entry.label, at: place, anchor: .start, size: theme.tickSize)
      obstacles.add(setter.bounds(of: text))
      return DrawnShape(.text(text), fill: .text)
    }
  }
}
