import Components
import Documents

/// Reads files of BibTeX: entries, abbreviations by `@string`, values in braces or quotes joined by `#`.
///
/// It never fails: what is wrong is a problem at its line, and reading goes on with the next entry.
package struct BibTeXReader {
  /// The entries, in their order.
  package private(set) var entries: [BibliographyEntry] = []
  /// What is wrong.
  package private(set) var problems: [Problem] = []

  private let characters: [Character]
  private let file: String
  private var index = 0
  private var line = 1
  private var abbreviations: [String: String] = [
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June",
    "jul": "July", "aug": "August", "sep": "September", "oct": "October", "nov": "November",
    "dec": "December",
  ]

  /// Reads a text.
  package init(_ text: String, file: String) {
    characters = Array(text)
    self.file = file
    while skip(to: "@") { readEntry() }
  }

  private var current: Character? { index < characters.count ? characters[index] : nil }

  private mutating func advance() {
    if index < characters.count, characters[index].isNewline { line += 1 }
    index += 1
  }

  private mutating func skip(to mark: Character) -> Bool {
    while let character = current, character != mark { advance() }
    return current != nil
  }

  private mutating func skipBlanks() {
    while let character = current, character.isWhitespace { advance() }
  }

  private mutating func take(_ character: Character) -> Bool {
    skipBlanks()
    guard current == character else { return false }
    advance()
    return true
  }

  private mutating func word() -> String {
    skipBlanks()
    var word = ""
    while let character = current, !character.isWhitespace, !"{}(),=#\"@".contains(character) {
      word.append(character)
      advance()
    }
    return word
  }

  private mutating func note(_ error: PublishingError, at line: Int, severity: Problem.Severity = .error) {
    problems.append(Problem(error, at: SourcePosition(file: file, line: line), severity: severity))
  }

  private mutating func readEntry() {
    let begin = line
    advance()
    let type = word().lowercased()
    guard take("{") || take("(") else { return }
    if type == "comment" || type == "preamble" {
      _ = group(closing: ["}", ")"])
      return
    }
    let key = type == "string" ? "" : word()
    if type != "string" {
      guard !key.isEmpty, take(",") || current == "}" || current == ")" else {
        return note(.badBibliography("an entry of the type \"\(type)\" has no key"), at: begin)
      }
    }
    var fields: [String: String] = [:]
    while true {
      skipBlanks()
      if current == "}" || current == ")" {
        advance()
        break
      }
      let name = word().lowercased()
      guard !name.isEmpty, take("="), let value = value() else {
        return note(
          .badBibliography("the entry \"\(key.isEmpty ? type : key)\" is not closed or misses a comma"),
          at: begin)
      }
      if type == "string" { abbreviations[name] = value } else if fields[name] == nil { fields[name] = value }
      _ = take(",")
    }
    guard type != "string" else { return }
    if entries.contains(where: { $0.key == key }) {
      return note(.badBibliography("two entries have the key \"\(key)\""), at: begin, severity: .warning)
    }
    entries.append(
      BibliographyEntry(
        type: type, key: key, fields: fields, position: SourcePosition(file: file, line: begin)))
  }

  /// Values joined by `#`; nil if there is none.
  private mutating func value() -> String? {
    var text = ""
    repeat {
      skipBlanks()
      switch current {
      case "{":
        advance()
        guard let group = group(closing: ["}"]) else { return nil }
        text += group
      case "\"":
        advance()
        guard let group = group(closing: ["\""]) else { return nil }
        text += group
      default:
        let name = word()
        guard !name.isEmpty else { return nil }
        text += abbreviations[name.lowercased()] ?? name
      }
    } while take("#")
    return text
  }

  /// What stands before an ending outside of braces; nil if it never comes.
  private mutating func group(closing: Set<Character>) -> String? {
    var text = ""
    var depth = 0
    while let character = current {
      advance()
      if depth == 0, closing.contains(character) { return text }
      if character == "{" { depth += 1 }
      if character == "}" { depth = max(0, depth - 1) }
      text.append(character)
      if character == "\\", let next = current {
        text.append(next)
        advance()
      }
    }
    return nil
  }
}
