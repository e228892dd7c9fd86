import Documents

/// Puts HTML where Markdown held placeholders.
///
/// Walks the text once.
struct PlaceholderSubstitution {
  /// A placeholder: an insertion of the prose, or a whole block of the document.
  enum Name: Hashable {
    case insertion(Int)
    case block(Int)
  }

  /// What takes the place of a placeholder.
  enum Replacement {
    case inline(String)
    /// Replaces the paragraph if it stands alone in one.
    case block(String)
    /// Gives the heading around it an id, a number and a level; `before` stands before it.
    case heading(id: String, number: String, level: Int, before: String)
    /// Takes the place of the tags of the heading around it.
    case title(before: String, after: String)
    /// Makes the paragraph around it the caption of the table before it.
    case caption(id: String?, label: String)
    /// Replaces the paragraph if it stands alone in one, otherwise stands in the text.
    case figure(alone: String, inText: String)
    /// The end of a group of figures: a paragraph before it becomes its caption, if it has no other.
    case groupEnd(before: String, caption: String?, after: String)
    /// The beginning of a table's cell.
    case cellBegin(String)
    /// The end of a table's cell: a single paragraph loses its tags.
    case cellEnd(String)
  }

  /// The headings met, in order.
  private(set) var headings: [ContentsWriter.Entry] = []

  private let bytes: [UInt8]
  private var output: [UInt8] = []
  private var offset = 0

  private static let opening = Array(Placeholder.opening.utf8)
  private static let closing = Array(Placeholder.closing.utf8)

  /// What takes the place of the addresses of images.
  private let images: [String: String]
  /// Where the content of the open cells begins.
  private var cells: [Int] = []
  /// Whether a list that follows explains the notes in the code before it.
  private var explainsCode = false

  init(_ html: String, images: [String: String] = [:]) {
    self.images = images
    bytes = Array(html.utf8)
    output.reserveCapacity(bytes.count * 2)
  }

  /// The placeholder of a block.
  static func blockPlaceholder(_ index: Int) -> String {
    "\(Placeholder.opening)B\(index)\(Placeholder.closing)"
  }

  /// The text with its placeholders replaced.
  mutating func run(_ replacement: (Name) -> Replacement?) -> String {
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == Self.opening[0], let (name, end) = placeholder() {
        offset = end
        if let found = replacement(name) { put(found) }
      } else if byte == UInt8(ascii: "<") {
        putTag()
      } else {
        output.append(byte)
        offset += 1
      }
    }
    return output.text
  }

  private func placeholder() -> (name: Name, end: Int)? {
    guard has(Self.opening, at: offset) else { return nil }
    var index = offset + Self.opening.count
    let isBlock = index < bytes.count && bytes[index] == UInt8(ascii: "B")
    if isBlock { index += 1 }
    let begin = index
    while index < bytes.count, bytes[index].isDigit { index += 1 }
    guard let number = Int(bytes[begin..<index].text), has(Self.closing, at: index) else { return nil }
    return (isBlock ? .block(number) : .insertion(number), index + Self.closing.count)
  }

  private mutating func put(_ replacement: Replacement) {
    switch replacement {
    case .inline(let html): output += html.utf8
    case .block(let html):
      removeParagraph()
      output += html.utf8
      explainsCode = HTML.contains("class=\"annotation\"", in: html)
    case .heading(let id, let number, let level, let before):
      putHeading(id: id, number: number, level: level, before: before)
    case .figure(let alone, let inText): output += (removeParagraph() ? alone : inText).utf8
    case .groupEnd(let before, let caption, let after):
      removeParagraph()
      let last = caption == nil ? takeLastParagraph() : nil
      let words = (caption ?? last).map { ": \($0)" } ?? ""
      output += "</div>\(before)\(words)\(after)".utf8
    case .cellBegin(let html):
      removeParagraph()
      output += html.utf8
      cells.append(output.count)
    case .cellEnd(let html):
      removeParagraph()
      if let begin = cells.popLast() { removeOnlyParagraph(from: begin) }
      output += html.utf8
    case .title(let before, let after):
      if let text = takeHeading() { output += "\(before)\(text)\(after)".utf8 }
    case .caption(let id, let label): putCaption(id: id, label: label)
    }
  }

  /// Takes away a paragraph that stands at the end, and gives its text.
  private mutating func takeLastParagraph() -> String? {
    let (open, close) = (Array("<p>".utf8), Array("</p>".utf8))
    let blanks = output.reversed().prefix { $0.isWhitespace }.count
    guard output.dropLast(blanks).suffix(close.count).elementsEqual(close), let begin = last(open) else {
      return nil
    }
    let text = output[(begin + open.count)..<(output.count - blanks - close.count)].text.trimmed
    output.removeLast(output.count - begin)
    return text
  }

  private mutating func removeOnlyParagraph(from begin: Int) {
    let (open, close) = (Array("<p>".utf8), Array("</p>".utf8))
    let content = output[begin...].trimmed
    guard content.starts(with: open), content.suffix(close.count).elementsEqual(close) else { return }
    let inside = content.dropFirst(open.count).dropLast(close.count)
    guard !inside.text.contains("<p>") else { return }
    output.replaceSubrange(begin..., with: Array(inside))
  }

  /// Removes `<p>` before and `</p>` behind, if nothing else is in the paragraph.
  @discardableResult
  private mutating func removeParagraph() -> Bool {
    let open = Array("<p>".utf8)
    let close = Array("</p>".utf8)
    var behind = offset
    while behind < bytes.count, bytes[behind].isWhitespace { behind += 1 }
    let blanks = output.reversed().prefix { $0.isWhitespace }.count
    guard output.dropLast(blanks).suffix(open.count).elementsEqual(open), has(close, at: behind) else {
      return false
    }
    output.removeLast(blanks + open.count)
    offset = behind + close.count
    return true
  }

  /// Takes the heading around the placeholder away, and gives its text.
  private mutating func takeHeading() -> String? {
    // The placeholder stands at the end of a heading: its tag is the last one opened with <h.
    let opened = output.indices.reversed().first { index in
      output[index] == UInt8(ascii: "<") && index + 3 < output.count && output[index + 1] == UInt8(ascii: "h")
        && output[index + 2].isDigit && output[index + 3] == UInt8(ascii: ">")
    }
    guard let opened else { return nil }
    let text = output[(opened + 4)...].text.trimmed
    output.removeLast(output.count - opened)
    if let end = bytes[offset...].firstIndex(of: UInt8(ascii: ">")) { offset = end + 1 }
    return text
  }

  private mutating func putHeading(id: String, number: String, level: Int, before: String) {
    guard let text = takeHeading() else { return }
    output += before.utf8
    let shown = number.isEmpty ? text : "<span class=\"section-number\">\(number)</span> \(text)"
    output += "<h\(level) id=\"\(HTML.escaped(id))\">\(shown)</h\(level)>".utf8
    headings.append(ContentsWriter.Entry(level: level, id: id, html: HTML.withoutLinks(shown)))
  }

  private mutating func putCaption(id: String?, label: String) {
    let (paragraph, table) = (Array("<p>".utf8), Array("<table>".utf8))
    guard let begin = last(paragraph), let place = last(table), place < begin else { return }
    let text = output[(begin + paragraph.count)...].text.trimmed
    output.removeLast(output.count - begin)
    let caption = "<caption><span class=\"label\">\(label)</span>\(text.isEmpty ? "" : ": ")\(text)</caption>"
    let opening = id.map { "<table id=\"\(HTML.escaped($0))\">" } ?? "<table>"
    output.replaceSubrange(place..<place + table.count, with: Array((opening + caption).utf8))
    if has(Array("</p>".utf8), at: offset) { offset += "</p>".utf8.count }
  }

  /// Where a text was written last.
  private func last(_ text: [UInt8]) -> Int? {
    output.indices.reversed().first { output[$0...].starts(with: text) }
  }

  /// Copies a tag; tables get a box that scrolls, and their head cells say of what they are the head.
  private mutating func putTag() {
    defer { explainsCode = false }
    if has(Array("<table>".utf8), at: offset) {
      output += "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>".utf8
      offset += "<table>".utf8.count
    } else if has(Array("</table>".utf8), at: offset) {
      output += "</table></div>".utf8
      offset += "</table>".utf8.count
    } else if has(Array("<th>".utf8), at: offset) || has(Array("<th ".utf8), at: offset) {
      putHeadCell()
    } else if has(Array("<pre>".utf8), at: offset) {
      output += "<pre tabindex=\"0\">".utf8
      offset += 5
    } else if explainsCode, has(Array("<ol>".utf8), at: offset) {
      output += "<ol class=\"annotations\">".utf8
      offset += 4
    } else if has(Self.image, at: offset) {
      putImage()
    } else {
      output.append(bytes[offset])
      offset += 1
    }
  }

  /// A head cell says of what it is the head; the empty one in a corner is the head of nothing.
  private mutating func putHeadCell() {
    let close = bytes[offset...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1
    let content = bytes[(close + 1)...].prefix { $0 != UInt8(ascii: "<") }
    if content.allSatisfy(\.isWhitespace), has(Array("</th>".utf8), at: content.endIndex) {
      output += "<td></td>".utf8
      offset = content.endIndex + 5
    } else {
      output += "<th scope=\"col\"".utf8
      offset += 3
    }
  }

  private static let image = Array("<img src=\"".utf8)

  /// Copies an image, with what takes the place of its address; nothing inside is a placeholder.
  private mutating func putImage() {
    let begin = offset + Self.image.count
    let close = bytes[begin...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1
    let end = bytes[begin...close].firstIndex(of: .doubleQuote) ?? close
    let source = bytes[begin..<end].text.replacing("&amp;", with: "&")
    let address = Link.path(of: source).flatMap { images[$0] } ?? bytes[begin..<end].text
    output += Self.image + Array(address.utf8)
    output += bytes[end...close].text.replacing(/QZXB?[0-9]+XZQ/, with: "").utf8
    offset = close + 1
  }

  private func has(_ wanted: [UInt8], at index: Int) -> Bool {
    index + wanted.count <= bytes.count && bytes[index..<index + wanted.count].elementsEqual(wanted)
  }
}
