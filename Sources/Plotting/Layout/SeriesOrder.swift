/// Which series has which color: names in the order of their first appearance.
///
/// A document passes the names of all its figures, so that a series has one color in all of them.
public struct SeriesOrder: Hashable, Sendable {
  /// The names, each once.
  public private(set) var names: [String] = []

  /// The order of given names.
  public init(_ names: [String] = []) { add(names) }

  /// Appends the names that are not in the order.
  public mutating func add(_ more: [String]) {
    for name in more where !names.contains(name) { names.append(name) }
  }

  /// Appends the series of a figure; those with a color of their own need none of ours.
  public mutating func add(_ figure: Figure) {
    add(figure.plots.flatMap { plot in plot.allMarks.filter { $0.color == nil }.compactMap(\.series) })
  }

  /// The color of each mark of a plot: its own, its series', or the first that no series of the plot has.
  func colors(of marks: [any Mark]) -> [Color] {
    let slots = slots(of: marks)
    let taken = Set(slots.values)
    let free = Color.series((0..<Color.seriesCount).first { !taken.contains($0) } ?? 0)
    return marks.map { mark in
      mark.color ?? mark.series.flatMap { slots[$0] }.map { .series($0) } ?? free
    }
  }

  /// The palette's slot of each series of a plot: that of the document's order, unless an earlier series of the plot
  /// has it, as colors repeat in long documents; then the next free one.
  private func slots(of marks: [any Mark]) -> [String: Int] {
    var slots: [String: Int] = [:]
    // Marks with a color of their own keep it from others.
    var taken = Set(
      marks.compactMap { mark -> Int? in
        if case .series(let index)? = mark.color { Color.slot(index) } else { nil }
      })
    for mark in marks where mark.color == nil {
      guard let series = mark.series, slots[series] == nil, let index = names.firstIndex(of: series) else {
        continue
      }
      let wanted = Color.slot(index)
      let all = (0..<Color.seriesCount).map { Color.slot(wanted + $0) }
      let slot = all.first { !taken.contains($0) } ?? wanted
      slots[series] = slot
      taken.insert(slot)
    }
    return slots
  }
}
