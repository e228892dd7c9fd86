/// Which lines of code have numbers, and which are highlighted.
package struct LineNumbering: Sendable, Equatable {
  /// Whether lines have numbers.
  package var isNumbered: Bool
  /// The lines that are highlighted, counted from one.
  package var highlighted: [ClosedRange<Int>]

  /// Numbers for all lines or none.
  package init(isNumbered: Bool) {
    self.isNumbered = isNumbered
    highlighted = []
  }

  /// `true`, `false` or `2,4-6`; slides may show parts one after the other, `2|4-6`: pages highlight all of them.
  package init?(_ text: String) {
    if let isNumbered = Bool(text) {
      self.isNumbered = isNumbered
      highlighted = []
      return
    }
    var ranges: [ClosedRange<Int>] = []
    for part in text.split(whereSeparator: { $0 == "," || $0 == "|" }) {
      let bounds = part.split(separator: "-").map { Int($0.trimmed) }
      guard (1...2).contains(bounds.count), let first = bounds[0], let last = bounds[bounds.count - 1],
        first >= 1, first <= last
      else { return nil }
      ranges.append(first...last)
    }
    guard !ranges.isEmpty else { return nil }
    isNumbered = true
    highlighted = ranges
  }

  /// Whether a line, counted from one, is highlighted.
  package func highlights(_ line: Int) -> Bool { highlighted.contains { $0.contains(line) } }
}
