import Documents

extension InsertionWriter {
  private static let callouts = ["note", "tip", "warning", "important", "caution"]

  /// The id of the division that holds the list of references.
  static let referencesID = "refs"

  /// Opens a division, and notes how it ends.
  mutating func begin(_ division: Division, _ insertion: Insertion) -> String {
    let attributes = division.attributes
    let id = attributes.id.map { " id=\"\(HTML.escaped($0))\"" } ?? ""
    let title = (attributes["title"] ?? attributes["name"]).map { captions[$0] ?? HTML.escaped($0) }
    for kind in Self.callouts where attributes.classes.contains("callout-\(kind)") {
      let word = kind.prefix(1).uppercased() + kind.dropFirst()
      openDivisions.append(.block("</div>"))
      let opening = "<div class=\"callout \(kind)\" role=\"note\"\(id)>"
      if division.hasTitle {
        titles[insertion.index] = ("<p class=\"callout-title\">\(word): ", "</p>")
        return opening
      }
      let heading = title.map { "\(word): \($0)" } ?? word
      return "\(opening)<p class=\"callout-title\">\(heading)</p>"
    }
    if attributes.classes.contains("solution") {
      openDivisions.append(.block("</details>"))
      let opening = "<details class=\"solution\"\(id)>"
      if division.hasTitle {
        titles[insertion.index] = ("<summary>Solution: ", "</summary>")
        return opening
      }
      return "\(opening)<summary>Solution\(title.map { ": \($0)" } ?? "")</summary>"
    }
    if let kind = division.numberedKind, let number = index.insertionNumbers[insertion.index] {
      return beginNumbered(division, insertion, kind: kind, number: number, title: title)
    }
    if attributes.classes.contains("notes") {
      openDivisions.append(.block("</div>"))
      return "<div class=\"notes\" role=\"note\"\(id)>"
    }
    if attributes.classes.contains("aside") || attributes.classes.contains("column-margin") {
      openDivisions.append(.block("</div>"))
      return "<div\(classes(["side-note"] + attributes.classes))\(id) role=\"note\">"
    }
    if division.isTabset {
      openDivisions.append(.block("</div>"))
      return "<div\(classes(attributes.classes))\(id)>"
    }
    openDivisions.append(.block("</div>"))
    if attributes.id == Self.referencesID {
      return "<div\(classes(attributes.classes + ["references"]))\(id)>\(bibliography.list)"
    }
    return "<div\(classes(attributes.classes))\(id)\(style(attributes))>"
  }

  /// A theorem, an exercise, an algorithm, or a group of figures with one number.
  private mutating func beginNumbered(
    _ division: Division, _ insertion: Insertion, kind: String, number: String, title: String?
  ) -> String {
    let attributes = division.attributes
    let id = attributes.id.map { " id=\"\(HTML.escaped($0))\"" } ?? ""
    guard ["Figure", "Table", "Listing"].contains(kind) else {
      openDivisions.append(.block("</div>"))
      let words = title.map { " (\($0))" } ?? ""
      let opening = "<div\(classes(["numbered", kind.lowercased()]))\(id)>"
      if division.hasTitle {
        titles[insertion.index] = ("<p class=\"numbered-title\">\(kind) \(number) (", ")</p>")
        return opening
      }
      return "\(opening)<p class=\"numbered-title\">\(kind) \(number)\(words)</p>"
    }
    let given = attributes["fig-cap"] ?? attributes["tbl-cap"] ?? attributes["lst-cap"]
    let caption = given.map { captions[$0] ?? HTML.escaped($0) } ?? title
    openDivisions.append(
      .groupEnd(
        before: "<figcaption><span class=\"label\">\(kind) \(number)</span>", caption: caption,
        after: "</figcaption></figure>"))
    let columns = attributes["layout-ncol"].flatMap { Int($0) } ?? 1
    return "<figure class=\"group\"\(id)><div class=\"grid\" style=\"--columns: \(columns)\">"
  }

  /// A tab: a radio button chooses it, so that no script is needed; in print all of them stand below each other.
  mutating func tab(_ number: Int, of division: Int) -> PlaceholderSubstitution.Replacement {
    let id = "tabset-\(division)-\(number + 1)"
    let isFirst = number == 0
    // The first tab has to be closed before its division.
    if isFirst {
      _ = openDivisions.popLast()
      openDivisions.append(.block("</div></div>"))
    }
    let button =
      "<input type=\"radio\" name=\"tabset-\(division)\" id=\"\(id)\"\(isFirst ? " checked" : "")>"
    return .title(
      before: "\(isFirst ? "" : "</div>")\(button)<label for=\"\(id)\">", after: "</label><div class=\"tab\">"
    )
  }

  private func classes(_ names: [String]) -> String {
    names.isEmpty ? "" : " class=\"\(HTML.escaped(names.joined(separator: " ")))\""
  }

  private func style(_ attributes: Attributes) -> String {
    guard let width = attributes["width"], width.hasSuffix("%"), let share = Double(width.dropLast()) else {
      return ""
    }
    return " style=\"flex: \(NumberText.text(share)) 1 0\""
  }
}
