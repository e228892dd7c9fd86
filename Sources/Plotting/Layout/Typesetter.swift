/// Measures labels, breaks them into lines and makes them shapes.
struct Typesetter {
  let measurer: any TextMeasurer

  /// Lines of one label, all of one size.
  struct Lines {
    var labels: [Label]
    var size: Double
    var width: Double
    /// The height of all lines, without space around them.
    var height: Double
  }

  func width(of label: Label, size: Double) -> Double {
    label.runs.reduce(0) { $0 + measurer.width(of: $1.text, size: size * $1.scale) }
  }

  /// From one baseline to the next.
  func lineHeight(_ size: Double) -> Double { 1.25 * size }

  /// How far digits and capitals rise above the baseline: what is centered on ticks.
  func capHeight(_ size: Double) -> Double { 0.73 * size }

  /// Breaks a label at spaces so that it fits a width; a word that is wider makes the size smaller.
  func lines(_ source: String, size: Double, within available: Double) -> Lines {
    let words = source.split(separator: " ").map(String.init)
    let widest = words.map { width(of: Label($0), size: size) }.max() ?? 0
    let size = widest > available && available > 0 ? size * available / widest : size
    var sources: [String] = []
    for word in words {
      if let last = sources.last, width(of: Label("\(last) \(word)"), size: size) <= available + 1e-9 {
        sources[sources.count - 1] = "\(last) \(word)"
      } else {
        sources.append(word)
      }
    }
    let labels = sources.map(Label.init)
    let height = labels.isEmpty ? 0 : lineHeight(size) * Double(labels.count - 1) + size
    return Lines(
      labels: labels, size: size, width: labels.map { width(of: $0, size: size) }.max() ?? 0, height: height)
  }

  /// Lines below each other; `top` is the upper edge of the first.
  func shapes(
    _ lines: Lines, x: Double, top: Double, anchor: DrawnText.Anchor, color: Color
  ) -> [DrawnShape] {
    lines.labels.enumerated().map { index, label in
      let baseline = top + 0.8 * lines.size + Double(index) * lineHeight(lines.size)
      return DrawnShape(
        .text(DrawnText(label, at: Point(x, baseline), anchor: anchor, size: lines.size)), fill: color)
    }
  }

  /// The area of an upright text.
  func bounds(of text: DrawnText) -> Rectangle {
    let width = width(of: text.label, size: text.size)
    let left: Double
    switch text.anchor {
    case .start: left = text.position.x
    case .middle: left = text.position.x - width / 2
    case .end: left = text.position.x - width
    }
    let ascent = measurer.ascent(size: text.size)
    return Rectangle(
      x: left, y: text.position.y - ascent, width: width, height: ascent + measurer.descent(size: text.size))
  }
}
