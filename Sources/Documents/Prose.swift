import Components

/// Markdown between fences.
///
/// Everything that Markdown would misread (formulas, references, values) is taken out; a placeholder of
/// letters and digits, unique in the document, stands in its place until the page is written.
package struct Prose: Sendable {
  /// The Markdown with placeholders.
  package var markdown: String
  /// What the placeholders stand for, in order.
  package var insertions: [Insertion]
  /// The links and images, in order.
  package var links: [Link]
  /// Where the prose begins.
  package var position: SourcePosition

  package init(
    markdown: String, insertions: [Insertion], links: [Link] = [], position: SourcePosition
  ) {
    self.markdown = markdown
    self.insertions = insertions
    self.links = links
    self.position = position
  }

  /// The values in running text, in order.
  package var inlineValues: [InlineValue] {
    insertions.compactMap { insertion in
      if case .value(let value) = insertion.content { return value }
      return nil
    }
  }
}

/// Something that a placeholder stands for.
package struct Insertion: Sendable {
  /// What is put in.
  package enum Content: Sendable {
    case mathematics(Formula)
    case reference(Reference)
    case citation(Citation)
    case value(InlineValue)
    /// Stands at the end of a heading's text and gives the heading its id.
    case heading(Heading)
    /// The beginning of a `:::` division: a paragraph of its own.
    case divisionBegin(Division)
    case divisionEnd
    /// Stands at the end of a heading that is the title of a division, such as a theorem; the insertion of its beginning.
    case divisionTitle(of: Int)
    /// Stands at the end of a heading that begins a tab; the insertion of its division's beginning, and its number.
    case tab(of: Int, number: Int)
    /// Stands at the end of a paragraph behind a table, whose caption it is; `tbl-…`, if references can name it.
    case tableCaption(label: String?)
    /// An image; alone in its paragraph it is a figure.
    case image(Image)
    /// The beginning of `[text]{.class}`.
    case spanBegin(Attributes)
    case spanEnd
    /// `. . .`: what follows appears on slides with the next step.
    case pause
    /// `{{< pagebreak >}}`: a new page on paper.
    case pageBreak
    /// Tags of `<details>`, which Discount would put into a paragraph.
    case rawBlock(String)
    /// A part of a table whose cells are blocks.
    case gridTable(GridTable.Part)
  }

  /// The number of the placeholder within the document.
  package var index: Int
  /// What it stands for.
  package var content: Content
  /// Where it stood in the text.
  package var position: SourcePosition

  package init(index: Int, content: Content, position: SourcePosition) {
    self.index = index
    self.content = content
    self.position = position
  }
}

/// The form of placeholders: `QZX12XZQ` passes Markdown unchanged, in text, tables, headings and code.
package enum Placeholder {
  /// What placeholders begin with.
  package static let opening = "QZX"
  /// What placeholders end with.
  package static let closing = "XZQ"

  /// The placeholder of a number.
  package static func text(_ index: Int) -> String { "\(opening)\(index)\(closing)" }
}

/// A formula in TeX.
package struct Formula: Sendable, Equatable {
  /// Without its dollars.
  package var tex: String
  /// Whether it stands on lines of its own, as between `$$`.
  package var isDisplay: Bool
  /// `eq-…`, if references can name it.
  package var label: String?

  package init(tex: String, isDisplay: Bool, label: String? = nil) {
    self.tex = tex
    self.isDisplay = isDisplay
    self.label = label
  }
}

/// A reference such as `@fig-loss`, or `[-@fig-loss]` for the number alone, or `@lecture-2#fig-loss` into another document.
package struct Reference: Sendable, Equatable {
  /// The label without the mark, as in `fig-loss`.
  package var label: String
  /// The path of the other document without its ending, relative to this one; nil for this one.
  package var document: String?
  /// Whether the word before the number is left out.
  package var showsNumberOnly: Bool

  package init(label: String, document: String? = nil, showsNumberOnly: Bool = false) {
    self.label = label
    self.document = document
    self.showsNumberOnly = showsNumberOnly
  }
}

/// An image: `![caption](file.png){#fig-x width=50% fig-alt="…"}`.
package struct Image: Sendable, Equatable {
  /// Markdown; also what those read who do not see it, unless `fig-alt` says more.
  package var caption: String
  /// A path relative to the document, or an address.
  package var destination: String
  /// What a pointer above it shows.
  package var title: String?
  /// Its id, classes, width and alternative text.
  package var attributes: Attributes

  package init(
    caption: String, destination: String, title: String? = nil, attributes: Attributes = Attributes()
  ) {
    self.caption = caption
    self.destination = destination
    self.title = title
    self.attributes = attributes
  }
}

/// A heading.
package struct Heading: Sendable, Equatable {
  /// From one for `#` to six.
  package var level: Int
  /// The text as written, without attributes.
  package var text: String
  /// `{#sec-x}`, or made from the text; unique in the document.
  package var id: String
  /// Whether it counts where sections are numbered.
  package var isNumbered: Bool

  /// The text without emphasis; empty if it holds code or mathematics.
  package var plainText: String {
    text.contains { "$`{<[".contains($0) } ? "" : text.filter { $0 != "*" && $0 != "_" }
  }

  package init(level: Int, text: String, id: String, isNumbered: Bool = true) {
    self.level = level
    self.text = text
    self.id = id
    self.isNumbered = isNumbered
  }
}

/// The beginning of a division: `::: {.callout-note #id title="…"}`.
package struct Division: Sendable, Equatable {
  /// Its id, classes and keys.
  package var attributes: Attributes
  /// Whether a heading that follows at once is its title.
  package var hasTitle = false

  /// Whether headings inside begin tabs.
  package var isTabset: Bool { attributes.classes.contains("panel-tabset") }

  /// Whether a heading that follows at once is no section but its title: that of a callout, of a theorem and the like.
  package var takesTitle: Bool {
    let prefixes = ["thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "alg", "sol", "rem"]
    let names: Set = [
      "theorem", "lemma", "corollary", "proposition", "conjecture", "definition", "example", "exercise",
      "algorithm", "solution", "remark", "proof",
    ]
    return attributes.classes.contains { $0.hasPrefix("callout") || names.contains($0) }
      || prefixes.contains { attributes.id?.hasPrefix($0 + "-") ?? false }
  }

  package init(attributes: Attributes) { self.attributes = attributes }
}
