/// A static check of HTML pages: the part of what the Nu HTML checker and axe report that needs no browser.
struct HTMLChecker {
  /// What is wrong with a page.
  struct Violation: CustomStringConvertible, Equatable {
    /// The short name of the rule, such as `duplicate-id`.
    var rule: String
    /// The line of the text, counted from 1.
    var line: Int
    /// What is wrong, in words.
    var message: String

    var description: String { "line \(line): \(message) [\(rule)]" }
  }

  /// Everything wrong with a page, in the order of the text.
  static func violations(in html: String) -> [Violation] {
    var reader = HTMLReader(Array(html.utf8))
    reader.read()
    var checker = HTMLChecker(page: reader.page, problems: reader.problems)
    checker.checkEverything()
    return checker.problems.violations(in: checker.page.bytes)
  }

  /// Everything wrong with the colors of a style sheet: contrast of texts on their grounds, light and dark.
  static func contrastViolations(inStyle css: String) -> [Violation] {
    ContrastChecker(css: Array(css.utf8)).violations()
  }

  fileprivate let page: HTMLPage
  fileprivate var problems: Problems
  fileprivate let facts: PageFacts

  fileprivate init(page: HTMLPage, problems: Problems) {
    self.page = page
    self.problems = problems
    facts = PageFacts(page: page)
  }

  /// Runs all rules.
  private mutating func checkEverything() {
    checkDocument()
    for index in page.elements.indices.dropFirst() {
      switch page.elements[index].space {
      case .html: checkHTMLElement(index)
      case .svg: checkForeignElement(index, known: Known.svgElements, attributes: Known.svgAttributes)
      case .math: checkForeignElement(index, known: Known.mathElements, attributes: Known.mathAttributes)
      }
      checkEveryElement(index)
    }
    checkAccessibility()
  }

  fileprivate mutating func report(_ rule: String, _ index: Int, _ message: String) {
    problems.add(rule, at: page.elements[index].offset, message)
  }
}

// MARK: - Pages

/// Problems by their place in the bytes of a page.
private struct Problems {
  private var list: [(offset: Int, rule: String, message: String)] = []

  mutating func add(_ rule: String, at offset: Int, _ message: String) {
    list.append((offset, rule, message))
  }

  /// The problems in the order of the text, with their lines.
  func violations(in bytes: [UInt8]) -> [HTMLChecker.Violation] {
    var violations: [HTMLChecker.Violation] = []
    var (line, position) = (1, 0)
    let sorted = list.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
    for (_, problem) in sorted {
      let end = min(problem.offset, bytes.count)
      while position < end {
        if bytes[position] == .newline { line += 1 }
        position += 1
      }
      violations.append(.init(rule: problem.rule, line: line, message: problem.message))
    }
    return violations
  }
}

/// An element of a page; elements stand in the order of their start tags.
private struct Element {
  /// The vocabulary that an element belongs to.
  enum Space { case html, svg, math }

  /// The name: in small letters in HTML, as written elsewhere.
  var name: String
  var space: Space
  /// Where its start tag begins.
  var offset: Int
  var parent: Int
  /// The index after its last descendant.
  var end: Int
  var attributes: Range<Int>
  /// The bytes between its tags.
  var content: Range<Int>
  /// How many pieces of text that are not blank stand directly in it.
  var texts = 0
  /// How many of these its parent had before it.
  var textsBefore = 0

  func isHTML(_ name: String) -> Bool { space == .html && self.name == name }
}

/// An attribute of an element.
private struct Attribute {
  var name: String
  var offset: Int
  var value: Range<Int>
}

/// A page as a tree; its first element stands for the document.
private struct HTMLPage {
  let bytes: [UInt8]
  var elements: [Element] = []
  var attributes: [Attribute] = []
  var hasDoctype = false

  /// The value of an attribute, decoded.
  func value(_ name: String, of index: Int) -> String? {
    for attribute in attributes[elements[index].attributes] where attribute.name == name {
      return text(attribute.value)
    }
    return nil
  }

  func has(_ name: String, _ index: Int) -> Bool {
    attributes[elements[index].attributes].contains { $0.name == name }
  }

  /// Bytes as text, with the common character references decoded.
  func text(_ range: Range<Int>) -> String {
    let text = String(decoding: bytes[range], as: UTF8.self)
    guard bytes[range].contains(.ampersand) else { return text }
    return CharacterReference.decoded(text)
  }

  /// The texts of an element without its tags.
  func plainText(of index: Int) -> String {
    var result: [UInt8] = []
    var isTag = false
    for byte in bytes[elements[index].content] {
      if byte == .less { isTag = true }
      if !isTag { result.append(byte) }
      if byte == .greater { isTag = false }
    }
    let text = CharacterReference.decoded(String(decoding: result, as: UTF8.self))
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The indices of the children of an element.
  func children(of index: Int) -> [Int] {
    var children: [Int] = []
    var child = index + 1
    while child < elements[index].end {
      children.append(child)
      child = elements[child].end
    }
    return children
  }

  /// The indices of an element and all in it.
  func range(of index: Int) -> Range<Int> { index..<elements[index].end }
}

extension UInt8 {
  fileprivate static let newline = UInt8(ascii: "\n")
  fileprivate static let less = UInt8(ascii: "<")
  fileprivate static let greater = UInt8(ascii: ">")
  fileprivate static let slash = UInt8(ascii: "/")
  fileprivate static let ampersand = UInt8(ascii: "&")
  fileprivate static let equals = UInt8(ascii: "=")
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let apostrophe = UInt8(ascii: "'")
  fileprivate static let dash = UInt8(ascii: "-")
  fileprivate static let bang = UInt8(ascii: "!")

  /// Whether HTML takes it for white space.
  fileprivate var isBlank: Bool { self == 32 || self == 10 || self == 9 || self == 13 || self == 12 }
  fileprivate var isLetter: Bool { (self | 32) >= 97 && (self | 32) <= 122 }
  fileprivate var isDigit: Bool { self >= 48 && self <= 57 }
  fileprivate var isHexDigit: Bool { isDigit || ((self | 32) >= 97 && (self | 32) <= 102) }
}

// MARK: - Reading

/// Reads tags, attributes, comments and texts into a tree.
private struct HTMLReader {
  var page: HTMLPage
  var problems = Problems()
  private var position = 0
  private var open: [Int] = [0]

  init(_ bytes: [UInt8]) {
    page = HTMLPage(bytes: bytes)
    page.elements.append(
      Element(
        name: "#document", space: .html, offset: 0, parent: 0, end: 1, attributes: 0..<0,
        content: 0..<bytes.count))
  }

  private var bytes: [UInt8] { page.bytes }
  private var count: Int { page.bytes.count }
  private var current: Int { open.last ?? 0 }

  /// Reads the whole page.
  mutating func read() {
    if page.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    while position < count {
      if page.bytes[position] == .less { readMarkup() } else { readText() }
    }
    while open.count > 1 {
      report(
        "missing-end-tag", page.elements[current].offset, "<\(page.elements[current].name)> is not closed")
      close(at: count)
    }
    page.elements[0].end = page.elements.count
  }

  private mutating func report(_ rule: String, _ offset: Int, _ message: String) {
    problems.add(rule, at: offset, message)
  }

  /// Whether a text in small letters stands at a place, in whatever case.
  private func stands(_ text: String, at place: Int) -> Bool {
    guard place + text.utf8.count <= count else { return false }
    var place = place
    for byte in text.utf8 {
      let found = page.bytes[place]
      guard found == byte || (found.isLetter && found | 32 == byte) else { return false }
      place += 1
    }
    return true
  }

  /// The first place of a text from a place on.
  private func find(_ text: String, from start: Int, to end: Int? = nil) -> Int? {
    guard let first = text.utf8.first else { return nil }
    var place = start
    let end = end ?? count
    while place + text.utf8.count <= end {
      let byte = page.bytes[place]
      if byte == first || (byte.isLetter && byte | 32 == first), stands(text, at: place) { return place }
      place += 1
    }
    return nil
  }

  // MARK: Texts

  /// Reads text up to the next `<`.
  private mutating func readText() {
    let start = position
    position += 1
    while position < count, page.bytes[position] != .less { position += 1 }
    noteText(start..<position)
  }

  /// Looks at a piece of text and counts it for the element that it stands in.
  private mutating func noteText(_ range: Range<Int>, hasReferences: Bool = true) {
    var isBlank = true
    var references: [Int] = []
    for place in range {
      let byte = page.bytes[place]
      if byte > 38 {
        isBlank = false
        if byte == 127 || (byte == 0xC2 && place + 1 < count && page.bytes[place + 1] < 0xA0) {
          report("control-character", place, "A control character stands in the text")
        }
      } else if !byte.isBlank {
        isBlank = false
        if byte < 32 { report("control-character", place, "A control character stands in the text") }
        if byte == .ampersand { references.append(place) }
      }
    }
    if hasReferences { for place in references { checkReference(at: place, end: range.upperBound) } }
    guard !isBlank else { return }
    page.elements[current].texts += 1
    if current == 0 { report("document-structure", range.lowerBound, "Text stands outside of <html>") }
  }

  private mutating func checkReference(at place: Int, end: Int, isAttribute: Bool = false) {
    if let message = CharacterReference.problem(
      in: page.bytes, at: place, end: end, isAttribute: isAttribute)
    {
      report("character-reference", place, message)
    }
  }

  // MARK: Markup

  private mutating func readMarkup() {
    let next = position + 1 < count ? page.bytes[position + 1] : 0
    if next.isLetter {
      readStartTag()
    } else if next == .slash, position + 2 < count, page.bytes[position + 2].isLetter {
      readEndTag()
    } else if next == .bang {
      readDeclaration()
    } else {
      report("unescaped-less", position, "A < that begins no tag has to be written &lt;")
      readText()
    }
  }

  private mutating func readDeclaration() {
    let start = position
    if stands("<!--", at: start) {
      readComment()
    } else if stands("<![cdata[", at: start), page.elements[current].space != .html {
      let end = find("]]>", from: start) ?? count
      noteText(start + 9..<max(start + 9, end), hasReferences: false)
      position = min(end + 3, count)
    } else {
      let end = find(">", from: start) ?? count
      position = min(end + 1, count)
      guard stands("<!doctype", at: start) else {
        return report("comment", start, "Markup that begins with <! is neither a comment nor a doctype")
      }
      let words = String(decoding: bytes[start + 2..<end], as: UTF8.self).lowercased().split(separator: " ")
      if page.elements.count > 1 || page.hasDoctype {
        report("doctype", start, "The doctype does not stand at the beginning")
      } else if words != ["doctype", "html"]
        && words != ["doctype", "html", "system", "\"about:legacy-compat\""]
      {
        report("doctype", start, "The doctype is not <!DOCTYPE html>")
      }
      page.hasDoctype = true
    }
  }

  private mutating func readComment() {
    let start = position
    if stands("<!-->", at: start) || stands("<!--->", at: start) {
      report("comment", start, "A comment ends before it began")
      position = (find(">", from: start) ?? count - 1) + 1
      return
    }
    guard let end = find("-->", from: start + 4) else {
      report("comment", start, "A comment is not closed")
      position = count
      return
    }
    if let inner = find("<!--", from: start + 4, to: end) {
      report("comment", inner, "A comment stands in a comment")
    }
    if let bang = find("--!>", from: start + 4, to: end) {
      report("comment", bang, "A comment is closed by --!>")
    }
    position = end + 3
  }

  /// Reads a name up to white space, a slash or the end of the tag.
  private mutating func readName() -> String {
    let start = position
    while position < count {
      let byte = page.bytes[position]
      if byte.isBlank || byte == .slash || byte == .greater { break }
      position += 1
    }
    return String(decoding: page.bytes[start..<position], as: UTF8.self)
  }

  private mutating func readEndTag() {
    let start = position
    position += 2
    let name = readName()
    let nameEnd = position
    while position < count, page.bytes[position] != .greater { position += 1 }
    if page.bytes[nameEnd..<position].contains(where: { !$0.isBlank }) {
      report("attribute-syntax", start, "The end tag </\(name)> has attributes")
    }
    position = min(position + 1, count)
    closeElement(name, at: start)
  }

  /// Closes the element that an end tag names, and those within that were left open.
  private mutating func closeElement(_ name: String, at offset: Int) {
    let small = name.lowercased()
    func matches(_ element: Element) -> Bool {
      element.name == (element.space == .html ? small : name) || element.name.lowercased() == small
    }
    guard let depth = open.lastIndex(where: { $0 > 0 && matches(page.elements[$0]) }) else {
      let hint = Known.voidElements.contains(small) ? ", which never has one" : ""
      return report("stray-end-tag", offset, "The end tag </\(name)> closes nothing\(hint)")
    }
    while open.count > depth + 1 {
      let inner = page.elements[current]
      report("missing-end-tag", inner.offset, "<\(inner.name)> is not closed before </\(name)>")
      close(at: offset)
    }
    close(at: offset)
  }

  /// Closes the innermost element.
  private mutating func close(at offset: Int) {
    let index = open.removeLast()
    page.elements[index].end = page.elements.count
    page.elements[index].content =
      page.elements[index].content
      .lowerBound..<max(
        offset, page.elements[index].content.lowerBound)
  }
}

// MARK: Start tags

extension HTMLReader {
  private mutating func readStartTag() {
    let start = position
    position += 1
    let written = readName()
    let small = written.lowercased()
    let space = space(of: small)
    let (attributes, isSelfClosing) = readAttributes(of: written, isHTML: space == .html)
    if space == .html { closeImplied(before: small, at: start) }
    let index = page.elements.count
    page.elements.append(
      Element(
        name: space == .html ? small : written, space: space, offset: start, parent: current, end: index + 1,
        attributes: attributes, content: position..<position, textsBefore: page.elements[current].texts))
    if space != .html {
      if isSelfClosing { return }
    } else if Known.voidElements.contains(small) {
      return
    } else if isSelfClosing {
      report("self-closing", start, "<\(written)/> closes nothing: only void elements may end so")
    }
    open.append(index)
    if space == .html, Known.rawElements.contains(small) { readRawText(of: small) }
  }

  /// The vocabulary of an element that would begin here.
  private mutating func space(of name: String) -> Element.Space {
    let parent = page.elements[current]
    var inherited = parent.space
    switch parent.space {
    case .html: break
    case .svg where ["foreignObject", "desc", "title"].contains(parent.name): inherited = .html
    case .math where ["mi", "mo", "mn", "ms", "mtext"].contains(parent.name):
      if name != "mglyph" && name != "malignmark" { inherited = .html }
    case .math where parent.name == "annotation-xml":
      let encoding = page.value("encoding", of: current)?.lowercased() ?? ""
      if encoding == "text/html" || encoding == "application/xhtml+xml" { inherited = .html }
    default: break
    }
    if inherited == .html { return name == "svg" ? .svg : name == "math" ? .math : .html }
    if parent.name == "annotation-xml", name == "svg" { return .svg }
    guard Known.breakout.contains(name) else { return inherited }
    report(
      "foreign-content", position, "<\(name)> may not stand in <\(parent.name)>: it would end the drawing")
    return .html
  }

  /// Closes elements whose end tag was left out before another begins.
  private mutating func closeImplied(before name: String, at offset: Int) {
    while let index = open.last, index > 0, page.elements[index].space == .html,
      Known.impliedEnds[page.elements[index].name]?.contains(name) == true
    {
      report("missing-end-tag", page.elements[index].offset, "<\(page.elements[index].name)> is not closed")
      close(at: offset)
    }
  }

  /// Reads the text of an element without markup up to its end tag.
  private mutating func readRawText(of name: String) {
    let start = position
    var end = start
    while true {
      guard let found = find("</" + name, from: end) else {
        position = count
        noteText(start..<count, hasReferences: false)
        return
      }
      let after = found + 2 + name.utf8.count
      end = found
      if after >= count || page.bytes[after].isBlank || page.bytes[after] == .slash
        || page.bytes[after] == .greater
      {
        break
      }
      end = after
    }
    noteText(start..<end, hasReferences: name == "title" || name == "textarea")
    if name == "script", let comment = find("<!--", from: start, to: end),
      find("<script", from: comment, to: end) != nil
    {
      report("script-content", comment, "<!-- and <script in a script keep its end tag from ending it")
    }
    position = end
    readEndTag()
  }

  /// Reads the attributes of a start tag and its end.
  private mutating func readAttributes(
    of element: String, isHTML: Bool
  ) -> (attributes: Range<Int>, isSelfClosing: Bool) {
    let first = page.attributes.count
    while position < count {
      let byte = page.bytes[position]
      if byte.isBlank {
        position += 1
      } else if byte == .greater {
        position += 1
        return (first..<page.attributes.count, false)
      } else if byte == .slash {
        position += 1
        if position < count, page.bytes[position] == .greater {
          position += 1
          return (first..<page.attributes.count, true)
        }
        report("attribute-syntax", position - 1, "A / stands between the attributes of <\(element)>")
      } else {
        readAttribute(of: element, first: first, isHTML: isHTML)
      }
    }
    report("attribute-syntax", count, "The tag <\(element)> does not end")
    return (first..<page.attributes.count, false)
  }

  private mutating func readAttribute(of element: String, first: Int, isHTML: Bool) {
    let start = position
    if start > 0, !page.bytes[start - 1].isBlank, page.bytes[start - 1] != .slash {
      report("attribute-syntax", start, "No space stands between attributes of <\(element)>")
    }
    position += 1
    while position < count {
      let byte = page.bytes[position]
      if byte.isBlank || byte == .slash || byte == .greater || byte == .equals { break }
      position += 1
    }
    let nameEnd = position
    if page.bytes[start..<nameEnd].contains(where: { [.quote, .apostrophe, .less, .equals].contains($0) }) {
      report("attribute-syntax", start, "The name of an attribute of <\(element)> holds a quote, < or =")
    }
    var name = String(decoding: page.bytes[start..<nameEnd], as: UTF8.self)
    if isHTML { name = name.lowercased() }
    var next = position
    while next < count, page.bytes[next].isBlank { next += 1 }
    var value = nameEnd..<nameEnd
    if next < count, page.bytes[next] == .equals {
      position = next + 1
      value = readValue(of: name)
    }
    if page.attributes[first...].contains(where: { $0.name == name }) {
      report("duplicate-attribute", start, "<\(element)> has the attribute \(name) twice")
    }
    page.attributes.append(Attribute(name: name, offset: start, value: value))
  }

  private mutating func readValue(of name: String) -> Range<Int> {
    while position < count, page.bytes[position].isBlank { position += 1 }
    guard position < count else { return count..<count }
    let quote = page.bytes[position]
    let isQuoted = quote == .quote || quote == .apostrophe
    if isQuoted { position += 1 }
    let start = position
    while position < count {
      let byte = page.bytes[position]
      if isQuoted ? byte == quote : byte.isBlank || byte == .greater { break }
      if byte == .ampersand {
        var end = position + 1
        while end < count, end < position + 40, page.bytes[end] != quote { end += 1 }
        checkReference(at: position, end: end, isAttribute: true)
      } else if !isQuoted, [.quote, .apostrophe, .less, .equals, 96].contains(byte) {
        report("attribute-syntax", position, "The value of \(name) has to stand in quotes")
      }
      position += 1
    }
    let end = position
    if isQuoted { position = min(position + 1, count) }
    if !isQuoted, start == end { report("attribute-syntax", start, "The value of \(name) is missing") }
    return start..<end
  }
}

// MARK: - Character references

/// Names after `&`.
private enum CharacterReference {
  /// What is wrong with an ampersand, if anything.
  static func problem(in bytes: [UInt8], at place: Int, end: Int, isAttribute: Bool) -> String? {
    var next = place + 1
    guard next < end else { return nil }
    if bytes[next] == UInt8(ascii: "#") { return numericProblem(in: bytes, from: next + 1, end: end) }
    guard bytes[next].isLetter else { return nil }
    while next < end, bytes[next].isLetter || bytes[next].isDigit { next += 1 }
    let name = String(decoding: bytes[place + 1..<next], as: UTF8.self)
    if next < end, bytes[next] == UInt8(ascii: ";") {
      return Known.references.contains(name) ? nil : "&\(name); is no known character reference"
    }
    if isAttribute {
      // Before = or a letter or digit, such names stand for themselves in attributes.
      if next < end, bytes[next] == .equals { return nil }
      return Known.legacyReferences.contains(name) ? "&\(name) has no semicolon" : nil
    }
    let isReference = (2...max(2, name.count)).contains {
      Known.legacyReferences.contains(String(name.prefix($0)))
    }
    return isReference ? "&\(name) has no semicolon, or its & has to be written &amp;" : nil
  }

  private static func numericProblem(in bytes: [UInt8], from start: Int, end: Int) -> String? {
    var next = start
    let isHex = next < end && bytes[next] | 32 == UInt8(ascii: "x")
    if isHex { next += 1 }
    let digits = next
    while next < end, isHex ? bytes[next].isHexDigit : bytes[next].isDigit { next += 1 }
    let text = String(decoding: bytes[digits..<next], as: UTF8.self)
    guard !text.isEmpty else { return "&# begins no character reference" }
    guard next < end, bytes[next] == UInt8(ascii: ";") else { return "&#\(text) has no semicolon" }
    guard let code = UInt32(text, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(code),
      code >= 32 && !(127..<160).contains(code) || code == 9 || code == 10
    else { return "&#\(text); names no character" }
    return scalar.properties.isNoncharacterCodePoint ? "&#\(text); names no character" : nil
  }

  /// A text with the references decoded that matter for names and addresses.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(.ampersand) else { return text }
    let common = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}"]
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...]
      guard let end = rest.prefix(12).firstIndex(of: ";") else {
        result += "&"
        rest = rest.dropFirst()
        continue
      }
      let name = rest[rest.index(after: start)..<end]
      let code = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
      if let replacement = common[String(name)] {
        result += replacement
      } else if name.hasPrefix("#"), let scalar = code.flatMap(Unicode.Scalar.init) {
        result.unicodeScalars.append(scalar)
      } else {
        result += rest[...end]
      }
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}

// MARK: - Facts

/// What the rules ask of elements, found once for the whole page.
private struct PageFacts {
  /// What an element stands in.
  struct Ancestors: OptionSet {
    let rawValue: UInt32
    static let link = Ancestors(rawValue: 1)
    static let button = Ancestors(rawValue: 2)
    static let label = Ancestors(rawValue: 4)
    static let main = Ancestors(rawValue: 8)
    static let landmark = Ancestors(rawValue: 16)
    static let pageHeader = Ancestors(rawValue: 32)
    static let address = Ancestors(rawValue: 64)
    static let form = Ancestors(rawValue: 128)
    static let term = Ancestors(rawValue: 256)
    static let sectioning = Ancestors(rawValue: 512)
    static let ariaHidden = Ancestors(rawValue: 1024)
    static let hidden = Ancestors(rawValue: 2048)
    static let opaque = Ancestors(rawValue: 4096)
    static let quotation = Ancestors(rawValue: 8192)
    static let body = Ancestors(rawValue: 16384)
    static let caption = Ancestors(rawValue: 32768)
    static let inert = Ancestors(rawValue: 65536)
  }

  /// What an element stands in, itself not counted.
  var ancestors: [Ancestors] = []
  /// The roles of elements, empty for none.
  var roles: [String] = []
  /// Whether readers hear something for an element.
  var isNamed: [Bool] = []
  /// The elements after their ids.
  var ids: [String: Int] = [:]
  /// The ids that labels with texts name.
  var labelTargets: Set<String> = []

  init(page: HTMLPage) {
    findIDs(page)
    findRoles(page)
    findAncestors(page)
    findNames(page)
    for index in page.elements.indices where page.elements[index].isHTML("label") && isNamed[index] {
      if let id = page.value("for", of: index) { labelTargets.insert(id) }
    }
  }

  private mutating func findIDs(_ page: HTMLPage) {
    for index in page.elements.indices {
      for attribute in page.attributes[page.elements[index].attributes] where attribute.name == "id" {
        let id = page.text(attribute.value)
        if ids[id] == nil { ids[id] = index }
      }
    }
  }

  /// What an element contributes to the ancestors of those in it.
  private func contribution(_ page: HTMLPage, _ index: Int) -> Ancestors {
    let element = page.elements[index]
    var result: Ancestors = []
    if element.space == .html {
      switch element.name {
      case "a": result = .link
      case "button": result = .button
      case "label": result = .label
      case "header", "footer": result = .pageHeader
      case "address": result = .address
      case "form": result = .form
      case "dt", "th": result = .term
      case "caption": result = .caption
      case "article", "aside", "nav", "section": result = .sectioning
      case "blockquote", "figure", "dialog", "td": result = .quotation
      case "body": result = .body
      case "template", "noscript": result = [.inert, .hidden]
      case "script", "style", "head": result = .hidden
      default: break
      }
      if page.has("hidden", index) { result.insert(.hidden) }
    }
    if roles[index] == "main" { result.insert(.main) }
    if Known.landmarks.contains(roles[index]) { result.insert(.landmark) }
    if Known.opaqueRoles.contains(roles[index]) { result.insert(.opaque) }
    if page.value("aria-hidden", of: index) == "true" { result.formUnion([.ariaHidden, .hidden]) }
    return result
  }

  private mutating func findAncestors(_ page: HTMLPage) {
    ancestors = Array(repeating: [], count: page.elements.count)
    var contributions = ancestors
    for index in page.elements.indices.dropFirst() {
      let parent = page.elements[index].parent
      ancestors[index] = ancestors[parent].union(contributions[parent])
      contributions[index] = contribution(page, index)
    }
  }

  private mutating func findRoles(_ page: HTMLPage) {
    roles = Array(repeating: "", count: page.elements.count)
    // Whether an element stands in a division of its own, so that its header is no header of the page.
    var isScoped = Array(repeating: false, count: page.elements.count)
    for index in page.elements.indices.dropFirst() {
      let element = page.elements[index]
      isScoped[index] =
        isScoped[element.parent]
        || (element.space == .html && (element.name == "main" || Known.sectioning.contains(element.name)))
      if let role = page.value("role", of: index)?.split(separator: " ").first {
        roles[index] = String(role)
      } else if element.space == .html {
        roles[index] = implicitRole(page, index, isScoped: isScoped[element.parent])
      } else if element.name == "math" {
        roles[index] = "math"
      }
    }
  }

  private func implicitRole(_ page: HTMLPage, _ index: Int, isScoped: Bool) -> String {
    switch page.elements[index].name {
    case "main": "main"
    case "nav": "navigation"
    case "aside": "complementary"
    case "search": "search"
    case "header": isScoped ? "" : "banner"
    case "footer": isScoped ? "" : "contentinfo"
    case "section": hasExplicitName(page, index) ? "region" : ""
    case "form": hasExplicitName(page, index) ? "form" : ""
    case "button": "button"
    case "img": page.value("alt", of: index) == "" ? "presentation" : "img"
    case "a": page.has("href", index) ? "link" : ""
    case "progress": "progressbar"
    case "meter": "meter"
    case "option": "option"
    default: ""
    }
  }

  /// Whether an attribute gives an element a name.
  private func hasExplicitName(_ page: HTMLPage, _ index: Int) -> Bool {
    for name in ["aria-label", "aria-labelledby", "title"] {
      if let value = page.value(name, of: index), value.contains(where: { !$0.isWhitespace }) { return true }
    }
    return false
  }

  private mutating func findNames(_ page: HTMLPage) {
    isNamed = Array(repeating: false, count: page.elements.count)
    for index in page.elements.indices.dropFirst().reversed() {
      let element = page.elements[index]
      if element.name == "script" || element.name == "style" || element.name == "template" { continue }
      if page.has("hidden", index) || page.value("aria-hidden", of: index) == "true" { continue }
      if element.texts > 0 || (!element.attributes.isEmpty && hasAttributeName(page, index)) {
        isNamed[index] = true
      }
      // Only the title of a drawing names it, and its texts are not read.
      if isNamed[index], element.space != .svg || element.name == "title" || hasExplicitName(page, index) {
        isNamed[element.parent] = true
      }
    }
  }

  private func hasAttributeName(_ page: HTMLPage, _ index: Int) -> Bool {
    if hasExplicitName(page, index) { return true }
    let element = page.elements[index]
    guard element.space == .html, ["img", "input", "area"].contains(element.name) else { return false }
    guard let text = page.value(element.name == "input" ? "value" : "alt", of: index) else { return false }
    return text.contains { !$0.isWhitespace }
  }
}

// MARK: - Documents

extension HTMLChecker {
  fileprivate mutating func checkDocument() {
    if !page.hasDoctype { problems.add("doctype", at: 0, "The page has no doctype") }
    let roots = page.children(of: 0)
    guard let root = roots.first(where: { page.elements[$0].isHTML("html") }) else {
      problems.add("document-structure", at: 0, "The page has no <html>")
      return
    }
    for other in roots where other != root {
      report("document-structure", other, "<\(page.elements[other].name)> stands outside of <html>")
    }
    if page.value("lang", of: root)?.isEmpty ?? true { report("lang", root, "<html> has no lang") }
    let names = page.children(of: root).map { page.elements[$0].name }
    if names != ["head", "body"] {
      report("document-structure", root, "<html> holds \(names.joined(separator: ", ")), not head and body")
    }
    if page.elements[root].texts > 0 { report("document-structure", root, "Text stands beside <body>") }
    guard let head = page.children(of: root).first(where: { page.elements[$0].isHTML("head") }) else {
      return
    }
    checkHead(head)
  }

  private mutating func checkHead(_ head: Int) {
    if page.elements[head].texts > 0 { report("document-structure", head, "Text stands in <head>") }
    let children = page.children(of: head)
    let titles = children.filter { page.elements[$0].isHTML("title") }
    if titles.count != 1 { report("title", head, "The page has \(titles.count) titles") }
    for title in titles where page.elements[title].texts == 0 { report("title", title, "The title is empty") }
    let charsets = children.filter { page.elements[$0].isHTML("meta") && page.has("charset", $0) }
    if charsets.count != 1 {
      report("charset", head, "The page has \(charsets.count) declarations of its charset")
    }
    for charset in charsets {
      if page.value("charset", of: charset)?.lowercased() != "utf-8" {
        report("charset", charset, "The charset is not utf-8")
      } else if page.elements[charset].offset > 1000 {
        report("charset", charset, "The charset does not stand within the first 1024 bytes")
      }
    }
    for meta in children where page.elements[meta].isHTML("meta") { checkMeta(meta) }
  }

  private mutating func checkMeta(_ meta: Int) {
    if page.value("http-equiv", of: meta)?.lowercased() == "refresh" {
      report("meta-refresh", meta, "The page reloads itself")
    }
    guard page.value("name", of: meta)?.lowercased() == "viewport" else { return }
    let content = page.value("content", of: meta)?.lowercased() ?? ""
    for part in content.split(whereSeparator: { $0 == "," || $0 == ";" }) {
      let pair = part.split(separator: "=").map { $0.filter { !$0.isWhitespace } }
      guard pair.count == 2 else { continue }
      if pair[0] == "user-scalable", ["no", "0"].contains(pair[1]) {
        report("meta-viewport", meta, "The viewport forbids zoom")
      } else if pair[0] == "maximum-scale", let scale = Double(pair[1]), scale < 5 {
        report("meta-viewport", meta, "The viewport limits zoom to \(pair[1])")
      }
    }
  }
}

// MARK: - Content

extension HTMLChecker {
  fileprivate mutating func checkHTMLElement(_ index: Int) {
    let element = page.elements[index]
    if Known.obsoleteElements.contains(element.name) {
      return report("obsolete-element", index, "<\(element.name)> is obsolete")
    }
    guard isKnown(element.name) else {
      if element.name.contains("-") { return }
      return report("unknown-element", index, "<\(element.name)> is no element of HTML")
    }
    checkPlace(of: index)
    checkTexts(of: index)
    checkInteraction(of: index)
    checkChildren(of: index)
    checkAttributeNames(of: index)
    checkRequiredAttributes(of: index)
  }

  private func isKnown(_ name: String) -> Bool {
    Known.phrasing.contains(name) || Known.blocks.contains(name) || Known.bound.contains(name)
  }

  /// The nearest element around another that has a model of content of its own.
  private func modelParent(of index: Int) -> Int {
    var parent = page.elements[index].parent
    while parent > 0, page.elements[parent].space == .html,
      Known.transparent.contains(page.elements[parent].name)
    {
      parent = page.elements[parent].parent
    }
    return parent
  }

  private mutating func checkPlace(of index: Int) {
    let name = page.elements[index].name
    let direct = page.elements[page.elements[index].parent]
    // Templates hold anything.
    if direct.isHTML("template") || (direct.space == .html && direct.name.contains("-")) { return }
    if let parents = Known.parents[name] {
      if !(direct.space == .html && parents.contains(direct.name)) {
        return report("parent", index, "<\(name)> stands in <\(direct.name)>")
      }
      if direct.name == "div", !page.elements[direct.parent].isHTML("dl") {
        return report("parent", index, "<\(name)> stands in a <div> that stands in no <dl>")
      }
    }
    let parent = page.elements[modelParent(of: index)]
    if parent.space == .html, let children = Known.children[parent.name] {
      let isText = parent.name == "datalist" && Known.phrasing.contains(name)
      if !children.contains(name) && !isText {
        report("content-model", index, "<\(name)> stands in <\(parent.name)>")
      }
      return
    }
    if parent.isHTML("div"), page.elements[parent.parent].isHTML("dl") {
      if !["dt", "dd", "script", "template"].contains(name) {
        report("content-model", index, "<\(name)> stands in a <div> of a <dl>")
      }
      return
    }
    checkPhrasing(of: index, in: parent)
    checkAncestors(of: index)
  }

  private mutating func checkPhrasing(of index: Int, in parent: Element) {
    let name = page.elements[index].name
    if name == "meta" || name == "link" {
      let relations = page.value("rel", of: index)?.lowercased().split(separator: " ") ?? []
      let allowed = [
        "stylesheet", "preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload", "pingback",
      ]
      if !page.has("itemprop", index), !relations.contains(where: { allowed.contains(String($0)) }) {
        report("content-model", index, "<\(name)> stands in <\(parent.name)>")
      }
      return
    }
    guard Known.phrasingParents.contains(parent.name) || parent.isHTML("noscript") else { return }
    if Known.phrasing.contains(name) { return }
    if Known.headings.contains(name) || name == "hgroup", ["summary", "legend"].contains(parent.name) {
      return
    }
    if parent.isHTML("ruby"), name == "rt" || name == "rp" { return }
    if !Known.blocks.contains(name) { return }
    report("content-model", index, "<\(name)> stands in <\(parent.name)>, which holds only text")
  }

  /// Reports what may not stand in an element however deep.
  private mutating func checkAncestors(of index: Int) {
    let name = page.elements[index].name
    let around = facts.ancestors[index]
    func refuse(_ outer: String) {
      problems.add("content-model", at: page.elements[index].offset, "<\(name)> stands within \(outer)")
    }
    let isHeader = name == "header" || name == "footer"
    let isDivision = Known.sectioning.contains(name) || Known.headings.contains(name) || name == "hgroup"
    if isHeader, around.contains(.pageHeader) { refuse("a <header> or <footer>") }
    if name == "main", !around.intersection([.sectioning, .pageHeader]).isEmpty {
      refuse("a section or header")
    }
    if name == "form", around.contains(.form) { refuse("a <form>") }
    if name == "table", around.contains(.caption) { refuse("a <caption>") }
    if isHeader || isDivision, around.contains(.term) { refuse("a <dt> or <th>") }
    if isHeader || isDivision || name == "address", around.contains(.address) { refuse("an <address>") }
    if ["dfn", "meter", "progress", "noscript"].contains(name) {
      var parent = page.elements[index].parent
      while parent > 0 {
        if page.elements[parent].isHTML(name) { refuse("another <\(name)>") }
        parent = page.elements[parent].parent
      }
    }
  }

  private mutating func checkTexts(of index: Int) {
    let element = page.elements[index]
    guard element.texts > 0, element.name != "html", element.name != "head" else { return }
    let isList = Known.children[element.name] != nil && element.name != "datalist"
    let isGroup = element.name == "div" && page.elements[element.parent].isHTML("dl")
    if isList || isGroup { report("content-model", index, "Text stands in <\(element.name)>") }
    let parent = page.elements[modelParent(of: index)]
    if Known.transparent.contains(element.name), Known.children[parent.name] != nil, parent.space == .html {
      report("content-model", index, "Text stands in <\(parent.name)>")
    }
  }

  /// Whether readers can act on an element.
  private func isInteractive(_ index: Int) -> Bool {
    switch page.elements[index].name {
    case "a": page.has("href", index)
    case "audio", "video": page.has("controls", index)
    case "img": page.has("usemap", index)
    case "input": page.value("type", of: index)?.lowercased() != "hidden"
    case "button", "details", "embed", "iframe", "label", "select", "textarea": true
    default: false
    }
  }

  private mutating func checkInteraction(of index: Int) {
    let name = page.elements[index].name
    let around = facts.ancestors[index]
    guard !around.intersection([.link, .button, .label]).isEmpty else { return }
    let isActive = isInteractive(index)
    if around.contains(.link), isActive || name == "a" || page.has("tabindex", index) {
      report("interactive-content", index, "<\(name)> stands within an <a>")
    } else if around.contains(.button), isActive || page.has("tabindex", index) {
      report("interactive-content", index, "<\(name)> stands within a <button>")
    } else if around.contains(.label), isActive, !Known.labelable.contains(name) {
      report("interactive-content", index, "<\(name)> stands within a <label>")
    }
  }

  private mutating func checkChildren(of index: Int) {
    switch page.elements[index].name {
    case "figure": checkFigure(index)
    case "table": checkTable(index)
    case "details": checkFirst("summary", of: index, isRequired: true)
    case "fieldset": checkFirst("legend", of: index, isRequired: false)
    case "dl": checkDefinitions(index)
    case "label": checkLabel(index)
    case "ruby":
      if !page.children(of: index).contains(where: { page.elements[$0].isHTML("rt") }) {
        report("required-child", index, "<ruby> has no <rt>")
      }
    default: break
    }
  }

  private mutating func checkFigure(_ index: Int) {
    let children = page.children(of: index)
    let captions = children.filter { page.elements[$0].isHTML("figcaption") }
    guard let caption = captions.first else { return }
    if captions.count > 1 { report("child-position", captions[1], "<figure> has two captions") }
    let before = page.elements[caption].textsBefore
    let isFirst = caption == children.first && before == 0
    let isLast = caption == children.last && before == page.elements[index].texts
    if !isFirst, !isLast { report("child-position", caption, "<figcaption> is neither first nor last") }
  }

  private mutating func checkFirst(_ name: String, of index: Int, isRequired: Bool) {
    let children = page.children(of: index)
    let found = children.filter { page.elements[$0].isHTML(name) }
    guard let first = found.first else {
      if isRequired { report("required-child", index, "<\(page.elements[index].name)> has no <\(name)>") }
      return
    }
    if first != children.first || page.elements[first].textsBefore > 0 {
      report("child-position", first, "<\(name)> is not the first in <\(page.elements[index].name)>")
    }
    if found.count > 1 {
      report("child-position", found[1], "<\(page.elements[index].name)> has two <\(name)>")
    }
  }

  private mutating func checkDefinitions(_ list: Int) {
    for group in [list] + page.children(of: list).filter({ page.elements[$0].isHTML("div") }) {
      let names = page.children(of: group).map { page.elements[$0].name }.filter { $0 == "dt" || $0 == "dd" }
      if names.first == "dd" { report("required-child", group, "A <dd> follows no <dt>") }
      if names.last == "dt" { report("required-child", group, "A <dt> is followed by no <dd>") }
      if names.isEmpty, group != list { report("required-child", group, "A <div> of a <dl> is empty") }
    }
  }

  private mutating func checkLabel(_ label: Int) {
    let controls = page.range(of: label).dropFirst().filter {
      page.elements[$0].space == .html && Known.labelable.contains(page.elements[$0].name)
        && page.value("type", of: $0)?.lowercased() != "hidden"
    }
    if controls.count > 1 { report("interactive-content", label, "<label> holds two form controls") }
    guard let id = page.value("for", of: label) else { return }
    for control in controls where page.value("id", of: control) != id {
      report("interactive-content", control, "<label> names another form control than the one in it")
    }
    guard let target = facts.ids[id] else { return }
    if !Known.labelable.contains(page.elements[target].name) {
      report("label-target", label, "<label> names <\(page.elements[target].name)>, which is no form control")
    }
  }
}

// MARK: - Tables

extension HTMLChecker {
  private mutating func checkTable(_ index: Int) {
    let children = page.children(of: index)
    let order = ["caption", "colgroup", "thead", "tbody", "tr", "tfoot"]
    var reached = 0
    for child in children {
      let name = page.elements[child].name == "tr" ? "tbody" : page.elements[child].name
      guard let place = order.firstIndex(of: name) else { continue }
      if place < reached || (place == reached && ["caption", "thead", "tfoot"].contains(name)) && place > 0 {
        report("child-position", child, "<\(name)> stands too late in <table>")
      } else if name == "caption", child != children.first {
        report("child-position", child, "<caption> is not the first in <table>")
      }
      reached = max(reached, place)
    }
    checkGrid(of: index, children)
    checkHeaders(of: index)
  }

  /// The value of a span, 1 unless there is a good one.
  private func span(_ name: String, of cell: Int) -> Int {
    min(page.value(name, of: cell).flatMap { Int($0) } ?? 1, 1000)
  }

  /// The rows among the children of a table, and whether each is the last of its group.
  private func rows(of children: [Int]) -> [(row: Int, isLast: Bool)] {
    var rows: [(row: Int, isLast: Bool)] = []
    for child in children {
      if page.elements[child].isHTML("tr") {
        rows.append((child, false))
      } else if ["thead", "tbody", "tfoot"].contains(page.elements[child].name) {
        let inner = page.children(of: child).filter { page.elements[$0].isHTML("tr") }
        rows += inner.map { ($0, $0 == inner.last) }
      }
    }
    return rows
  }

  /// Puts the cells of a table into columns.
  private mutating func checkGrid(of table: Int, _ children: [Int]) {
    // The cell that each column was made by, and whether a cell begins in it.
    var makers: [Int] = []
    var isBegun: [Bool] = []
    // How many further rows the cells of earlier rows reach into, a number a column.
    var pending: [Int] = []
    for (row, isLast) in rows(of: children) {
      let cells = page.children(of: row).filter { ["td", "th"].contains(page.elements[$0].name) }
      if cells.isEmpty { report("table-model", row, "A row has no cells") }
      var column = 0
      var next = pending.map { max($0 - 1, 0) }
      for cell in cells {
        while column < pending.count, pending[column] > 0 { column += 1 }
        let width = max(span("colspan", of: cell), 1)
        let height = span("rowspan", of: cell)
        while makers.count < column + width {
          makers.append(cell)
          isBegun.append(false)
          pending.append(0)
          next.append(0)
        }
        if pending[column..<column + width].contains(where: { $0 > 0 }) {
          report("table-model", cell, "A cell overlaps another that reaches down from above")
        }
        isBegun[column] = true
        for place in column..<column + width { next[place] = height == 0 ? 65535 : height - 1 }
        column += width
      }
      if isLast, next.contains(where: { $0 > 0 && $0 < 60000 }) {
        report("table-model", row, "A cell reaches down beyond its group of rows")
      }
      pending = isLast ? next.map { _ in 0 } : next
    }
    if let empty = isBegun.firstIndex(of: false) {
      report("table-model", makers[empty], "No cell begins in column \(empty + 1) of the table")
    }
  }

  private mutating func checkHeaders(of table: Int) {
    if facts.ancestors[table].contains(.hidden) || ["presentation", "none"].contains(facts.roles[table]) {
      return
    }
    var hasHeader = false
    for index in page.range(of: table).dropFirst() where page.elements[index].isHTML("th") {
      hasHeader = true
      if !page.has("scope", index) { report("th-scope", index, "<th> has no scope") }
      if !facts.isNamed[index] { report("empty-table-header", index, "<th> has no text") }
    }
    if !hasHeader { report("table-headers", table, "<table> has no <th>") }
  }
}

// MARK: - Attributes

extension HTMLChecker {
  private mutating func checkAttributeNames(of index: Int) {
    let element = page.elements[index]
    for attribute in page.attributes[element.attributes] {
      let name = attribute.name
      if Known.globalAttributes.contains(name) || Known.attributes[element.name]?.contains(name) == true {
        continue
      }
      if name.hasPrefix("data-") || name.hasPrefix("aria-") || name.hasPrefix("on") { continue }
      if name == "xmlns", element.name == "html" { continue }
      if Known.obsoleteAttributes.contains(name) {
        problems.add("obsolete-attribute", at: attribute.offset, "\(name) is obsolete on <\(element.name)>")
      } else {
        problems.add("unknown-attribute", at: attribute.offset, "<\(element.name)> has no attribute \(name)")
      }
    }
  }

  private mutating func checkRequiredAttributes(of index: Int) {
    let name = page.elements[index].name
    func require(_ attribute: String) {
      if page.has(attribute, index) { return }
      problems.add("required-attribute", at: page.elements[index].offset, "<\(name)> has no \(attribute)")
    }
    switch name {
    case "img":
      if !page.has("srcset", index) { require("src") }
    case "input":
      checkInput(index)
      if page.value("type", of: index)?.lowercased() == "radio" { require("name") }
    case "link": page.has("href", index) ? require("rel") : require("href")
    case "meta":
      if !page.has("charset", index) { require("content") }
    case "track", "embed": require("src")
    case "source" where page.elements[page.elements[index].parent].isHTML("picture"): require("srcset")
    case "source": require("src")
    case "optgroup": require("label")
    case "bdo": require("dir")
    case "map": require("name")
    case "data", "meter": require("value")
    case "object": require("data")
    case "time", "ins", "del": checkTime(index)
    case "area":
      if page.has("href", index) { require("alt") }
    default: break
    }
  }

  private mutating func checkInput(_ index: Int) {
    guard let type = page.value("type", of: index)?.lowercased() else { return }
    if !Known.inputTypes.contains(type) { report("attribute-value", index, "\(type) is no type of <input>") }
  }

  private mutating func checkTime(_ index: Int) {
    let isTime = page.elements[index].name == "time"
    let written = page.value("datetime", of: index)
    guard let text = written ?? (isTime ? page.plainText(of: index) : nil) else { return }
    if !TimeText.isValid(text) { report("datetime", index, "“\(text)” is no date or time") }
    if isTime, written == nil, page.elements[index].end > index + 1 {
      report("datetime", index, "<time> without datetime holds elements")
    }
  }

  fileprivate mutating func checkForeignElement(_ index: Int, known: Set<String>, attributes: Set<String>) {
    let element = page.elements[index]
    if !known.contains(element.name) {
      report("unknown-element", index, "<\(element.name)> is no element of SVG or MathML")
    }
    for attribute in page.attributes[element.attributes] {
      let name = attribute.name
      if attributes.contains(name) || name.hasPrefix("data-") || name.hasPrefix("aria-")
        || name.hasPrefix("on")
      {
        continue
      }
      problems.add("unknown-attribute", at: attribute.offset, "<\(element.name)> has no attribute \(name)")
    }
  }

  /// Checks the values of attributes.
  fileprivate mutating func checkEveryElement(_ index: Int) {
    let element = page.elements[index]
    for attribute in page.attributes[element.attributes] {
      switch attribute.name {
      // The common ones of drawings, which hold nothing to check.
      case "d", "class", "x", "y", "width", "height", "fill", "stroke", "stroke-width", "transform",
        "viewBox":
        if element.space == .html { checkValue(attribute, of: index) }
      default: checkValue(attribute, of: index)
      }
    }
    if element.name == "style" {
      for problem in StyleText.problems(inSheet: page.bytes, element.content) {
        problems.add(problem.rule, at: problem.offset, problem.message)
      }
    }
    if element.space == .html { checkResources(index) }
  }

  private mutating func checkValue(_ attribute: Attribute, of index: Int) {
    let name = attribute.name
    func complain(_ rule: String, _ message: String) { problems.add(rule, at: attribute.offset, message) }
    switch name {
    case "class", "alt", "title", "content", "aria-label", "aria-description": return
    case "id": return checkID(attribute, of: index)
    case "style":
      for problem in StyleText.problems(inDeclarations: page.bytes, attribute.value) {
        problems.add(problem.rule, at: problem.offset, problem.message)
      }
      checkStyleReferences(attribute)
      return
    case "lang", "hreflang", "srclang", "xml:lang":
      let text = page.text(attribute.value)
      if !isLanguage(text), !text.isEmpty || name != "lang" {
        complain("valid-lang", "“\(text)” is no language")
      }
      return
    case "role": return checkRole(attribute, of: index)
    case "tabindex":
      let text = page.text(attribute.value)
      guard let number = Int(text) else { return complain("tabindex", "tabindex is not a number: \(text)") }
      if number > 0 { complain("tabindex", "A positive tabindex changes the order of the page") }
      return
    default: break
    }
    if name.hasPrefix("aria-"), !Known.ariaAttributes.contains(String(name.dropFirst(5))) {
      complain("aria-attribute", "\(name) is no attribute of ARIA")
    }
    if name.hasPrefix("on") { return }
    checkTypedValue(attribute, of: index)
  }

  private mutating func checkTypedValue(_ attribute: Attribute, of index: Int) {
    let name = attribute.name
    let element = page.elements[index]
    func complain(_ rule: String, _ message: String) { problems.add(rule, at: attribute.offset, message) }
    if Known.idAttributes.contains(name), name != "form" || element.space == .html {
      checkReferences(attribute, of: index)
    } else if Known.urlAttributes.contains(name), !(element.name == "object" && name == "form") {
      checkAddress(attribute, of: index)
    } else if element.space == .html, Known.booleanAttributes.contains(name) {
      let text = page.text(attribute.value).lowercased()
      if !text.isEmpty, text != name { complain("attribute-value", "\(name) has the value \(text)") }
    } else if let values = Known.enumerations[name], element.space == .html || name.hasPrefix("aria-") {
      let text = page.text(attribute.value).lowercased()
      let mayBeEmpty = ["hidden", "popover", "crossorigin", "contenteditable", "preload"].contains(name)
      if !values.contains(text), !(text.isEmpty && mayBeEmpty) {
        complain("attribute-value", "\(name) has the value “\(text)”")
      }
    } else if element.space == .html {
      checkNumber(attribute, of: index)
    } else {
      checkStyleReferences(attribute)
    }
  }

  private mutating func checkNumber(_ attribute: Attribute, of index: Int) {
    let isSpan = attribute.name == "colspan" || attribute.name == "span"
    let isSize = ["width", "height"].contains(attribute.name)
    let isStart =
      attribute.name == "start" || (attribute.name == "value" && page.elements[index].name == "li")
    guard isSpan || isSize || isStart || attribute.name == "rowspan" else { return }
    let text = page.text(attribute.value)
    let lowest = isSpan ? 1 : isStart ? Int.min : 0
    if let number = Int(text), number >= lowest, !text.hasPrefix("+") { return }
    problems.add("attribute-value", at: attribute.offset, "\(attribute.name) has the value “\(text)”")
  }

  private mutating func checkID(_ attribute: Attribute, of index: Int) {
    let id = page.text(attribute.value)
    if id.isEmpty {
      problems.add("id", at: attribute.offset, "The id is empty")
    } else if id.utf8.contains(where: \.isBlank) {
      problems.add("id", at: attribute.offset, "The id “\(id)” holds white space")
    }
    if let first = facts.ids[id], first != index {
      problems.add("duplicate-id", at: attribute.offset, "The id \(id) is that of an earlier element too")
    }
  }

  private mutating func checkReferences(_ attribute: Attribute, of index: Int) {
    let ids = page.text(attribute.value).split(whereSeparator: \.isWhitespace)
    if ids.isEmpty {
      problems.add("dangling-reference", at: attribute.offset, "\(attribute.name) names no id")
    }
    for id in ids where facts.ids[String(id)] == nil {
      problems.add(
        "dangling-reference", at: attribute.offset, "\(attribute.name) names \(id), which no element has")
    }
  }

  /// Checks that `url(#…)` names an element.
  private mutating func checkStyleReferences(_ attribute: Attribute) {
    guard attribute.value.count > 6, page.bytes[attribute.value].contains(UInt8(ascii: "#")) else { return }
    var rest = page.text(attribute.value)[...]
    while let start = rest.firstRange(of: "url(#") {
      rest = rest[start.upperBound...]
      let id = String(rest.prefix { $0 != ")" })
      if facts.ids[id] == nil {
        problems.add(
          "dangling-reference", at: attribute.offset, "\(attribute.name) names #\(id), which no element has")
      }
    }
  }

  private mutating func checkAddress(_ attribute: Attribute, of index: Int) {
    let element = page.elements[index]
    func complain(_ rule: String, _ message: String) { problems.add(rule, at: attribute.offset, message) }
    if attribute.value.isEmpty {
      let mayBeEmpty = element.name == "a" || element.name == "form"
      if !mayBeEmpty { complain("url", "\(attribute.name) is empty") }
      return
    }
    if page.bytes[attribute.value.lowerBound] == UInt8(ascii: "#"), attribute.name.hasSuffix("href") {
      let id = AddressText.decoded(page.text(attribute.value.dropFirst()))
      let isTop = element.name == "a" && (id.isEmpty || id.lowercased() == "top")
      if !isTop, facts.ids[id] == nil { complain("dangling-reference", "No element has the id \(id)") }
    }
    if let problem = AddressText.problem(in: page.bytes, attribute.value) {
      complain("url", "\(attribute.name): \(problem)")
    }
    let isLoading =
      element.space == .html
      ? attribute.name == "src" || attribute.name == "data" || attribute.name == "poster"
      : attribute.name.hasSuffix("href") && element.name != "a"
    if isLoading { checkNetwork(attribute) }
  }

  private mutating func checkNetwork(_ attribute: Attribute) {
    let start = page.text(attribute.value.prefix(100)).lowercased().drop { $0.isWhitespace }
    guard start.hasPrefix("http:") || start.hasPrefix("https:") || start.hasPrefix("//") else { return }
    problems.add("network", at: attribute.offset, "\(attribute.name) loads from the network: \(start)")
  }

  /// Checks what elements load by other attributes than `src`.
  private mutating func checkResources(_ index: Int) {
    for attribute in page.attributes[page.elements[index].attributes] {
      let isLink = attribute.name == "href" && page.elements[index].name == "link"
      if isLink {
        let relations = page.value("rel", of: index)?.lowercased().split(separator: " ") ?? []
        let harmless = [
          "canonical", "alternate", "author", "license", "help", "next", "prev", "search", "me",
        ]
        if !relations.allSatisfy({ harmless.contains(String($0)) }) { checkNetwork(attribute) }
      } else if attribute.name == "srcset" || attribute.name == "imagesrcset" {
        let text = page.text(attribute.value).lowercased()
        if text.contains("http:") || text.contains("https:") {
          problems.add("network", at: attribute.offset, "srcset loads from the network")
        }
      }
    }
  }

  private func isLanguage(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.count) || (5...8).contains(first.count) else {
      return false
    }
    return first.utf8.allSatisfy(\.isLetter)
      && parts.dropFirst().allSatisfy {
        (1...8).contains($0.count) && $0.utf8.allSatisfy { $0.isLetter || $0.isDigit }
      }
  }
}

// MARK: - Accessibility

extension HTMLChecker {
  /// Classes of elements that scroll, besides `<pre>`.
  private static let scrollingClasses: Set<String> = ["scroll", "formula"]

  fileprivate mutating func checkRole(_ attribute: Attribute, of index: Int) {
    let roles = page.text(attribute.value).split(whereSeparator: \.isWhitespace).map(String.init)
    if roles.isEmpty { problems.add("aria-role", at: attribute.offset, "The role is empty") }
    for role in roles {
      if Known.deprecatedRoles.contains(role) {
        problems.add("aria-role", at: attribute.offset, "The role \(role) is deprecated")
      } else if !Known.roles.contains(role) {
        problems.add("aria-role", at: attribute.offset, "\(role) is no role")
      }
    }
  }

  fileprivate mutating func checkAccessibility() {
    checkHeadings()
    checkLandmarks()
    checkRegions()
    checkSkipLink()
    for index in page.elements.indices.dropFirst() {
      let around = facts.ancestors[index]
      guard around.contains(.body), !around.contains(.inert) else { continue }
      let element = page.elements[index]
      if element.space == .svg, element.name != "svg", element.name != "a" { continue }
      checkHiddenFocus(index)
      guard !around.contains(.hidden), !isHidden(index) else { continue }
      checkNames(of: index)
      checkScrolling(index)
      checkMedia(index)
    }
  }

  private func isHidden(_ index: Int) -> Bool {
    guard !page.elements[index].attributes.isEmpty else { return false }
    return page.value("aria-hidden", of: index) == "true"
      || (page.elements[index].space == .html && page.has("hidden", index))
  }

  /// Whether the keyboard reaches an element.
  private func isFocusable(_ index: Int) -> Bool {
    if let number = page.value("tabindex", of: index).flatMap({ Int($0) }) { return number >= 0 }
    guard page.elements[index].space == .html else {
      return page.elements[index].name == "a" && page.has("href", index)
    }
    switch page.elements[index].name {
    case "a", "area": return page.has("href", index)
    case "audio", "video": return page.has("controls", index)
    case "input":
      return !page.has("disabled", index) && page.value("type", of: index)?.lowercased() != "hidden"
    case "button", "select", "textarea": return !page.has("disabled", index)
    case "summary", "iframe": return true
    default: return false
    }
  }

  private mutating func checkHiddenFocus(_ index: Int) {
    guard isFocusable(index) else { return }
    let around = facts.ancestors[index]
    if around.contains(.ariaHidden) || page.value("aria-hidden", of: index) == "true" {
      report(
        "aria-hidden-focus", index, "The keyboard reaches <\(page.elements[index].name)>, which is hidden")
    } else if around.contains(.opaque), !around.contains(.button) {
      report(
        "nested-interactive", index,
        "The keyboard reaches <\(page.elements[index].name)> within an image or control")
    }
  }

  private mutating func checkHeadings() {
    var last = 0
    var tops = 0
    for index in page.elements.indices.dropFirst() where page.elements[index].space == .html {
      let around = facts.ancestors[index]
      guard around.contains(.body), !around.contains(.hidden), !isHidden(index) else { continue }
      let name = page.elements[index].name
      var level = 0
      if facts.roles[index] == "heading" {
        level = page.value("aria-level", of: index).flatMap { Int($0) } ?? 2
      } else if Known.headings.contains(name), facts.roles[index].isEmpty {
        level = Int(name.dropFirst()) ?? 2
      }
      guard level > 0 else { continue }
      if !facts.isNamed[index] { report("empty-heading", index, "<\(name)> has no text") }
      if last == 0, level > 1 {
        report("heading-order", index, "The first heading has the level \(level)")
      } else if last > 0, level > last + 1 {
        report("heading-order", index, "A heading of level \(level) follows one of level \(last)")
      }
      last = level
      if level == 1 { tops += 1 }
      if level == 1, tops > 1 { report("multiple-h1", index, "The page has another <h1>") }
    }
    if tops == 0 { problems.add("page-has-heading-one", at: 0, "The page has no <h1>") }
  }

  /// The name of a landmark, in words.
  private func landmarkName(_ index: Int) -> String {
    if let ids = page.value("aria-labelledby", of: index) {
      let texts = ids.split(separator: " ").compactMap { facts.ids[String($0)] }.map {
        page.plainText(of: $0)
      }
      return texts.joined(separator: " ")
    }
    return page.value("aria-label", of: index) ?? page.value("title", of: index) ?? ""
  }

  private mutating func checkLandmarks() {
    var names: [String: Set<String>] = [:]
    for index in page.elements.indices.dropFirst() where page.elements[index].space == .html {
      let role = facts.roles[index]
      let around = facts.ancestors[index]
      guard around.contains(.body), !around.contains(.hidden), !isHidden(index) else { continue }
      checkPlaceInMain(index)
      guard Known.landmarks.contains(role) else { continue }
      if ["banner", "contentinfo", "main"].contains(role), around.contains(.landmark) {
        report("landmark-is-top-level", index, "The \(role) of the page stands in another landmark")
      } else if role == "complementary", around.contains(.landmark), !isIn(index, only: "main") {
        report("landmark-is-top-level", index, "<aside> stands in another landmark than the main one")
      }
      if role == "main", names[role] != nil {
        report("landmark-one-main", index, "The page has two main landmarks")
      }
      let name = landmarkName(index).lowercased()
      if names[role, default: []].insert(name).inserted == false, role != "main" {
        report("landmark-unique", index, "Another landmark of the role \(role) has the name “\(name)”")
      }
    }
    if names["main"] == nil { problems.add("landmark-one-main", at: 0, "The page has no <main>") }
  }

  /// Whether all landmarks around an element have one role.
  private func isIn(_ index: Int, only role: String) -> Bool {
    var parent = page.elements[index].parent
    while parent > 0 {
      if Known.landmarks.contains(facts.roles[parent]), facts.roles[parent] != role { return false }
      parent = page.elements[parent].parent
    }
    return true
  }

  private mutating func checkPlaceInMain(_ index: Int) {
    let name = page.elements[index].name
    let around = facts.ancestors[index]
    guard name == "header" || name == "footer" || name == "nav", around.contains(.main) else { return }
    if !around.intersection([.sectioning, .quotation]).isEmpty { return }
    report("landmark-in-main", index, "<\(name)> stands in the main landmark")
  }

  /// Reports what stands outside of all landmarks, once for each child of the body.
  private mutating func checkRegions() {
    let skipLink = firstFocusable()
    guard let html = page.children(of: 0).first(where: { page.elements[$0].isHTML("html") }),
      let body = page.children(of: html).first(where: { page.elements[$0].isHTML("body") })
    else { return }
    if page.elements[body].texts > 0 { report("region", body, "Text stands in no landmark") }
    for child in page.children(of: body) where child != skipLink {
      let outside = page.range(of: child).first { isContentOutside($0) }
      if let outside {
        report("region", outside, "<\(page.elements[outside].name)> stands in no landmark")
      }
    }
  }

  private func isContentOutside(_ index: Int) -> Bool {
    let around = facts.ancestors[index]
    if !around.intersection([.landmark, .hidden]).isEmpty || isHidden(index) { return false }
    if Known.landmarks.contains(facts.roles[index]) { return false }
    if ["alert", "status", "log"].contains(facts.roles[index]) { return false }
    let element = page.elements[index]
    if ["script", "style", "template", "noscript", "link", "meta"].contains(element.name) { return false }
    return element.texts > 0
      || [
        "img", "svg", "math", "iframe", "object", "video", "audio", "canvas", "input", "select", "textarea",
      ]
      .contains(element.name)
  }

  private func firstFocusable() -> Int? {
    page.elements.indices.first { index in
      let around = facts.ancestors[index]
      return around.contains(.body) && !around.contains(.hidden) && !isHidden(index) && isFocusable(index)
    }
  }

  private mutating func checkSkipLink() {
    guard let first = firstFocusable() else { return }
    guard page.elements[first].isHTML("a"), let target = page.value("href", of: first), target.hasPrefix("#"),
      facts.ids[AddressText.decoded(String(target.dropFirst()))] != nil
    else {
      return report("skip-link", first, "What the keyboard reaches first is no link to a part of the page")
    }
  }

  private mutating func checkNames(of index: Int) {
    let element = page.elements[index]
    let role = facts.roles[index]
    let isNamed = facts.isNamed[index]
    checkNaming(of: index)
    if element.name == "svg", element.space == .svg, page.elements[element.parent].space != .svg {
      return checkDrawing(index)
    }
    guard element.space == .html else { return }
    switch element.name {
    case "img":
      if !page.has("alt", index), !hasName(index) { report("image-alt", index, "<img> has no alt") }
    case "a" where page.has("href", index):
      if !isNamed { report("link-name", index, "A link has no text") }
    case "button":
      if !isNamed { report("button-name", index, "A button has no text") }
    case "summary":
      if !isNamed { report("summary-name", index, "<summary> has no text") }
    case "input", "select", "textarea", "meter", "progress": checkControl(index)
    case "iframe":
      if !hasName(index) { report("frame-title", index, "<iframe> has no title") }
    case "object":
      if !hasName(index), !isNamed { report("object-alt", index, "<object> has no text") }
    case "area" where page.has("href", index):
      if !isNamed { report("area-alt", index, "<area> has no alt") }
    default:
      if role == "img" || role == "image", !hasName(index) {
        report("role-img-alt", index, "<\(element.name)> with the role img has no name")
      } else if role == "button" || role == "link", !isNamed {
        report("\(role)-name", index, "<\(element.name)> with the role \(role) has no text")
      }
    }
  }

  /// Whether an attribute names an element.
  private func hasName(_ index: Int) -> Bool {
    ["aria-label", "aria-labelledby", "title"].contains {
      page.value($0, of: index)?.contains { !$0.isWhitespace } == true
    }
  }

  /// Checks that names stand on elements that may have some.
  private mutating func checkNaming(of index: Int) {
    guard page.has("aria-label", index) || page.has("aria-labelledby", index) else { return }
    let element = page.elements[index]
    let role = facts.roles[index]
    if element.space == .html, role.isEmpty, Known.unnamable.contains(element.name) {
      report("aria-prohibited", index, "<\(element.name)> without a role may not be named")
    } else if Known.unnamableRoles.contains(role) {
      report("aria-prohibited", index, "The role \(role) may not be named")
    } else if page.value("aria-label", of: index)?.contains(where: { !$0.isWhitespace }) == false {
      report("aria-prohibited", index, "aria-label is empty")
    }
  }

  private mutating func checkDrawing(_ index: Int) {
    // The drawing of a formula that stands in an element with a name needs none.
    if facts.ancestors[index].contains(.opaque) { return }
    guard ["img", "image", "graphics-document"].contains(facts.roles[index]) else {
      return report("svg-img-alt", index, "<svg> is neither hidden nor has the role img")
    }
    let hasTitle = page.children(of: index).contains {
      page.elements[$0].name == "title" && facts.isNamed[$0]
    }
    if !hasTitle, !hasName(index) { report("svg-img-alt", index, "<svg> has no name") }
  }

  private mutating func checkControl(_ index: Int) {
    let type = page.value("type", of: index)?.lowercased() ?? ""
    if type == "hidden" || hasName(index) || facts.ancestors[index].contains(.label) { return }
    if ["submit", "reset"].contains(type) { return }
    if type == "button" {
      if !facts.isNamed[index] { report("button-name", index, "A button has no text") }
      return
    }
    if type == "image" {
      if page.value("alt", of: index)?.isEmpty ?? true {
        report("input-image-alt", index, "<input> has no alt")
      }
      return
    }
    let id = page.value("id", of: index)
    let isLabeled = id.map { facts.labelTargets.contains($0) } ?? false
    if !isLabeled { report("label", index, "<\(page.elements[index].name)> has no label") }
  }

  private mutating func checkScrolling(_ index: Int) {
    let element = page.elements[index]
    guard element.space == .html else { return }
    if element.name != "pre" {
      guard let classes = page.value("class", of: index)?.split(separator: " "),
        classes.contains(where: { Self.scrollingClasses.contains(String($0)) })
      else { return }
    }
    if page.value("tabindex", of: index) == "0" { return }
    report(
      "scrollable-region-focusable", index, "<\(element.name)> scrolls, but the keyboard does not reach it")
  }

  private mutating func checkMedia(_ index: Int) {
    let name = page.elements[index].name
    guard name == "audio" || name == "video" else { return }
    if page.has("autoplay", index), !page.has("muted", index) {
      report("no-autoplay", index, "<\(name)> plays by itself")
    }
    let hasCaptions = page.range(of: index).contains {
      page.elements[$0].isHTML("track")
        && ["captions", "subtitles"].contains(page.value("kind", of: $0)?.lowercased() ?? "subtitles")
    }
    if name == "video", !page.has("muted", index), !hasCaptions {
      report("video-caption", index, "<video> has no captions")
    }
  }
}

// MARK: - Styles

/// Checks of CSS that need no parser.
private enum StyleText {
  typealias Problem = (rule: String, offset: Int, message: String)

  /// What is wrong with a style sheet: what it loads, and what it does not close.
  static func problems(inSheet bytes: [UInt8], _ range: Range<Int>) -> [Problem] {
    var problems: [Problem] = []
    let pieces = declarations(of: bytes, range, problems: &problems)
    for piece in pieces { problems += networkProblems(in: bytes, piece) }
    return problems
  }

  /// What is wrong with the declarations of a style attribute.
  static func problems(inDeclarations bytes: [UInt8], _ range: Range<Int>) -> [Problem] {
    var problems: [Problem] = []
    for piece in declarations(of: bytes, range, problems: &problems) {
      guard let start = piece.first(where: { !bytes[$0].isBlank }) else { continue }
      problems += networkProblems(in: bytes, piece)
      let colon = piece.first { bytes[$0] == UInt8(ascii: ":") }
      guard let colon, bytes[start..<colon].allSatisfy(isNameByte), start < colon,
        bytes[(colon + 1)..<piece.upperBound].contains(where: { !$0.isBlank })
      else {
        let text = String(decoding: bytes[piece], as: UTF8.self)
        problems.append(("style", start, "“\(text)” is no declaration of CSS"))
        continue
      }
    }
    return problems
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == .dash || byte == UInt8(ascii: "_") || byte.isBlank
  }

  /// The pieces between semicolons and braces; strings, comments and parentheses are skipped.
  private static func declarations(
    of bytes: [UInt8], _ range: Range<Int>, problems: inout [Problem]
  ) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    var closers: [UInt8] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let byte = bytes[place]
      switch byte {
      case .quote, .apostrophe:
        let opening = place
        place = endOfString(in: bytes, from: place, to: range.upperBound)
        if place >= range.upperBound { problems.append(("style", opening, "A string of CSS is not closed")) }
      case .slash where place + 1 < range.upperBound && bytes[place + 1] == UInt8(ascii: "*"):
        let opening = place
        place = endOfComment(in: bytes, from: place, to: range.upperBound)
        if place >= range.upperBound {
          problems.append(("style", opening, "A comment of CSS is not closed"))
        } else if bytes[start..<opening].allSatisfy(\.isBlank) {
          start = place + 1
        }
      case UInt8(ascii: "("): closers.append(UInt8(ascii: ")"))
      case UInt8(ascii: "["): closers.append(UInt8(ascii: "]"))
      case UInt8(ascii: "{"):
        closers.append(UInt8(ascii: "}"))
        pieces.append(start..<place)
        start = place + 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if closers.popLast() != byte {
          problems.append(("style", place, "A \(Character(Unicode.Scalar(byte))) of CSS closes nothing"))
        }
        if byte == UInt8(ascii: "}") {
          pieces.append(start..<place)
          start = place + 1
        }
      case UInt8(ascii: ";") where !closers.contains(UInt8(ascii: ")")):
        pieces.append(start..<place)
        start = place + 1
      default: break
      }
      place += 1
    }
    if !closers.isEmpty {
      problems.append(("style", range.lowerBound, "A brace or parenthesis of CSS is not closed"))
    }
    pieces.append(min(start, range.upperBound)..<range.upperBound)
    return pieces
  }

  /// The place of the quote that ends a string.
  private static func endOfString(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
    var place = start + 1
    while place < end, bytes[place] != bytes[start] { place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1 }
    return min(place, end)
  }

  /// The place of the slash that ends a comment.
  private static func endOfComment(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
    var place = start + 3
    while place < end, bytes[place] != .slash || bytes[place - 1] != UInt8(ascii: "*") { place += 1 }
    return min(place, end)
  }

  private static func networkProblems(in bytes: [UInt8], _ piece: Range<Int>) -> [Problem] {
    guard let first = piece.first(where: { !bytes[$0].isBlank }) else { return [] }
    if String(decoding: bytes[first..<piece.upperBound].prefix(7), as: UTF8.self).lowercased() == "@import" {
      return [("network", first, "The style sheet imports another")]
    }
    var place = first
    while let opening = bytes[place..<piece.upperBound].firstIndex(of: UInt8(ascii: "(")) {
      place = opening + 1
      let name = String(decoding: bytes[piece.lowerBound..<opening].suffix(3), as: UTF8.self).lowercased()
      guard name == "url" || name == "set" else { continue }
      let address = CharacterReference.decoded(
        String(decoding: bytes[place..<piece.upperBound].prefix(60), as: UTF8.self)
      ).lowercased().drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
      if address.hasPrefix("http:") || address.hasPrefix("https:") || address.hasPrefix("//") {
        return [("network", first, "The style loads from the network: \(address)")]
      }
    }
    return []
  }
}

// MARK: - Addresses and times

/// Checks of addresses.
private enum AddressText {
  /// A fragment with its percent signs decoded.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count,
        let byte = UInt8(String(decoding: bytes[place + 1...place + 2], as: UTF8.self), radix: 16)
      {
        result.append(byte)
        place += 3
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// What is wrong with an address, if anything.
  static func problem(in bytes: [UInt8], _ range: Range<Int>) -> String? {
    var hasFragment = false
    for place in range {
      let byte = bytes[place]
      if byte > 127 || byte.isLetter || byte.isDigit { continue }
      switch byte {
      case 0...32, .quote, .less, .greater, UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`"),
        UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"), 127:
        return "“\(Character(Unicode.Scalar(byte)))” may not stand in an address"
      case UInt8(ascii: "%"):
        let isEncoded =
          place + 2 < range.upperBound && bytes[place + 1].isHexDigit && bytes[place + 2].isHexDigit
        if !isEncoded { return "a % is not followed by two digits" }
      case UInt8(ascii: "#"):
        // Character references such as &#39; are no fragments.
        if place > range.lowerBound, bytes[place - 1] == .ampersand { continue }
        if hasFragment { return "it has two fragments" }
        hasFragment = true
      default: break
      }
    }
    return nil
  }
}

/// Checks of dates and times.
private enum TimeText {
  /// Whether a text is a month, date, time, zone, week, year or duration as HTML writes them.
  static func isValid(_ text: String) -> Bool {
    let text = text.trimmed
    if isDate(text) || isTime(text[...]) || isZone(text[...]) || isDuration(text) { return true }
    guard let separator = text.firstIndex(where: { $0 == "T" || $0 == " " }) else { return false }
    guard isDate(String(text[..<separator])), text[..<separator].split(separator: "-").count == 3 else {
      return false
    }
    return isZonedTime(text[text.index(after: separator)...])
  }

  private static func isZonedTime(_ text: Substring) -> Bool {
    if isTime(text) { return true }
    guard let sign = text.firstIndex(where: { $0 == "Z" || $0 == "+" || $0 == "-" }) else { return false }
    return isTime(text[..<sign]) && isZone(text[sign...])
  }

  private static func number(_ text: Substring, digits: Int) -> Int? {
    text.utf8.count == digits && text.utf8.allSatisfy(\.isDigit) ? Int(text) : nil
  }

  /// Whether a text is a date, month, year, week or a day of a year.
  private static func isDate(_ text: String) -> Bool {
    var parts = text.split(separator: "-", omittingEmptySubsequences: false)
    // A day of any year.
    if parts.count == 2, let month = number(parts[0], digits: 2) {
      guard let day = number(parts[1], digits: 2) else { return false }
      return isDay(day, month: month, year: 2000)
    }
    guard let first = parts.first, first.utf8.count >= 4, first.utf8.allSatisfy(\.isDigit),
      let year = Int(first),
      year > 0
    else { return false }
    parts.removeFirst()
    guard let second = parts.first else { return true }
    if second.hasPrefix("W"), parts.count == 1 {
      guard let week = number(second.dropFirst(), digits: 2) else { return false }
      return (1...53).contains(week)
    }
    guard let month = number(second, digits: 2), (1...12).contains(month) else { return false }
    if parts.count == 1 { return true }
    guard parts.count == 2, let day = number(parts[1], digits: 2) else { return false }
    return isDay(day, month: month, year: year)
  }

  private static func isDay(_ day: Int, month: Int, year: Int) -> Bool {
    guard (1...12).contains(month) else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  private static func isTime(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hour = number(parts[0], digits: 2), hour < 24,
      let minute = number(parts[1], digits: 2), minute < 60
    else { return false }
    guard parts.count == 3 else { return true }
    let seconds = parts[2].split(separator: ".", omittingEmptySubsequences: false)
    guard let second = number(seconds[0], digits: 2), second < 60, seconds.count <= 2 else { return false }
    return seconds.count == 1 || ((1...3).contains(seconds[1].count) && seconds[1].utf8.allSatisfy(\.isDigit))
  }

  private static func isZone(_ text: Substring) -> Bool {
    if text == "Z" { return true }
    guard let sign = text.first, sign == "+" || sign == "-" else { return false }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard let number = number(digits[...], digits: 4) else { return false }
    return number / 100 < 24 && number % 100 < 60
  }

  private static func isDuration(_ text: String) -> Bool {
    guard text.hasPrefix("P"), text.utf8.count > 2, text.last != "T" else { return false }
    var units = Array("DTHMS")
    var digits = 0
    for character in text.dropFirst() {
      if character.isASCII, character.isNumber || character == "." {
        digits += 1
        continue
      }
      guard let place = units.firstIndex(of: character), (digits > 0) == (character != "T") else {
        return false
      }
      units.removeFirst(place + 1)
      digits = 0
    }
    return digits == 0
  }
}

extension String {
  /// The text without white space around it.
  fileprivate var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}

// MARK: - Contrast

/// Reads the custom properties of a style sheet and compares texts with their grounds.
private struct ContrastChecker {
  /// The custom properties of a scheme with their places.
  typealias Scheme = [String: (value: String, offset: Int)]

  let css: [UInt8]

  /// The grounds, and the texts that stand on them; a dash at the end stands for any name.
  private static let pairs: [(ground: String, texts: [String])] = [
    ("--paper", ["--ink", "--quiet", "--link", "--error", "--warning", "--good", "--hl-"]),
    ("--box", ["--ink", "--quiet", "--link", "--hl-"]),
    ("--error-box", ["--error"]),
    ("--warning-box", ["--warning"]),
  ]

  /// Texts that contrast too little with their grounds.
  func violations() -> [HTMLChecker.Violation] {
    var problems = Problems()
    let text = withoutComments()
    var light: Scheme = [:]
    var dark: Scheme = [:]
    for (prelude, block) in blocks(of: text, 0..<text.count) {
      if isRoot(prelude) {
        read(text, block, into: &light)
      } else if prelude.hasPrefix("@media"), prelude.contains("prefers-color-scheme") {
        let isDark = prelude.contains("dark")
        for (inner, innerBlock) in blocks(of: text, block) where isRoot(inner) {
          if isDark { read(text, innerBlock, into: &dark) } else { read(text, innerBlock, into: &light) }
        }
      }
    }
    check(light, name: "light", &problems)
    if !dark.isEmpty { check(light.merging(dark) { $1 }, name: "dark", &problems) }
    return problems.violations(in: css)
  }

  private func isRoot(_ prelude: String) -> Bool {
    prelude.split(separator: ",").contains { [":root", "html"].contains(String($0).trimmed) }
  }

  private func withoutComments() -> [UInt8] {
    var text = css
    var place = 0
    while place + 1 < text.count {
      guard text[place] == .slash, text[place + 1] == UInt8(ascii: "*") else {
        place += 1
        continue
      }
      let start = place
      place += 2
      while place + 1 < text.count, text[place] != UInt8(ascii: "*") || text[place + 1] != .slash {
        place += 1
      }
      place = min(place + 2, text.count)
      for index in start..<place where text[index] != .newline { text[index] = 32 }
    }
    return text
  }

  /// The blocks of a piece of a style sheet with what stands before them.
  private func blocks(of text: [UInt8], _ range: Range<Int>) -> [(prelude: String, block: Range<Int>)] {
    var result: [(prelude: String, block: Range<Int>)] = []
    var (start, depth, opening) = (range.lowerBound, 0, 0)
    for place in range {
      switch text[place] {
      case UInt8(ascii: "{"):
        if depth == 0 { opening = place }
        depth += 1
      case UInt8(ascii: "}"):
        depth = max(depth - 1, 0)
        guard depth == 0 else { continue }
        if opening >= start {
          let prelude = String(decoding: text[start..<opening], as: UTF8.self).lowercased().trimmed
          result.append((prelude, opening + 1..<place))
        }
        start = place + 1
      case UInt8(ascii: ";") where depth == 0: start = place + 1
      default: break
      }
    }
    return result
  }

  private func read(_ text: [UInt8], _ range: Range<Int>, into scheme: inout Scheme) {
    for piece in text[range].split(separator: UInt8(ascii: ";")) {
      guard let colon = piece.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let name = String(decoding: piece[..<colon], as: UTF8.self).trimmed
      guard name.hasPrefix("--") else { continue }
      let value = String(decoding: piece[(colon + 1)...], as: UTF8.self).trimmed
      let offset = piece.firstIndex { !$0.isBlank } ?? piece.startIndex
      scheme[name] = (value, offset)
    }
  }

  private func check(_ scheme: Scheme, name: String, _ problems: inout Problems) {
    for (ground, texts) in Self.pairs {
      guard let under = scheme[ground] else { continue }
      guard let underColor = color(under.value, scheme) else {
        problems.add("contrast", at: under.offset, "\(ground) is no color (\(name)): \(under.value)")
        continue
      }
      let names = texts.flatMap { text in
        text.hasSuffix("-") ? scheme.keys.filter { $0.hasPrefix(text) }.sorted() : [text]
      }
      for text in names {
        guard let over = scheme[text] else { continue }
        guard let overColor = color(over.value, scheme) else {
          problems.add("contrast", at: over.offset, "\(text) is no color (\(name)): \(over.value)")
          continue
        }
        let contrast = Self.contrast(overColor, underColor)
        if contrast < 4.5 {
          let rounded = (contrast * 100).rounded(.down) / 100
          problems.add(
            "contrast", at: over.offset, "\(text) on \(ground) has a contrast of \(rounded) (\(name))")
        }
      }
    }
  }

  /// The parts of a color from 0 to 1.
  private func color(_ text: String, _ scheme: Scheme, depth: Int = 0) -> [Double]? {
    let text = text.lowercased()
    if text == "white" { return [1, 1, 1] }
    if text == "black" { return [0, 0, 0] }
    if text.hasPrefix("var("), text.hasSuffix(")"), depth < 5 {
      let name = text.dropFirst(4).dropLast().split(separator: ",").first.map { String($0).trimmed } ?? ""
      return scheme[name].flatMap { color($0.value, scheme, depth: depth + 1) }
    }
    if text.hasPrefix("rgb("), text.hasSuffix(")") {
      let parts = text.dropFirst(4).dropLast().split { $0 == "," || $0 == " " }.compactMap { Double($0) }
      return parts.count == 3 ? parts.map { $0 / 255 } : nil
    }
    guard text.hasPrefix("#") else { return nil }
    let digits = text.dropFirst().compactMap(\.hexDigitValue).map(Double.init)
    guard digits.count == text.utf8.count - 1 else { return nil }
    switch digits.count {
    case 3: return digits.map { $0 * 17 / 255 }
    case 6: return [0, 2, 4].map { (digits[$0] * 16 + digits[$0 + 1]) / 255 }
    default: return nil
    }
  }

  /// The contrast of two colors as WCAG defines it.
  private static func contrast(_ first: [Double], _ second: [Double]) -> Double {
    let (one, other) = (luminance(first), luminance(second))
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }

  private static func luminance(_ color: [Double]) -> Double {
    let linear = color.map { $0 <= 0.04045 ? $0 / 12.92 : power(($0 + 0.055) / 1.055) }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  /// A number from 0 to 1 to the power of 2.4: its square by the fifth root of its square.
  private static func power(_ base: Double) -> Double {
    let square = base * base
    var root = 1.0
    for _ in 0..<60 { root -= (root - square / (root * root * root * root)) / 5 }
    return square * root
  }
}

// MARK: - Vocabulary

/// What HTML, SVG, MathML and ARIA name.
private enum Known {
  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  /// Sets of words after their names, a line each.
  private static func table(_ text: String) -> [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      for name in parts[0].split(separator: " ") { result[String(name)] = words(String(parts[1])) }
    }
    return result
  }

  /// Elements without content and end tag.
  static let voidElements = words("area base br col embed hr img input link meta source track wbr")

  /// Elements whose content is text, whatever it holds.
  static let rawElements = words("script style textarea title iframe noembed noframes xmp")

  /// Elements of texts.
  static let phrasing = words(
    """
    a abbr area audio b bdi bdo br button canvas cite code data datalist del dfn em embed i iframe img
    input ins kbd label link map mark math meta meter noscript object output picture progress q ruby s
    samp script select slot small span strong sub sup svg template textarea time u var video wbr
    selectedcontent
    """)

  /// Elements of pages that are no part of a text.
  static let blocks = words(
    """
    address article aside blockquote details dialog div dl fieldset figure footer form h1 h2 h3 h4 h5 h6
    header hgroup hr main menu nav ol p pre search section table ul
    """)

  /// Elements that stand only in certain others, or in the head.
  static let bound = words(
    """
    html head body title base style li dt dd tr td th thead tbody tfoot caption colgroup col figcaption
    summary legend option optgroup source track rt rp
    """)

  /// Elements that HTML once had.
  static let obsoleteElements = words(
    """
    acronym applet basefont bgsound big blink center dir font frame frameset image isindex keygen
    listing marquee menuitem multicol nextid nobr noembed noframes param plaintext rb rtc spacer strike
    tt xmp
    """)

  /// HTML elements whose start tags end a drawing or a formula.
  static let breakout = words(
    """
    b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li
    listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var
    """)

  /// Elements that form controls are, so that labels may name them.
  static let labelable = words("button input meter output progress select textarea")

  /// Attributes of every element.
  static let globalAttributes = words(
    """
    accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint
    exportparts hidden id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part
    popover role slot spellcheck style tabindex title translate writingsuggestions
    """)

  /// Attributes of certain elements.
  static let attributes = table(
    """
    a: href target download ping rel hreflang type referrerpolicy
    area: alt coords shape href target download ping rel referrerpolicy
    audio: src crossorigin preload autoplay loop muted controls
    base: href target
    blockquote q: cite
    button: disabled form formaction formenctype formmethod formnovalidate formtarget name popovertarget \
    popovertargetaction type value command commandfor
    canvas: width height
    col colgroup: span
    data: value
    del ins: cite datetime
    details: name open
    dialog: open closedby
    embed: src type width height
    fieldset: disabled form name
    form: accept-charset action autocomplete enctype method name novalidate target rel
    iframe: src srcdoc name sandbox allow allowfullscreen width height referrerpolicy loading
    img: alt src srcset sizes crossorigin usemap ismap width height referrerpolicy decoding loading \
    fetchpriority
    input: accept alpha alt autocomplete checked colorspace dirname disabled form formaction formenctype \
    formmethod formnovalidate formtarget height list max maxlength min minlength multiple name pattern \
    placeholder popovertarget popovertargetaction readonly required size src step type value width
    label: for
    li: value
    link: href crossorigin rel as media hreflang type sizes imagesrcset imagesizes referrerpolicy integrity \
    blocking color disabled fetchpriority
    map slot: name
    meta: name http-equiv content charset media property
    meter: value min max low high optimum
    object: data type name form width height
    ol: reversed start type
    optgroup: disabled label
    option: disabled label selected value
    output: for form name
    progress: value max
    script: src type nomodule async defer crossorigin integrity referrerpolicy blocking fetchpriority
    select: autocomplete disabled form multiple name required size
    source: type media src srcset sizes width height
    style: media blocking
    td: colspan rowspan headers
    th: colspan rowspan headers scope abbr
    template: shadowrootmode shadowrootdelegatesfocus shadowrootclonable shadowrootserializable
    textarea: autocomplete cols dirname disabled form maxlength minlength name placeholder readonly required \
    rows wrap
    time: datetime
    track: kind src srclang label default
    video: src crossorigin poster preload autoplay playsinline loop muted controls width height
    """)

  /// Attributes that HTML once had.
  static let obsoleteAttributes = words(
    """
    abbr align alink allowtransparency archive axis background bgcolor border bordercolor bottommargin
    cellpadding cellspacing char charoff charset classid clear code codebase codetype color compact
    coords datafld dataformatas datapagesize datasrc declare event face for frame frameborder height
    hreflang hspace language leftmargin link longdesc lowsrc manifest marginheight marginwidth methods
    name nohref noshade nowrap profile rev rightmargin rules scheme scope scrolling shape size standby
    summary target text topmargin type urn valign valuetype version vlink vspace width
    """)

  /// Attributes that are there or not.
  static let booleanAttributes = words(
    """
    allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate
    inert ismap itemscope loop multiple muted nomodule novalidate open playsinline readonly required
    reversed selected
    """)

  /// Values of attributes that have only some.
  static let enumerations = table(
    """
    dir: ltr rtl auto
    contenteditable: true false plaintext-only
    draggable: true false
    spellcheck: true false
    translate: yes no
    scope: row col rowgroup colgroup
    loading: lazy eager
    decoding: sync async auto
    fetchpriority: high low auto
    preload: none metadata auto
    method formmethod: get post dialog
    crossorigin: anonymous use-credentials
    wrap: soft hard
    hidden: hidden until-found
    popover: auto manual hint
    kind: subtitles captions descriptions chapters metadata
    autocapitalize: off none on sentences words characters
    inputmode: none text tel url email numeric decimal search
    enterkeyhint: enter done go next previous search send
    aria-hidden aria-atomic aria-busy aria-disabled aria-multiline aria-multiselectable aria-readonly \
    aria-required aria-modal aria-expanded aria-selected: true false undefined
    aria-checked aria-pressed: true false mixed undefined
    aria-live: off polite assertive
    aria-sort: ascending descending none other
    aria-orientation: horizontal vertical undefined
    aria-current: page step location date time true false
    aria-haspopup: true false menu listbox tree grid dialog
    aria-invalid: true false grammar spelling
    aria-autocomplete: inline list both none
    """)

  /// Types of `<input>`.
  static let inputTypes = words(
    """
    hidden text search tel url email password date month week time datetime-local number range color
    checkbox radio file submit image reset button
    """)

  /// Attributes that name the ids of other elements.
  static let idAttributes = words(
    """
    for form list headers popovertarget commandfor aria-labelledby aria-describedby aria-controls
    aria-owns aria-details aria-errormessage aria-activedescendant aria-flowto
    """)

  /// Attributes that hold an address.
  static let urlAttributes = words("href src cite action formaction data poster xlink:href")

  /// Attributes of ARIA, without their prefix.
  static let ariaAttributes = words(
    """
    activedescendant atomic autocomplete braillelabel brailleroledescription busy checked colcount
    colindex colindextext colspan controls current describedby description details disabled dropeffect
    errormessage expanded flowto grabbed haspopup hidden invalid keyshortcuts label labelledby level
    live modal multiline multiselectable orientation owns placeholder posinset pressed readonly relevant
    required roledescription rowcount rowindex rowindextext rowspan selected setsize sort valuemax
    valuemin valuenow valuetext
    """)

  /// Roles of ARIA, of its publishing module and of its graphics module.
  static let roles = words(
    """
    alert alertdialog application article banner blockquote button caption cell checkbox code
    columnheader combobox comment complementary contentinfo definition deletion dialog document emphasis
    feed figure form generic grid gridcell group heading image img insertion link list listbox listitem
    log main mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation
    none note option paragraph presentation progressbar radio radiogroup region row rowgroup rowheader
    scrollbar search searchbox separator slider spinbutton status strong subscript suggestion
    superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid
    treeitem doc-abstract doc-acknowledgments doc-afterword doc-appendix doc-backlink doc-bibliography
    doc-biblioref doc-chapter doc-colophon doc-conclusion doc-cover doc-credit doc-credits
    doc-dedication doc-endnotes doc-epigraph doc-epilogue doc-errata doc-example doc-footnote
    doc-foreword doc-glossary doc-glossref doc-index doc-introduction doc-noteref doc-notice
    doc-pagebreak doc-pagelist doc-part doc-preface doc-prologue doc-pullquote doc-qna doc-subtitle
    doc-tip doc-toc graphics-document graphics-object graphics-symbol
    """)

  /// Roles that ARIA once had.
  static let deprecatedRoles = words("directory doc-biblioentry doc-endnote")

  /// Roles of the parts of a page that readers jump to.
  static let landmarks = words("banner complementary contentinfo form main navigation region search")

  /// Roles whose content readers do not enter.
  static let opaqueRoles = words(
    """
    button checkbox img image math menuitemcheckbox menuitemradio meter option progressbar radio
    scrollbar separator slider switch tab
    """)

  /// Elements that may not be named by `aria-label` as long as they have no role.
  static let unnamable = words(
    """
    abbr b bdi bdo caption cite code data del dfn div em figcaption i ins kbd label legend mark p pre q
    rp rt s samp small span strong sub sup time u var
    """)

  /// Roles that may not be named.
  static let unnamableRoles = words(
    """
    caption code deletion emphasis generic insertion mark none paragraph presentation strong subscript
    suggestion superscript term time
    """)

  /// Elements of SVG.
  static let svgElements = words(
    """
    a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight
    feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
    feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter
    foreignObject g image line linearGradient marker mask metadata mpath path pattern polygon polyline
    radialGradient rect script set stop style svg switch symbol text textPath title tspan use view
    """)

  /// Attributes of SVG.
  static let svgAttributes = words(
    """
    alignment-baseline amplitude attributeName azimuth baseFrequency baseline-shift begin bias by
    calcMode class clip clip-path clip-rule clipPathUnits color color-interpolation
    color-interpolation-filters crossorigin cursor cx cy d diffuseConstant direction display divisor
    dominant-baseline download dur dx dy edgeMode elevation end exponent fetchpriority fill fill-opacity
    fill-rule filter filterUnits flood-color flood-opacity font-family font-size font-size-adjust
    font-stretch font-style font-variant font-weight fr from fx fy gradientTransform gradientUnits
    height href hreflang id image-rendering in in2 intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength
    keyPoints keySplines keyTimes lang lengthAdjust letter-spacing lighting-color limitingConeAngle
    marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask mask-type
    maskContentUnits maskUnits max media min mode numOctaves offset opacity operator order orient origin
    overflow paint-order path pathLength patternContentUnits patternTransform patternUnits ping
    pointer-events points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits
    r radius refX refY referrerpolicy rel repeatCount repeatDur requiredExtensions restart result role
    rotate rx ry scale seed shape-rendering side slope spacing specularConstant specularExponent
    spreadMethod startOffset stdDeviation stitchTiles stop-color stop-opacity stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style
    surfaceScale systemLanguage tabindex tableValues target targetX targetY text-anchor text-decoration
    text-overflow text-rendering textLength title to transform transform-origin type unicode-bidi values
    vector-effect version viewBox visibility white-space width word-spacing writing-mode x x1 x2
    xChannelSelector xlink:href xlink:title xml:lang xml:space xmlns xmlns:xlink y y1 y2
    yChannelSelector z zoomAndPan
    """)

  /// Elements of MathML.
  static let mathElements = words(
    """
    annotation annotation-xml maction maligngroup malignmark math menclose merror mfenced mfrac mglyph
    mi mlabeledtr mlongdiv mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms
    mscarries mscarry msgroup msline mspace msqrt msrow mstack mstyle msub msubsup msup mtable mtd mtext
    mtr munder munderover none semantics
    """)

  /// Attributes of MathML.
  static let mathAttributes = words(
    """
    accent accentunder actiontype align alttext bevelled class close columnalign columnlines
    columnspacing columnspan denomalign depth dir display displaystyle edge encoding equalcolumns
    equalrows fence form frame framespacing height href id indentalign largeop linebreak linethickness
    lquote lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation
    nonce numalign open rowalign rowlines rowspacing rowspan role rquote rspace scriptlevel
    scriptminsize scriptsizemultiplier selection separator separators side src stretchy style
    subscriptshift superscriptshift symmetric tabindex valign voffset width xmlns
    """)

  /// Character references: those of HTML 4 and the common ones since.
  static let references = words(
    """
    AElig AMP Aacute Acirc Agrave Alpha Aring Atilde Auml Beta Ccedil Chi Dagger Delta ETH Eacute Ecirc
    Egrave Epsilon Eta Euml GT Gamma Iacute Icirc Igrave Iota Iuml Kappa LT Lambda Mu NewLine Ntilde Nu
    OElig Oacute Ocirc Ograve Omega Omicron Oslash Otilde Ouml Phi Pi Prime Psi QUOT Rho Scaron Sigma
    THORN Tab Tau Theta Uacute Ucirc Ugrave Upsilon Uuml Xi Yacute Yuml Zeta aacute acirc acute aelig
    agrave alefsym alpha amp and ang apos aring ast asymp atilde auml bdquo beta brvbar bsol bull cap
    ccedil cedil cent check chi circ clubs colon comma commat cong copy crarr cross cup curren dArr
    dagger darr dash deg delta diams divide dollar eacute ecirc egrave empty emsp ensp epsilon equals
    equiv eta eth euml euro excl exist female fnof forall frac12 frac14 frac34 frasl gamma ge grave gt
    hArr harr hearts hellip hyphen iacute icirc iexcl igrave image infin int iota iquest isin iuml kappa
    lArr lambda lang laquo larr lbrace lbrack lceil ldquo le lfloor lowast lowbar loz lpar lrm lsaquo
    lsquo lt macr male mdash micro middot minus mu nabla nbsp ndash ne nearr ni not notin nsub ntilde nu
    num nwarr oacute ocirc oelig ograve oline omega omicron oplus or ordf ordm oslash otilde otimes ouml
    para part percnt period permil perp phi phone pi piv plus plusmn pound prime prod prop psi quest
    quot rArr radic rang raquo rarr rbrace rbrack rceil rdquo real reg rfloor rho rlm rpar rsaquo rsquo
    sbquo scaron sdot searr sect semi shy sigma sigmaf sim sol spades star sub sube sum sup sup1 sup2
    sup3 supe swarr szlig tau there4 theta thetasym thinsp thorn tilde times trade uArr uacute uarr
    ucirc ugrave uml upsih upsilon uuml vert weierp xi yacute yen yuml zeta zwj zwnj
    """)

  /// Character references that need no semicolon.
  static let legacyReferences = words(
    """
    AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT Iacute
    Icirc Igrave Iuml LT Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc
    Ugrave Uuml Yacute aacute acirc acute aelig agrave amp aring atilde auml brvbar ccedil cedil cent
    copy curren deg divide eacute ecirc egrave eth euml frac12 frac14 frac34 gt iacute icirc iexcl
    igrave iquest iuml laquo lt macr micro middot nbsp not ntilde oacute ocirc ograve ordf ordm oslash
    otilde ouml para plusmn pound quot raquo reg sect shy sup1 sup2 sup3 szlig thorn times uacute ucirc
    ugrave uml uuml yacute yen yuml
    """)

  /// Elements that begin where another ends whose end tag was left out.
  static let impliedEnds = table(
    """
    li: li
    dt dd: dt dd
    tr: tr thead tbody tfoot
    td th: td th tr thead tbody tfoot
    thead tbody tfoot: thead tbody tfoot
    caption colgroup: thead tbody tfoot tr
    option: option optgroup
    head: body
    """)

  /// The elements that some elements may only stand in.
  static let parents = table(
    """
    head body: html
    title base: head
    style: head noscript
    li: ul ol menu
    dt dd: dl div
    tr: table thead tbody tfoot
    td th: tr
    thead tbody tfoot caption colgroup: table
    col: colgroup
    figcaption: figure
    summary: details
    legend: fieldset optgroup
    option: select optgroup datalist
    optgroup: select
    source: audio video picture
    track: audio video
    rt rp: ruby
    """)

  /// The only elements that may stand in some elements.
  static let children = table(
    """
    #document: html
    html: head body
    head: base link meta title style script noscript template
    ul ol menu: li script template
    dl: dt dd div script template
    table: caption colgroup thead tbody tfoot tr script template
    thead tbody tfoot: tr script template
    tr: td th script template
    colgroup: col template
    select: option optgroup hr script template button
    optgroup: option legend script template
    datalist: option script template
    picture: source img script template
    hgroup: p h1 h2 h3 h4 h5 h6 script template
    """)

  /// Elements that hold only texts.
  static let phrasingParents = words(
    """
    p h1 h2 h3 h4 h5 h6 pre span strong em b i u s small code kbd samp var sub sup abbr cite dfn q mark
    time data bdi bdo label button output meter progress legend summary ruby rt rp mi mo mn ms mtext
    """)

  /// Elements that may hold what their parent may.
  static let transparent = words("a ins del map object video audio canvas noscript slot")

  /// Headings.
  static let headings = words("h1 h2 h3 h4 h5 h6")

  /// Elements that make a division of their own.
  static let sectioning = words("article aside nav section")
}
