import Documents

/// Colors recipes and other YAML: keys, tags, calls, numbers, texts, truth values and comments.
enum RecipeHighlighter {
  /// The HTML of some YAML.
  static func html(_ code: String) -> String {
    let bytes = Array(code.utf8)
    var writer = CodeWriter()
    var offset = 0
    while offset < bytes.count {
      let (end, token) = nextToken(bytes, offset)
      writer.add(bytes[offset..<end], token)
      offset = end
    }
    return writer.text
  }

  private static func nextToken(_ bytes: [UInt8], _ begin: Int) -> (end: Int, token: CodeToken?) {
    let byte = bytes[begin]
    let isFirst = begin == 0 || bytes[begin - 1].isWhitespace
    switch byte {
    case .hash where isFirst: return (bytes[begin...].firstIndex(of: .newline) ?? bytes.count, .comment)
    case .doubleQuote, .singleQuote:
      let end = endOfQuoted(bytes, begin)
      return (end, isKey(bytes, end) ? .key : .string)
    case UInt8(ascii: "!"): return (endOfWord(bytes, begin + 1), .tag)
    case _
    where isWord(byte) || byte == UInt8(ascii: "-") && begin + 1 < bytes.count && bytes[begin + 1].isDigit:
      return word(bytes, begin)
    default: return (begin + 1, nil)
    }
  }

  private static func word(_ bytes: [UInt8], _ begin: Int) -> (end: Int, token: CodeToken?) {
    let end = endOfWord(bytes, begin + 1)
    let text = bytes[begin..<end].text
    if isKey(bytes, end) { return (end, .key) }
    if end < bytes.count, bytes[end] == UInt8(ascii: "(") { return (end, .function) }
    if ["true", "false", "null"].contains(text) { return (end, .keyword) }
    return (end, Double(text) != nil ? .number : nil)
  }

  /// Keys may hold a blank, as in `class weights: …`; only the last word is colored then.
  private static func isKey(_ bytes: [UInt8], _ end: Int) -> Bool {
    guard end < bytes.count, bytes[end] == .colon else { return false }
    return end + 1 == bytes.count || bytes[end + 1].isWhitespace
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private static func endOfWord(_ bytes: [UInt8], _ begin: Int) -> Int {
    var end = begin
    while end < bytes.count, isWord(bytes[end]) || "-.".utf8.contains(bytes[end]) { end += 1 }
    return end
  }

  private static func endOfQuoted(_ bytes: [UInt8], _ begin: Int) -> Int {
    var end = begin + 1
    while end < bytes.count, bytes[end] != bytes[begin], bytes[end] != .newline {
      end += bytes[end] == .backslash && bytes[begin] == .doubleQuote ? 2 : 1
    }
    return min(end + 1, bytes.count)
  }
}
