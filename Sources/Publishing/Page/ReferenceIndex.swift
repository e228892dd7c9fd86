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
    /// The letter of a figure in a group, as in `(a)`; stands before its caption.
    var letter: String?
  }

  /// An output of a cell: the number of the cell and of the output within it.
  struct OutputKey: Hashable {
    var cell: Int
    var output: Int
  }

  private(set) var targets: [String: Target] = [:]
  /// The targets of figures and tables that are numbered.
  private(set) var outputs: [OutputKey: Target] = [:]
  /// The targets of cells whose figures form a group, by the numbers of the cells.
  private(set) var groups: [Int: Target] = [:]
  /// The targets of cells whose code is a listing, by the numbers of the cells.
  private(set) var cellListings: [Int: Target] = [:]
  /// The targets of images by their insertions.
  private(set) var images: [Int: Target] = [:]
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
  private let numbersByChapter: Bool
  /// The level of the headings that begin chapters, and how many there were.
  private var chapterLevel: Int?
  private var chapter = 0
  /// The numbered groups and other divisions that are open.
  private var openDivisions: [Group?] = []

  /// A group of figures, tables or listings with one number.
  private struct Group {
    var target: Target
    var members = 0
  }

  init(_ executed: ExecutedDocument) {
    numbersSections = executed.document.frontMatter.numberSections
    numbersByChapter = executed.document.frontMatter.numbersByChapter
    chapterLevel = executed.document.headings.map(\.level).min()
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
      if heading.level == chapterLevel, heading.isNumbered {
        chapter += 1
        if numbersByChapter { counts = [:] }
      }
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
      openDivisions.append(nil)
      guard let kind = division.numberedKind else { return }
      let number = next(kind)
      insertionNumbers[insertion.index] = number
      let target = Target(kind: kind, number: number, id: division.attributes.id ?? "")
      if ["Figure", "Table", "Listing"].contains(kind) {
        openDivisions[openDivisions.count - 1] = Group(target: target)
      }
      guard let label = division.attributes.id else { return }
      register(label, target, at: insertion.position)
    case .divisionEnd: _ = openDivisions.popLast()
    case .image(let image): add(image, insertion)
    case .tableCaption(let label):
      let number = next("Table")
      insertionNumbers[insertion.index] = number
      guard let label else { return }
      register(label, Target(kind: "Table", number: number, id: label), at: insertion.position)
    case .spanBegin(let attributes): if let id = attributes.id { ids.insert(id) }
    case .divisionTitle, .tab, .reference, .citation, .value, .spanEnd, .pause, .pageBreak, .rawBlock,
      .gridTable:
      break
    }
  }

  /// An image whose id begins as those of figures or tables do.
  private mutating func add(_ image: Image, _ insertion: Insertion) {
    guard let id = image.attributes.id else { return }
    ids.insert(id)
    let kinds = ["fig-": "Figure", "tbl-": "Table", "lst-": "Listing"]
    guard let kind = kinds.first(where: { id.hasPrefix($0.key) })?.value else { return }
    let target = target(kind: kind, id: id)
    images[insertion.index] = target
    register(id, target, at: insertion.position)
  }

  /// The next target of a kind: in a group of its kind a letter of the group's number.
  private mutating func target(kind: String, id: String) -> Target {
    guard let open = openDivisions.indices.last(where: { openDivisions[$0]?.target.kind == kind }),
      var group = openDivisions[open]
    else { return Target(kind: kind, number: next(kind), id: id) }
    let target = Self.member(group.members, of: group.target, id: id)
    group.members += 1
    openDivisions[open] = group
    return target
  }

  private static func member(_ place: Int, of group: Target, id: String) -> Target {
    let letter = "(\(letter(place)))"
    return Target(kind: group.kind, number: "\(group.number)\u{A0}\(letter)", id: id, letter: letter)
  }

  /// `a` for zero to `z`, then numbers.
  private static func letter(_ place: Int) -> String {
    place < 26 ? String(UnicodeScalar(UInt8(97 + place))) : "\(place + 1)"
  }

  private mutating func add(_ listing: Listing, block: Int) {
    guard listing.label != nil || listing.caption != nil else { return }
    let id = listing.label ?? "listing-\(block)"
    let target = target(kind: "Listing", id: id)
    listings[block] = target
    if let label = listing.label { register(label, target, at: listing.position) }
  }

  private mutating func add(_ cell: ExecutedCell, number: Int) {
    if cell.status != .ok { unfinished.append(cell.cell.label) }
    guard cell.cell.options.include else { return }
    let options = cell.cell.options
    if options.showsSource(of: cell.cell.kind),
      options.listingCaption != nil || cell.cell.label(beginning: "lst-") != nil
    {
      let label = cell.cell.label(beginning: "lst-")
      let target = target(kind: "Listing", id: label ?? "listing-of-\(cell.cell.label)")
      cellListings[number] = target
      if let label { register(label, target, at: cell.cell.position) }
    }
    if addGroup(cell, number: number) { return }
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

  /// The figures of a cell with a caption for each: one number, and letters.
  private mutating func addGroup(_ cell: ExecutedCell, number: Int) -> Bool {
    let figures = cell.outputs.indices.filter { if case .figure = cell.outputs[$0] { true } else { false } }
    guard figures.count > 1, !cell.cell.options.figureSubcaptions.isEmpty else { return false }
    let label = cell.cell.label(beginning: "fig-")
    let id = label ?? "\(cell.cell.label)-figures"
    let target = Target(kind: "Figure", number: next("Figure"), id: id)
    groups[number] = target
    if let label { register(label, target, at: cell.cell.position) }
    for (place, output) in figures.enumerated() {
      let member = Self.member(place, of: target, id: "\(id)-\(Self.letter(place))")
      outputs[OutputKey(cell: number, output: output)] = member
      if label != nil { register(member.id, member, at: cell.cell.position) }
    }
    return true
  }

  private mutating func add(
    _ label: String?, _ kind: String, _ defaultID: String, _ isNamed: Bool, _ key: OutputKey,
    _ cell: ExecutedCell
  ) {
    let isNumbered = label != nil || isNamed
    let id = label ?? defaultID
    let target = isNumbered ? target(kind: kind, id: id) : Target(kind: kind, number: "", id: id)
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
    let number = "\(counts[kind, default: 0])"
    return numbersByChapter ? "\(chapter).\(number)" : number
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

extension Document {
  /// The headings of sections, in order.
  var headings: [Heading] {
    blocks.flatMap { block -> [Heading] in
      guard case .prose(let prose) = block else { return [] }
      return prose.insertions.compactMap { insertion in
        if case .heading(let heading) = insertion.content { heading } else { nil }
      }
    }
  }
}
