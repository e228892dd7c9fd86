import Components

/// Finds the fields of a table in its bytes.
///
/// A quote turns quoting on or off wherever it stands; in quotes two of them stand for one.
struct CSVScanner {
  let base: UnsafePointer<UInt8>
  let count: Int
  let delimiter: UInt8
  let missing: [[UInt8]]
  /// Whether a number may mean that there is no value.
  let hasNumbersForMissing: Bool

  static let quote = UInt8(ascii: "\"")
  static let newline = UInt8(ascii: "\n")

  /// A field in the bytes, without the spaces around it.
  struct Field {
    var start: Int
    var end: Int
    var hasQuotes = false
    /// The ends of lines in quotes.
    var lineBreaks = 0
    /// Whether the row ends behind it.
    var endsRow = false
    /// Whether a quote is left open.
    var isOpen = false
  }

  /// Whether a byte is a space around fields.
  @inline(__always)
  func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 13 || byte == 9 && delimiter != 9 }

  /// Moves behind a line of nothing but spaces, if it is one.
  @inline(__always)
  func skipBlankLine(_ place: inout Int) -> Bool {
    var at = place
    while at < count, isSpace(base[at]) { at += 1 }
    if at < count, base[at] != Self.newline { return false }
    place = at + 1
    return true
  }

  /// The field at a place, which moves behind its delimiter.
  func field(from place: inout Int) -> Field {
    var at = place
    while at < count, isSpace(base[at]) { at += 1 }
    var field = Field(start: at, end: at)
    var isQuoted = false
    while at < count {
      let byte = base[at]
      if byte == Self.quote {
        isQuoted.toggle()
        field.hasQuotes = true
      } else if byte == Self.newline {
        if !isQuoted { break }
        field.lineBreaks += 1
      } else if byte == delimiter, !isQuoted {
        break
      }
      at += 1
    }
    field.end = at
    while field.end > field.start, isSpace(base[field.end - 1]) { field.end -= 1 }
    field.isOpen = isQuoted
    field.endsRow = at >= count || base[at] == Self.newline
    place = at + 1
    return field
  }

  /// Gives a body the text of a field, its quotes undone.
  func withContent<Result>(
    of field: Field, _ scratch: inout [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    guard field.hasQuotes else {
      return body(UnsafeBufferPointer(start: base + field.start, count: field.end - field.start))
    }
    scratch.removeAll(keepingCapacity: true)
    var isQuoted = false
    var at = field.start
    while at < field.end {
      if base[at] != Self.quote {
        scratch.append(base[at])
      } else if isQuoted, at + 1 < field.end, base[at + 1] == Self.quote {
        scratch.append(Self.quote)
        at += 1
      } else {
        isQuoted.toggle()
      }
      at += 1
    }
    return scratch.withUnsafeBufferPointer(body)
  }

  /// Whether a text means that there is no value.
  func isMissing(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !text.isEmpty else { return true }
    return missing.contains { $0.count == text.count && $0.elementsEqual(text) }
  }

  /// The line and column of a place in a row that begins at another.
  func position(of place: Int, row: Int, line: Int, file: String) -> SourcePosition {
    let before = UnsafeBufferPointer(start: base + row, count: max(place - row, 0))
    let lines = before.count { $0 == Self.newline }
    let rest = before.lastIndex(of: Self.newline).map { before[($0 + 1)...] } ?? before[...]
    return SourcePosition(
      file: file, line: line + lines, column: String(decoding: rest, as: UTF8.self).count + 1)
  }

  /// Where the quote that is never closed was opened, as far as that can be told: the first quoted field with text
  /// behind its closing quote, or the last one.
  func unclosedQuote(from start: Int) -> Int {
    var (isQuoted, opened, at) = (false, start, start)
    while at < count {
      defer { at += 1 }
      guard base[at] == Self.quote else { continue }
      if !isQuoted {
        opened = at
      } else if at + 1 < count, base[at + 1] == Self.quote {
        at += 1
        continue
      } else if at + 1 < count, base[at + 1] != delimiter, base[at + 1] != Self.newline,
        !isSpace(base[at + 1])
      {
        return opened
      }
      isQuoted.toggle()
    }
    return opened
  }
}
