import Foundation

/// The text that fields of a bibliography write in TeX.
package enum TeXText {
  /// The combining characters of accents.
  private static let accents: [Character: String] = [
    "`": "\u{300}", "'": "\u{301}", "^": "\u{302}", "~": "\u{303}", "=": "\u{304}", "u": "\u{306}",
    ".": "\u{307}", "\"": "\u{308}", "r": "\u{30A}", "H": "\u{30B}", "v": "\u{30C}", "c": "\u{327}",
    "k": "\u{328}", "d": "\u{323}", "b": "\u{331}",
  ]

  private static let letters: [String: String] = [
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "i", "j": "j", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "textendash": "–",
    "textemdash": "—", "ldots": "…", "dots": "…", "copyright": "©",
  ]

  /// The text without braces and commands, with accents on their letters.
  package static func plain(_ tex: String) -> String {
    var reader = Reader(Array(tex))
    let text = reader.text()
    // Line ends of the file are spaces.
    let words = text.split(whereSeparator: { " \n\t\r\r\n".contains($0) })
    return words.joined(separator: " ").precomposedStringWithCanonicalMapping
  }

  /// The parts of a text between separators that stand in no braces.
  package static func split(_ text: String, at separator: String) -> [String] {
    let characters = Array(text.map { $0.isWhitespace ? " " : $0 })
    let wanted = Array(separator)
    var parts = [""]
    var depth = 0
    var index = 0
    while index < characters.count {
      if depth == 0, characters[index...].starts(with: wanted) {
        parts.append("")
        index += wanted.count
        continue
      }
      if characters[index] == "{" { depth += 1 }
      if characters[index] == "}" { depth = max(0, depth - 1) }
      parts[parts.count - 1].append(characters[index])
      index += 1
    }
    return parts
  }

  private struct Reader {
    private let characters: [Character]
    private var index = 0

    init(_ characters: [Character]) { self.characters = characters }

    mutating func text() -> String {
      var result = ""
      while index < characters.count {
        let character = characters[index]
        index += 1
        switch character {
        case "{", "}", "$": continue
        case "~": result += "\u{a0}"
        case "\\": result += command()
        case "-": result += dash()
        case "`" where take("`"): result += "“"
        case "'" where take("'"): result += "”"
        default: result.append(character)
        }
      }
      return result
    }

    private mutating func take(_ character: Character) -> Bool {
      guard index < characters.count, characters[index] == character else { return false }
      index += 1
      return true
    }

    private mutating func dash() -> String {
      guard take("-") else { return "-" }
      return take("-") ? "—" : "–"
    }

    private mutating func command() -> String {
      guard index < characters.count else { return "" }
      var name = String(characters[index])
      index += 1
      if name.first?.isLetter ?? false {
        while index < characters.count, characters[index].isLetter {
          name.append(characters[index])
          index += 1
        }
      }
      if name.count == 1, let accent = TeXText.accents[Character(name)], name != "." || nextIsLetter {
        let isWord = name.first?.isLetter ?? false
        // `\c{c}` and `\c c`, but `\cite` is no accent.
        return letter().map { $0 + accent } ?? (isWord ? "" : name)
      }
      if let letter = TeXText.letters[name] {
        skipSpaces()
        return letter
      }
      if name.first?.isLetter ?? false {
        skipSpaces()
        return ""
      }
      return name == "\\" ? " " : name
    }

    private var nextIsLetter: Bool {
      index < characters.count && (characters[index].isLetter || "{\\".contains(characters[index]))
    }

    private mutating func skipSpaces() {
      while index < characters.count, characters[index].isWhitespace { index += 1 }
    }

    /// The letter that an accent belongs to.
    private mutating func letter() -> String? {
      skipSpaces()
      var isGroup = false
      while index < characters.count, characters[index] == "{" {
        isGroup = true
        index += 1
      }
      guard index < characters.count else { return nil }
      if characters[index] == "\\" {
        index += 1
        return command()
      }
      guard characters[index].isLetter || isGroup, characters[index] != "}" else { return nil }
      index += 1
      return String(characters[index - 1])
    }
  }
}
