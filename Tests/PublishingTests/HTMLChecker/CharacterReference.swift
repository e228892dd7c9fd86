/// Names after `&`.
enum CharacterReference {
  /// What is wrong with an ampersand, if anything.
  static func problem(in bytes: [UInt8], at place: Int, end: Int, isAttribute: Bool) -> String? {
    var next = place + 1
    guard next < end else { return nil }
    if bytes[next] == UInt8(ascii: "#") { return numericProblem(in: bytes, from: next + 1, end: end) }
    guard bytes[next].isLetter else { return nil }
    while next < end, bytes[next].isLetter || bytes[next].isDigit { next += 1 }
    let name = String(decoding: bytes[place + 1..<next], as: UTF8.self)
    if next < end, bytes[next] == UInt8(ascii: ";") {
      return Known.references.contains(name) ? nil : "&\(name); is no known character reference"
    }
    if isAttribute {
      // Before = or a letter or digit, such names stand for themselves in attributes.
      if next < end, bytes[next] == .equals { return nil }
      return Known.legacyReferences.contains(name) ? "&\(name) has no semicolon" : nil
    }
    let isReference = (2...max(2, name.count)).contains {
      Known.legacyReferences.contains(String(name.prefix($0)))
    }
    return isReference ? "&\(name) has no semicolon, or its & has to be written &amp;" : nil
  }

  static func numericProblem(in bytes: [UInt8], from start: Int, end: Int) -> String? {
    var next = start
    let isHex = next < end && bytes[next] | 32 == UInt8(ascii: "x")
    if isHex { next += 1 }
    let digits = next
    while next < end, isHex ? bytes[next].isHexDigit : bytes[next].isDigit { next += 1 }
    let text = String(decoding: bytes[digits..<next], as: UTF8.self)
    guard !text.isEmpty else { return "&# begins no character reference" }
    guard next < end, bytes[next] == UInt8(ascii: ";") else { return "&#\(text) has no semicolon" }
    guard let code = UInt32(text, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(code),
      code >= 32 && !(127..<160).contains(code) || code == 9 || code == 10
    else { return "&#\(text); names no character" }
    return scalar.properties.isNoncharacterCodePoint ? "&#\(text); names no character" : nil
  }

  /// A text with the references decoded that matter for names and addresses.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(.ampersand) else { return text }
    let common = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}"]
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...]
      guard let end = rest.prefix(12).firstIndex(of: ";") else {
        result += "&"
        rest = rest.dropFirst()
        continue
      }
      let name = rest[rest.index(after: start)..<end]
      let code = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
      if let replacement = common[String(name)] {
        result += replacement
      } else if name.hasPrefix("#"), let scalar = code.flatMap(Unicode.Scalar.init) {
        result.unicodeScalars.append(scalar)
      } else {
        result += rest[...end]
      }
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
