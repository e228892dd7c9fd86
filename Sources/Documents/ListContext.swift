/// Whether lines stand in a list: there, indented text belongs to an item; elsewhere it is code.
struct ListContext {
  private(set) var isInList = false
  private(set) var isAfterEmptyLine = true

  /// Takes note of the next line.
  mutating func note(_ line: ArraySlice<UInt8>) {
    guard let first = line.firstIndex(where: { !$0.isBlank }) else {
      isAfterEmptyLine = true
      return
    }
    if Self.beginsItem(line[first...]) {
      isInList = true
    } else if isAfterEmptyLine, first == line.startIndex {
      isInList = false
    }
    isAfterEmptyLine = false
  }

  /// Whether a line is code because of its indentation.
  func isIndentedCode(_ line: ArraySlice<UInt8>) -> Bool {
    guard !isInList, isAfterEmptyLine else { return false }
    return line.first == .tab || line.prefix(4).count == 4 && line.prefix(4).allSatisfy { $0 == .space }
  }

  private static func beginsItem(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first else { return false }
    let rest: ArraySlice<UInt8>
    if "-*+:".utf8.contains(first) {
      rest = line.dropFirst()
    } else if line.starts(with: "[^".utf8) {
      return true
    } else {
      let digits = line.prefix { $0.isDigit }
      guard !digits.isEmpty, let mark = line.dropFirst(digits.count).first,
        mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")")
      else { return false }
      rest = line.dropFirst(digits.count + 1)
    }
    return rest.first.map { $0.isBlank } ?? true
  }
}
