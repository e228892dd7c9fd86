import Documents

/// Takes footnotes from the end of the text to where they are called: wide pages show them in the margin, narrow ones
/// and paper below the paragraph.
struct SideNotes {
  private let bytes: [UInt8]
  private var output: [UInt8] = []
  private var offset = 0
  /// The notes by their numbers.
  private var notes: [String: ArraySlice<UInt8>] = [:]
  /// The notes that were called and wait for the end of their paragraph.
  private var pending: [String] = []
  private var tableDepth = 0
  private let end: Int

  private static let listBegin = "<div class=\"footnotes\">\n<hr/>\n<ol>\n"
  private static let listEnd = "</ol>\n</div>\n"

  /// The text with its notes in their places; Discount puts them into a list at the end.
  static func place(in html: String) -> String {
    guard let begin = HTML.lastPlace(of: listBegin, in: html) else { return html }
    var notes = SideNotes(html, listBegin: begin)
    return notes.run()
  }

  private init(_ html: String, listBegin: Int) {
    bytes = Array(html.utf8)
    end = listBegin
    readNotes()
  }

  private mutating func run() -> String {
    output.reserveCapacity(bytes.count)
    while offset < end {
      guard bytes[offset] == UInt8(ascii: "<") else {
        output.append(bytes[offset])
        offset += 1
        continue
      }
      if !takeMark() { copyTag() }
    }
    put()
    output += behindList
    return output.text
  }

  private var behindList: ArraySlice<UInt8> {
    guard let last = find(Self.listEnd, from: end) else { return [] }
    return bytes[(last + Self.listEnd.utf8.count)...]
  }

  private func find(_ text: String, from begin: Int) -> Int? {
    let wanted = Array(text.utf8)
    guard begin + wanted.count <= bytes.count else { return nil }
    return (begin...bytes.count - wanted.count).first {
      bytes[$0] == wanted[0] && bytes[$0..<$0 + wanted.count].elementsEqual(wanted)
    }
  }

  private func has(_ text: String, at index: Int) -> Bool {
    let wanted = text.utf8
    return index + wanted.count <= bytes.count && bytes[index..<index + wanted.count].elementsEqual(wanted)
  }

  private mutating func readNotes() {
    var place = end
    while let begin = find("<li id=\"fn:", from: place) {
      let number = bytes[(begin + 11)...].prefix { $0.isDigit }.text
      guard let close = find("<a href=\"#fnref:\(number)\"", from: begin) else { return }
      let content = begin + 11 + number.utf8.count + 2
      notes[number] = bytes[min(content, close)..<close]
      place = close
    }
  }

  /// Takes `<sup id="fnref:1"><a href="#fn:1" rel="footnote">1</a></sup>`.
  private mutating func takeMark() -> Bool {
    let opening = "<sup id=\"fnref:"
    guard has(opening, at: offset) else { return false }
    let number = bytes[(offset + opening.utf8.count)...].prefix { $0.isDigit }.text
    guard notes[number] != nil, let close = find("</sup>", from: offset), close < end else { return false }
    output +=
      "<sup class=\"note-mark\" id=\"fnref:\(number)\"><a href=\"#fn:\(number)\" role=\"doc-noteref\">\(number)</a></sup>"
      .utf8
    offset = close + 6
    pending.append(number)
    return true
  }

  private mutating func copyTag() {
    if has("<table", at: offset) { tableDepth += 1 }
    let isInside = ["</li>", "</dd>", "</blockquote>", "</div>", "</section>"].contains {
      has($0, at: offset)
    }
    if isInside, tableDepth == 0 { put() }
    let length = bytes[offset..<end].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 - offset } ?? 1
    let tag = bytes[offset..<offset + length]
    output += tag
    offset += length
    if tag.starts(with: "</table".utf8) {
      tableDepth -= 1
      if tableDepth == 0, has("</div>", at: offset) {
        output += "</div>".utf8
        offset += 6
        put()
      }
    }
    guard tableDepth == 0 else { return }
    let isHeading = tag.count == 5 && tag.starts(with: "</h".utf8)
    if isHeading || tag.elementsEqual("</p>".utf8) || tag.elementsEqual("</summary>".utf8) { put() }
  }

  private mutating func put() {
    for number in pending {
      let content = (notes[number] ?? []).trimmedText
      output +=
        "<div class=\"side-note\" role=\"note\" id=\"fn:\(number)\"><span class=\"note-number\">\(number)</span> \(content)</div>"
        .utf8
    }
    pending = []
  }
}

extension ArraySlice<UInt8> {
  fileprivate var trimmedText: String { text.trimmed }
}
