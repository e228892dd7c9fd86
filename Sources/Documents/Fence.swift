/// The opening line of a fence: three or more backticks or tildes, and what stands behind them.
struct Fence {
  let mark: UInt8
  let count: Int
  /// The blanks before it, that also its lines have.
  let indentation: Int
  let info: String

  /// The fence that a line opens, if it opens one.
  init?(opening line: ArraySlice<UInt8>) {
    let blanks = line.prefix { $0.isBlank }
    let rest = line.dropFirst(blanks.count)
    guard let mark = rest.first, mark == .backtick || mark == UInt8(ascii: "~") else { return nil }
    let marks = rest.prefix { $0 == mark }
    let info = rest.dropFirst(marks.count)
    guard marks.count >= 3, mark != .backtick || !info.contains(.backtick) else { return nil }
    self.mark = mark
    count = marks.count
    indentation = blanks.count
    self.info = info.text.trimmed
  }

  /// The fence as it is written.
  var text: String { String(repeating: mark == .backtick ? "`" : "~", count: count) }

  /// Whether a line closes this fence: at least as many of the same marks, and nothing else.
  func isClosed(by line: ArraySlice<UInt8>) -> Bool {
    let rest = line.trimmed
    return rest.count >= count && rest.allSatisfy { $0 == mark }
  }

  /// A line inside without the fence's indentation.
  func content(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let blanks = line.prefix(indentation).prefix { $0.isBlank }
    return line.dropFirst(blanks.count)
  }

  /// What stands in braces, as in `{swift}`; nil for code that is shown.
  var braces: String? {
    guard info.hasPrefix("{"), info.hasSuffix("}"), !info.hasPrefix("{."), !info.hasPrefix("{#") else {
      return nil
    }
    return String(info.dropFirst().dropLast()).trimmed
  }
}
