import Components

/// Makes cells and listings from fences: their options, their source and, for kinds written in YAML, their recipe.
struct CellReader {
  let source: SourceText
  /// The options that the front matter gives all cells.
  var defaults = CellOptions()
  var problems: [Problem] = []

  private var labelLines: [String: Int] = [:]

  init(_ source: SourceText) { self.source = source }

  /// The block of a fence that opens on a line; `inside` are the lines between.
  mutating func block(_ fence: Fence, at line: Int, inside: Range<Int>) -> Block {
    let position = source.position(at: source.lineStarts[line] + fence.indentation)
    guard let braces = fence.braces else { return .listing(listing(fence, inside, position)) }
    guard let kind = Cell.Kind(rawValue: braces) else {
      problems.append(Problem(Self.unknownKind(braces), at: position))
      return .listing(Listing(language: braces, code: code(fence, inside), position: position))
    }
    return .cell(cell(kind, fence, inside, position))
  }

  private static func unknownKind(_ language: String) -> DocumentError {
    let foreign = [
      "python", "r", "julia", "ojs", "js", "javascript", "bash", "sh", "sql", "mermaid", "dot", "graphviz",
      "c", "cpp", "rust", "octave", "matlab", "stata",
    ]
    if foreign.contains(language.lowercased()) { return .foreignCell(language: language.lowercased()) }
    return .unknownCell(language: language, known: Cell.Kind.allCases.map(\.rawValue))
  }

  private mutating func listing(
    _ fence: Fence, _ inside: Range<Int>, _ position: SourcePosition
  ) -> Listing {
    // Pandoc knows ```{.swift #lst-x} and ```swift {#lst-x}.
    let attributes =
      Attributes(fence.info)
      ?? fence.info.firstIndex(of: "{").flatMap { Attributes(String(fence.info[$0...])) }
    var numbering = LineNumbering(isNumbered: attributes?.classes.contains("numberLines") ?? false)
    if let text = attributes?["code-line-numbers"] {
      if let found = LineNumbering(text) {
        numbering = found
      } else {
        problems.append(Problem(DocumentError.badLineNumbers(text), at: position))
      }
    }
    let word = fence.info.split { $0 == " " || $0 == "{" }.first.map(String.init) ?? ""
    let language = fence.info.hasPrefix("{") && attributes != nil ? attributes?.classes.first ?? "" : word
    return Listing(
      language: language, code: code(fence, inside), position: position, label: attributes?.id,
      caption: attributes?["lst-cap"], lineNumbers: numbering)
  }

  private mutating func cell(
    _ kind: Cell.Kind, _ fence: Fence, _ inside: Range<Int>, _ position: SourcePosition
  ) -> Cell {
    let sourceBegin = inside.first { !isOption($0) } ?? inside.upperBound
    var options = defaults
    readOptions(inside.lowerBound..<sourceBegin, into: &options)
    if let label = options.label { register(label, options) }
    if kind == .experiment, options.label == nil {
      problems.append(Problem(DocumentError.missingLabel(kind: kind.rawValue), at: position))
    }
    let lines = sourceBegin..<inside.upperBound
    var cell = Cell(
      kind: kind, label: options.label ?? "", isLabeled: options.label != nil, options: options,
      source: code(fence, lines), position: position,
      sourceLine: source.origin(ofLine: sourceBegin).firstLine,
      recipe: recipe(kind, lines, options, position))
    if options.showsFence {
      // The option that shows the fence is not part of what is explained.
      let shown = inside.filter { !isOption($0) || !source.line($0).text.contains("echo:") }
      cell.fencedSource =
        "\(fence.text){\(kind.rawValue)}\n"
        + shown.map { fence.content(of: source.line($0)).text + "\n" }.joined() + fence.text
    }
    return cell
  }

  private func isOption(_ line: Int) -> Bool { source.line(line).trimmed.starts(with: "#|".utf8) }

  private mutating func readOptions(_ lines: Range<Int>, into options: inout CellOptions) {
    guard !lines.isEmpty else { return }
    // With blanks in the place of the marks, columns are those of the document.
    var yaml: [UInt8] = []
    for line in lines {
      var content = Array(source.line(line))
      if let mark = content.firstIndex(of: .hash) {
        content[mark] = .space
        content[mark + 1] = .space
      }
      yaml += content + [.newline]
    }
    let text = source.part(yaml, from: lines.lowerBound)
    problems += YAMLMistake.cutTexts(in: text)
    guard let root = RecipeReader(readsCalls: false).read(text, problems: &problems) else { return }
    guard case .map(let entries) = root.kind else {
      problems.append(Problem(DocumentError.optionsAreNoMap, at: root.position))
      return
    }
    options.apply(entries, problems: &problems)
  }

  private mutating func register(_ label: String, _ options: CellOptions) {
    guard let position = options.positions["label"] else { return }
    if let first = labelLines[label] {
      problems.append(Problem(DocumentError.duplicateLabel(label, firstLine: first), at: position))
    } else {
      labelLines[label] = position.line
    }
  }

  private mutating func recipe(
    _ kind: Cell.Kind, _ lines: Range<Int>, _ options: CellOptions, _ position: SourcePosition
  ) -> RecipeNode? {
    guard kind == .experiment || kind == .plot || kind == .table else { return nil }
    let end =
      lines.upperBound < source.lineStarts.count ? source.lineStarts[lines.upperBound] : source.bytes.count
    let begin = lines.lowerBound < source.lineStarts.count ? source.lineStarts[lines.lowerBound] : end
    let text = source.part(Array(source.bytes[min(begin, end)..<end]), from: lines.lowerBound)
    let count = problems.count
    let root = RecipeReader().read(text, problems: &problems)
    // An empty recipe is a map without keys: what it lacks, its decoder says.
    guard let root else { return problems.count == count ? RecipeNode(.map([]), at: position) : nil }
    if let seed = root.entries.first(where: { $0.key == "seed" }), options.seed != nil {
      problems.append(Problem(DocumentError.seedTwice, at: seed.keyPosition))
    }
    return root
  }

  private func code(_ fence: Fence, _ lines: Range<Int>) -> String {
    lines.map { fence.content(of: source.line($0)).text }.joined(separator: "\n")
  }
}
