/// What a scanner finds out about a paragraph once, so that a line of a million brackets is not gone through a million
/// times.
struct ProseParagraph {
  private let begin: Int
  /// Where the paragraph ends: at an empty line.
  let end: Int
  private let limit: Int
  /// The brackets that close before `(` or `{`, by those that open.
  let closing: [Int: Int]
  /// The brackets that open, by those that close.
  let opening: [Int: Int]
  /// The brackets that nothing closes.
  let unmatched: Set<Int>
  /// Whether it is longer than what anybody writes: there, marks that mean nothing are kept from Discount, which looks
  /// for the other half of each through the whole paragraph.
  var isLong: Bool { end - begin > 4000 }
  /// Marks whose other half does not come.
  var unclosed: Set<String> = []

  /// Nothing.
  init() { self.init([], from: 0, limit: 0) }

  /// The rest of a paragraph.
  init(_ bytes: [UInt8], from begin: Int, limit: Int) {
    self.begin = begin
    self.limit = limit
    var stack: [Int] = []
    var closing: [Int: Int] = [:]
    var opening: [Int: Int] = [:]
    var index = begin
    scan: while index < limit {
      switch bytes[index] {
      case .newline:
        var next = index + 1
        while next < limit, bytes[next].isBlank || bytes[next] == .carriageReturn { next += 1 }
        if next >= limit || bytes[next] == .newline { break scan }
        index = next
        continue
      case .backslash: index += 1
      case UInt8(ascii: "["): stack.append(index)
      case UInt8(ascii: "]"):
        if let open = stack.popLast(), index + 1 < limit,
          bytes[index + 1] == UInt8(ascii: "(") || bytes[index + 1] == UInt8(ascii: "{")
        {
          closing[open] = index
          opening[index] = open
        }
      default: break
      }
      index += 1
    }
    end = min(index, limit)
    self.closing = closing
    self.opening = opening
    unmatched = Set(stack)
  }

  /// Whether a place belongs to it.
  func contains(_ offset: Int, limit: Int) -> Bool {
    self.limit == limit && offset >= begin && offset < end
  }
}
