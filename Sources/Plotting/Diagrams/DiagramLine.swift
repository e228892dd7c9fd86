import Components

/// A line of a diagram's text, read piece by piece from the left.
struct DiagramLine {
  /// What is wrong, and in which column.
  struct Fault: Error {
    var error: DiagramError
    var column: Int
  }

  /// A node as a line names it.
  struct Item {
    var name: String
    var shape: Diagram.Shape?
    var column: Int
  }

  private let characters: [Character]
  private var index = 0

  /// The line without its comment.
  init(_ line: Substring) {
    var kept: [Character] = []
    var isQuoted = false
    for character in line {
      if character == "\"" { isQuoted.toggle() }
      if character == "#", !isQuoted, kept.last?.isWhitespace ?? true { break }
      kept.append(character)
    }
    while kept.last?.isWhitespace == true { kept.removeLast() }
    characters = kept
    skipBlanks()
  }

  /// Whether nothing is left.
  var isAtEnd: Bool { index >= characters.count }

  private var column: Int { index + 1 }

  private mutating func skipBlanks() {
    while index < characters.count, characters[index].isWhitespace { index += 1 }
  }

  private func starts(with text: String, at place: Int) -> Bool {
    characters.dropFirst(place).starts(with: text)
  }

  // MARK: Pieces

  /// The value behind a key and a colon, if the line begins with the key.
  mutating func setting(of key: String) throws(Fault) -> (text: String, column: Int)? {
    var place = index
    guard starts(with: key, at: place) else { return nil }
    place += key.count
    while place < characters.count, characters[place].isWhitespace { place += 1 }
    guard place < characters.count, characters[place] == ":" else { return nil }
    index = place
    return try label()
  }

  /// A node, or nodes in braces.
  mutating func group(behind arrow: String?) throws(Fault) -> [Item] {
    skipBlanks()
    guard !isAtEnd, characters[index] == "{" else { return [try item(behind: arrow)] }
    let open = column
    index += 1
    var items: [Item] = []
    while true {
      skipBlanks()
      guard !isAtEnd else { throw Fault(error: .unclosedGroup, column: open) }
      if characters[index] == "}" { break }
      items.append(try item(behind: items.isEmpty ? "{" : ","))
      skipBlanks()
      guard !isAtEnd else { throw Fault(error: .unclosedGroup, column: open) }
      if characters[index] == "," {
        index += 1
      } else if characters[index] != "}" {
        throw Fault(error: .strayCharacter(String(characters[index])), column: column)
      }
    }
    index += 1
    guard !items.isEmpty else { throw Fault(error: .emptyGroup, column: open) }
    skipBlanks()
    return items
  }

  private mutating func item(behind sign: String?) throws(Fault) -> Item {
    skipBlanks()
    let start = column
    guard !isAtEnd else { throw Fault(error: .missingNode(behind: sign ?? "an arrow"), column: start) }
    let name = characters[index] == "\"" ? try quoted() : try bareName()
    guard !name.isEmpty else {
      if let arrow = arrowText(at: index) { throw Fault(error: .missingNode(behind: arrow), column: start) }
      throw Fault(error: .strayCharacter(String(characters[index])), column: start)
    }
    skipBlanks()
    return Item(name: name, shape: try shape(), column: start)
  }

  /// Words up to a sign that means something; blanks between them count as one.
  private mutating func bareName() throws(Fault) -> String {
    var text = ""
    while !isAtEnd, !"{}[],:\"".contains(characters[index]), arrowText(at: index) == nil {
      let character = characters[index]
      if character == "-", text.last?.isWhitespace ?? false,
        index + 1 < characters.count, characters[index + 1].isWhitespace
      {
        throw Fault(error: .singleHyphen, column: column)
      }
      if !(character.isWhitespace && text.last?.isWhitespace ?? true) {
        text.append(character.isWhitespace ? " " : character)
      }
      index += 1
    }
    while text.last == " " { text.removeLast() }
    return text
  }

  private mutating func quoted() throws(Fault) -> String {
    let start = column
    guard let end = characters[(index + 1)...].firstIndex(of: "\"") else {
      throw Fault(error: .unclosedQuote, column: start)
    }
    let text = String(characters[(index + 1)..<end])
    guard !text.allSatisfy(\.isWhitespace) else { throw Fault(error: .emptyLabel, column: start) }
    index = end + 1
    return text
  }

  private mutating func shape() throws(Fault) -> Diagram.Shape? {
    guard !isAtEnd, characters[index] == "[" else { return nil }
    guard let end = characters[index...].firstIndex(of: "]") else {
      throw Fault(error: .unclosedShape, column: column)
    }
    let inside = characters[(index + 1)..<end]
    let name = String(inside.drop(while: \.isWhitespace)).split(separator: " ").joined(separator: " ")
    guard let shape = Diagram.Shape(rawValue: name) else {
      throw Fault(error: .unknownShape(name: name), column: column + 1)
    }
    index = end + 1
    skipBlanks()
    return shape
  }

  /// The arrow at this place; nil before a colon and at the end of the line.
  mutating func arrow() throws(Fault) -> (text: String, style: Diagram.LineStyle, isDirected: Bool)? {
    skipBlanks()
    guard !isAtEnd, characters[index] != ":" else { return nil }
    guard let text = arrowText(at: index) else {
      let rest = String(characters[index...].prefix { !"{}[],:".contains($0) }.filter { $0 != "\"" })
      throw Fault(
        error: rest.isEmpty
          ? .strayCharacter(String(characters[index])) : .missingArrow(before: rest), column: column)
    }
    let start = column
    index += text.count
    switch text {
    case "->": return (text, .solid, true)
    case "-->": return (text, .dashed, true)
    case "--": return (text, .solid, false)
    case "<-", "<--", "<->", "<-->", "←": throw Fault(error: .backwardArrow(text), column: start)
    default: throw Fault(error: .foreignArrow(text), column: start)
    }
  }

  /// What looks like an arrow at a place, known or not.
  private func arrowText(at place: Int) -> String? {
    let signs = ["<-->", "<--", "<->", "<-", "-->", "---", "--", "->", "==>", "=>", "→", "←", "⟶", "⇒"]
    return signs.first { starts(with: $0, at: place) }
  }

  /// The text behind a colon; nil at the end of the line.
  mutating func label() throws(Fault) -> (text: String, column: Int)? {
    skipBlanks()
    guard !isAtEnd else { return nil }
    guard characters[index] == ":" else {
      throw Fault(error: .strayCharacter(String(characters[index])), column: column)
    }
    let colon = column
    index += 1
    skipBlanks()
    guard !isAtEnd else { throw Fault(error: .emptyLabel, column: colon) }
    let start = column
    if characters[index] == "\"" {
      let text = try quoted()
      skipBlanks()
      guard isAtEnd else { throw Fault(error: .strayCharacter(String(characters[index])), column: column) }
      return (text, start)
    }
    let text = String(characters[index...])
    index = characters.count
    return (text, start)
  }
}
