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

  /// The color of a mark: its own, its series', or the first that no series of the plot has.
  func color(of mark: any Mark, in plot: Plot) -> Color {
    if let color = mark.color { return color }
    if let series = mark.series, let index = names.firstIndex(of: series) { return .series(index) }
    let taken = plot.allMarks.compactMap(\.series).compactMap(names.firstIndex(of:))
    return .series((0...taken.count).first { !taken.contains($0) } ?? 0)
  }
}
