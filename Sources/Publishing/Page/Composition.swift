import CairoRendering
import Components
import Documents
import Execution
import Foundation

/// What a template puts together; all texts are HTML unless said otherwise.
struct PageParts {
  var frontMatter: FrontMatter
  var context: PageContext
  var title: String
  /// Plain text.
  var plainTitle: String
  var subtitle: String
  var abstract: String
  var banner: String
  var contents: String
  var body: String
  var mathStyle: String
  /// Style sheets of the author, as CSS.
  var authorStyle: String
  /// A table of what the page was made from and with.
  var provenancePanel: String
  /// JSON.
  var provenance: String
  var problems: [Problem]
  var summary: PageSummary
}
/// The making of one page.
struct Composition {
  let executed: ExecutedDocument
  let context: PageContext
  let figures: FigureRenderer
  private let document: Document
  private let texts: InlineTexts
  private let index: ReferenceIndex
  private let bibliography: Bibliography
  private let files: LocalFiles
  private var found: [Problem] = []
  /// The letters of all figures.
  private var glyphs = GlyphSheet()
  private var firstFigure: RenderedFigure?
  /// All typeset formulas, for their style.
  private var typeset: [String] = []

  /// The texts outside of the running text as HTML, by their Markdown.
  private var captions: [String: String] = [:]

  init(_ executed: ExecutedDocument, context: PageContext, figures: @escaping FigureRenderer) {
    self.executed = executed
    self.context = context
    self.figures = figures
    document = executed.document
    texts = InlineTexts(executed)
    index = ReferenceIndex(executed)
    bibliography = Bibliography(document, citations: texts.citations)
    files = LocalFiles(document, index)
    found = texts.problems + index.problems + bibliography.problems + files.problems
  }

  private var format: FrontMatter.Format { document.frontMatter.format }

  mutating func parts() throws(PublishingError) -> PageParts {
    let matter = document.frontMatter
    let outcomes = try typesetAll()
    writeCaptions(outcomes)
    let title = matter.title.map(caption) ?? ""
    let abstract = try matter.abstract.map { text throws(PublishingError) in
      try block(text, outcomes)
    }
    let (body, headings) = try self.body(outcomes)
    let plainTitle =
      matter.title.map { Self.plain(caption($0)) } ?? headings.first.map { Self.plain($0.html) }
    let problems = allProblems()
    let provenance = Provenance(executed, context: context, hasMathematics: !typeset.isEmpty)
    return PageParts(
      frontMatter: matter, context: context, title: title, plainTitle: plainTitle ?? "Report",
      subtitle: matter.subtitle.map(caption) ?? "", abstract: abstract ?? "",
      banner: ProblemWriter(executed).banner(problems),
      contents: matter.toc ? ContentsWriter().html(headings, depth: matter.tocDepth) : "", body: body,
      mathStyle: typeset.isEmpty ? "" : try MathStyle.css(for: typeset),
      authorStyle: files.style, provenancePanel: try provenance.panel, provenance: try provenance.json,
      problems: problems,
      summary: PageSummary(
        matter, title: plainTitle, abstract: abstract ?? "", body: body, headings: headings,
        thumbnail: thumbnail))
  }

  /// The picture of the front matter, else the first figure, as an address that holds it.
  private var thumbnail: String? {
    guard context.wantsThumbnail else { return nil }
    if let image = document.frontMatter.image { return files.address(ofImage: image, besides: document.file) }
    guard let bytes = firstFigure.flatMap({ try? $0.thumbnail() }) else { return nil }
    return "data:image/png;base64,\(Data(bytes).base64EncodedString())"
  }

  /// HTML as plain text.
  static func plain(_ html: String) -> String {
    html.replacing(/<math.*?<\/math>|<[^>]*>/, with: "").trimmed
      .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }

  private func allProblems() -> [Problem] {
    let all = Problem.sorted(
      executed.problems + executed.cells.flatMap(\.problems) + found, mainFile: document.file)
    return document.frontMatter.strict ? all.map(\.asError) : all
  }

  // MARK: Body

  private mutating func body(
    _ formulas: [Int: MathTypesetter.Outcome]
  ) throws(PublishingError) -> (html: String, headings: [ContentsWriter.Entry]) {
    let ordered = insertions
    var writer = insertionWriter(formulas)
    var replacements: [Int: PlaceholderSubstitution.Replacement] = [:]
    for insertion in ordered { replacements[insertion.index] = writer.replacement(insertion) }
    found += writer.problems
    let local = problemsByBlock()
    let blocks = blockTexts(local)
    var substitution = PlaceholderSubstitution(
      try MarkdownConverter.html(markdown(local)), images: files.images)
    let html = substitution.run { name in
      switch name {
      case .insertion(let number): replacements[number]
      case .block(let number): blocks[number].map { .block($0) }
      }
    }
    var headings = substitution.headings
    let text = SideNotes.place(in: html + references(ordered, &headings))
    return (formatted(text, headings) + glyphs.svg, headings)
  }

  /// The text as its format shows it.
  private mutating func formatted(_ text: String, _ headings: [ContentsWriter.Entry]) -> String {
    switch format {
    case .html: text
    case .htmlPrint: LinkNotes.place(in: text, level: document.frontMatter.title == nil ? 1 : 2)
    case .slides: slides(text, headings)
    }
  }

  private mutating func slides(_ text: String, _ headings: [ContentsWriter.Entry]) -> String {
    let shift = document.frontMatter.title == nil ? 0 : 1
    var writer = SlideWriter(
      headings: headings.map { .init(level: $0.level - shift, id: $0.id, html: $0.html) },
      slideLevel: document.frontMatter.slideLevel)
    let html = writer.html(text)
    for slide in writer.slides {
      let share = SlideFit.share(slide.html)
      guard share > Self.highestSlide else { continue }
      let error = PublishingError.slideTooHigh(title: slide.title, percent: Int((share * 100).rounded()))
      found.append(Problem(error, at: position(ofHeading: slide.heading), severity: .warning))
    }
    return html
  }

  /// Slides that are a little too high are scaled down without harm.
  private static let highestSlide = 1.15

  private func position(ofHeading id: String?) -> SourcePosition {
    let insertion = insertions.first { insertion in
      if case .heading(let heading) = insertion.content { heading.id == id } else { false }
    }
    return insertion?.position ?? SourcePosition(file: document.file, line: 1)
  }

  /// The insertions of the running text, in order.
  private var insertions: [Insertion] {
    document.blocks.flatMap { block -> [Insertion] in
      if case .prose(let prose) = block { return prose.insertions }
      return []
    }
  }

  private func insertionWriter(_ formulas: [Int: MathTypesetter.Outcome]) -> InsertionWriter {
    var writer = InsertionWriter(
      index: index, bibliography: bibliography, inlineTexts: executed.inlineTexts, formulas: formulas,
      headingShift: document.frontMatter.title == nil ? 0 : 1)
    writer.format = format
    writer.images = files.images
    writer.captions = captions
    writer.library = context.library
    writer.file = document.file
    return writer
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
    if format == .slides {
      let shift = document.frontMatter.title == nil ? 0 : 1
      return SlideMark.heading(level: level - shift, id: "references")
        + "<h\(level) id=\"references\">References</h\(level)>\(bibliography.list)"
    }
    return
      "<section class=\"references\"><h\(level) id=\"references\">References</h\(level)>\(bibliography.list)</section>"
  }

  /// The problems that lie within each block and that no cell has taken for its own: they are shown there.
  private func problemsByBlock() -> [Int: [Problem]] {
    var taken = Set(executed.cells.flatMap(\.problems))
    let starts = document.blocks.map(\.position)
    var result: [Int: [Problem]] = [:]
    for problem in executed.problems + found where taken.insert(problem).inserted {
      let block = starts.lastIndex { $0.file == problem.file && $0.line <= problem.line }
      guard let block else { continue }
      result[block, default: []].append(problem)
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

  private mutating func blockTexts(_ local: [Int: [Problem]]) -> [Int: String] {
    var writer = CellWriter(
      index: index, problemWriter: ProblemWriter(executed), figures: figures, format: format,
      caption: { [captions] in captions[$0] ?? HTML.escaped($0) })
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
    firstFigure = writer.firstFigure
    return texts
  }

  // MARK: Captions and titles

  private func caption(_ text: String) -> String { captions[text] ?? HTML.escaped(text) }

  /// Converts the texts outside of the running text.
  private mutating func writeCaptions(_ formulas: [Int: MathTypesetter.Outcome]) {
    for text in texts.entries.keys.sorted() {
      let html = (try? block(text, formulas)) ?? HTML.escaped(text)
      let isOneParagraph =
        html.hasPrefix("<p>") && html.hasSuffix("</p>") && !html.dropFirst(3).contains("<p>")
      captions[text] = isOneParagraph ? String(html.dropFirst(3).dropLast(4)) : html
    }
  }

  /// Markdown that stands outside of the text, as blocks.
  private mutating func block(
    _ text: String, _ formulas: [Int: MathTypesetter.Outcome]
  ) throws(PublishingError) -> String {
    guard let entry = texts.entries[text] else { return HTML.escaped(text) }
    let hasMarkup = text.utf8.contains { "*_`$[<\\@~&!#->+=|\n".utf8.contains($0) }
    guard hasMarkup else { return "<p>\(HTML.escaped(text))</p>" }
    let insertions = Dictionary(
      entry.prose.insertions.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
    var writer = insertionWriter(formulas)
    var substitution = PlaceholderSubstitution(try MarkdownConverter.html(entry.prose.markdown))
    let html = substitution.run { name in
      guard case .insertion(let number) = name else { return nil }
      return insertions[number].map { writer.replacement($0) }
    }.trimmed
    found += writer.problems
    return html
  }

  /// All formulas of the page by their insertions; they are typeset together, on all cores.
  private mutating func typesetAll() throws(PublishingError) -> [Int: MathTypesetter.Outcome] {
    var numbers: [Int] = []
    var formulas: [Formula] = []
    let outside = texts.entries.values.flatMap(\.prose.insertions).sorted { $0.index < $1.index }
    for insertion in insertions + outside {
      guard case .mathematics(let formula) = insertion.content else { continue }
      numbers.append(insertion.index)
      formulas.append(formula)
    }
    let outcomes = try context.mathematics.typeset(formulas, macros: document.frontMatter.mathMacros)
    typeset += outcomes.compactMap { try? $0.get() }
    return Dictionary(zip(numbers, outcomes), uniquingKeysWith: { first, _ in first })
  }
}
