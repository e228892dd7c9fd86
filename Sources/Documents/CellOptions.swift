import Components

/// The options of a cell: the `#|` lines above its source.
///
/// The names and their meaning are Quarto's.
package struct CellOptions: Sendable {
  /// Where figures stand in the width of the text.
  package enum Alignment: String, NamedChoice { case `default`, left, center, right }
  /// How much of the page a cell's outputs take.
  package enum Width: String, NamedChoice { case body, page, screen, margin }
  /// Where slides put the outputs: behind the code, with the next step, on a slide of their own, or beside the code.
  package enum OutputLocation: String, NamedChoice {
    case `default`, fragment, slide, column
    case columnFragment = "column-fragment"
  }
  /// What readers may download beside a figure or a table.
  package enum Download: String, NamedChoice { case pdf, png, csv }

  /// What happens when a cell fails.
  package enum FailurePolicy: String, Sendable {
    /// The document fails.
    case fails
    /// The failure is shown, and the document goes on.
    case allowed
    /// The cell must fail.
    case expected
  }

  /// Whether code is shown at once.
  package enum CodeFold: String, Sendable { case none, folded, open }

  /// What is done with what a cell gives.
  package enum Output: String, Sendable { case shown, hidden, asIs }

  /// The name that references and results use.
  package var label: String?
  /// Whether the cell runs.
  package var eval = true
  /// Whether the source is shown; nil leaves it to the kind of the cell.
  package var echo: Bool?
  /// Whether the source is shown with its fence and options, as texts that explain cells do.
  package var showsFence = false
  /// Whether what the cell gives is shown.
  package var output = Output.shown
  /// Whether anything of the cell is shown.
  package var include = true
  /// What a failure means.
  package var error = FailurePolicy.fails
  /// Whether warnings are shown.
  package var warning = true
  /// Whether the source is folded away.
  package var codeFold = CodeFold.none
  /// The line that unfolds it.
  package var codeSummary = "Code"
  /// Which of its lines have numbers or are highlighted.
  package var codeLineNumbers = LineNumbering(isNumbered: false)
  /// Stands above the source.
  package var listingCaption: String?
  /// Stands below a figure.
  package var figureCaption: String?
  /// For readers who do not see the figure.
  package var figureAlternativeText: String?
  /// A caption for each of several figures.
  package var figureSubcaptions: [String] = []
  /// In inches, as the height.
  package var figureWidth: Double?
  /// In inches.
  package var figureHeight: Double?
  /// Where figures stand.
  package var figureAlignment = Alignment.default
  /// Stands above a table.
  package var tableCaption: String?
  /// How many figures stand side by side.
  package var layoutColumns: Int?
  /// How wide the outputs are.
  package var column = Width.body
  /// Classes for style sheets.
  package var classes: [String] = []
  /// Where slides put the outputs.
  package var outputLocation = OutputLocation.default
  /// Replaces the seed of the document.
  package var seed: UInt64?
  /// In seconds.
  package var timeout: Double?
  /// The files that the cell reads.
  package var inputs: [String] = []
  /// Files offered beside figures and tables.
  package var downloads: [Download] = []
  /// Whether the outputs are folded away.
  package var outputFold = false
  /// Where the value of each given option stands.
  package var positions: [String: SourcePosition] = [:]

  package init() {}

  /// Whether the source of a cell of this kind is shown.
  ///
  /// What plots, tables and diagrams are made from is not, unless the author asks for it.
  package func showsSource(of kind: Cell.Kind) -> Bool {
    guard include else { return false }
    return echo ?? (kind == .swift || kind == .experiment)
  }
}

extension CellOptions {
  /// All options.
  static let all: [Setting<CellOptions>] = [
    Setting("label") { node, options in
      let label = try Setting<CellOptions>.value(of: node, as: String.self, name: "label")
      guard isLabel(label) else { throw DocumentError.badLabel(label) }
      options.label = label
    },
    Setting("eval", \.eval),
    Setting("echo") { node, options in
      let isFenced = node.kind == .scalar("fenced", isQuoted: false)
      options.echo = try isFenced || Setting<CellOptions>.value(of: node, as: Bool.self, name: "echo")
      options.showsFence = isFenced
    },
    Setting("output") { node, options in
      let isAsIs = node.kind == .scalar("asis", isQuoted: false)
      let isShown = try isAsIs || Setting<CellOptions>.value(of: node, as: Bool.self, name: "output")
      options.output = isAsIs ? .asIs : isShown ? .shown : .hidden
    },
    Setting("include", \.include),
    Setting("error") { node, options in
      options.error = try choice(
        node, "error", [("false", .fails), ("true", .allowed), ("expected", .expected)])
    },
    Setting("warning", \.warning),
    Setting("code-fold") { node, options in
      options.codeFold = try choice(
        node, "code-fold", [("false", .none), ("true", .folded), ("show", .open)])
    },
    Setting("code-summary", \.codeSummary),
    Setting("code-line-numbers") { node, options in
      guard case .scalar(let text, _) = node.kind, let numbering = LineNumbering(text) else {
        throw DocumentError.badLineNumbers(node.shortDescription)
      }
      options.codeLineNumbers = numbering
    },
    Setting("lst-cap", \.listingCaption),
    Setting("fig-cap", \.figureCaption),
    Setting("fig-alt", \.figureAlternativeText),
    Setting("fig-subcap", \.figureSubcaptions),
    Setting("fig-width", \.figureWidth, requirement: "from 1 to 20 inches") { (1...20).contains($0) },
    Setting("fig-height", \.figureHeight, requirement: "from 1 to 20 inches") { (1...20).contains($0) },
    Setting("fig-align", \.figureAlignment),
    Setting("tbl-cap", \.tableCaption),
    Setting("layout-ncol", \.layoutColumns, requirement: "from 1 to 6") { (1...6).contains($0) },
    Setting("column", \.column),
    Setting("classes", \.classes),
    Setting("output-location", \.outputLocation),
    .seed { $1.seed = $0 },
    Setting("timeout", \.timeout, requirement: "positive, in seconds") { $0 > 0 },
    Setting("inputs", \.inputs),
    Setting("downloads", \.downloads),
    Setting("output-fold", \.outputFold),
  ]

  /// The names of all options.
  package static var names: [String] { all.map(\.name) }

  /// Whether a text is a label: `[a-z][a-z0-9-]*`.
  package static func isLabel(_ text: String) -> Bool {
    guard let first = text.utf8.first, first.isLowercaseLetter else { return false }
    return text.utf8.allSatisfy { $0.isLowercaseLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
  }

  private static func choice<Value>(
    _ node: RecipeNode, _ name: String, _ choices: [(name: String, value: Value)]
  ) throws(RecipeError) -> Value {
    if case .scalar(let text, isQuoted: false) = node.kind,
      let choice = choices.first(where: { $0.name == text })
    {
      return choice.value
    }
    let names = choices.map(\.name)
    throw RecipeError.wrongType(
      name: name, expected: "one of: " + names.joined(separator: ", "), found: node.shortDescription,
      known: names, given: String(recipe: node))
  }
}

extension CellOptions {
  /// Applies entries to these options; what is wrong is added to the problems and changes nothing.
  mutating func apply(_ entries: [RecipeNode.Entry], problems: inout [Problem]) {
    for entry in entries {
      let proper = entry.key.replacing(".", with: "-")
      guard let option = Self.all.first(where: { $0.name == proper }) else {
        let error = DocumentError.unknownOption(name: entry.key, known: Self.names)
        problems.append(Problem(error, at: entry.keyPosition))
        continue
      }
      if proper != entry.key {
        let error = DocumentError.dottedOption(name: entry.key, proper: proper)
        problems.append(Problem(error, at: entry.keyPosition, severity: .warning))
      }
      do {
        try option.read(entry.value, &self)
        positions[proper] = entry.value.position
      } catch let error as any Explained {
        problems.append(Problem(error, at: entry.value.position))
      } catch {
        continue
      }
    }
  }
}
