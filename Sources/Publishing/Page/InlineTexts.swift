import Components
import Documents
import Execution

/// The Markdown that stands outside of the running text: titles, abstracts, captions.
///
/// It is read before anything is written, because what it cites belongs to the bibliography, in the order of the text.
struct InlineTexts {
  /// A text that was read.
  struct Entry {
    var prose: Prose
    var position: SourcePosition
  }

  private(set) var entries: [String: Entry] = [:]
  private(set) var problems: [Problem] = []
  /// What is cited, in the order of the page: in the running text, and in captions where their cells stand.
  private(set) var citations: [(citation: Citation, insertion: Insertion)] = []

  private let citesWorks: Bool
  /// Numbers of insertions that no running text has.
  private var nextIndex = 1_000_000

  /// Reads all texts of a document.
  init(_ executed: ExecutedDocument) {
    let document = executed.document
    let matter = document.frontMatter
    citesWorks = !matter.bibliography.isEmpty
    let top = SourcePosition(file: document.file, line: 1)
    for (name, text) in [
      ("title", matter.title), ("subtitle", matter.subtitle), ("abstract", matter.abstract),
    ] {
      if let text { add(text, at: matter.positions[name] ?? top) }
    }
    var cellNumber = 0
    for block in document.blocks {
      switch block {
      case .prose(let prose): add(prose)
      case .listing(let listing): if let caption = listing.caption { add(caption, at: listing.position) }
      case .cell(let cell):
        if cellNumber < executed.cells.count {
          for (text, position) in Self.captions(of: executed.cells[cellNumber], cell) {
            add(text, at: position)
          }
        }
        cellNumber += 1
      }
    }
  }

  private mutating func add(_ prose: Prose) {
    for insertion in prose.insertions {
      switch insertion.content {
      case .citation(let citation): citations.append((citation, insertion))
      case .image(let image): add(image.caption, at: insertion.position)
      case .divisionBegin(let division):
        for key in ["title", "name", "fig-cap", "tbl-cap", "lst-cap"] {
          if let text = division.attributes[key] { add(text, at: insertion.position) }
        }
      default: continue
      }
    }
  }

  private mutating func add(_ text: String, at position: SourcePosition) {
    guard entries[text] == nil else { return }
    let (prose, found) = DocumentReader.inline(
      text, at: position, citesWorks: citesWorks, firstIndex: nextIndex)
    nextIndex += prose.insertions.count
    problems += found
    entries[text] = Entry(prose: prose, position: position)
    for insertion in prose.insertions {
      if case .citation(let citation) = insertion.content { citations.append((citation, insertion)) }
    }
  }

  private static func captions(
    of executed: ExecutedCell, _ cell: Cell
  ) -> [(text: String, position: SourcePosition)] {
    let options = cell.options
    let given: [(String?, String)] = [
      (options.figureCaption, "fig-cap"), (options.tableCaption, "tbl-cap"),
      (options.listingCaption, "lst-cap"),
    ]
    var texts = given.compactMap { text, name in text.map { ($0, options.positions[name] ?? cell.position) } }
    texts += options.figureSubcaptions.map { ($0, options.positions["fig-subcap"] ?? cell.position) }
    for output in executed.outputs {
      switch output {
      case .figure(let figure): texts += [figure.caption].compactMap(\.self).map { ($0, cell.position) }
      case .table(let table):
        texts += [table.caption, table.table.caption].compactMap(\.self).map { ($0, cell.position) }
      default: continue
      }
    }
    return texts
  }
}
