import Components

/// Takes formulas, references, values, headings and divisions out of Markdown, and leaves placeholders.
///
/// One scanner reads all prose of a document, so that placeholders and ids are unique.
struct ProseScanner {
  var source: SourceText
  /// Whether there is a bibliography: without one `@key` is text.
  var citesWorks = false
  var problems: [Problem] = []
  var output: [UInt8] = []
  var insertions: [Insertion] = []
  var links: [Link] = []
  var offset = 0
  /// Where the attributes of spans end, by the places of their closing brackets.
  var spanEnds: [Int: Int] = [:]
  /// The paragraph that is being read.
  var paragraph = ProseParagraph()
  /// The endings of comments and of HTML elements that do not come in this piece.
  var unclosedTags: Set<String> = []
  /// Where the piece that is being read ends.
  var limit = 0

  var nextInsertion: Int
  var nextValue = 0
  /// Those of templates are taken from the beginning.
  var usedIDs: Set<String> = [
    "text", "provenance", "provenance-title", "contents-title", "banner-title", "links",
  ]
  /// The level of the last section.
  private var lastLevel = 0
  var openDivisions: [OpenDivision] = []
  /// The place among the insertions of a division that has just begun.
  private var divisionBegun: Int?
  private var list = ListContext()

  /// A division whose end has not come yet.
  struct OpenDivision {
    var position: SourcePosition
    /// The index of its insertion.
    var index: Int
    var division: Division
    var tabCount = 0
    /// The level of the headings that begin its tabs.
    var tabLevel = 0
  }

  init(_ source: SourceText, firstInsertion: Int = 0) {
    self.source = source
    nextInsertion = firstInsertion
  }

  var bytes: [UInt8] { source.bytes }

  /// The prose of some lines, counted from zero.
  mutating func prose(lines: Range<Int>) -> Prose {
    output = []
    insertions = []
    links = []
    unclosedTags = []
    divisionBegun = nil
    for line in lines {
      // Formulas, code and comments may have taken this line already.
      guard source.lineStarts[line] >= offset else { continue }
      offset = source.lineStarts[line]
      limit = end(of: lines)
      scanLine(line, lines: lines)
    }
    return Prose(
      markdown: output.text, insertions: insertions, links: links,
      position: source.position(at: source.lineStarts[lines.lowerBound]))
  }

  /// Reports divisions that are still open at the end of the document.
  mutating func finish() {
    for division in openDivisions {
      problems.append(Problem(DocumentError.unclosedDivision, at: division.position))
    }
  }

  /// The index of the next inline value.
  mutating func valueIndex() -> Int {
    defer { nextValue += 1 }
    return nextValue
  }

  /// Puts a placeholder into the output.
  mutating func insert(_ content: Insertion.Content, at begin: Int) {
    output += Placeholder.text(nextInsertion).utf8
    insertions.append(
      Insertion(index: nextInsertion, content: content, position: source.position(at: begin)))
    nextInsertion += 1
  }

  private func end(of lines: Range<Int>) -> Int {
    lines.upperBound < source.lineStarts.count ? source.lineStarts[lines.upperBound] : bytes.count
  }

  private mutating func scanLine(_ index: Int, lines: Range<Int>) {
    let line = source.line(index)
    let isCode = list.isIndentedCode(line)
    let stays = isCode && !line.isBlank
    if !stays { list.note(line) }
    let first = line.firstIndex { !$0.isBlank } ?? line.endIndex
    defer {
      // A title follows the beginning of its division, with nothing but empty lines between.
      if !line.isBlank, !line[first...].starts(with: ":::".utf8) { divisionBegun = nil }
    }
    if stays {
      output += line
    } else if line[first...].starts(with: ":::".utf8) {
      scanDivision(line[first...])
    } else if line.trimmed.elementsEqual(". . .".utf8) {
      output.append(.newline)
      insert(.pause, at: first)
      output.append(.newline)
    } else if Self.isFoldingTag(line.trimmed) {
      output.append(.newline)
      insert(.rawBlock(line.trimmed.text), at: first)
      output.append(.newline)
    } else if !isCode, let table = gridTable(from: index, lines: lines) {
      scanGridTable(table, at: index)
    } else if line[first...].starts(with: ": ".utf8), isBehindTable(index, lines: lines) {
      scanTableCaption(line[first...])
    } else if first - line.startIndex < 4, let level = headingLevel(line[first...]) {
      scanHeading(line[first...], level: level)
    } else if let level = underlinedLevel(index, lines: lines) {
      scanHeading(line[first...], level: level, marks: 0)
      offset = index + 2 < source.lineStarts.count ? source.lineStarts[index + 2] : bytes.count
      output.append(.newline)
      return
    } else {
      guardBeginning(of: line, first)
      scanInline(lineEnd: line.endIndex)
    }
    output.append(.newline)
    offset = max(offset, line.endIndex + 1)
  }

  /// Writes beginnings of lines that Discount takes for something else, or not for what they are.
  private mutating func guardBeginning(of line: ArraySlice<UInt8>, _ first: Int) {
    // Deeper lists than this nobody reads, and Discount's stack would end before them.
    output += line[..<min(first, line.startIndex + Self.deepestIndentation)]
    offset = first
    passDeepMarks(lineEnd: line.endIndex)
    let rest = bytes[offset..<line.endIndex]
    let digits = rest.prefix { $0.isDigit }.count
    let mark = rest.dropFirst(digits)
    if rest.starts(with: "->".utf8) {
      // A paragraph between -> and <- would be centered.
      output += "-&gt;".utf8
      offset += 2
    } else if rest.first == .hash {
      // A heading needs a space behind its marks, except for Discount.
      output += "&#35;".utf8
      offset += 1
    } else if (1...9).contains(digits), mark.starts(with: ") ".utf8) {
      // Lists are numbered `1.` only.
      output += rest.prefix(digits)
      output.append(UInt8(ascii: "."))
      offset += digits + 1
    }
  }

  private static let deepestIndentation = 200
  private static let mostMarks = 60

  /// Copies the marks of lists and quotes that stand one behind the other at the beginning of a line, if there are more
  /// than anybody means; the one behind the last is text.
  private mutating func passDeepMarks(lineEnd: Int) {
    var index = offset
    var marks = 0
    while index < lineEnd, marks <= Self.mostMarks {
      let digits = bytes[index..<lineEnd].prefix { $0.isDigit }.count
      let mark = index + digits
      guard mark < lineEnd, (digits == 0 ? ">-*+" : ".)").utf8.contains(bytes[mark]),
        mark + 1 == lineEnd || bytes[mark + 1].isBlank || bytes[mark] == UInt8(ascii: ">")
      else { return }
      index = mark + 1
      while index < lineEnd, bytes[index].isBlank { index += 1 }
      marks += 1
    }
    guard marks > Self.mostMarks, index < lineEnd else { return }
    output += bytes[offset..<index]
    output += "&#\(bytes[index]);".utf8
    offset = index + 1
  }

  private mutating func scanDivision(_ line: ArraySlice<UInt8>) {
    let begin = line.startIndex
    let text = line.drop { $0 == .colon }.text.trimmed
    output.append(.newline)
    if text.isEmpty {
      if openDivisions.popLast() == nil {
        problems.append(Problem(DocumentError.strayDivisionEnd, at: source.position(at: begin)))
      } else {
        insert(.divisionEnd, at: begin)
        divisionBegun = nil
      }
    } else {
      var attributes = Attributes(text) ?? Attributes()
      if Attributes(text) == nil { attributes.classes = [text.drop { $0 == "." }.description] }
      let division = Division(attributes: attributes)
      openDivisions.append(
        OpenDivision(position: source.position(at: begin), index: nextInsertion, division: division))
      insert(.divisionBegin(division), at: begin)
      divisionBegun = insertions.count - 1
    }
    output.append(.newline)
  }

  /// A text without the attributes in braces at its end.
  func withAttributes(_ text: ArraySlice<UInt8>) -> (text: ArraySlice<UInt8>, attributes: Attributes) {
    guard text.last == UInt8(ascii: "}"), let open = text.lastIndex(of: UInt8(ascii: "{")),
      let found = Attributes(text[open...].text)
    else { return (text, Attributes()) }
    return (text[..<open].trimmed, found)
  }

  private func headingLevel(_ line: ArraySlice<UInt8>) -> Int? {
    let marks = line.prefix { $0 == .hash }.count
    guard (1...6).contains(marks) else { return nil }
    return line.dropFirst(marks).first.map { $0.isBlank } ?? true ? marks : nil
  }

  /// The level of a heading that is underlined with `===` or `---`.
  private func underlinedLevel(_ index: Int, lines: Range<Int>) -> Int? {
    let isAlone = index == lines.lowerBound || source.line(index - 1).isBlank
    guard isAlone, index + 1 < lines.upperBound, let first = source.line(index).first, !first.isBlank,
      !"|>-*+".utf8.contains(first)
    else { return nil }
    let underline = source.line(index + 1).drop { $0.isBlank }
    let marks = underline.prefix { !$0.isBlank }
    guard marks.count >= 3, underline.dropFirst(marks.count).isBlank else { return nil }
    if marks.allSatisfy({ $0 == UInt8(ascii: "=") }) { return 1 }
    return marks.allSatisfy { $0 == UInt8(ascii: "-") } ? 2 : nil
  }

  private mutating func scanHeading(_ line: ArraySlice<UInt8>, level: Int, marks: Int? = nil) {
    let begin = line.startIndex
    var (content, attributes) = withAttributes(line.dropFirst(marks ?? level).trimmed)
    // Closing marks as in `## Title ##`.
    let marksBehind = content.reversed().prefix { $0 == .hash }.count
    if marksBehind > 0, content.dropLast(marksBehind).last?.isBlank ?? true {
      content = content.dropLast(marksBehind).trimmed
    }
    let stands = headingContent(level: level, content, attributes)
    output += [UInt8](repeating: .hash, count: level) + [.space]
    offset = content.startIndex
    limit = content.endIndex
    scanInline(lineEnd: content.endIndex)
    output.append(.space)
    insert(stands, at: begin)
    offset = line.endIndex
  }

  /// What a heading is: the title of the division that has just begun, a tab, or a section.
  private mutating func headingContent(
    level: Int, _ content: ArraySlice<UInt8>, _ attributes: Attributes
  ) -> Insertion.Content {
    if let open = openDivisions.indices.last {
      let division = openDivisions[open]
      if let place = divisionBegun, division.division.takesTitle,
        case .divisionBegin(var begun) = insertions[place].content
      {
        begun.hasTitle = true
        insertions[place].content = .divisionBegin(begun)
        return .divisionTitle(of: division.index)
      }
      if division.division.isTabset, division.tabCount == 0 || division.tabLevel == level {
        openDivisions[open].tabCount += 1
        openDivisions[open].tabLevel = level
        return .tab(of: division.index, number: division.tabCount)
      }
    }
    if lastLevel > 0, level > lastLevel + 1 {
      problems.append(
        Problem(
          DocumentError.headingJump(from: lastLevel, to: level), at: source.position(at: content.startIndex),
          severity: .warning))
    }
    lastLevel = level
    return .heading(
      Heading(
        level: level, text: content.text, id: uniqueID(attributes.id ?? slug(content.text)),
        isNumbered: !attributes.classes.contains("unnumbered")))
  }

  /// Whether a line is nothing but `<details>`, its end or its `<summary>…</summary>`.
  private static func isFoldingTag(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.first == UInt8(ascii: "<"), line.last == UInt8(ascii: ">"), line.count < 2000 else {
      return false
    }
    let text = line.text
    guard text.hasPrefix("<details") || text.hasPrefix("</details") || text.hasPrefix("<summary") else {
      return false
    }
    return text.wholeMatch(of: /(<details[^<>]*>)?\s*(<summary[^<>]*>.*<\/summary>)?(.*<\/details>)?/) != nil
  }

  private mutating func uniqueID(_ wanted: String) -> String {
    var id = wanted
    var number = 2
    while !usedIDs.insert(id).inserted {
      id = "\(wanted)-\(number)"
      number += 1
    }
    return id
  }

  /// An id made from a text: lowercase letters and digits, hyphens between words.
  private func slug(_ text: String) -> String {
    var id = ""
    for character in text.lowercased() {
      if character.isLetter || character.isNumber {
        id.append(character)
      } else if character == " " || character == "-", !id.hasSuffix("-"), !id.isEmpty {
        id.append("-")
      }
    }
    while id.hasSuffix("-") { id.removeLast() }
    return id.isEmpty ? "section" : id
  }
}

extension ArraySlice<UInt8> {
  /// Without spaces and line ends around.
  package var trimmed: ArraySlice<UInt8> {
    let first = firstIndex { !$0.isWhitespace } ?? endIndex
    let last = lastIndex { !$0.isWhitespace } ?? first - 1
    return self[first..<Swift.max(first, last + 1)]
  }
}

extension StringProtocol {
  /// Without spaces and line ends around.
  package var trimmed: String { Array(utf8)[...].trimmed.text }
}
