import Components

/// A text with its lines, as UTF-8 bytes: scanners walk bytes, and places are counted only where something is said.
package struct SourceText: Sendable {
  /// The path of the file as messages name it.
  package let file: String
  /// The text.
  package let bytes: [UInt8]
  /// The offset of each line's first byte.
  package let lineStarts: [Int]
  /// The line of the file on which this text begins, from one.
  package let firstLine: Int
  /// Where its lines come from, if files are included in it; in the order of the text.
  let origins: [Origin]
  /// How many columns of the file stand before each line of this text, as before those of a table's cell.
  private let columnOffset: Int
  /// Whether each line is of ASCII alone, so that its columns are its bytes.
  private let isASCII: [Bool]

  /// The lines from one on that come from a file.
  struct Origin: Sendable, Equatable {
    /// The first of them, counted from zero.
    var line: Int
    /// The file.
    var file: String
    /// Its line there, from one.
    var firstLine: Int
  }

  /// A text that begins on a line of its file.
  package init(_ text: String, file: String, firstLine: Int = 1) {
    self.init(bytes: Array(text.utf8), file: file, firstLine: firstLine)
  }

  init(
    bytes: [UInt8], file: String, firstLine: Int, origins: [Origin] = [], columnOffset: Int = 0
  ) {
    self.file = file
    self.bytes = bytes
    self.firstLine = firstLine
    self.origins = origins
    self.columnOffset = columnOffset
    var starts = [0]
    var isASCII = [true]
    for index in bytes.indices {
      if bytes[index] == .newline {
        starts.append(index + 1)
        isASCII.append(true)
      } else if bytes[index] >= 0x80 {
        isASCII[isASCII.count - 1] = false
      }
    }
    lineStarts = starts
    self.isASCII = isASCII
  }

  /// The number of lines; a final newline ends the last line and begins none.
  package var lineCount: Int {
    lineStarts.last == bytes.count ? lineStarts.count - 1 : lineStarts.count
  }

  /// The bytes of a line, counted from zero, without its end.
  package func line(_ index: Int) -> ArraySlice<UInt8> {
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == .carriageReturn { end -= 1 }
    return bytes[start..<end]
  }

  /// The text of a line, counted from zero.
  package func lineText(_ index: Int) -> String { String(decoding: line(index), as: UTF8.self) }

  /// The place of an offset in the file.
  package func position(at offset: Int) -> SourcePosition {
    let index = lineIndex(of: offset)
    let prefix = bytes[lineStarts[index]..<min(offset, bytes.count)]
    let column = isASCII[index] ? prefix.count : String(decoding: prefix, as: UTF8.self).count
    let origin = origin(ofLine: index)
    return SourcePosition(file: origin.file, line: origin.firstLine, column: column + columnOffset + 1)
  }

  /// The file and the line, from one, that a line of this text comes from.
  func origin(ofLine index: Int) -> Origin {
    guard let origin = origins.last(where: { $0.line <= index }) else {
      return Origin(line: index, file: file, firstLine: firstLine + index)
    }
    return Origin(line: index, file: origin.file, firstLine: origin.firstLine + index - origin.line)
  }

  /// A text of its own that stands from a line of this one on.
  func part(_ bytes: [UInt8], from line: Int, columnOffset: Int = 0) -> SourceText {
    let origin = origin(ofLine: line)
    return SourceText(
      bytes: bytes, file: origin.file, firstLine: origin.firstLine, columnOffset: columnOffset)
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

/// The bytes that scanners look for, and their classes.
extension UInt8 {
  package static let newline = UInt8(ascii: "\n")
  package static let carriageReturn = UInt8(ascii: "\r")
  package static let space = UInt8(ascii: " ")
  package static let tab = UInt8(ascii: "\t")
  package static let backslash = UInt8(ascii: "\\")
  package static let backtick = UInt8(ascii: "`")
  package static let dollar = UInt8(ascii: "$")
  package static let doubleQuote = UInt8(ascii: "\"")
  package static let singleQuote = UInt8(ascii: "'")
  package static let colon = UInt8(ascii: ":")
  package static let comma = UInt8(ascii: ",")
  package static let hash = UInt8(ascii: "#")

  /// A space or a tab.
  package var isBlank: Bool { self == .space || self == .tab }
  /// A space, a tab or the end of a line.
  package var isWhitespace: Bool { isBlank || self == .newline || self == .carriageReturn }
  package var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  package var isLowercaseLetter: Bool { self >= 0x61 && self <= 0x7A }
  package var isLetter: Bool { isLowercaseLetter || (self >= 0x41 && self <= 0x5A) }
  package var isAlphanumeric: Bool { isLetter || isDigit }
  /// Printable ASCII that is neither a letter nor a digit nor a space.
  package var isPunctuation: Bool { self > 0x20 && self < 0x7F && !isAlphanumeric }
}

extension Collection<UInt8> {
  /// The bytes as text.
  package var text: String { String(decoding: self, as: UTF8.self) }
}

extension Collection<UInt8> where SubSequence: Collection<UInt8> {
  /// Whether nothing but spaces and tabs is there.
  package var isBlank: Bool { allSatisfy { $0.isBlank } }
}
