import Documents

/// The words of a page, section by section, as a search looks through them.
struct PlainText {
  /// The text below a heading.
  struct Section {
    /// Empty for what stands before the first heading.
    var id = ""
    var title = ""
    var text = ""
  }

  private(set) var sections = [Section()]

  private let bytes: [UInt8]
  private var offset = 0
  private var words: [UInt8] = []

  /// The sections of some HTML.
  init(_ html: String) {
    bytes = Array(html.utf8)
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "<") { readTag() } else { readText() }
    }
    endSection()
  }

  private mutating func readText() {
    let byte = bytes[offset]
    offset += 1
    if byte.isWhitespace {
      if let last = words.last, last != .space { words.append(.space) }
    } else if byte == UInt8(ascii: "&"),
      let end = bytes[offset...].prefix(8).firstIndex(of: UInt8(ascii: ";"))
    {
      words += Self.characters[bytes[offset..<end].text] ?? [.space]
      offset = end + 1
    } else {
      words.append(byte)
    }
  }

  private static let characters: [String: [UInt8]] = [
    "lt": Array("<".utf8), "gt": Array(">".utf8), "amp": Array("&".utf8), "quot": Array("\"".utf8),
    "#39": Array("'".utf8),
  ]

  private mutating func readTag() {
    let begin = offset
    let end = bytes[offset...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1
    offset = end + 1
    let tag = bytes[begin...end]
    for (opening, closing) in [
      ("<svg", "</svg>"), ("<math", "</math>"), ("<script", "</script>"), ("<style", "</style>"),
      ("<details class=\"data\"", "</details>"), ("<details class=\"settings\"", "</details>"),
    ] where tag.starts(with: opening.utf8) {
      skip(to: Array(closing.utf8))
      return
    }
    if tag.count > 4, tag[begin + 1] == UInt8(ascii: "h"), tag[begin + 2].isDigit {
      endSection()
      let id = tag.text.firstMatch(of: /id="([^"]*)"/).map { String($0.1) } ?? ""
      let close = Array("</h".utf8)
      var title: [UInt8] = []
      while offset < bytes.count, !bytes[offset...].starts(with: close) {
        if bytes[offset] == UInt8(ascii: "<") { readTag() } else { readText() }
      }
      title = words
      words = []
      sections.append(Section(id: id, title: title.text.trimmed))
    } else if let last = words.last, last != .space, !Self.isInline(tag) {
      words.append(.space)
    }
  }

  private static func isInline(_ tag: ArraySlice<UInt8>) -> Bool {
    [
      "<span", "</span", "<a", "</a", "<em", "</em", "<strong", "</strong", "<code", "</code", "<sup",
      "</sup",
    ]
    .contains { tag.starts(with: $0.utf8) }
  }

  private mutating func skip(to ending: [UInt8]) {
    while offset < bytes.count {
      if bytes[offset] == ending[0], bytes[offset...].starts(with: ending) {
        offset += ending.count
        return
      }
      offset += 1
    }
  }

  private mutating func endSection() {
    sections[sections.count - 1].text = words.text.trimmed
    words = []
  }
}
