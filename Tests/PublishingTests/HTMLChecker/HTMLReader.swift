/// Reads tags, attributes, comments and texts into a tree.
struct HTMLReader {
  var page: HTMLPage
  var problems = Problems()
  var position = 0
  var open: [Int] = [0]

  init(_ bytes: [UInt8]) {
    page = HTMLPage(bytes: bytes)
    page.elements.append(
      Element(
        name: "#document", space: .html, offset: 0, parent: 0, end: 1, attributes: 0..<0,
        content: 0..<bytes.count))
  }

  var bytes: [UInt8] { page.bytes }
  var count: Int { page.bytes.count }
  var current: Int { open.last ?? 0 }

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

  mutating func report(_ rule: String, _ offset: Int, _ message: String) {
    problems.add(rule, at: offset, message)
  }

  /// Whether a text in small letters stands at a place, in whatever case.
  func stands(_ text: String, at place: Int) -> Bool {
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
  func find(_ text: String, from start: Int, to end: Int? = nil) -> Int? {
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
  mutating func readText() {
    let start = position
    position += 1
    while position < count, page.bytes[position] != .less { position += 1 }
    noteText(start..<position)
  }

  /// Looks at a piece of text and counts it for the element that it stands in.
  mutating func noteText(_ range: Range<Int>, hasReferences: Bool = true) {
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

  mutating func checkReference(at place: Int, end: Int, isAttribute: Bool = false) {
    if let message = CharacterReference.problem(
      in: page.bytes, at: place, end: end, isAttribute: isAttribute)
    {
      report("character-reference", place, message)
    }
  }

  // MARK: Markup

  mutating func readMarkup() {
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

  mutating func readDeclaration() {
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

  mutating func readComment() {
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
  mutating func readName() -> String {
    let start = position
    while position < count {
      let byte = page.bytes[position]
      if byte.isBlank || byte == .slash || byte == .greater { break }
      position += 1
    }
    return String(decoding: page.bytes[start..<position], as: UTF8.self)
  }

  mutating func readEndTag() {
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
  mutating func closeElement(_ name: String, at offset: Int) {
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
  mutating func close(at offset: Int) {
    let index = open.removeLast()
    page.elements[index].end = page.elements.count
    page.elements[index].content =
      page.elements[index].content
      .lowerBound..<max(
        offset, page.elements[index].content.lowerBound)
  }
}
