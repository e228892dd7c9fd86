/// The kinds of words that code is colored by; the raw value names the class `hl-…` of the style sheet.
enum CodeToken: String {
  case keyword, type, string, number, comment, attribute, function, key, tag
}

/// Writes code with its tokens in spans.
struct CodeWriter {
  private(set) var html: [UInt8] = []

  /// Adds a piece of code.
  mutating func add(_ code: ArraySlice<UInt8>, _ token: CodeToken? = nil) {
    guard !code.isEmpty else { return }
    if let token { html += "<span class=\"hl-\(token.rawValue)\">".utf8 }
    for byte in code { HTML.append(byte, to: &html) }
    if token != nil { html += "</span>".utf8 }
  }

  var text: String { String(decoding: html, as: UTF8.self) }
}
