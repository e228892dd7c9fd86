/// Text as part of HTML.
enum HTML {
  /// A text with the characters escaped that mean something in HTML, quotes included.
  static func escaped(_ text: some StringProtocol) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count + text.utf8.count / 8)
    for byte in text.utf8 { append(byte, to: &result) }
    return String(decoding: result, as: UTF8.self)
  }

  /// Where a text occurs last in another, in bytes; Foundation's search compares characters, which takes far longer.
  static func lastPlace(of text: String, in html: String) -> Int? {
    var html = html
    return html.withUTF8 { bytes in
      let wanted = Array(text.utf8)
      guard bytes.count >= wanted.count else { return nil }
      var index = bytes.count - wanted.count
      while index >= 0 {
        if bytes[index] == wanted[0], bytes[index..<index + wanted.count].elementsEqual(wanted) {
          return index
        }
        index -= 1
      }
      return nil
    }
  }

  /// Whether a text occurs in another.
  static func contains(_ text: String, in html: String) -> Bool {
    var html = html
    return html.withUTF8 { bytes in
      let wanted = Array(text.utf8)
      guard let first = wanted.first, bytes.count >= wanted.count else { return false }
      return (0...bytes.count - wanted.count).contains { index in
        bytes[index] == first && bytes[index..<index + wanted.count].elementsEqual(wanted)
      }
    }
  }

  /// The HTML of a heading for another place: without links, marks of notes and ids, which a page has once.
  static func withoutLinks(_ html: String) -> String {
    guard html.utf8.contains(UInt8(ascii: "<")) else { return html }
    return html.replacing(/<sup [^>]*id="fnref:.*?<\/sup>|<\/?a(?: [^>]*)?>| id="[^"]*"/, with: "")
  }

  static func append(_ byte: UInt8, to result: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "&"): result += "&amp;".utf8
    case UInt8(ascii: "<"): result += "&lt;".utf8
    case UInt8(ascii: ">"): result += "&gt;".utf8
    case UInt8(ascii: "\""): result += "&quot;".utf8
    case UInt8(ascii: "'"): result += "&#39;".utf8
    default: result.append(byte)
    }
  }
}
