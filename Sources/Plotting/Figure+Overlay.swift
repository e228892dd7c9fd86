extension Figure {
  /// Figures of one kind in the same panels: series bear the names of the figures, helper lines are drawn once.
  ///
  /// Nil if the figures have different numbers of plots, or marks that would cover each other.
  public static func overlaid(_ parts: [(name: String, figure: Figure)]) -> Figure? {
    guard let first = parts.first?.figure, parts.allSatisfy({ $0.figure.canBeOverlaid }) else { return nil }
    let columns = parts.map(\.figure.plots)
    guard columns.allSatisfy({ $0.count == first.plots.count }) else { return nil }
    let plots = first.plots.indices.map { index in
      Plot.overlaid(zip(parts, columns).map { (name: $0.name, plot: $1[index]) }, onto: first.plots[index])
    }
    if case .grid(var grid) = first {
      grid.plots = plots
      return .grid(grid)
    }
    return plots.first.map { .plot($0) }
  }

  /// Whether others can be drawn over it: it has no marks that fill their panel.
  public var canBeOverlaid: Bool {
    if case .diagram = self { return false }
    return !plots.contains { plot in
      plot.allMarks.contains { $0.extent.isTight || !$0.extent.rows.isEmpty } || !plot.x.isShown
    }
  }
}

extension Plot {
  fileprivate static func overlaid(_ parts: [(name: String, plot: Plot)], onto first: Plot) -> Plot {
    var result = first
    var marks: [any Mark] = []
    var known: Set<AnyHashable> = []
    for (name, plot) in parts {
      let named = plot.marks.compactMap { $0 as? any SeriesMark }.filter { !$0.isHelper }
      let isAlone = Set(named.map(\.series)).count == 1
      for mark in plot.marks {
        guard let mark = mark as? any SeriesMark, !mark.isHelper else {
          if known.insert(AnyHashable(mark)).inserted { marks.append(mark) }
          continue
        }
        marks.append(mark.named(isAlone ? name : "\(name): \(mark.series ?? "")"))
      }
    }
    result.marks = marks
    return result
  }
}

extension SeriesMark {
  /// Whether the mark is a line to compare with, as a diagonal: without a name and gray.
  fileprivate var isHelper: Bool { series == nil && color != nil && [.muted, .text, .axis].contains(color) }

  /// The mark under another name, in that series' color.
  fileprivate func named(_ name: String) -> any Mark {
    var mark = self
    mark.series = name
    mark.color = nil
    return mark
  }
}
