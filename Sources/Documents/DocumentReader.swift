import Components
import Foundation

/// Takes the text of a document apart.
///
/// It never fails: what is wrong is listed in the document's problems, in the order of the text, and
/// everything else is still there.
package enum DocumentReader {
  /// What surrounds a document: its project, and what the command line asks for.
  package struct Settings: Sendable {
    /// The settings of the project, which the front matter adds to.
    package var defaults: [RecipeNode.Entry] = []
    /// The settings of the chosen profile, which win over the front matter.
    package var overrides: [RecipeNode.Entry] = []
    /// The name of the chosen profile.
    package var profile: String?
    /// What the page is made for; nil leaves it to the front matter.
    package var format: FrontMatter.Format?
    /// What is wrong with the project's file.
    package var problems: [Problem] = []
    /// Reads the files that are included; nil if a path leads to none.
    package var read: @Sendable (String) -> String?

    /// Nothing but the document; files are read from the disk.
    package init(read: @escaping @Sendable (String) -> String? = SourceFile.text(at:)) { self.read = read }
  }

  /// The document of a text.
  package static func read(text: String, file: String, settings: Settings = Settings()) -> Document {
    let (source, included, problems) = IncludeExpansion.expand(
      SourceText(readable(text), file: file), read: settings.read)
    var reading = DocumentReading(source, settings: settings)
    reading.readAll()
    var document = Document(
      file: file, text: text, frontMatter: reading.frontMatter, blocks: reading.blocks,
      problems: Problem.sorted(settings.problems + problems + reading.problems, mainFile: file))
    document.included = included
    return document
  }

  /// Markdown that stands outside of the text, such as a caption: everything in it stands at one place.
  ///
  /// `firstIndex` is the number of its first insertion; numbers are unique on a page.
  package static func inline(
    _ text: String, at position: SourcePosition, citesWorks: Bool, firstIndex: Int
  ) -> (prose: Prose, problems: [Problem]) {
    let source = SourceText(readable(text), file: position.file, firstLine: position.line)
    var scanner = ProseScanner(source, firstInsertion: firstIndex)
    scanner.citesWorks = citesWorks
    var prose = scanner.prose(lines: 0..<source.lineCount)
    prose.insertions = prose.insertions.map {
      Insertion(index: $0.index, content: $0.content, position: position)
    }
    let problems = scanner.problems.map { problem in
      Problem(at: position, severity: problem.severity, message: problem.message, hint: problem.hint)
    }
    return (prose, problems)
  }

  /// A text without the characters that no page can hold, one for one, and without a mark of the byte order.
  ///
  /// What looks like one of our placeholders is broken by an invisible character.
  package static func readable(_ text: String) -> String {
    var text = text
    if text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) { text = String(text.unicodeScalars.dropFirst()) }
    let isBad = { (byte: UInt8) in byte < 0x20 && byte != 9 && byte != 10 && byte != 13 || byte == 0x7F }
    if text.utf8.contains(where: isBad) {
      text = String(decoding: text.utf8.flatMap { isBad($0) ? Array("\u{FFFD}".utf8) : [$0] }, as: UTF8.self)
    }
    if Array(text.utf8).contains(Array(Placeholder.opening.utf8)) {
      text = text.replacing(/QZX(?=B?[0-9]+XZQ)/, with: "Q\u{2060}ZX")
    }
    return text
  }
}

extension SourceFile {
  /// The text of a file; nil if it cannot be read.
  @Sendable
  package static func text(at path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension Problem {
  /// The same, as strict documents take it: warnings fail them too.
  package var asError: Problem {
    Problem(
      at: SourcePosition(file: file, line: line, column: column), severity: .error, message: message,
      hint: hint)
  }

  /// Problems in the order of the text, those of the main file first; each once.
  package static func sorted(_ problems: [Problem], mainFile: String) -> [Problem] {
    var seen: Set<Problem> = []
    return problems.filter { seen.insert($0).inserted }.enumerated().sorted { first, second in
      let (one, other) = (first.element, second.element)
      if one.file != other.file {
        return one.file == mainFile || other.file != mainFile && one.file < other.file
      }
      return (one.line, one.column, first.offset) < (other.line, other.column, second.offset)
    }.map(\.element)
  }
}

/// One reading of a text: lines become prose, listings and cells.
private struct DocumentReading {
  let source: SourceText
  var frontMatter: FrontMatter
  var blocks: [Block] = []
  var problems: [Problem] = []

  private let settings: DocumentReader.Settings
  private var prose: ProseScanner
  private var cells: CellReader
  private var list = ListContext()
  private var proseBegin = 0
  /// The divisions that are open, and whether each is for other formats or profiles than this one.
  private var divisions: [Bool] = []

  init(_ source: SourceText, settings: DocumentReader.Settings) {
    self.source = source
    self.settings = settings
    frontMatter = FrontMatter()
    prose = ProseScanner(source)
    cells = CellReader(source)
  }

  /// Whether what is read now is left out.
  private var isHidden: Bool { divisions.contains(true) }

  mutating func readAll() {
    var line = readFrontMatter()
    proseBegin = line
    prose.citesWorks = !frontMatter.bibliography.isEmpty
    let boundaries = Set(source.origins.map(\.line))
    while line < source.lineCount {
      let content = source.line(line)
      // A piece of prose belongs to one file.
      if boundaries.contains(line) { endProse(at: line) }
      if content.trimmed.starts(with: "<!--".utf8) {
        line = endOfComment(from: line)
      } else if content.trimmed.starts(with: ":::".utf8), !list.isIndentedCode(content) {
        noteDivision(content.trimmed, at: line)
        list.note(content)
        line += 1
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
    if isHidden { problems.append(Problem(DocumentError.unclosedDivision, at: hiddenPosition)) }
    nameUnlabeledCells()
  }

  /// Where the division that is left out begins.
  private var hiddenPosition = SourcePosition(file: "", line: 1)

  /// Keeps count of divisions, so that those for other formats and profiles are left out to their ends.
  private mutating func noteDivision(_ content: ArraySlice<UInt8>, at line: Int) {
    let text = content.drop { $0 == .colon }.text.trimmed
    guard !text.isEmpty else {
      let wasHidden = isHidden
      _ = divisions.popLast()
      if wasHidden, !isHidden { proseBegin = line + 1 }
      return
    }
    let begins = !isHidden && isLeftOut(Attributes(text) ?? Attributes())
    divisions.append(begins)
    guard begins else { return }
    hiddenPosition = source.position(at: content.startIndex)
    divisions[divisions.count - 1] = false
    endProse(at: line)
    divisions[divisions.count - 1] = true
  }

  /// Whether a division is for another format or profile; notes are for those who present slides.
  private func isLeftOut(_ attributes: Attributes) -> Bool {
    let format = settings.format ?? frontMatter.format
    if attributes.classes.contains("notes") { return format != .slides }
    let isVisible = attributes.classes.contains("content-visible")
    guard isVisible || attributes.classes.contains("content-hidden") else { return false }
    let formats = format == .slides ? ["slides", "revealjs"] : ["html", format.rawValue]
    let conditions = [
      attributes["when-format"].map { formats.contains($0) },
      attributes["unless-format"].map { !formats.contains($0) },
      attributes["when-profile"].map { $0 == settings.profile },
      attributes["unless-profile"].map { $0 != settings.profile },
    ].compactMap(\.self)
    return conditions.allSatisfy { $0 } != isVisible
  }

  /// Reads the settings at the top; gives the line on which the text begins.
  private mutating func readFrontMatter() -> Int {
    frontMatter.apply(settings.defaults, problems: &problems)
    defer {
      frontMatter.apply(settings.overrides, isOverride: true, problems: &problems)
      if let format = settings.format { frontMatter.format = format }
      cells.defaults = frontMatter.execute
    }
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
      firstLine: source.firstLine + 1)
    problems += YAMLMistake.cutTexts(in: yaml)
    guard let root = RecipeReader(readsCalls: false).read(yaml, problems: &problems) else { return end + 1 }
    if case .map(let entries) = root.kind {
      frontMatter.apply(entries, problems: &problems)
    } else {
      problems.append(Problem(DocumentError.frontMatterIsNoMap, at: root.position))
    }
    return end + 1
  }

  private mutating func endProse(at line: Int) {
    defer { proseBegin = line }
    guard proseBegin < line, !isHidden else { return }
    blocks.append(.prose(prose.prose(lines: proseBegin..<line)))
  }

  /// A comment may hold fences, which are not read.
  private func endOfComment(from line: Int) -> Int {
    let ending = Array("-->".utf8)
    for index in line..<source.lineCount {
      if source.line(index).contains(ending) { return index + 1 }
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
    switch cells.block(fence, at: line, inside: inside) {
    case .cell(var cell) where isHidden:
      // Others may show what it computes.
      cell.options.include = false
      blocks.append(.cell(cell))
    case let block: if !isHidden { blocks.append(block) }
    }
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
