import Components

/// Takes the text of a document apart.
///
/// It never fails: what is wrong is listed in the document's problems, in the order of the text, and
/// everything else is still there.
package enum DocumentReader {
  /// The document of a text.
  package static func read(text: String, file: String) -> Document {
    read(text: text, file: file, defaults: FrontMatter())
  }

  /// The document of a text whose front matter adds to the settings of its project.
  package static func read(text: String, file: String, defaults: FrontMatter) -> Document {
    var reading = DocumentReading(SourceText(text, file: file), defaults: defaults)
    reading.readAll()
    let problems = reading.problems.enumerated().sorted { first, second in
      let (one, other) = (first.element, second.element)
      return (one.line, one.column, first.offset) < (other.line, other.column, second.offset)
    }
    return Document(
      file: file, text: text, frontMatter: reading.frontMatter, blocks: reading.blocks,
      problems: problems.map(\.element))
  }
}

/// One reading of a text: lines become prose, listings and cells.
private struct DocumentReading {
  let source: SourceText
  var frontMatter: FrontMatter
  var blocks: [Block] = []
  var problems: [Problem] = []

  private var prose: ProseScanner
  private var cells: CellReader
  private var list = ListContext()
  private var proseBegin = 0

  init(_ source: SourceText, defaults: FrontMatter) {
    self.source = source
    frontMatter = defaults
    prose = ProseScanner(source)
    cells = CellReader(source)
  }

  mutating func readAll() {
    var line = readFrontMatter()
    proseBegin = line
    prose.citesWorks = !frontMatter.bibliography.isEmpty
    while line < source.lineCount {
      let content = source.line(line)
      if content.trimmed.starts(with: "<!--".utf8) {
        line = endOfComment(from: line)
      } else if !list.isIndentedCode(content), let fence = Fence(opening: content) {
        endProse(at: line)
        line = readFence(fence, at: line)
        proseBegin = line
      } else {
        list.note(content)
        line += 1
      }
    }
    endProse(at: source.lineCount)
    prose.finish()
    problems += prose.problems + cells.problems
    nameUnlabeledCells()
  }

  /// Reads the settings at the top; gives the line on which the text begins.
  private mutating func readFrontMatter() -> Int {
    let isMark = { (line: ArraySlice<UInt8>, mark: String) in line.trimmed.elementsEqual(mark.utf8) }
    guard source.lineCount > 1, isMark(source.line(0), "---"), !source.line(1).isBlank else { return 0 }
    let end = (1..<source.lineCount).first {
      isMark(source.line($0), "---") || isMark(source.line($0), "...")
    }
    guard let end else {
      problems.append(Problem(DocumentError.unclosedFrontMatter, at: source.position(at: 0)))
      return 0
    }
    let yaml = SourceText(
      bytes: Array(source.bytes[source.lineStarts[1]..<source.lineStarts[end]]), file: source.file,
      firstLine: 2)
    guard let root = RecipeReader(readsCalls: false).read(yaml, problems: &problems) else { return end + 1 }
    if case .map(let entries) = root.kind {
      frontMatter.apply(entries, problems: &problems)
    } else {
      problems.append(Problem(DocumentError.frontMatterIsNoMap, at: root.position))
    }
    cells.defaults = frontMatter.execute
    return end + 1
  }

  private mutating func endProse(at line: Int) {
    guard proseBegin < line else { return }
    blocks.append(.prose(prose.prose(lines: proseBegin..<line)))
  }

  /// A comment may hold fences, which are not read.
  private func endOfComment(from line: Int) -> Int {
    let ending = Array("-->".utf8)
    for index in line..<source.lineCount {
      let content = Array(source.line(index))
      let hasEnding = content.indices.contains { content[$0...].starts(with: ending) }
      if hasEnding { return index + 1 }
    }
    return line + 1
  }

  private mutating func readFence(_ fence: Fence, at line: Int) -> Int {
    let end = (line + 1..<max(line + 1, source.lineCount)).first { fence.isClosed(by: source.line($0)) }
    if end == nil {
      let position = source.position(at: source.lineStarts[line] + fence.indentation)
      problems.append(Problem(DocumentError.unclosedFence(fence: fence.text), at: position))
    }
    let inside = line + 1..<(end ?? source.lineCount)
    blocks.append(cells.block(fence, at: line, inside: inside))
    return (end ?? source.lineCount - 1) + 1
  }

  private mutating func nameUnlabeledCells() {
    var taken = Set(
      blocks.compactMap { block in
        if case .cell(let cell) = block, cell.isLabeled { return cell.label }
        return nil
      })
    var counts: [Cell.Kind: Int] = [:]
    for index in blocks.indices {
      guard case .cell(var cell) = blocks[index] else { continue }
      counts[cell.kind, default: 0] += 1
      guard !cell.isLabeled else { continue }
      var number = counts[cell.kind, default: 1]
      while !taken.insert("\(cell.kind)-\(number)").inserted { number += 1 }
      cell.label = "\(cell.kind)-\(number)"
      blocks[index] = .cell(cell)
    }
  }
}
