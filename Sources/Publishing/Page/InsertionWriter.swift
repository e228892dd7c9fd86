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
  private(set) var problems: [Problem] = []

  /// What stands around the titles of divisions, by their insertions.
  var titles: [Int: (before: String, after: String)] = [:]
  /// What closes the divisions that are open.
  var openDivisions: [String] = []

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
      return .heading(
        id: heading.id, number: index.insertionNumbers[insertion.index] ?? "",
        level: min(6, heading.level + headingShift))
    case .divisionBegin(let division): return .block(begin(division, insertion))
    case .divisionEnd: return .block(openDivisions.popLast() ?? "")
    case .divisionTitle(let division):
      return .title(before: titles[division]?.before ?? "<p>", after: titles[division]?.after ?? "</p>")
    case .tab(let division, let number): return tab(number, of: division)
    case .tableCaption(let label):
      return .caption(id: label, label: "Table \(index.insertionNumbers[insertion.index] ?? "")")
    }
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
    guard let target = index.targets[reference.label] else {
      if !index.isUnfinished(reference.label) {
        let error = PublishingError.unresolvedReference(label: reference.label, known: index.labels)
        problems.append(Problem(error, at: position))
      }
      return "<span class=\"missing\" title=\"unresolved reference\">@\(HTML.escaped(reference.label))</span>"
    }
    let number = target.kind == "Equation" ? "(\(target.number))" : target.number
    let text =
      target.number.isEmpty
      ? (target.title.isEmpty ? target.kind.lowercased() : target.title)
      : reference.showsNumberOnly ? number : "\(target.kind)\u{A0}\(number)"
    return "<a class=\"reference\" href=\"#\(HTML.escaped(target.id))\">\(HTML.escaped(text))</a>"
  }
}
