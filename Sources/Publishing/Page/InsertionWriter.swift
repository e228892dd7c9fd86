import Components
import Documents
import Execution

/// Writes what was taken out of the prose: formulas, references, values, headings and divisions.
struct InsertionWriter {
  let index: ReferenceIndex
  let bibliography: Bibliography
  let inlineTexts: [Int: String]
  /// The typeset formulas by their insertions.
  let formulas: [Int: MathTypesetter.Outcome]
  /// How many levels headings stand below the page's title.
  let headingShift: Int
  /// What the page is made for.
  var format = FrontMatter.Format.html
  /// The images of files as addresses that hold them, by their paths.
  var images: [String: String] = [:]
  /// Captions and titles as HTML, by their Markdown.
  var captions: [String: String] = [:]
  /// Finds other documents.
  var library: DocumentLibrary?
  /// The document's path.
  var file = ""
  private(set) var problems: [Problem] = []

  /// What stands around the titles of divisions, by their insertions.
  var titles: [Int: (before: String, after: String)] = [:]
  /// What closes the divisions that are open.
  var openDivisions: [PlaceholderSubstitution.Replacement] = []

  init(
    index: ReferenceIndex, bibliography: Bibliography = Bibliography(), inlineTexts: [Int: String],
    formulas: [Int: MathTypesetter.Outcome], headingShift: Int
  ) {
    self.index = index
    self.bibliography = bibliography
    self.inlineTexts = inlineTexts
    self.formulas = formulas
    self.headingShift = headingShift
  }

  /// What takes the place of an insertion.
  mutating func replacement(_ insertion: Insertion) -> PlaceholderSubstitution.Replacement {
    switch insertion.content {
    case .mathematics(let formula): return mathematics(formula, insertion)
    case .reference(let reference): return .inline(self.reference(reference, at: insertion.position))
    case .citation(let citation): return .inline(bibliography.html(citation, insertion.index))
    case .value(let value):
      guard let text = inlineTexts[value.index] else {
        return .inline("<span class=\"missing\" title=\"this value could not be computed\">?</span>")
      }
      return .inline("<span class=\"value\">\(HTML.escaped(text))</span>")
    case .heading(let heading):
      let breaksSlide = format == .slides && openDivisions.isEmpty
      return .heading(
        id: heading.id, number: index.insertionNumbers[insertion.index] ?? "",
        level: min(6, heading.level + headingShift),
        before: breaksSlide ? SlideMark.heading(level: heading.level, id: heading.id) : "")
    case .divisionBegin(let division): return .block(begin(division, insertion))
    case .divisionEnd: return openDivisions.popLast() ?? .block("")
    case .divisionTitle(let division):
      return .title(before: titles[division]?.before ?? "<p>", after: titles[division]?.after ?? "</p>")
    case .tab(let division, let number): return tab(number, of: division)
    case .tableCaption(let label):
      return .caption(id: label, label: "Table \(index.insertionNumbers[insertion.index] ?? "")")
    case .image(let image): return self.image(image, insertion)
    case .spanBegin(let attributes): return .inline(span(attributes))
    case .spanEnd: return .inline("</span>")
    case .pause:
      return .block(format == .slides && openDivisions.isEmpty ? SlideMark.pause : "")
    case .pageBreak: return .block("<div class=\"page-break\"></div>")
    case .rawBlock(let html): return .block(html)
    case .gridTable(let part): return gridTable(part)
    }
  }

  private func gridTable(_ part: GridTable.Part) -> PlaceholderSubstitution.Replacement {
    func tag(_ isHead: Bool) -> String { isHead ? "th" : "td" }
    switch part {
    case .begin(let hasHead):
      return .block(
        "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>"
          + (hasHead ? "<thead>" : "<tbody>"))
    case .rowBegin: return .block("<tr>")
    case .cellBegin(let isHead, let alignment):
      let style = alignment == .none ? "" : " style=\"text-align:\(alignment.rawValue);\""
      return .cellBegin("<\(tag(isHead))\(isHead ? " scope=\"col\"" : "")\(style)>")
    case .cellEnd(let isHead): return .cellEnd("</\(tag(isHead))>")
    case .rowEnd: return .block("</tr>")
    case .headEnd: return .block("</thead><tbody>")
    case .end(let hasBody): return .block(hasBody ? "</tbody></table></div>" : "</tbody></table></div>")
    }
  }

  private func span(_ attributes: Attributes) -> String {
    let classes =
      attributes.classes.isEmpty
      ? "" : " class=\"\(HTML.escaped(attributes.classes.joined(separator: " ")))\""
    let id = attributes.id.map { " id=\"\(HTML.escaped($0))\"" } ?? ""
    let language = attributes["lang"].map { " lang=\"\(HTML.escaped($0))\"" } ?? ""
    return "<span\(classes)\(id)\(language)>"
  }

  /// An image: alone in its paragraph a figure with its text as the caption.
  private func image(_ image: Image, _ insertion: Insertion) -> PlaceholderSubstitution.Replacement {
    let caption = captions[image.caption] ?? HTML.escaped(image.caption)
    let plain = caption.replacing(/<math.*?<\/math>|<[^>]*>/, with: "").trimmed
    let given = (image.attributes["fig-alt"] ?? image.attributes["alt"]).map(HTML.escaped)
    let address = Link.path(of: image.destination).flatMap { images[$0] } ?? HTML.escaped(image.destination)
    let title = image.title.map { " title=\"\(HTML.escaped($0))\"" } ?? ""
    let tag = "<img src=\"\(address)\" alt=\"\(given ?? plain)\"\(title)\(size(of: image.attributes))>"
    let target = index.images[insertion.index]
    let id = image.attributes.id.map { " id=\"\(HTML.escaped($0))\"" } ?? ""
    let inText = id.isEmpty ? tag : "<span\(id)>\(tag)</span>"
    guard !plain.isEmpty || target != nil else { return .figure(alone: "<p>\(inText)</p>", inText: inText) }
    let label = target.map { target in
      "<span class=\"label\">\(target.letter ?? "\(target.kind) \(target.number)")</span>"
    }
    let words = [label, caption.isEmpty ? nil : caption].compactMap(\.self)
      .joined(separator: target?.letter == nil ? ": " : " ")
    let align =
      image.attributes["fig-align"].map { ["left", "right"].contains($0) ? " align-\($0)" : "" } ?? ""
    return .figure(
      alone: "<figure\(id) class=\"image\(align)\">\(tag)<figcaption>\(words)</figcaption></figure>",
      inText: inText)
  }

  /// The width and the height that the author asks for: a share of the text's width, or a length.
  private func size(of attributes: Attributes) -> String {
    let rules = ["width", "height"].compactMap { name -> String? in
      guard let value = attributes[name] else { return nil }
      let digits = value.prefix { $0.isNumber || $0 == "." }
      let unit = value.dropFirst(digits.count)
      guard let number = Double(digits), ["", "%", "px", "in", "cm", "mm", "em", "rem", "pt"].contains(unit)
      else {
        return nil
      }
      return "\(name): \(NumberText.text(number))\(unit.isEmpty ? "px" : unit)"
    }
    return rules.isEmpty ? "" : " style=\"\(rules.joined(separator: "; "))\""
  }

  private mutating func mathematics(
    _ formula: Formula, _ insertion: Insertion
  ) -> PlaceholderSubstitution.Replacement {
    let html: String
    switch formulas[insertion.index] {
    case .success(let typeset): html = typeset
    case .failure(let error):
      problems.append(Problem(error, at: insertion.position))
      html =
        "<code class=\"missing\" title=\"\(HTML.escaped(error.sentence))\">\(HTML.escaped(formula.tex))</code>"
    case nil: html = "<code>\(HTML.escaped(formula.tex))</code>"
    }
    guard formula.isDisplay else { return .inline(html) }
    let id = formula.label.map { " id=\"\(HTML.escaped($0))\"" } ?? ""
    let number = index.insertionNumbers[insertion.index].map {
      "<span class=\"equation-number\">(\($0))</span>"
    }
    return .block(
      "<span class=\"equation\"\(id)><span class=\"formula\" tabindex=\"0\">\(html)</span>\(number ?? "")</span>"
    )
  }

  private mutating func reference(_ reference: Reference, at position: SourcePosition) -> String {
    if let document = reference.document { return foreign(reference, in: document, at: position) }
    guard let target = index.targets[reference.label] else {
      if !index.isUnfinished(reference.label) {
        let error = PublishingError.unresolvedReference(label: reference.label, known: index.labels)
        problems.append(Problem(error, at: position))
      }
      return "<span class=\"missing\" title=\"unresolved reference\">@\(HTML.escaped(reference.label))</span>"
    }
    let text = text(of: target, reference)
    return "<a class=\"reference\" href=\"#\(HTML.escaped(target.id))\">\(HTML.escaped(text))</a>"
  }

  private func text(of target: ReferenceIndex.Target, _ reference: Reference) -> String {
    let number = target.kind == "Equation" ? "(\(target.number))" : target.number
    return target.number.isEmpty
      ? (target.title.isEmpty ? target.kind.lowercased() : target.title)
      : reference.showsNumberOnly ? number : "\(target.kind)\u{A0}\(number)"
  }

  /// A reference into another document, whose page lies beside this one as the documents do.
  private mutating func foreign(
    _ reference: Reference, in document: String, at position: SourcePosition
  ) -> String {
    let shown = HTML.escaped("@\(document)#\(reference.label)")
    guard let other = library?.entry(document, besides: file) else {
      let error = PublishingError.missingDocument(name: document)
      problems.append(Problem(error, at: position))
      return "<span class=\"missing\" title=\"there is no such document\">\(shown)</span>"
    }
    guard let target = other.index.targets[reference.label] else {
      let error = PublishingError.unresolvedForeignReference(
        label: reference.label, document: document, known: other.index.labels)
      problems.append(Problem(error, at: position))
      return "<span class=\"missing\" title=\"unresolved reference\">\(shown)</span>"
    }
    let address = "\(document).html#\(target.id)"
    let text = HTML.escaped(text(of: target, reference))
    let link = "<a class=\"reference\" href=\"\(HTML.escaped(address))\">\(text)</a>"
    return reference.showsNumberOnly ? link : "\(link) of <cite>\(HTML.escaped(other.title))</cite>"
  }
}
