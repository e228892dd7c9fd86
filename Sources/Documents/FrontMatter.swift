import Components

/// The settings at the top of a document.
package struct FrontMatter: Sendable {
  /// What a page is made for.
  package enum Format: String, NamedChoice {
    case html, slides
    /// Pages as they are printed: one column of the paper's width, links as notes.
    case htmlPrint = "html-print"
  }

  /// The sizes of text and lines in figures.
  package enum FigureTheme: String, NamedChoice { case standard, presentation, plain }

  /// A macro for formulas: `\R` stands for `\mathbb{R}`.
  package struct MathMacro: Sendable, Equatable {
    /// With its backslash.
    package var name: String
    /// What it stands for, in TeX.
    package var body: String

    package init(name: String, body: String) {
      self.name = name
      self.body = body
    }
  }

  /// Markdown, as the subtitle and the abstract.
  package var title: String?
  /// Stands below the title.
  package var subtitle: String?
  /// Their names, in order.
  package var authors: [String] = []
  /// As written; a day such as 2026-03-01.
  package var date: String?
  /// What the document is about, in a few lines.
  package var abstract: String?
  /// For search engines and index pages.
  package var keywords: [String] = []
  /// A tag such as `en` or `de`.
  package var language = "en"
  /// Whether the page has a table of contents.
  package var toc = false
  /// How many levels of headings it lists.
  package var tocDepth = 3
  /// Whether headings have numbers.
  package var numberSections = false
  /// Whether figures, tables, equations and the like are numbered within the sections of the highest level: `crossref: {chapters: true}`.
  package var numbersByChapter = false
  /// The level of the headings that begin a slide; nil for the second that the document has.
  package var slideLevel: Int?
  /// Files of references.
  package var bibliography: [String] = []
  /// The style of citations.
  package var csl: String?
  /// In the order of the text.
  package var params: [DocumentParameter] = []
  /// Options for all cells.
  package var execute = CellOptions()
  /// What the page is made for.
  package var format = Format.html
  /// The name of a folder of templates.
  package var template: String?
  /// Style sheets added to the page.
  package var css: [String] = []
  /// The theme of figures that name none.
  package var theme: FigureTheme?
  /// What all random numbers of the document come from.
  package var seed: UInt64 = 0
  /// Whether warnings fail the document too.
  package var strict = false
  /// Whether the page says that it is a draft.
  package var draft = false
  /// A picture for index pages.
  package var image: String?
  /// A sentence for search engines and index pages.
  package var description: String?
  /// What index pages group by.
  package var categories: [String] = []
  /// Stands at the end of the page.
  package var license: String?
  /// For all formulas of the document.
  package var mathMacros: [MathMacro] = []
  /// Where the value of each given key stands.
  package var positions: [String: SourcePosition] = [:]

  package init() {}

  /// The value of a parameter.
  package func parameter(_ name: String) -> DocumentParameter? { params.first { $0.name == name } }
}

extension FrontMatter {
  /// All keys.
  static let all: [Setting<FrontMatter>] = [
    Setting("title", \.title), Setting("subtitle", \.subtitle), Setting("author", \.authors),
    Setting("date") { node, matter in
      let date = try Setting<FrontMatter>.value(of: node, as: String.self, name: "date")
      let isRelative = ["today", "now", "last-modified"].contains(date.lowercased())
      guard !isRelative else { throw DocumentError.relativeDate(date) }
      matter.date = date
    },
    Setting("abstract", \.abstract), Setting("keywords", \.keywords), Setting("lang", \.language),
    Setting("toc", \.toc),
    Setting("toc-depth", \.tocDepth, requirement: "from 1 to 6") { (1...6).contains($0) },
    Setting("number-sections", \.numberSections),
    Setting("slide-level", \.slideLevel, requirement: "from 1 to 6") { (1...6).contains($0) },
    Setting("crossref") { node, matter in
      guard case .map(let entries) = node.kind else {
        throw RecipeError.wrongType(
          name: "crossref", expected: "a map", found: node.shortDescription, known: [], given: nil)
      }
      for entry in entries {
        guard entry.key == "chapters" else {
          let error = RecipeError.unknownKey(in: "crossref", name: entry.key, known: ["chapters"])
          throw Problem(error, at: entry.keyPosition)
        }
        matter.numbersByChapter = try Setting<FrontMatter>.value(
          of: entry.value, as: Bool.self, name: "chapters")
      }
    },
    Setting("bibliography", \.bibliography),
    Setting("csl", \.csl), Setting("format", \.format), Setting("template", \.template),
    Setting("css", \.css), Setting("theme", \.theme), .seed { $1.seed = $0 },
    Setting("strict", \.strict), Setting("draft", \.draft), Setting("image", \.image),
    Setting("description", \.description), Setting("categories", \.categories),
    Setting("license", \.license),
    Setting("math-macros") { node, matter in
      matter.mathMacros = try node.entries.map { entry in
        let body = try Setting<FrontMatter>.value(of: entry.value, as: String.self, name: entry.key)
        let name = entry.key.hasPrefix("\\") ? entry.key : "\\" + entry.key
        return MathMacro(name: name, body: body)
      }
    },
  ]

  /// The names of all keys.
  package static var names: [String] { all.map(\.name) + ["params", "execute"] }

  /// Applies entries to these settings, as those of a project file and then those of the document; what is wrong is
  /// added to the problems and changes nothing.
  ///
  /// Overrides, which a profile has, change the values of parameters that the document declares, and add none.
  package mutating func apply(
    _ entries: [RecipeNode.Entry], isOverride: Bool = false, problems: inout [Problem]
  ) {
    for entry in entries {
      do {
        if isOverride, entry.key == "params" {
          try overrideParameters(entry.value)
        } else {
          try apply(entry, problems: &problems)
        }
        positions[entry.key] = entry.value.position
      } catch let problem as Problem {
        problems.append(problem)
      } catch let error as any Explained {
        problems.append(Problem(error, at: entry.value.position))
      } catch {
        continue
      }
    }
  }

  private mutating func overrideParameters(_ node: RecipeNode) throws {
    guard case .map(let entries) = node.kind else { throw wrongMap("params", node) }
    for entry in entries {
      guard let index = params.firstIndex(where: { $0.name == entry.key }),
        case .scalar(let text, _) = entry.value.kind
      else { continue }
      do {
        params[index] = try params[index].overridden(by: text)
      } catch {
        throw Problem(error, at: entry.value.position)
      }
    }
  }

  private mutating func apply(_ entry: RecipeNode.Entry, problems: inout [Problem]) throws {
    switch entry.key {
    case "params":
      guard case .map(let entries) = entry.value.kind else { throw wrongMap("params", entry.value) }
      for declared in entries {
        let parameter = try DocumentParameter.reading(declared)
        params.removeAll { $0.name == parameter.name }
        params.append(parameter)
      }
    case "execute":
      guard case .map(let entries) = entry.value.kind else { throw wrongMap("execute", entry.value) }
      applyExecute(entries, problems: &problems)
    case "format" where entry.value.kind == .scalar("revealjs", isQuoted: false):
      format = .slides
      let error = DocumentError.slideFormat("revealjs")
      problems.append(Problem(error, at: entry.value.position, severity: .warning))
    default:
      guard let setting = Self.all.first(where: { $0.name == entry.key }) else {
        let error = RecipeError.unknownKey(in: "the front matter", name: entry.key, known: Self.names)
        throw Problem(error, at: entry.keyPosition)
      }
      try setting.read(entry.value, &self)
    }
  }

  private mutating func applyExecute(_ entries: [RecipeNode.Entry], problems: inout [Problem]) {
    for entry in entries where ["cache", "freeze"].contains(entry.key) {
      let error = DocumentError.cachingIsAlwaysOn(key: entry.key)
      problems.append(Problem(error, at: entry.keyPosition, severity: .warning))
    }
    execute.apply(entries.filter { !["cache", "freeze"].contains($0.key) }, problems: &problems)
    // A label belongs to one cell.
    execute.label = nil
  }

  private func wrongMap(_ name: String, _ node: RecipeNode) -> RecipeError {
    .wrongType(name: name, expected: "a map", found: node.shortDescription, known: [], given: nil)
  }
}
