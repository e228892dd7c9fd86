/// Checks of CSS that need no parser.
enum StyleText {
  typealias Problem = (rule: String, offset: Int, message: String)

  /// What is wrong with a style sheet: what it loads, and what it does not close.
  static func problems(inSheet bytes: [UInt8], _ range: Range<Int>) -> [Problem] {
    var problems: [Problem] = []
    let pieces = declarations(of: bytes, range, problems: &problems)
    for piece in pieces { problems += networkProblems(in: bytes, piece) }
    return problems
  }

  /// What is wrong with the declarations of a style attribute.
  static func problems(inDeclarations bytes: [UInt8], _ range: Range<Int>) -> [Problem] {
    var problems: [Problem] = []
    for piece in declarations(of: bytes, range, problems: &problems) {
      guard let start = piece.first(where: { !bytes[$0].isBlank }) else { continue }
      problems += networkProblems(in: bytes, piece)
      let colon = piece.first { bytes[$0] == UInt8(ascii: ":") }
      guard let colon, bytes[start..<colon].allSatisfy(isNameByte), start < colon,
        bytes[(colon + 1)..<piece.upperBound].contains(where: { !$0.isBlank })
      else {
        let text = String(decoding: bytes[piece], as: UTF8.self)
        problems.append(("style", start, "“\(text)” is no declaration of CSS"))
        continue
      }
    }
    return problems
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == .dash || byte == UInt8(ascii: "_") || byte.isBlank
  }

  /// The pieces between semicolons and braces; strings, comments and parentheses are skipped.
  static func declarations(
    of bytes: [UInt8], _ range: Range<Int>, problems: inout [Problem]
  ) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    var closers: [UInt8] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let byte = bytes[place]
      switch byte {
      case .quote, .apostrophe:
        let opening = place
        place = endOfString(in: bytes, from: place, to: range.upperBound)
        if place >= range.upperBound { problems.append(("style", opening, "A string of CSS is not closed")) }
      case .slash where place + 1 < range.upperBound && bytes[place + 1] == UInt8(ascii: "*"):
        let opening = place
        place = endOfComment(in: bytes, from: place, to: range.upperBound)
        if place >= range.upperBound {
          problems.append(("style", opening, "A comment of CSS is not closed"))
        } else if bytes[start..<opening].allSatisfy(\.isBlank) {
          start = place + 1
        }
      case UInt8(ascii: "("): closers.append(UInt8(ascii: ")"))
      case UInt8(ascii: "["): closers.append(UInt8(ascii: "]"))
      case UInt8(ascii: "{"):
        closers.append(UInt8(ascii: "}"))
        pieces.append(start..<place)
        start = place + 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if closers.popLast() != byte {
          problems.append(("style", place, "A \(Character(Unicode.Scalar(byte))) of CSS closes nothing"))
        }
        if byte == UInt8(ascii: "}") {
          pieces.append(start..<place)
          start = place + 1
        }
      case UInt8(ascii: ";") where !closers.contains(UInt8(ascii: ")")):
        pieces.append(start..<place)
        start = place + 1
      default: break
      }
      place += 1
    }
    if !closers.isEmpty {
      problems.append(("style", range.lowerBound, "A brace or parenthesis of CSS is not closed"))
    }
    pieces.append(min(start, range.upperBound)..<range.upperBound)
    return pieces
  }

  /// The place of the quote that ends a string.
  static func endOfString(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
    var place = start + 1
    while place < end, bytes[place] != bytes[start] { place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1 }
    return min(place, end)
  }

  /// The place of the slash that ends a comment.
  static func endOfComment(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
    var place = start + 3
    while place < end, bytes[place] != .slash || bytes[place - 1] != UInt8(ascii: "*") { place += 1 }
    return min(place, end)
  }

  static func networkProblems(in bytes: [UInt8], _ piece: Range<Int>) -> [Problem] {
    guard let first = piece.first(where: { !bytes[$0].isBlank }) else { return [] }
    if String(decoding: bytes[first..<piece.upperBound].prefix(7), as: UTF8.self).lowercased() == "@import" {
      return [("network", first, "The style sheet imports another")]
    }
    var place = first
    while let opening = bytes[place..<piece.upperBound].firstIndex(of: UInt8(ascii: "(")) {
      place = opening + 1
      let name = String(decoding: bytes[piece.lowerBound..<opening].suffix(3), as: UTF8.self).lowercased()
      guard name == "url" || name == "set" else { continue }
      let address = CharacterReference.decoded(
        String(decoding: bytes[place..<piece.upperBound].prefix(60), as: UTF8.self)
      ).lowercased().drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
      if address.hasPrefix("http:") || address.hasPrefix("https:") || address.hasPrefix("//") {
        return [("network", first, "The style loads from the network: \(address)")]
      }
    }
    return []
  }
}
