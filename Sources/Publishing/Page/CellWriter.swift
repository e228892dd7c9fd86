import CairoRendering
import Components
import Documents
import Execution
import Experiments
import Plotting

/// Writes a cell: its code, what it gave, its expectations and what went wrong.
struct CellWriter {
  let index: ReferenceIndex
  let problemWriter: ProblemWriter
  let figures: FigureRenderer
  /// A caption's Markdown as HTML.
  let caption: (String) -> String
  /// What the page is made for.
  let format: FrontMatter.Format
  /// What went wrong while drawing.
  private(set) var problems: [Problem] = []
  /// The letters of all figures.
  private(set) var glyphs = GlyphSheet()
  /// The first figure of the page.
  private(set) var firstFigure: RenderedFigure?

  private let tables = TableWriter()
  /// A figure's table shows no more rows; the whole data are in the results.
  private static let mostDataRows = 100

  init(
    index: ReferenceIndex, problemWriter: ProblemWriter, figures: @escaping FigureRenderer,
    format: FrontMatter.Format, caption: @escaping (String) -> String
  ) {
    self.format = format
    self.index = index
    self.problemWriter = problemWriter
    self.figures = figures
    self.caption = caption
  }

  /// The HTML of a cell; nothing if the author hides it, unless something is wrong with it or with its text.
  mutating func html(_ executed: ExecutedCell, number: Int, around: [Problem]) -> String {
    let cell = executed.cell
    let errors = (around + executed.problems).filter { $0.severity == .error || cell.options.warning }
    guard cell.options.include || !errors.isEmpty else { return "" }
    var html = code(cell, number: number)
    if cell.options.include, cell.options.output != .hidden {
      html = placed(outputs(executed, number: number), behind: html, of: cell)
    }
    html += expectations(executed.expectations)
    if executed.status == .skipped, cell.options.eval, cell.options.include {
      let reason =
        cell.kind == .experiment
        ? "because the recipe of another experiment has an error." : "because an earlier cell failed."
      html += "<p class=\"skipped\"><strong>Skipped</strong> \(reason)</p>\n"
    }
    html += errors.map(problemWriter.box).joined()
    guard !html.isEmpty else { return "" }
    let classes = ["cell", "cell-\(cell.kind.rawValue)"] + cell.options.classes
    let width = cell.options.column == .body ? [] : ["column-\(cell.options.column.rawValue)"]
    return "<div class=\"\(HTML.escaped((classes + width).joined(separator: " ")))\" "
      + "id=\"cell-\(HTML.escaped(cell.label))\">\n\(html)</div>\n"
  }

  /// Where slides put the outputs; pages put them below the code.
  private func placed(_ outputs: String, behind code: String, of cell: Cell) -> String {
    guard format == .slides, !outputs.isEmpty else { return code + outputs }
    switch cell.options.outputLocation {
    case .default: return code + outputs
    case .fragment: return "\(code)<div class=\"step\">\n\(outputs)</div>\n"
    case .slide: return code + SlideMark.outputSlide + outputs
    case .column, .columnFragment:
      let step = cell.options.outputLocation == .columnFragment ? " step" : ""
      return "<div class=\"columns\">\n<div class=\"column\">\n\(code)</div>\n"
        + "<div class=\"column\(step)\">\n\(outputs)</div>\n</div>\n"
    }
  }

  /// A listing of code that is only shown.
  func html(_ listing: Listing, block: Int) -> String {
    let box = CodeBlock(listing.code, language: listing.language, lines: listing.lineNumbers).html
    guard let target = index.listings[block] else { return box }
    return captioned(box, target, listing.caption)
  }

  private func captioned(_ box: String, _ target: ReferenceIndex.Target, _ text: String?) -> String {
    let words = text.map { ": " + caption($0) } ?? ""
    return "<figure class=\"listing\" id=\"\(HTML.escaped(target.id))\">"
      + "<figcaption><span class=\"label\">Listing \(target.number)</span>\(words)</figcaption>\n\(box)</figure>\n"
  }

  private func code(_ cell: Cell, number: Int) -> String {
    guard cell.options.showsSource(of: cell.kind), !cell.source.trimmed.isEmpty else { return "" }
    let shown =
      cell.options.showsFence
      ? CodeBlock(cell.fencedSource, language: "", lines: cell.options.codeLineNumbers)
      : CodeBlock(cell.source, language: cell.kind.rawValue, lines: cell.options.codeLineNumbers)
    let box =
      index.cellListings[number].map { captioned(shown.html, $0, cell.options.listingCaption) } ?? shown.html
    switch cell.options.codeFold {
    case .none: return box
    case .folded, .open:
      let isOpen = cell.options.codeFold == .open ? " open" : ""
      let summary = HTML.escaped(cell.options.codeSummary)
      return "<details class=\"code\"\(isOpen)><summary>\(summary)</summary>\n\(box)</details>\n"
    }
  }

  // MARK: Outputs

  private mutating func outputs(_ executed: ExecutedCell, number: Int) -> String {
    var parts: [(html: String, isFigure: Bool)] = []
    for (output, value) in executed.outputs.enumerated() {
      let key = ReferenceIndex.OutputKey(cell: number, output: output)
      switch value {
      case .text(let text): parts.append((self.text(text, executed.cell), false))
      case .value(let text):
        parts.append(("<pre class=\"output value\" tabindex=\"0\">\(HTML.escaped(text))</pre>\n", false))
      case .figure(let figure): parts.append((self.figure(figure, executed.cell, key), true))
      case .table(let table): parts.append((self.table(table, executed.cell, key), false))
      case .paragraph(let text):
        let lines = text.split(separator: "\n").map {
          "<p class=\"findings\">\(HTML.escaped(String($0)))</p>\n"
        }
        parts.append((lines.joined(), false))
      case .files(let files): parts.append((self.files(files, executed.cell), false))
      case .settings(let settings): parts.append((self.settings(settings), false))
      }
    }
    var html = parts.map(\.html).joined()
    let figures = parts.filter(\.isFigure).map(\.html)
    let columns = executed.cell.options.layoutColumns ?? 1
    if columns > 1 || index.groups[number] != nil, !figures.isEmpty {
      let grid = "<div class=\"grid\" style=\"--columns: \(columns)\">\n\(figures.joined())</div>\n"
      html =
        parts.filter { !$0.isFigure }.map(\.html).joined()
        + (index.groups[number].map { group(grid, $0, executed.cell) } ?? grid)
    }
    guard executed.cell.options.outputFold, !html.isEmpty else { return html }
    return "<details class=\"outputs\"><summary>Output</summary>\n\(html)</details>\n"
  }

  /// Figures with one number and one caption.
  private func group(_ grid: String, _ target: ReferenceIndex.Target, _ cell: Cell) -> String {
    "<figure class=\"group\" id=\"\(HTML.escaped(target.id))\">\(grid)"
      + captionHTML(target, cell.options.figureCaption, tag: "figcaption") + "</figure>\n"
  }

  /// Links to files in the folder beside the page.
  private func files(_ files: [ExportedFile], _ cell: Cell) -> String {
    let folder = ReportPaths(document: cell.position.file).reportName
    let links = files.map { file in
      let path = HTML.escaped("\(folder)/\(file.name)")
      return "<a href=\"\(path)\" download>\(HTML.escaped(file.name))</a>"
    }
    return "<p class=\"downloads\">Files: \(links.joined(separator: ", "))</p>\n"
  }

  private func text(_ text: String, _ cell: Cell) -> String {
    if cell.options.output == .asIs, let html = try? MarkdownConverter.html(text) { return html + "\n" }
    return "<pre class=\"output\" tabindex=\"0\">\(HTML.escaped(text))</pre>\n"
  }

  private mutating func figure(
    _ figure: LabeledFigure, _ cell: Cell, _ key: ReferenceIndex.OutputKey
  ) -> String {
    guard let target = index.outputs[key] else { return "" }
    var parts: [FigurePart] = []
    for (number, part) in figure.tabbed.enumerated() {
      var described = part.figure
      described.alternativeText = described.alternativeText ?? cell.options.figureAlternativeText
      let id = number == 0 ? target.id : "\(target.id)-\(number + 1)"
      do {
        parts.append(FigurePart(tab: part.name, id: id, rendered: try figures(described, id)))
      } catch {
        let problem = Problem(PublishingError.figureFailed("\(error)"), at: cell.position)
        problems.append(problem)
        return problemWriter.box(problem)
      }
    }
    for part in parts { glyphs.add(part.rendered.glyphs) }
    firstFigure = firstFigure ?? parts.first?.rendered
    let align =
      cell.options.figureAlignment == .default ? "" : " align-\(cell.options.figureAlignment.rawValue)"
    let id = HTML.escaped(target.id)
    let subcaptions = index.groups[key.cell] == nil ? nil : subcaption(key, of: cell)
    let words = subcaptions ?? figure.caption ?? (target.letter == nil ? cell.options.figureCaption : nil)
    let text = captionHTML(target, words, tag: "")
    var html = "<figure id=\"\(id)\" class=\"plot\(align)\">\n"
    if let only = parts.first, parts.count == 1 {
      let extras = files(of: only.rendered, named: only.id, cell) + data(only.rendered.data)
      html += drawings(only.rendered)
      html += captioned(text, with: extras + missingCharacters(of: [only.rendered], cell))
    } else {
      html += tabs(parts, id: id, cell)
      html += captioned(text, with: missingCharacters(of: parts.map(\.rendered), cell))
    }
    return html + "</figure>\n"
  }

  /// A caption stands last in its figure, so that it holds what is offered below it; slides offer nothing.
  private func captioned(_ caption: String, with extras: String) -> String {
    let extras = format == .slides ? "" : extras
    return caption.isEmpty
      ? extras : "<figcaption>\(caption)\(extras.isEmpty ? "" : "\n")\(extras)</figcaption>\n"
  }

  /// A rendered figure and the tab that it stands behind.
  private struct FigurePart {
    var tab: String
    var id: String
    var rendered: RenderedFigure
  }

  /// Figures behind tabs that need no script: of the panels, the style sheet shows the one whose button is chosen.
  private mutating func tabs(_ parts: [FigurePart], id: String, _ cell: Cell) -> String {
    var html = "<div class=\"tabs\">\n"
    for (number, part) in parts.enumerated() {
      let button = "\(HTML.escaped(part.id))-tab"
      html += "<input type=\"radio\" name=\"\(id)-tabs\" id=\"\(button)\"\(number == 0 ? " checked" : "")>"
      html += "<label for=\"\(button)\">\(HTML.escaped(part.tab))</label>\n<div class=\"tab\">\n"
      html += drawings(part.rendered) + files(of: part.rendered, named: part.id, cell)
      html += data(part.rendered.data) + "</div>\n"
    }
    return html + "</div>\n"
  }

  /// One drawing for wide screens and paper, and one for phones; style sheets show one of them.
  private func drawings(_ figure: RenderedFigure) -> String {
    guard let narrow = figure.narrowSVG else { return "<div class=\"drawing\">\(figure.svg)</div>\n" }
    return "<div class=\"drawing wide\">\(figure.svg)</div>\n<div class=\"drawing narrow\">\(narrow)</div>\n"
  }

  /// Links to the files that the author offers.
  private mutating func files(of figure: RenderedFigure, named name: String, _ cell: Cell) -> String {
    var files: [DownloadLinks.File] = []
    for format in cell.options.downloads {
      let extent = format.rawValue
      do {
        let (type, bytes) =
          switch format {
          case .pdf: ("application/pdf", try figure.pdf())
          case .png: ("image/png", try figure.png())
          case .csv: ("text/csv;charset=utf-8", Array(figure.data.csv.utf8))
          }
        files.append(
          .init(title: extent.uppercased(), name: "\(name).\(extent)", mediaType: type, bytes: bytes))
      } catch {
        problems.append(Problem(PublishingError.figureFailed("\(error)"), at: cell.position))
      }
    }
    return DownloadLinks(files: files).html
  }

  /// A warning if the figure's font lacks characters.
  private mutating func missingCharacters(of figures: [RenderedFigure], _ cell: Cell) -> String {
    var missing: [Character] = []
    for character in figures.flatMap(\.missingCharacters) where !missing.contains(character) {
      missing.append(character)
    }
    guard !missing.isEmpty else { return "" }
    let problem = Problem(
      PublishingError.missingCharacters(missing), at: cell.position, severity: .warning)
    problems.append(problem)
    return cell.options.warning ? problemWriter.box(problem) : ""
  }

  private func captionHTML(
    _ target: ReferenceIndex.Target, _ text: String?, tag: String
  ) -> String {
    guard !target.number.isEmpty else { return "" }
    let words = text.map { (target.letter == nil ? ": " : " ") + caption($0) } ?? ""
    let label = target.letter ?? "\(target.kind) \(target.number)"
    let content = "<span class=\"label\">\(label)</span>\(words)"
    return tag.isEmpty ? content : "<\(tag)>\(content)</\(tag)>\n"
  }

  /// The caption of a figure of a group, by its place among the members.
  private func subcaption(_ key: ReferenceIndex.OutputKey, of cell: Cell) -> String? {
    let place = index.outputs.keys.filter { $0.cell == key.cell && $0.output < key.output }
      .count { index.outputs[$0]?.letter != nil }
    let captions = cell.options.figureSubcaptions
    return captions.indices.contains(place) && !captions[place].isEmpty ? captions[place] : nil
  }

  private func data(_ table: Table) -> String {
    guard !table.rows.isEmpty else { return "" }
    var shown = table
    var note = ""
    if table.rows.count > Self.mostDataRows {
      shown.rows = Array(table.rows.prefix(Self.mostDataRows))
      note = "<p>The first \(Self.mostDataRows) of \(table.rows.count) rows.</p>"
    }
    return
      "<details class=\"data\"><summary>Data of this figure</summary>\n\(tables.html(shown))\(note)</details>\n"
  }

  private func table(_ table: LabeledTable, _ cell: Cell, _ key: ReferenceIndex.OutputKey) -> String {
    guard let target = index.outputs[key] else { return "" }
    let text = table.caption ?? table.table.caption ?? cell.options.tableCaption
    let words = captionHTML(target, text, tag: "")
    let links = DownloadLinks(
      files: cell.options.downloads.contains(.csv)
        ? [
          .init(
            title: "CSV", name: "\(target.id).csv", mediaType: "text/csv;charset=utf-8",
            bytes: Array(table.table.csv.utf8))
        ] : [])
    return tables.html(table.table, caption: words.isEmpty ? nil : words, id: target.id) + "\n" + links.html
  }

  private func settings(_ settings: [Setting]) -> String {
    guard !settings.isEmpty, format != .slides else { return "" }
    var html = "<details class=\"settings\"><summary>Settings in force</summary>\n"
    html += "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Settings in force\"><table>"
    html += "<thead><tr><th scope=\"col\">setting</th><th scope=\"col\">value</th>"
    html += "<th scope=\"col\">origin</th></tr></thead>\n<tbody>\n"
    for setting in settings {
      let origin = setting.isGiven ? "given" : "default"
      html += "<tr class=\"\(origin)\"><td><code>\(HTML.escaped(setting.path))</code></td>"
      html += "<td><code>\(HTML.escaped(setting.value))</code></td><td>\(origin)</td></tr>\n"
    }
    return html + "</tbody></table></div></details>\n"
  }

  // MARK: Expectations

  private func expectations(_ results: [ExpectationResult]) -> String {
    guard !results.isEmpty else { return "" }
    var html = "<ul class=\"expectations\">\n"
    for result in results {
      let (mark, word, name) = result.passed ? ("✓", "met", "passed") : ("✗", "failed", "failed")
      html += "<li class=\"\(name)\"><span class=\"mark\" aria-hidden=\"true\">\(mark)</span> "
      html += "<strong>\(word)</strong> <code>\(HTML.escaped(result.path))</code> expected "
      html +=
        "<code>\(HTML.escaped(result.expected))</code>, is <code>\(HTML.escaped(actual(result.actual)))</code></li>\n"
    }
    return html + "</ul>\n"
  }

  private func actual(_ value: RecordedValue) -> String {
    switch value {
    case .real(let number): NumberText.text(number)
    case .text(let text): text
    default: value.compactJSON
    }
  }
}
