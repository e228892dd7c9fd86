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
    let scales = PlotScales(of: self)
    let extents = marks.map(\.extent)
    var sentences = [head]
    if x.isShown { sentences.append(axisText("Horizontal", x, scales.x, values: extents.flatMap(\.x))) }
    if y.isShown { sentences.append(axisText("Vertical", y, scales.y, values: extents.flatMap(\.y))) }
    if let secondaryAxis, let scale = scales.secondary {
      let values = secondaryMarks.flatMap(\.extent.y)
      sentences.append(axisText("Second vertical", secondaryAxis, scale, values: values))
    }
    if let color = scales.color, color.axis.isShown {
      let name = color.axis.label.isEmpty ? "" : ": \(Label(color.axis.label).plain)"
      let domain = color.scale.domain
      sentences.append("Colors\(name), from \(domain.lowerBound.text()) to \(domain.upperBound.text()).")
    }
    sentences += marks.compactMap { text(of: $0, scales.x, scales.y) }
    sentences += secondaryMarks.compactMap { text(of: $0, scales.x, scales.secondary ?? scales.y) }
    sentences += insets.flatMap(\.plots).map { "Inset: \($0.alternativeText)" }
    return sentences.joined(separator: " ")
  }

  private var head: String {
    var kinds: [String] = []
    for mark in allMarks where !kinds.contains(name(of: mark)) && !(mark is RuleMark) {
      kinds.append(name(of: mark))
    }
    let kind = kinds.isEmpty ? "Empty plot" : "Plot with \(kinds.joined(separator: ", "))"
    return kind + (title.map { ": \(Label($0).plain)." } ?? ".")
  }

  private func name(of mark: any Mark) -> String { type(of: mark).kind.replacing("-", with: " ") }

  private func axisText(_ side: String, _ axis: Axis, _ scale: any Scale, values: [Double]) -> String {
    let name = axis.label.isEmpty ? "\(side) axis" : "\(side) axis: \(Label(axis.label).plain)"
    if let names = scale.categories {
      guard let first = names.first, let last = names.last else { return "\(name)." }
      return names.count <= 6
        ? "\(name): \(names.joined(separator: ", "))."
        : "\(name), \(names.count) categories from \(first) to \(last)."
    }
    let way = scale.wayInWords.map { ", \($0)" } ?? ""
    let shown = values.filter { scale.fraction(of: $0) != nil }
    guard let least = shown.min(), let greatest = shown.max() else { return "\(name)\(way)." }
    let limits = axis.limits ?? least...greatest
    let ends = [limits.lowerBound, limits.upperBound].map { Panel.text($0, on: scale) }
    // Bars and areas begin at zero even where it has no place.
    let lost = scale.isPositive ? values.filter { $0 <= 0 }.count : 0
    let loss =
      lost == 0 ? "" : " \(lost) value\(lost == 1 ? " has" : "s have") no logarithm and no place on it."
    return "\(name)\(way), from \(ends[0]) to \(ends[1]).\(loss)"
  }

  private func text(of mark: any Mark, _ x: any Scale, _ y: any Scale) -> String? {
    if let rule = mark as? RuleMark {
      let place =
        rule.x.map { "horizontal value \(Panel.text($0, on: x))" }
        ?? "vertical value \(Panel.text(rule.y ?? .nan, on: y))"
      return "Rule at \(place)" + (rule.label.map { ": \(Label($0).plain)." } ?? ".")
    }
    if let summary = mark.summary { return summary }
    let name = mark.series.map { Label($0).plain } ?? "Data"
    let data = mark.data
    if data.y.isEmpty, !data.lower.isEmpty {
      let low = data.lower.filter(\.isFinite)
      let high = data.upper.filter(\.isFinite)
      guard let least = low.min(), let greatest = high.max() else { return "\(name): no values." }
      return "\(name): a band between \(least.text()) and \(greatest.text())."
    }
    // Bars that grow to the right have their values on the horizontal axis.
    let values = data.y.isEmpty ? data.x : data.y
    let indices = values.indices.filter { values[$0].isFinite }
    guard let first = indices.first, let last = indices.last,
      let least = indices.min(by: { values[$0] < values[$1] }),
      let greatest = indices.max(by: { values[$0] < values[$1] })
    else { return "\(name): no values." }
    func value(_ index: Int) -> String {
      "\(Panel.text(values[index], on: y)) at \(place(index, in: data, x))"
    }
    let count = "\(indices.count) value\(indices.count == 1 ? "" : "s")"
    return "\(name), \(count): first \(value(first)), last \(value(last)), minimum \(value(least)), "
      + "maximum \(value(greatest))."
  }

  private func place(_ index: Int, in data: MarkData, _ x: any Scale) -> String {
    if index < data.categories.count { return data.categories[index] }
    if data.y.isEmpty, index < data.rows.count { return data.rows[index] }
    return index < data.x.count ? Panel.text(data.x[index], on: x) : "\(index + 1)"
  }
}
