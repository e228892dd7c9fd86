import Components

/// Tables: captions of those that Markdown knows, and those whose cells are blocks.
extension ProseScanner {
  /// Whether a line stands behind the rows of a table, with one empty line between at most.
  func isBehindTable(_ index: Int, lines: Range<Int>) -> Bool {
    var last = index - 1
    if last >= lines.lowerBound, source.line(last).isBlank { last -= 1 }
    var first = last
    while first >= lines.lowerBound, !source.line(first).isBlank { first -= 1 }
    if last >= lines.lowerBound, source.line(last).first == UInt8(ascii: "+") { return true }
    // The names of the columns, then the rule below them.
    guard last - first >= 2 else { return false }
    let rule = source.line(first + 2).trimmed
    return rule.contains(UInt8(ascii: "|")) && rule.contains(UInt8(ascii: "-"))
      && rule.allSatisfy { $0.isBlank || "|:-".utf8.contains($0) }
  }

  /// `: What the table shows {#tbl-x}`.
  mutating func scanTableCaption(_ line: ArraySlice<UInt8>) {
    let begin = line.startIndex
    let (content, attributes) = withAttributes(line.dropFirst().trimmed)
    output.append(.newline)
    offset = content.startIndex
    limit = content.endIndex
    scanInline(lineEnd: content.endIndex)
    output.append(.space)
    insert(.tableCaption(label: attributes.id), at: begin)
    output.append(.newline)
    offset = line.endIndex
  }

  func gridTable(from index: Int, lines: Range<Int>) -> GridTable? {
    guard source.line(index).first == UInt8(ascii: "+"),
      index == lines.lowerBound || source.line(index - 1).isBlank
    else { return nil }
    return GridTable(source, from: index, limit: lines.upperBound)
  }

  /// Writes the cells as blocks of their own between the parts of the table.
  mutating func scanGridTable(_ table: GridTable, at index: Int) {
    let begin = source.lineStarts[index]
    if table.isRagged {
      problems.append(Problem(DocumentError.raggedGridTable, at: source.position(at: begin)))
    }
    for (part, content) in table.pieces {
      output.append(.newline)
      insert(.gridTable(part), at: begin)
      output += "\n\n".utf8
      guard let content else { continue }
      scan(source.part(content.bytes, from: content.line, columnOffset: content.column))
    }
    offset =
      table.end < source.lineStarts.count ? source.lineStarts[table.end] : bytes.count
  }

  /// Reads a text of its own as if it stood here.
  mutating func scan(_ text: SourceText) {
    var inner = self
    inner.source = text
    inner.output = []
    inner.links = []
    inner.insertions = []
    inner.problems = []
    inner.offset = 0
    inner.paragraph = ProseParagraph()
    let prose = inner.prose(lines: 0..<text.lineCount)
    nextInsertion = inner.nextInsertion
    nextValue = inner.nextValue
    usedIDs = inner.usedIDs
    openDivisions = inner.openDivisions
    problems += inner.problems
    output += prose.markdown.utf8
    insertions += prose.insertions
    links += prose.links
    output += "\n\n".utf8
  }
}
