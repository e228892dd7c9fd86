import CairoRendering
import Components
import Documents
import Execution
import Foundation

/// Makes a page of an executed document: Markdown is converted in one piece, then formulas, references, values and
/// cells take their places, and a template puts everything into one file.
package struct PageComposer: Sendable {
  private let template: PageTemplate
  private let figures: FigureRenderer

  /// A composer that writes with a template and draws figures with a function.
  package init(template: PageTemplate, figures: @escaping FigureRenderer) {
    self.template = template
    self.figures = figures
  }

  /// The page of a document.
  ///
  /// Fails only if something is missing on this machine; whatever is wrong with the document is shown on the
  /// page and listed in its problems.
  package func page(of executed: ExecutedDocument) throws(PublishingError) -> Page {
    var composition = Composition(executed, figures: figures)
    let parts = try composition.parts()
    return Page(html: try template.html(of: parts), problems: parts.problems)
  }
}

/// What a template puts together; all texts are HTML unless said otherwise.
struct PageParts {
  var frontMatter: FrontMatter
  var title: String
  var plainTitle: String
  var subtitle: String
  var abstract: String
  var banner: String
  var contents: String
  var body: String
  var mathStyle: String
  /// JSON.
  var provenance: String
  var problems: [Problem]
}

/// The making of one page.
private struct Composition {
  let executed: ExecutedDocument
  let figures: FigureRenderer
  private let document: Document
  private let index: ReferenceIndex
  private let bibliography: Bibliography
  private let files: LocalFiles
  private var found: [Problem] = []
  /// The letters of all figures.
  private var glyphs = GlyphSheet()
  /// All typeset formulas, for their style.
  private var typeset: [String] = []

  init(_ executed: ExecutedDocument, figures: @escaping FigureRenderer) {
    self.executed = executed
    self.figures = figures
    document = executed.document
    index = ReferenceIndex(executed)
    bibliography = Bibliography(document)
    files = LocalFiles(document, index)
    found = index.problems + bibliography.problems + files.problems
  }

  mutating func parts() throws(PublishingError) -> PageParts {
    let matter = document.frontMatter
    let position = SourcePosition(file: document.file, line: 1)
    let title = try matter.title.map { text throws(PublishingError) in
      try inline(text, at: matter.positions["title"] ?? position)
    }
    let subtitle = try matter.subtitle.map { text throws(PublishingError) in
      try inline(text, at: matter.positions["subtitle"] ?? position)
    }
    let abstract = try matter.abstract.map { text throws(PublishingError) in
      try inline(text, at: matter.positions["abstract"] ?? position, isBlock: true)
    }
    let (body, headings) = try self.body()
    let problems = allProblems()
    return PageParts(
      frontMatter: matter, title: title ?? "", plainTitle: matter.title ?? headings.first?.id ?? "Report",
      subtitle: subtitle ?? "", abstract: abstract ?? "",
      banner: ProblemWriter(executed).banner(problems),
      contents: matter.toc ? ContentsWriter().html(headings, depth: matter.tocDepth) : "", body: body,
      mathStyle: typeset.isEmpty ? "" : try MathStyle.css(for: typeset),
      provenance: try Provenance(executed, hasMathematics: !typeset.isEmpty).json, problems: problems)
  }

  private func allProblems() -> [Problem] {
    var seen: Set<Problem> = []
    let all = (executed.problems + executed.cells.flatMap(\.problems) + found).filter {
      seen.insert($0).inserted
    }
    return all.enumerated().sorted { first, second in
      let (one, other) = (first.element, second.element)
      return (one.line, one.column, first.offset) < (other.line, other.column, second.offset)
    }.map(\.element)
  }

  // MARK: Body

  private mutating func body() throws(PublishingError) -> (html: String, headings: [ContentsWriter.Entry]) {
    let ordered = document.blocks.flatMap { block -> [Insertion] in
      if case .prose(let prose) = block { return prose.insertions }
      return []
    }
    let formulas = try typeset(ordered)
    var writer = InsertionWriter(
      index: index, bibliography: bibliography, inlineTexts: executed.inlineTexts, formulas: formulas,
      headingShift: document.frontMatter.title == nil ? 0 : 1)
    var replacements: [Int: PlaceholderSubstitution.Replacement] = [:]
    for insertion in ordered { replacements[insertion.index] = writer.replacement(insertion) }
    found += writer.problems
    let local = problemsByBlock()
    let blocks = try blockTexts(local)
    var substitution = PlaceholderSubstitution(
      try MarkdownConverter.html(markdown(local)), images: files.images)
    let html = substitution.run { name in
      switch name {
      case .insertion(let number): replacements[number]
      case .block(let number): blocks[number].map { .block($0) }
      }
    }
    var headings = substitution.headings
    return (html + references(ordered, &headings) + glyphs.svg, headings)
  }

  /// The list of references at the end of the text, unless the author gave it a place.
  ///
  /// It has a heading of its own, unless the author ended with one.
  private func references(_ insertions: [Insertion], _ headings: inout [ContentsWriter.Entry]) -> String {
    let isPlaced = insertions.contains { insertion in
      if case .divisionBegin(let division) = insertion.content {
        return division.attributes.id == InsertionWriter.referencesID
      }
      return false
    }
    guard !bibliography.isEmpty, !isPlaced else { return "" }
    if headings.contains(where: { ["references", "bibliography"].contains($0.id) }) {
      return "<div class=\"references\">\(bibliography.list)</div>"
    }
    let level = document.frontMatter.title == nil ? 1 : 2
    headings.append(ContentsWriter.Entry(level: level, id: "references", html: "References"))
    return
      "<section class=\"references\"><h\(level) id=\"references\">References</h\(level)>\(bibliography.list)</section>"
  }

  /// The problems that lie within each block and that no cell has taken for its own: they are shown there.
  private func problemsByBlock() -> [Int: [Problem]] {
    let taken = Set(executed.cells.flatMap(\.problems))
    let starts = document.blocks.map(\.position.line)
    var result: [Int: [Problem]] = [:]
    for problem in executed.problems + found where !taken.contains(problem) && problem.file == document.file {
      guard let block = starts.lastIndex(where: { $0 <= problem.line }) else { continue }
      if result[block]?.contains(problem) != true { result[block, default: []].append(problem) }
    }
    return result
  }

  /// The Markdown of the whole document; cells and listings are paragraphs of their own, indented like their fences so
  /// that they stay in their list items.
  private func markdown(_ local: [Int: [Problem]]) -> String {
    var text = ""
    for (number, block) in document.blocks.enumerated() {
      switch block {
      case .prose(let prose):
        text += prose.markdown
        if local[number] != nil { text += placeholder(number, column: 1) }
      case .cell(let cell): text += placeholder(number, column: cell.position.column)
      case .listing(let listing): text += placeholder(number, column: listing.position.column)
      }
    }
    return text
  }

  private func placeholder(_ number: Int, column: Int) -> String {
    let indentation = String(repeating: " ", count: column - 1)
    return "\n\n\(indentation)\(PlaceholderSubstitution.blockPlaceholder(number))\n\n"
  }

  private mutating func blockTexts(_ local: [Int: [Problem]]) throws(PublishingError) -> [Int: String] {
    var captions = Captions()
    // Captions are converted first: what is wrong with a formula in one is a problem like any other.
    for cell in executed.cells {
      for text in Self.captions(of: cell) { try add(text, of: cell.cell, to: &captions) }
    }
    var writer = CellWriter(
      index: index, problemWriter: ProblemWriter(executed), figures: figures,
      caption: { [captions] text, cell in captions.html[text] ?? HTML.escaped(text) })
    var texts: [Int: String] = [:]
    var cellNumber = 0
    for (number, block) in document.blocks.enumerated() {
      let problems = local[number] ?? []
      let boxes = problems.map(ProblemWriter(executed).box).joined()
      switch block {
      case .prose: texts[number] = boxes
      case .listing(let listing): texts[number] = writer.html(listing, block: number) + boxes
      case .cell:
        if cellNumber < executed.cells.count {
          texts[number] = writer.html(executed.cells[cellNumber], number: cellNumber, around: problems)
        }
        cellNumber += 1
      }
    }
    found += writer.problems
    glyphs = writer.glyphs
    return texts
  }

  // MARK: Captions and titles

  private struct Captions {
    var html: [String: String] = [:]
  }

  private static func captions(of cell: ExecutedCell) -> [String] {
    let options = cell.cell.options
    var texts = [options.figureCaption, options.tableCaption, options.listingCaption].compactMap(\.self)
    for output in cell.outputs {
      switch output {
      case .figure(let figure): texts += [figure.caption].compactMap(\.self)
      case .table(let table): texts += [table.caption, table.table.caption].compactMap(\.self)
      default: continue
      }
    }
    return texts
  }

  private mutating func add(_ text: String, of cell: Cell, to captions: inout Captions)
    throws(PublishingError)
  {
    guard captions.html[text] == nil else { return }
    let position = cell.options.positions["fig-cap"] ?? cell.options.positions["tbl-cap"] ?? cell.position
    captions.html[text] = try inline(text, at: position)
  }

  /// Markdown that stands outside the text: a title, a caption.
  private mutating func inline(
    _ text: String, at position: SourcePosition, isBlock: Bool = false
  ) throws(PublishingError) -> String {
    let hasMarkup = text.utf8.contains { "*_`$[<\\@~&!".utf8.contains($0) }
    guard hasMarkup || isBlock else { return HTML.escaped(text) }
    let prose = DocumentReader.read(text: text, file: position.file).blocks.compactMap { block -> Prose? in
      if case .prose(let prose) = block { return prose }
      return nil
    }
    // Places inside are those of the whole text.
    let ordered = prose.flatMap(\.insertions).map {
      Insertion(index: $0.index, content: $0.content, position: position)
    }
    let insertions = Dictionary(ordered.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
    let formulas = try typeset(ordered)
    var writer = InsertionWriter(index: index, inlineTexts: [:], formulas: formulas, headingShift: 1)
    var substitution = PlaceholderSubstitution(
      try MarkdownConverter.html(prose.map(\.markdown).joined(separator: "\n")))
    let html = substitution.run { name in
      guard case .insertion(let number) = name else { return nil }
      return insertions[number].map { writer.replacement($0) }
    }.trimmed
    found += writer.problems
    let isOneParagraph = html.hasPrefix("<p>") && html.hasSuffix("</p>") && !html.dropFirst(3).contains("<p>")
    return isOneParagraph && !isBlock ? String(html.dropFirst(3).dropLast(4)) : html
  }

  private mutating func typeset(_ insertions: [Insertion]) throws(PublishingError) -> [Int: MathTypesetter
    .Outcome]
  {
    var numbers: [Int] = []
    var formulas: [Formula] = []
    for insertion in insertions {
      guard case .mathematics(let formula) = insertion.content else { continue }
      numbers.append(insertion.index)
      formulas.append(formula)
    }
    let outcomes = try MathTypesetter.typeset(formulas, macros: document.frontMatter.mathMacros)
    typeset += outcomes.compactMap { try? $0.get() }
    return Dictionary(zip(numbers, outcomes), uniquingKeysWith: { first, _ in first })
  }
}
