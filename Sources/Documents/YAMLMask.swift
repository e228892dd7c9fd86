import Components

/// Prepares YAML for its parser.
///
/// Calls such as `dense(16, tanh)` would be split at their commas, so the characters inside that mean
/// something to YAML are replaced by private ones, one for one: columns stay. Anchors and aliases, which
/// recipes do not have, are found on the way.
struct YAMLMask {
  /// A call in the text: where its name begins and where its `)` ends.
  struct Call {
    var range: Range<Int>
  }

  /// Calls by the offset at which they begin.
  private(set) var calls: [Int: Call] = [:]
  private(set) var problems: [Problem] = []

  private let source: SourceText
  private let bytes: [UInt8]
  private var offset = 0
  private var flowDepth = 0
  /// Whether a scalar may begin here.
  private var startsScalar = true
  /// The column from which a block scalar's lines must be indented further.
  private var parentColumn = 0

  private let masksCalls: Bool

  init(_ source: SourceText, masksCalls: Bool) {
    self.source = source
    self.masksCalls = masksCalls
    bytes = source.bytes
    scan()
  }

  /// The text for the YAML parser.
  func maskedText(hiding hiddenKeys: [Range<Int>] = []) -> String {
    var isMasked = [Bool](repeating: false, count: bytes.count)
    for index in bytes.indices {
      if let call = calls[index] { for inside in call.range { isMasked[inside] = true } }
    }
    var scalars = String.UnicodeScalarView()
    var decoder = String(decoding: bytes, as: UTF8.self).unicodeScalars.makeIterator()
    let isHidden = Set(hiddenKeys.map(\.lowerBound))
    var index = 0
    while let scalar = decoder.next() {
      let isActive =
        scalar.isASCII && (UInt8(ascii: scalar).isPunctuation || scalar == "\n" || scalar == "\r")
      if isHidden.contains(index) || (isMasked[index] && isActive) {
        scalars.append(Self.mask(scalar))
      } else {
        scalars.append(scalar)
      }
      index += UTF8.width(scalar)
    }
    return String(scalars)
  }

  /// The offset in the source of a place in the masked text, where a call over several lines is one line.
  ///
  /// Lines and columns count from one, columns in Unicode scalars.
  func offset(line: Int, column: Int) -> Int {
    var offset = 0
    var remaining = line - 1
    var callEnd = 0
    while remaining > 0, offset < bytes.count {
      if let call = calls[offset] { callEnd = call.range.upperBound }
      if bytes[offset] == .newline, offset >= callEnd { remaining -= 1 }
      offset += 1
    }
    for _ in 1..<max(1, column) where offset < bytes.count {
      offset += 1
      // Continuation bytes belong to the scalar before them.
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return offset
  }

  /// A text of the YAML parser with its own characters again.
  static func unmasked(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { privateArea.contains($0.value) }) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isPrivate = privateArea.contains(scalar.value)
      scalars.append(isPrivate ? Unicode.Scalar(UInt8(scalar.value - privateArea.lowerBound)) : scalar)
    }
    return String(scalars)
  }

  /// The private characters of a plane that no font uses.
  private static let privateArea: Range<UInt32> = 0xF0000..<0xF0080

  private static func mask(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard scalar.isASCII else { return scalar }
    return Unicode.Scalar(privateArea.lowerBound + scalar.value) ?? scalar
  }

  private mutating func scan() {
    while offset < bytes.count {
      let byte = bytes[offset]
      switch byte {
      case .newline:
        offset += 1
        startsScalar = true
      case .space, .tab, .carriageReturn: offset += 1
      case .hash where offset == 0 || bytes[offset - 1].isWhitespace: skipLine()
      case .comma where flowDepth > 0:
        offset += 1
        startsScalar = true
      case .colon where isFollowedByBlank(offset) || flowDepth > 0 && isFollowedByFlowMark(offset):
        offset += 1
        startsScalar = true
      case _ where startsScalar: scanScalarStart(byte)
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if flowDepth > 0 { flowDepth -= 1 }
        offset += 1
      default: offset += 1
      }
    }
  }

  private mutating func scanScalarStart(_ byte: UInt8) {
    let begin = offset
    switch byte {
    case .doubleQuote, .singleQuote:
      noteColumn()
      offset = Self.endOfQuoted(bytes, from: offset)
      startsScalar = false
    case UInt8(ascii: "-"), UInt8(ascii: "?"):
      noteColumn()
      offset += 1
      startsScalar = isFollowedByBlank(begin)
    case UInt8(ascii: "!"):
      skipName()
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      flowDepth += 1
      offset += 1
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      if flowDepth > 0 { flowDepth -= 1 }
      offset += 1
      startsScalar = false
    case UInt8(ascii: "&"), UInt8(ascii: "*"): scanAnchor(byte)
    case UInt8(ascii: "|"), UInt8(ascii: ">"): scanBlockScalar()
    default:
      noteColumn()
      startsScalar = false
      let isCall = masksCalls && byte.isLetter && scanCall()
      if !isCall { offset += 1 }
    }
  }

  /// Remembers where an entry begins: block scalars belong to it.
  private mutating func noteColumn() {
    guard flowDepth == 0 else { return }
    var lineStart = offset
    while lineStart > 0, bytes[lineStart - 1] != .newline { lineStart -= 1 }
    // What stands behind a `key:` on the same line begins no entry.
    let isFirst = bytes[lineStart..<offset].allSatisfy { $0.isBlank || $0 == UInt8(ascii: "-") }
    if isFirst { parentColumn = offset - lineStart }
  }

  private mutating func scanAnchor(_ byte: UInt8) {
    let begin = offset
    offset += 1
    skipName()
    let name = bytes[begin + 1..<offset].text
    startsScalar = byte == UInt8(ascii: "&")
    let error: DocumentError = startsScalar ? .anchor(name) : .alias(name)
    problems.append(Problem(error, at: source.position(at: begin)))
  }

  private mutating func scanBlockScalar() {
    guard flowDepth == 0 else {
      offset += 1
      startsScalar = false
      return
    }
    let column = parentColumn
    skipLine()
    while offset < bytes.count {
      let lineStart = offset + 1
      var first = lineStart
      while first < bytes.count, bytes[first] == .space { first += 1 }
      let isEmpty = first >= bytes.count || bytes[first] == .newline
      guard isEmpty || first - lineStart > column else { return }
      offset = min(first, bytes.count)
      skipLine()
    }
  }

  /// Takes a call that begins here and ends its scalar.
  private mutating func scanCall() -> Bool {
    let begin = offset
    var end = begin
    while end < bytes.count, Self.belongsToName(bytes[end]) { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "(") else { return false }
    let name = bytes[begin..<end].text
    guard let close = closingParenthesis(from: end) else {
      problems.append(Problem(DocumentError.unclosedCall(name: name), at: source.position(at: begin)))
      return false
    }
    var next = close + 1
    while next < bytes.count, bytes[next].isBlank { next += 1 }
    let endsScalar =
      next >= bytes.count || bytes[next] == .newline || bytes[next] == .carriageReturn
      || (flowDepth > 0 && isFlowMark(bytes[next])) || (bytes[next] == .hash && next > close + 1)
    guard endsScalar else { return false }
    calls[begin] = Call(range: begin..<close + 1)
    offset = close + 1
    return true
  }

  private func closingParenthesis(from open: Int) -> Int? {
    var depth = 0
    var index = open
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return index }
      case .doubleQuote, .singleQuote:
        index = Self.endOfQuoted(bytes, from: index)
        continue
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The offset behind a quoted scalar.
  static func endOfQuoted(_ bytes: [UInt8], from open: Int) -> Int {
    let quote = bytes[open]
    var index = open + 1
    while index < bytes.count {
      if bytes[index] == .backslash, quote == .doubleQuote {
        index += 2
      } else if bytes[index] == quote {
        let isDoubled = quote == .singleQuote && index + 1 < bytes.count && bytes[index + 1] == quote
        guard isDoubled else { return index + 1 }
        index += 2
      } else {
        index += 1
      }
    }
    return bytes.count
  }

  static func belongsToName(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }

  private mutating func skipName() {
    while offset < bytes.count, !bytes[offset].isWhitespace, !isFlowMark(bytes[offset]) { offset += 1 }
  }

  private mutating func skipLine() {
    while offset < bytes.count, bytes[offset] != .newline { offset += 1 }
  }

  private func isFollowedByBlank(_ index: Int) -> Bool {
    index + 1 >= bytes.count || bytes[index + 1].isWhitespace
  }

  private func isFollowedByFlowMark(_ index: Int) -> Bool {
    let isQuotedKey = index > 0 && (bytes[index - 1] == .doubleQuote || bytes[index - 1] == .singleQuote)
    return index + 1 < bytes.count && (isFlowMark(bytes[index + 1]) || isQuotedKey)
  }

  private func isFlowMark(_ byte: UInt8) -> Bool {
    [UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}")]
      .contains(byte)
  }
}
