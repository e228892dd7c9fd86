import Documents

/// A box of colored code, with numbers for its lines, highlighted lines, and marks where a list below explains it.
///
/// A line that ends in a comment such as `// <1>` has a mark; the comment itself is not shown.
struct CodeBlock {
  private let lines: [String]
  private let numbering: LineNumbering
  /// The marks by their lines, counted from zero.
  private let marks: [Int: String]

  /// Some code in a language.
  init(_ code: String, language: String, lines numbering: LineNumbering) {
    self.numbering = numbering
    var marks: [Int: String] = [:]
    var source: [Substring] = []
    for (number, line) in code.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let mark = Self.mark(line) {
        marks[number] = mark.number
        source.append(mark.code)
      } else {
        source.append(line)
      }
    }
    self.marks = marks
    lines = Self.balancedLines(
      CodeHighlighter.html(source.joined(separator: "\n"), language: language))
  }

  /// A box that can be reached with the keyboard, because it may scroll.
  var html: String {
    let isPlain = !numbering.isNumbered && marks.isEmpty
    let classes = numbering.isNumbered ? "code line-numbered" : "code"
    let content = isPlain ? lines : lines.indices.map(line)
    return "<pre class=\"\(classes)\" tabindex=\"0\"><code>\(content.joined(separator: "\n"))</code></pre>\n"
  }

  private func line(_ index: Int) -> String {
    var html = lines[index]
    if let mark = marks[index] {
      html += " <span class=\"annotation\" title=\"See note \(mark)\">\(mark)</span>"
    }
    if numbering.highlights(index + 1) { html = "<span class=\"highlighted\">\(html)</span>" }
    guard numbering.isNumbered else { return html }
    return "<span class=\"line-number\" aria-hidden=\"true\">\(index + 1)</span>\(html)"
  }

  /// The mark at the end of a line, and the code before it.
  private static func mark(_ line: Substring) -> (code: Substring, number: String)? {
    guard line.utf8.last == UInt8(ascii: ">") || line.hasSuffix("> -->"),
      let match = line.firstMatch(of: /\s*(?:\/\/|#|--|%|;|<!--)\s*<([0-9]{1,2})>(?:\s*-->)?$/)
    else { return nil }
    return (line[..<match.range.lowerBound], String(match.1))
  }

  /// Lines whose spans open and close within them.
  private static func balancedLines(_ html: String) -> [String] {
    var open: [Substring] = []
    return html.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let before = open.joined()
      var rest = line[...]
      while let begin = rest.firstIndex(of: "<"), let end = rest[begin...].firstIndex(of: ">") {
        let tag = rest[begin...end]
        if tag.hasPrefix("</") { _ = open.popLast() } else { open.append(tag) }
        rest = rest[rest.index(after: end)...]
      }
      return before + line + String(repeating: "</span>", count: open.count)
    }
  }
}
