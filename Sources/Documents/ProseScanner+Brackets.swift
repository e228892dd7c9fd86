import Components

/// Links, images, spans and shortcodes: what brackets and braces hold.
extension ProseScanner {
  /// Addresses and texts are short: a line of a million brackets is not gone through a million times.
  private static let longestPart = 4000

  /// `(address "title")` behind a text in brackets: where it leads, and where its parenthesis closes.
  private func linkTarget(at begin: Int) -> (address: String, title: String?, close: Int)? {
    guard begin < limit, bytes[begin] == UInt8(ascii: "(") else { return nil }
    let end = min(begin + Self.longestPart, limit)
    // An address in angle brackets may hold spaces.
    let isQuoted = begin + 1 < end && bytes[begin + 1] == UInt8(ascii: "<")
    let first = begin + (isQuoted ? 2 : 1)
    guard first <= end else { return nil }
    var depth = 0
    let address = bytes[first..<end].prefix { byte in
      if isQuoted { return byte != UInt8(ascii: ">") && byte != .newline }
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
      return !byte.isWhitespace && depth >= 0
    }
    var index = address.endIndex + (isQuoted ? 1 : 0)
    var title: String?
    while index < end, bytes[index].isWhitespace { index += 1 }
    if index < end, bytes[index] == .doubleQuote || bytes[index] == .singleQuote {
      let quote = bytes[index]
      index += 1
      let first = index
      while index < end, bytes[index] != quote, bytes[index] != .newline { index += 1 }
      title = bytes[first..<index].text
      index += 1
      while index < end, bytes[index].isWhitespace { index += 1 }
    }
    guard index < end, bytes[index] == UInt8(ascii: ")"), !address.isEmpty,
      !address.contains(UInt8(ascii: "["))
    else { return nil }
    return (address.text, title, index)
  }

  /// `{#id .class key="value"}`: the attributes, and where they end.
  private func attributes(at begin: Int) -> (attributes: Attributes, end: Int)? {
    guard begin < limit, bytes[begin] == UInt8(ascii: "{") else { return nil }
    let end = min(begin + Self.longestPart, limit)
    var index = begin + 1
    while index < end, bytes[index] != UInt8(ascii: "}"), bytes[index] != .newline {
      if bytes[index] == .doubleQuote {
        repeat { index += 1 } while index < end && bytes[index] != .doubleQuote && bytes[index] != .newline
      }
      index += 1
    }
    guard index < end, bytes[index] == UInt8(ascii: "}"),
      let attributes = Attributes(bytes[begin...index].text)
    else { return nil }
    return (attributes, index + 1)
  }

  /// Takes the beginning of `[text]{.class}`; a bracket that is none begins a citation, a link or nothing.
  mutating func scanSpan() {
    _ = paragraphEnd()
    guard let close = paragraph.closing[offset], let (attributes, end) = attributes(at: close + 1) else {
      return scanCitation()
    }
    insert(.spanBegin(attributes), at: offset)
    spanEnds[close] = end
    offset += 1
  }

  /// Takes the end of a span, or notes where `](…)` leads.
  mutating func scanBracketEnd() {
    let begin = offset
    if let end = spanEnds.removeValue(forKey: begin) {
      insert(.spanEnd, at: begin)
      offset = end
      return
    }
    guard let open = paragraph.opening[begin], let (address, _, close) = linkTarget(at: begin + 1) else {
      let isTarget = begin + 1 < limit && bytes[begin + 1] == UInt8(ascii: "(")
      copy(1)
      guard isTarget, paragraph.isLong else { return }
      output += "&#40;".utf8
      offset += 1
      return
    }
    links.append(
      Link(
        destination: address, isImage: false, hasText: !bytes[open + 1..<begin].isBlank,
        position: source.position(at: open)))
    // Nothing inside an address is a formula or a reference.
    copy(close + 1 - begin)
  }

  /// Takes `![caption](file.png){#fig-x}`.
  mutating func scanImage() {
    let begin = offset
    guard begin + 1 < limit, bytes[begin + 1] == UInt8(ascii: "[") else { return copy(1) }
    _ = paragraphEnd()
    guard let close = paragraph.closing[begin + 1], let (address, title, end) = linkTarget(at: close + 1)
    else {
      return copy(1)
    }
    let caption = bytes[begin + 2..<close].text
    let (attributes, behind) = attributes(at: end + 1) ?? (Attributes(), end + 1)
    links.append(
      Link(
        destination: address, isImage: true,
        hasText: !caption.trimmed.isEmpty || attributes["fig-alt"] != nil || attributes["alt"] != nil,
        position: source.position(at: begin)))
    offset = behind
    let image = Image(caption: caption, destination: address, title: title, attributes: attributes)
    insert(.image(image), at: begin)
  }

  /// Takes `{{< pagebreak >}}`; files are included before prose is read.
  mutating func scanShortcode() {
    let begin = offset
    guard bytes[begin..<limit].starts(with: "{{<".utf8),
      let close = bytes[begin..<limit].prefix(200).firstIndex(of: UInt8(ascii: ">")), close + 2 < limit,
      bytes[close + 1] == UInt8(ascii: "}"), bytes[close + 2] == UInt8(ascii: "}")
    else { return copy(1) }
    let name = bytes[begin + 3..<close].text.trimmed.prefix { !$0.isWhitespace }
    switch name {
    case "pagebreak":
      offset = close + 3
      insert(.pageBreak, at: begin)
    case "include" where bytes[begin + 3..<close].text.trimmed.count > 8:
      // A missing file has its problem already; inside a line nothing is included.
      offset = close + 3
    default:
      let error = DocumentError.unknownShortcode(String(name))
      problems.append(Problem(error, at: source.position(at: begin), severity: .warning))
      copy(close + 3 - begin)
    }
  }
}
