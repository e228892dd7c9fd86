/// A tag in the bytes of a document that Cairo wrote.
struct SVGTag {
  /// A name with its value, as places in the document.
  struct Attribute {
    var name: Range<Int>
    var value: Range<Int>
  }

  /// Where the name stands.
  private(set) var name = 0..<0
  private(set) var attributes: [Attribute] = []
  /// Whether the tag closes an element.
  private(set) var isEnd = false
  /// Whether the element has no content.
  private(set) var isEmpty = false
  /// The place behind the tag.
  private(set) var end = 0

  /// Reads the next tag from a place on; false at the end of the document.
  mutating func read(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
    var index = start
    repeat {
      while index < bytes.count, bytes[index] != UInt8(ascii: "<") { index += 1 }
      index += 1
      guard index < bytes.count else { return false }
    } while bytes[index] == UInt8(ascii: "?") || bytes[index] == UInt8(ascii: "!")
    attributes.removeAll(keepingCapacity: true)
    isEnd = bytes[index] == UInt8(ascii: "/")
    isEmpty = false
    if isEnd { index += 1 }
    let first = index
    while index < bytes.count, SVGTag.isName(bytes[index]) { index += 1 }
    name = first..<index
    while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
      isEmpty = bytes[index] == UInt8(ascii: "/")
      if SVGTag.isName(bytes[index]) { readAttribute(bytes, &index) } else { index += 1 }
    }
    end = index + 1
    return true
  }

  private mutating func readAttribute(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) {
    let first = index
    while index < bytes.count, SVGTag.isName(bytes[index]) { index += 1 }
    let name = first..<index
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") { index += 1 }
    index = min(index + 1, bytes.count)
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") { index += 1 }
    attributes.append(Attribute(name: name, value: start..<index))
    index = min(index + 1, bytes.count)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    byte > 32 && byte != UInt8(ascii: "=") && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "/")
  }
}

extension UnsafeRawBufferPointer {
  /// The bytes at places.
  subscript(part range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[range])
  }

  /// Whether the bytes are a text.
  func equals(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && hasPrefix(text)
  }

  /// Whether the bytes begin with a text.
  func hasPrefix(_ text: StaticString) -> Bool {
    guard count >= text.utf8CodeUnitCount else { return false }
    let start = text.utf8Start
    for index in 0..<text.utf8CodeUnitCount where self[index] != start[index] { return false }
    return true
  }

  /// Whether both have the same bytes.
  func equals(_ other: UnsafeRawBufferPointer) -> Bool {
    count == other.count && zip(self, other).allSatisfy { $0 == $1 }
  }
}
