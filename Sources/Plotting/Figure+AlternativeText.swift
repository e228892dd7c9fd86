extension Figure {
  /// What the figure shows, in words and numbers, for readers who do not see it.
  public var alternativeText: String {
    switch self {
    case .plot(let plot): return plot.alternativeText
    case .diagram(let diagram): return diagram.alternativeText
    case .grid(let grid):
      let count = grid.plots.count
      let head = "\(count) plot\(count == 1 ? "" : "s")" + (grid.title.map { ": \(Label($0).plain)." } ?? ".")
      let parts = grid.plots.enumerated().map { "Plot \($0.offset + 1): \($0.element.alternativeText)" }
      return ([head] + parts).joined(separator: " ")
    }
  }
}

extension Plot {
  /// Kind, axes with their ranges, and for each series its first, last, least and greatest value.
  var alternativeText: String {
    let scales = PlotScales.scales(of: self)
    var sentences = [head]
    sentences.append(axisText("Horizontal", x, scales.x, values: marks.flatMap(\.data.x)))
    sentences.append(axisText("Vertical", y, scales.y, values: marks.flatMap(\.data.vertical)))
    sentences += marks.compactMap(text(of:))
    return sentences.joined(separator: " ")
  }

  private var head: String {
    var kinds: [String] = []
    for mark in marks where !kinds.contains(name(of: mark)) && !(mark is RuleMark) {
      kinds.append(name(of: mark))
    }
    let kind = kinds.isEmpty ? "Empty plot" : "Plot with \(kinds.joined(separator: ", "))"
    return kind + (title.map { ": \(Label($0).plain)." } ?? ".")
  }

  private func name(of mark: any Mark) -> String { type(of: mark).kind.replacing("-", with: " ") }

  private func axisText(_ side: String, _ axis: Axis, _ scale: any Scale, values: [Double]) -> String {
    let name = axis.label.isEmpty ? "\(side) axis" : "\(side) axis: \(Label(axis.label).plain)"
    if let ordinal = scale as? OrdinalScale {
      let names = ordinal.categories
      guard let first = names.first, let last = names.last else { return "\(name)." }
      return names.count <= 6
        ? "\(name): \(names.joined(separator: ", "))."
        : "\(name), \(names.count) categories from \(first) to \(last)."
    }
    let log = scale is LogScale ? ", logarithmic" : ""
    let shown = values.filter { scale.fraction(of: $0) != nil }
    guard let least = shown.min(), let greatest = shown.max() else { return "\(name)\(log)." }
    let limits = axis.limits ?? least...greatest
    return "\(name)\(log), from \(limits.lowerBound.text()) to \(limits.upperBound.text())."
  }

  private func text(of mark: any Mark) -> String? {
    if let rule = mark as? RuleMark {
      let place =
        rule.x.map { "horizontal value \($0.text())" } ?? "vertical value \((rule.y ?? .nan).text())"
      return "Rule at \(place)" + (rule.label.map { ": \(Label($0).plain)." } ?? ".")
    }
    let name = mark.series.map { Label($0).plain } ?? "Data"
    let data = mark.data
    if data.y.isEmpty, !data.lower.isEmpty {
      let low = data.lower.filter(\.isFinite)
      let high = data.upper.filter(\.isFinite)
      guard let least = low.min(), let greatest = high.max() else { return "\(name): no values." }
      return "\(name): a band between \(least.text()) and \(greatest.text())."
    }
    let indices = data.y.indices.filter { data.y[$0].isFinite }
    guard let first = indices.first, let last = indices.last,
      let least = indices.min(by: { data.y[$0] < data.y[$1] }),
      let greatest = indices.max(by: { data.y[$0] < data.y[$1] })
    else { return "\(name): no values." }
    func value(_ index: Int) -> String { "\(data.y[index].text()) at \(place(index, in: data))" }
    let count = "\(indices.count) value\(indices.count == 1 ? "" : "s")"
    return "\(name), \(count): first \(value(first)), last \(value(last)), minimum \(value(least)), "
      + "maximum \(value(greatest))."
  }

  private func place(_ index: Int, in data: MarkData) -> String {
    if index < data.categories.count { return data.categories[index] }
    return index < data.x.count ? data.x[index].text() : "\(index + 1)"
  }
}
