import Components

/// A document as the author wrote it, taken apart: front matter, prose and cells in order, each with its
/// place.
///
/// Reading never fails: what is wrong is listed in `problems`, and everything else is still there.
package struct Document: Sendable {
  /// The path as given on the command line; messages name it.
  package var file: String
  /// The whole text.
  package var text: String
  /// Title, author, seed and the other settings at the top.
  package var frontMatter: FrontMatter
  /// Prose, shown code and cells, in order.
  package var blocks: [Block]
  /// The files that are part of it, in the order of the text.
  package var included: [SourceFile] = []
  /// What is wrong with the text itself: unknown options, unclosed fences, doubled labels, syntax errors in YAML.
  package var problems: [Problem]

  package init(
    file: String, text: String, frontMatter: FrontMatter, blocks: [Block], problems: [Problem]
  ) {
    self.file = file
    self.text = text
    self.frontMatter = frontMatter
    self.blocks = blocks
    self.problems = problems
  }

  /// Its own file and those that are part of it.
  package var sources: [SourceFile] { [SourceFile(file: file, text: text)] + included }

  /// The cells in order.
  package var cells: [Cell] {
    blocks.compactMap { block in
      if case .cell(let cell) = block { return cell }
      return nil
    }
  }

  /// The inline values of all prose, in order.
  package var inlineValues: [InlineValue] {
    blocks.flatMap { block in
      if case .prose(let prose) = block { return prose.inlineValues }
      return []
    }
  }
}

/// A piece of a document.
package enum Block: Sendable {
  /// Markdown between fences.
  case prose(Prose)
  /// Code that is shown and not run.
  case listing(Listing)
  /// A cell that runs.
  case cell(Cell)

  /// Where it begins.
  package var position: SourcePosition {
    switch self {
    case .prose(let prose): prose.position
    case .listing(let listing): listing.position
    case .cell(let cell): cell.position
    }
  }
}

/// A fence of a language that is only shown.
package struct Listing: Sendable {
  /// The language behind the fence; empty for none.
  package var language: String
  /// The code without its fences.
  package var code: String
  /// Where the fence opens.
  package var position: SourcePosition
  /// `lst-…`, if references can name it.
  package var label: String?
  /// Stands above the code.
  package var caption: String?
  /// Which lines have numbers or are highlighted.
  package var lineNumbers: LineNumbering

  package init(
    language: String, code: String, position: SourcePosition, label: String? = nil, caption: String? = nil,
    lineNumbers: LineNumbering = LineNumbering(isNumbered: false)
  ) {
    self.language = language
    self.code = code
    self.position = position
    self.label = label
    self.caption = caption
    self.lineNumbers = lineNumbers
  }
}

/// A cell that runs: its fence, options and source.
package struct Cell: Sendable {
  /// What runs it.
  package enum Kind: String, CaseIterable, Sendable {
    case swift, experiment, plot, table, diagram
  }

  /// What runs it.
  package var kind: Kind
  /// The label; cells without one are called by their kind and number, as in `swift-2`, and `isLabeled` is false.
  package var label: String
  /// Whether the author gave the label.
  package var isLabeled: Bool
  /// The options of the `#|` lines.
  package var options: CellOptions
  /// The text below the options.
  package var source: String
  /// The whole fence as it is written, with its options.
  package var fencedSource = ""
  /// Where the fence opens.
  package var position: SourcePosition
  /// The line of the first line of `source`.
  package var sourceLine: Int
  /// The source as a tree, for the kinds that are written in YAML (experiment, plot, table); nil if it could not be
  /// parsed, and then a problem says why.
  package var recipe: RecipeNode?

  package init(
    kind: Kind, label: String, isLabeled: Bool, options: CellOptions, source: String,
    position: SourcePosition, sourceLine: Int, recipe: RecipeNode?
  ) {
    self.kind = kind
    self.label = label
    self.isLabeled = isLabeled
    self.options = options
    self.source = source
    self.position = position
    self.sourceLine = sourceLine
    self.recipe = recipe
  }
}

/// A value in running text: `` `{value} moons.test.accuracy | 3` `` or `` `{swift} 2 * weights.count` ``.
package struct InlineValue: Sendable {
  /// What it shows.
  package enum Content: Sendable, Equatable {
    /// A recorded value by its path (`moons.test.accuracy`, `params.epochs`) with the text behind `|`, if any.
    case value(path: String, format: String?)
    /// A Swift expression with the text behind the last `|` that is a format, if any.
    case swift(expression: String, format: String?)
  }

  /// The number of the value within the document, from zero.
  package var index: Int
  /// What it shows.
  package var content: Content
  /// Where it stands.
  package var position: SourcePosition

  package init(index: Int, content: Content, position: SourcePosition) {
    self.index = index
    self.content = content
    self.position = position
  }
}
