/// A table drawn with `+---+` between its rows: its cells may hold lists, code and paragraphs.
///
/// The first line of `=` ends the head; colons in it, or in the first line of a table without a head, align columns.
package struct GridTable {
  /// What stands between the contents of cells.
  package enum Part: Sendable, Equatable {
    /// The table and its head or, without one, its body begin.
    case begin(hasHead: Bool)
    case rowBegin
    case cellBegin(isHead: Bool, alignment: Alignment)
    case cellEnd(isHead: Bool)
    case rowEnd
    case headEnd
    case end(hasBody: Bool)
  }

  /// How a column is set.
  package enum Alignment: String, Sendable { case none, left, center, right }

  /// The Markdown of a cell, and where it stands.
  struct Content {
    var bytes: [UInt8]
    /// The line, counted from zero.
    var line: Int
    /// How many columns stand before it.
    var column: Int
  }

  /// The parts in order, each with the content that follows it.
  private(set) var pieces: [(part: Part, content: Content?)] = []
  /// Whether bars do not stand below each other.
  private(set) var isRagged = false
  /// The line behind the table.
  let end: Int

  /// The table that begins on a line; nil if there is none.
  init?(_ source: SourceText, from begin: Int, limit: Int) {
    let first = Self.characters(source.line(begin))
    let edges = first.indices.filter { first[$0] == "+" }
    guard edges.count >= 2, edges.last == first.count - 1, Self.isRule(first) else { return nil }
    var last = begin
    while last + 1 < limit, let mark = source.line(last + 1).first,
      mark == UInt8(ascii: "+") || mark == UInt8(ascii: "|")
    {
      last += 1
    }
    guard last > begin + 1 else { return nil }
    end = last + 1
    var rows: [(lines: [Int], isHead: Bool)] = []
    var open: [Int] = []
    var alignments = Self.alignments(first, edges)
    for line in begin + 1...last {
      let text = Self.characters(source.line(line))
      guard text.first == "+", Self.isRule(text) else {
        open.append(line)
        if !edges.allSatisfy({ $0 < text.count && (text[$0] == "|" || text[$0] == "+") }) { isRagged = true }
        continue
      }
      let isHead = text.contains("=") && rows.isEmpty
      if isHead { alignments = Self.alignments(text, edges) }
      if !open.isEmpty { rows.append((open, isHead)) }
      open = []
    }
    if !open.isEmpty { rows.append((open, false)) }
    guard !rows.isEmpty else { return nil }
    let hasHead = rows.contains { $0.isHead }
    pieces.append((.begin(hasHead: hasHead), nil))
    for row in rows {
      pieces.append((.rowBegin, nil))
      for (column, edge) in edges.dropLast().enumerated() {
        let content = Self.content(source, row.lines, from: edge + 1, to: edges[column + 1])
        pieces.append((.cellBegin(isHead: row.isHead, alignment: alignments[column]), content))
        pieces.append((.cellEnd(isHead: row.isHead), nil))
      }
      pieces.append((.rowEnd, nil))
      if row.isHead { pieces.append((.headEnd, nil)) }
    }
    pieces.append((.end(hasBody: rows.contains { !$0.isHead }), nil))
  }

  private static func characters(_ line: ArraySlice<UInt8>) -> [Character] { Array(line.text.trimmedEnd) }

  private static func isRule(_ text: [Character]) -> Bool {
    text.count > 2 && text.contains { $0 == "-" || $0 == "=" }
      && text.allSatisfy { "+-=:".contains($0) }
  }

  private static func alignments(_ rule: [Character], _ edges: [Int]) -> [Alignment] {
    zip(edges, edges.dropFirst()).map { left, right in
      guard right < rule.count, right - left > 2 else { return .none }
      switch (rule[left + 1] == ":", rule[right - 1] == ":") {
      case (true, true): return .center
      case (true, false): return .left
      case (false, true): return .right
      case (false, false): return .none
      }
    }
  }

  /// The text of a cell without the blanks that all its lines begin with.
  private static func content(_ source: SourceText, _ lines: [Int], from left: Int, to right: Int) -> Content
  {
    let texts = lines.map { line -> String in
      let text = characters(source.line(line))
      return String(text[min(left, text.count)..<min(right, text.count)]).trimmedEnd
    }
    let margin = texts.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    let inside = texts.map { String($0.dropFirst(margin)) }
    return Content(
      bytes: Array((inside.joined(separator: "\n") + "\n").utf8), line: lines.first ?? 0,
      column: left + margin)
  }
}

extension StringProtocol {
  /// Without blanks at the end.
  fileprivate var trimmedEnd: String {
    String(
      self[..<(lastIndex { $0 != " " && $0 != "\t" && $0 != "\r" }.map { index(after: $0) } ?? startIndex)])
  }
}
