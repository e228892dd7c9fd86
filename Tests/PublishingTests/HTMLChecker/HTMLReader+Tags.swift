extension HTMLReader {
  mutating func readStartTag() {
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
  mutating func space(of name: String) -> Element.Space {
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
  mutating func closeImplied(before name: String, at offset: Int) {
    while let index = open.last, index > 0, page.elements[index].space == .html,
      Known.impliedEnds[page.elements[index].name]?.contains(name) == true
    {
      report("missing-end-tag", page.elements[index].offset, "<\(page.elements[index].name)> is not closed")
      close(at: offset)
    }
  }

  /// Reads the text of an element without markup up to its end tag.
  mutating func readRawText(of name: String) {
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
  mutating func readAttributes(
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

  mutating func readAttribute(of element: String, first: Int, isHTML: Bool) {
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

  mutating func readValue(of name: String) -> Range<Int> {
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
