import Components
import Documents
import Execution

/// What references can name, numbered in the order of the text: figures, tables, listings, equations and sections.
struct ReferenceIndex {
  /// Something that can be named.
  struct Target {
    /// The word before the number, as in "Figure 3".
    var kind: String
    /// As in `3` or `2.1`; sections without numbers are called by their text.
    var number: String
    var id: String
    /// What a section without a number is called by.
    var title = ""
  }

  /// An output of a cell: the number of the cell and of the output within it.
  struct OutputKey: Hashable {
    var cell: Int
    var output: Int
  }

  private(set) var targets: [String: Target] = [:]
  /// The targets of figures and tables that are numbered.
  private(set) var outputs: [OutputKey: Target] = [:]
  /// The numbers of headings and of equations by their insertions.
  private(set) var insertionNumbers: [Int: String] = [:]
  /// The numbers of listings by their blocks.
  private(set) var listings: [Int: Target] = [:]
  private(set) var problems: [Problem] = []

  private var counts: [String: Int] = [:]
  private var sectionNumbers: [Int] = []
  /// Labels whose cells gave nothing: references to them are not to blame.
  private var unfinished: [String] = []
  private let numbersSections: Bool

  init(_ executed: ExecutedDocument) {
    numbersSections = executed.document.frontMatter.numberSections
    var cellNumber = 0
    for (blockNumber, block) in executed.document.blocks.enumerated() {
      switch block {
      case .prose(let prose): prose.insertions.forEach { add($0) }
      case .listing(let listing): add(listing, block: blockNumber)
      case .cell:
        if cellNumber < executed.cells.count { add(executed.cells[cellNumber], number: cellNumber) }
        cellNumber += 1
      }
    }
  }

  /// The labels that can be named, sorted.
  var labels: [String] { targets.keys.sorted() }

  /// The ids of the page that links can lead to.
  private(set) var ids: Set<String> = []

  /// Whether a label belongs to a cell that failed or did not run.
  func isUnfinished(_ label: String) -> Bool {
    unfinished.contains { name in
      label == name
        || ["fig", "tbl", "lst"].contains { label.hasPrefix("\($0)-\(name)-") || label == "\($0)-\(name)" }
    }
  }

  private mutating func add(_ insertion: Insertion) {
    switch insertion.content {
    case .heading(let heading):
      let number = heading.isNumbered && numbersSections ? sectionNumber(level: heading.level) : ""
      insertionNumbers[insertion.index] = number
      // Equal ids were made different when the text was read.
      ids.insert(heading.id)
      targets[heading.id] = Target(
        kind: "Section", number: number, id: heading.id, title: heading.plainText)
    case .mathematics(let formula):
      guard let label = formula.label else { return }
      let number = next("Equation")
      insertionNumbers[insertion.index] = number
      register(label, Target(kind: "Equation", number: number, id: label), at: insertion.position)
    case .divisionBegin(let division):
      if let id = division.attributes.id { ids.insert(id) }
      guard let kind = division.numberedKind else { return }
      let number = next(kind)
      insertionNumbers[insertion.index] = number
      guard let label = division.attributes.id else { return }
      register(label, Target(kind: kind, number: number, id: label), at: insertion.position)
    case .tableCaption(let label):
      let number = next("Table")
      insertionNumbers[insertion.index] = number
      guard let label else { return }
      register(label, Target(kind: "Table", number: number, id: label), at: insertion.position)
    case .divisionEnd, .divisionTitle, .tab, .reference, .citation, .value: break
    }
  }

  private mutating func add(_ listing: Listing, block: Int) {
    guard listing.label != nil || listing.caption != nil else { return }
    let id = listing.label ?? "listing-\(block)"
    let target = Target(kind: "Listing", number: next("Listing"), id: id)
    listings[block] = target
    if let label = listing.label { register(label, target, at: listing.position) }
  }

  private mutating func add(_ cell: ExecutedCell, number: Int) {
    if cell.status != .ok { unfinished.append(cell.cell.label) }
    guard cell.cell.options.include else { return }
    var figures = 0
    var tables = 0
    for (index, output) in cell.outputs.enumerated() {
      let key = OutputKey(cell: number, output: index)
      switch output {
      case .figure(let figure):
        figures += 1
        let own = figures == 1 ? cell.cell.label(beginning: "fig-") : nil
        let isNamed = figure.caption != nil || cell.cell.options.figureCaption != nil
        add(figure.label ?? own, "Figure", "\(cell.cell.label)-figure-\(figures)", isNamed, key, cell)
      case .table(let table):
        tables += 1
        let own = tables == 1 ? cell.cell.label(beginning: "tbl-") : nil
        let isNamed =
          table.caption != nil || table.table.caption != nil || cell.cell.options.tableCaption != nil
        add(table.label ?? own, "Table", "\(cell.cell.label)-table-\(tables)", isNamed, key, cell)
      default: break
      }
    }
  }

  private mutating func add(
    _ label: String?, _ kind: String, _ defaultID: String, _ isNamed: Bool, _ key: OutputKey,
    _ cell: ExecutedCell
  ) {
    let isNumbered = label != nil || isNamed
    let target = Target(kind: kind, number: isNumbered ? next(kind) : "", id: label ?? defaultID)
    outputs[key] = target
    if let label { register(label, target, at: cell.cell.position) }
  }

  private mutating func register(_ label: String, _ target: Target, at position: SourcePosition) {
    ids.insert(label)
    if targets[label] != nil {
      problems.append(Problem(PublishingError.doubledReference(label: label), at: position))
    } else {
      targets[label] = target
    }
  }

  private mutating func next(_ kind: String) -> String {
    counts[kind, default: 0] += 1
    return "\(counts[kind, default: 0])"
  }

  private mutating func sectionNumber(level: Int) -> String {
    while sectionNumbers.count < level { sectionNumbers.append(0) }
    sectionNumbers.removeLast(sectionNumbers.count - level)
    sectionNumbers[level - 1] += 1
    // A document whose highest headings are `##` counts from them.
    return sectionNumbers.drop { $0 == 0 }.map(String.init).joined(separator: ".")
  }
}

extension Division {
  /// The word for a division that is numbered: by the beginning of its id, or by its class.
  var numberedKind: String? {
    let kinds = [
      ("thm", "theorem"), ("lem", "lemma"), ("cor", "corollary"), ("prp", "proposition"),
      ("cnj", "conjecture"),
      ("def", "definition"), ("exm", "example"), ("rem", "remark"), ("exr", "exercise"), ("alg", "algorithm"),
      ("fig", "figure"), ("tbl", "table"), ("lst", "listing"),
    ]
    let kind = kinds.first { prefix, name in
      attributes.id?.hasPrefix(prefix + "-") ?? false || attributes.classes.contains(name)
    }
    return kind.map { $0.1.prefix(1).uppercased() + $0.1.dropFirst() }
  }
}

extension Cell {
  /// The label, if it begins as those of a kind of target do.
  func label(beginning prefix: String) -> String? { isLabeled && label.hasPrefix(prefix) ? label : nil }
}
