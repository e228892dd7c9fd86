import Components

extension ProseScanner {
  /// What labels that references name begin with.
  package static let referencePrefixes = [
    "fig", "tbl", "lst", "eq", "sec", "alg", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "rem",
  ]

  /// Copies a line, with placeholders for what is inside; formulas, code and tags may go on to later lines.
  mutating func scanInline(lineEnd: Int) {
    var lineEnd = lineEnd
    while offset < lineEnd {
      let byte = bytes[offset]
      switch byte {
      case .backslash: scanEscape()
      case .backtick: scanCode()
      case .dollar: scanMathematics()
      case UInt8(ascii: "@"): scanReference()
      case UInt8(ascii: "["): scanBracketedReference()
      case UInt8(ascii: "]"): scanBracketEnd()
      case UInt8(ascii: "!"): scanImage()
      case UInt8(ascii: "{"): scanShortcode()
      case UInt8(ascii: "<"): scanTag()
      default: copy(1)
      }
      if offset > lineEnd { lineEnd = self.lineEnd(from: offset) }
    }
  }

  private func lineEnd(from begin: Int) -> Int {
    var end = begin
    while end < limit, bytes[end] != .newline { end += 1 }
    return end
  }

  mutating func copy(_ count: Int) {
    let end = min(offset + count, limit)
    output += bytes[offset..<max(offset, end)]
    offset = max(offset + 1, end)
  }

  private mutating func scanEscape() {
    let next = offset + 1 < limit ? bytes[offset + 1] : .space
    // Markdown knows no escape for these two.
    if next == .dollar || next == UInt8(ascii: "@") {
      output.append(next)
      offset += 2
    } else if next == .newline {
      // A line break, which Discount writes as two spaces.
      output += "  ".utf8
      offset += 1
    } else {
      copy(2)
    }
  }

  /// Where the paragraph ends: at an empty line.
  mutating func paragraphEnd() -> Int {
    if !paragraph.contains(offset, limit: limit) {
      paragraph = ProseParagraph(bytes, from: offset, limit: limit)
    }
    return paragraph.end
  }

  // MARK: Code

  private mutating func scanCode() {
    let begin = offset
    let marks = run(of: .backtick, at: begin)
    let end = paragraphEnd()
    // What did not close before the paragraph's end before does not close now.
    guard !paragraph.unclosed.contains("\(marks)") else { return copy(marks) }
    var index = begin + marks
    while index < end {
      guard bytes[index] == .backtick else {
        index += 1
        continue
      }
      let found = run(of: .backtick, at: index)
      if found == marks {
        if marks == 1, bytes[begin + 1] == UInt8(ascii: "{"), scanInlineValue(begin + 1..<index) {
          offset = index + 1
        } else if bytes[begin..<index].contains(UInt8(ascii: "|")) {
          // Discount would split a table's row inside the code.
          writeCode(bytes[begin + marks..<index])
          offset = index + marks
        } else {
          copy(index + marks - begin)
        }
        return
      }
      index += found
    }
    paragraph.unclosed.insert("\(marks)")
    copy(marks)
  }

  /// Writes code as HTML that holds no mark of Markdown's.
  private mutating func writeCode(_ code: ArraySlice<UInt8>) {
    output += "<code>".utf8
    for byte in code.trimmed { output += byte.isPunctuation ? Array("&#\(byte);".utf8) : [byte] }
    output += "</code>".utf8
  }

  private func run(of byte: UInt8, at begin: Int) -> Int {
    var end = begin
    while end < limit, bytes[end] == byte { end += 1 }
    return end - begin
  }

  /// Takes `{value} path | format` or `{swift} expression`; other code in braces is an error if it names a language
  /// that other tools run inline, and code otherwise.
  private mutating func scanInlineValue(_ range: Range<Int>) -> Bool {
    guard let close = bytes[range].firstIndex(of: UInt8(ascii: "}")) else { return false }
    let kind = bytes[range.lowerBound + 1..<close].text
    let text = bytes[close + 1..<range.upperBound].text.trimmed
    let begin = range.lowerBound - 1
    let position = source.position(at: begin)
    guard ["value", "swift"].contains(kind) else {
      guard ["python", "r", "julia", "ojs"].contains(kind) else { return false }
      problems.append(Problem(DocumentError.foreignInlineCode(language: kind), at: position))
      return false
    }
    // The mark alone is how a text speaks of it.
    guard !text.isEmpty else { return false }
    var (content, format) = split(text)
    if let found = format, !Self.isFormat(found) {
      if kind == "value" {
        problems.append(Problem(DocumentError.badFormat(found), at: position))
      } else {
        content = text
      }
      format = nil
    }
    guard !content.isEmpty else {
      problems.append(Problem(DocumentError.emptyInlineValue, at: position))
      return false
    }
    let value: InlineValue.Content =
      kind == "value" ? .value(path: content, format: format) : .swift(expression: content, format: format)
    insert(.value(InlineValue(index: valueIndex(), content: value, position: position)), at: begin)
    return true
  }

  private func split(_ text: String) -> (content: String, format: String?) {
    guard let bar = text.lastIndex(of: "|") else { return (text, nil) }
    return (text[..<bar].trimmed, text[text.index(after: bar)...].trimmed)
  }

  /// `3`, `3s` or `1%`.
  private static func isFormat(_ text: String) -> Bool {
    let digits = text.utf8.prefix { $0.isDigit }
    guard (1...2).contains(digits.count) else { return false }
    return ["", "s", "%"].contains(String(text.utf8.dropFirst(digits.count)) ?? "?")
  }

  // MARK: Mathematics

  private mutating func scanMathematics() {
    let begin = offset
    let isDisplay = begin + 1 < limit && bytes[begin + 1] == .dollar
    guard let close = isDisplay ? displayEnd(begin + 2) : inlineEnd(begin + 1) else {
      if isDisplay {
        problems.append(Problem(DocumentError.unclosedMathematics, at: source.position(at: begin)))
      }
      copy(isDisplay ? 2 : 1)
      return
    }
    let tex = bytes[begin + (isDisplay ? 2 : 1)..<close].trimmed.text
    offset = close + (isDisplay ? 2 : 1)
    let label = isDisplay ? scanEquationLabel() : nil
    insert(.mathematics(Formula(tex: tex, isDisplay: isDisplay, label: label)), at: begin)
  }

  private mutating func displayEnd(_ begin: Int) -> Int? {
    let end = paragraphEnd()
    var index = begin
    while index + 1 < end {
      if bytes[index] == .backslash {
        index += 2
      } else if bytes[index] == .dollar, bytes[index + 1] == .dollar {
        return index > begin ? index : nil
      } else {
        index += 1
      }
    }
    return nil
  }

  /// Pandoc's rule: no space behind the opening dollar nor before the closing one, and no digit behind that.
  private mutating func inlineEnd(_ begin: Int) -> Int? {
    let end = paragraphEnd()
    guard begin < end, !bytes[begin].isWhitespace else { return nil }
    var index = begin
    while index < end {
      if bytes[index] == .backslash {
        index += 2
      } else if bytes[index] == .dollar {
        let isDigitBehind = index + 1 < end && bytes[index + 1].isDigit
        if index > begin, !bytes[index - 1].isWhitespace, !isDigitBehind { return index }
        // A dollar that cannot close ends the search: prices are not formulas.
        return nil
      } else {
        index += 1
      }
    }
    return nil
  }

  /// Takes `{#eq-name}` behind a displayed formula.
  private mutating func scanEquationLabel() -> String? {
    var index = offset
    while index < limit, bytes[index].isBlank { index += 1 }
    guard index + 1 < limit, bytes[index] == UInt8(ascii: "{"), bytes[index + 1] == .hash,
      let close = bytes[index..<limit].prefix(120).firstIndex(of: UInt8(ascii: "}"))
    else { return nil }
    offset = close + 1
    return Attributes(bytes[index...close].text)?.id
  }

  // MARK: References

  private mutating func scanReference() {
    let isWordBefore = offset > 0 && (bytes[offset - 1].isAlphanumeric || bytes[offset - 1] >= 0x80)
    guard !isWordBefore else { return copy(1) }
    let begin = offset
    if let (document, label, end) = foreignReference(at: offset + 1) {
      offset = end
      return insert(.reference(Reference(label: label, document: document)), at: begin)
    }
    guard let label = referenceLabel(at: offset + 1) else {
      let length = citesWorks ? Citation.keyLength(bytes[offset + 1..<max(offset + 1, limit)]) : 0
      guard length > 0 else { return copy(1) }
      let key = bytes[offset + 1..<offset + 1 + length].text
      offset += 1 + length
      return insert(.citation(Citation(items: [.init(key: key)], isNarrative: true)), at: begin)
    }
    offset += 1 + label.utf8.count
    insert(.reference(Reference(label: label)), at: begin)
  }

  /// Takes `[@fig-x]` and `[-@fig-x]`.
  private mutating func scanBracketedReference() {
    let begin = offset
    let isNumberOnly = begin + 1 < limit && bytes[begin + 1] == UInt8(ascii: "-")
    let mark = begin + (isNumberOnly ? 2 : 1)
    guard mark < limit, bytes[mark] == UInt8(ascii: "@") else { return scanSpan() }
    var reference: Reference
    let close: Int
    if let (document, label, end) = foreignReference(at: mark + 1) {
      (reference, close) = (Reference(label: label, document: document), end)
    } else if let label = referenceLabel(at: mark + 1) {
      (reference, close) = (Reference(label: label), mark + 1 + label.utf8.count)
    } else {
      return scanCitation()
    }
    guard close < limit, bytes[close] == UInt8(ascii: "]") else { return copy(1) }
    offset = close + 1
    reference.showsNumberOnly = isNumberOnly
    insert(.reference(reference), at: mark)
  }

  /// `lecture-2#fig-loss`: a document beside this one, and a label of it.
  private func foreignReference(at begin: Int) -> (document: String, label: String, end: Int)? {
    let name = bytes[begin..<max(begin, limit)].prefix(200).prefix {
      $0.isAlphanumeric || "-_/.".utf8.contains($0)
    }
    guard let first = name.first, first.isAlphanumeric || first == UInt8(ascii: "."), name.endIndex < limit,
      bytes[name.endIndex] == .hash, let label = referenceLabel(at: name.endIndex + 1)
    else { return nil }
    var document = name.text
    if document.hasSuffix(".md") { document.removeLast(3) }
    return (document, label, name.endIndex + 1 + label.utf8.count)
  }

  /// Takes `[@key, p. 3; @other]`, unless it is the text of a link.
  mutating func scanCitation() {
    let begin = offset
    let end = paragraphEnd()
    let inside = bytes[begin + 1..<max(begin + 1, end)].prefix {
      $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: "[")
    }
    let close = inside.endIndex
    guard citesWorks, inside.contains(UInt8(ascii: "@")), close < limit, bytes[close] == UInt8(ascii: "]"),
      close + 1 >= limit || !"([:".utf8.contains(bytes[close + 1]),
      let citation = Citation(bracketed: inside.text)
    else {
      guard paragraph.isLong, paragraph.unmatched.contains(begin) else { return copy(1) }
      output += "&#91;".utf8
      offset += 1
      return
    }
    offset = close + 1
    insert(.citation(citation), at: begin)
  }

  private func referenceLabel(at begin: Int) -> String? {
    var end = begin
    while end < limit,
      bytes[end].isAlphanumeric || bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "_")
    {
      end += 1
    }
    // A hyphen or an underscore at the end belongs to the sentence.
    while end > begin, !bytes[end - 1].isAlphanumeric { end -= 1 }
    let word = bytes[begin..<end]
    guard let hyphen = word.firstIndex(of: UInt8(ascii: "-")), hyphen + 1 < end,
      Self.referencePrefixes.contains(word[..<hyphen].text)
    else { return nil }
    return word.text
  }

  // MARK: HTML

  private mutating func scanTag() {
    let rest = bytes[offset..<limit]
    if rest.starts(with: "<!--".utf8) { return dropComment() }
    guard rest.count > 1 else { return copyLess() }
    let next = bytes[offset + 1]
    guard next.isLetter || next == UInt8(ascii: "/") else { return copyLess() }
    let name = rest.dropFirst().prefix { $0.isAlphanumeric }.text.lowercased()
    if ["script", "style", "pre", "code", "svg", "math", "textarea"].contains(name) {
      return copyThrough("</\(name)>")
    }
    let end = paragraphEnd()
    var index = offset + 1
    while index < end, bytes[index] != UInt8(ascii: ">"), bytes[index] != UInt8(ascii: "<") { index += 1 }
    guard index < end, bytes[index] == UInt8(ascii: ">") else { return copyLess() }
    copy(index + 1 - offset)
  }

  /// Writes a `<` that begins no tag.
  private mutating func copyLess() {
    output += "&lt;".utf8
    offset += 1
  }

  /// Leaves a comment out: it is for authors.
  private mutating func dropComment() {
    let ending = Array("-->".utf8)
    var index = unclosedTags.contains("-->") ? limit : offset + 4
    while index + ending.count <= limit {
      if bytes[index] == ending[0], bytes[index..<index + ending.count].elementsEqual(ending) {
        offset = index + ending.count
        return
      }
      index += 1
    }
    if unclosedTags.insert("-->").inserted {
      problems.append(Problem(DocumentError.unclosedComment, at: source.position(at: offset)))
    }
    output += "&lt;!--".utf8
    offset += 4
  }

  /// Copies until behind an ending, or only the first character if it never comes.
  private mutating func copyThrough(_ ending: String) {
    let wanted = Array(ending.utf8)
    var index = unclosedTags.contains(ending) ? limit : offset
    while index + wanted.count <= limit {
      if bytes[index] == wanted[0], bytes[index..<index + wanted.count].elementsEqual(wanted) {
        return copy(index + wanted.count - offset)
      }
      index += 1
    }
    unclosedTags.insert(ending)
    copyLess()
  }
}
