import Foundation

/// Whole numbers and texts in the bytes of a binary file.
struct BinaryBytes {
  /// The bytes.
  let bytes: UnsafeRawBufferPointer

  /// The number of bytes.
  var count: Int { bytes.count }

  /// A whole number of a width at a place, nil beyond the end.
  func integer(at place: Int, width: Int, isBigEndian: Bool = false) -> Int? {
    guard place >= 0, place + width <= bytes.count else { return nil }
    var value: UInt64 = 0
    for index in 0..<width {
      let byte = bytes[isBigEndian ? place + index : place + width - 1 - index]
      value = value << 8 | UInt64(byte)
    }
    return Int(exactly: value)
  }

  /// The text of a range, nil beyond the end or if it is no UTF-8.
  func text(_ range: Range<Int>) -> String? {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
    return String(validating: bytes[range], as: UTF8.self)
  }

  /// The bytes of a range, nil beyond the end.
  func part(_ start: Int, count: Int) -> UnsafeRawBufferPointer? {
    guard start >= 0, count >= 0, start <= bytes.count, count <= bytes.count - start else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<start + count])
  }
}

/// The kind of number that a binary file holds.
struct BinaryNumber: Equatable {
  /// What the numbers are.
  enum Kind {
    case float, signed, unsigned
  }

  var kind: Kind
  /// The bytes of a number.
  var width: Int
  var isBigEndian: Bool

  /// Reads as many numbers as the bytes hold.
  func values(_ bytes: UnsafeRawBufferPointer) -> [Double] {
    let count = bytes.count / width
    switch (kind, width) {
    case (.float, 8): return read(UInt64.self, bytes, count) { Double(bitPattern: $0) }
    case (.float, _): return read(UInt32.self, bytes, count) { Double(Float(bitPattern: $0)) }
    case (.unsigned, 1): return read(UInt8.self, bytes, count) { Double($0) }
    case (.unsigned, 2): return read(UInt16.self, bytes, count) { Double($0) }
    case (.unsigned, 4): return read(UInt32.self, bytes, count) { Double($0) }
    case (.unsigned, _): return read(UInt64.self, bytes, count) { Double($0) }
    case (.signed, 1): return read(Int8.self, bytes, count) { Double($0) }
    case (.signed, 2): return read(Int16.self, bytes, count) { Double($0) }
    case (.signed, 4): return read(Int32.self, bytes, count) { Double($0) }
    case (.signed, _): return read(Int64.self, bytes, count) { Double($0) }
    }
  }

  private func read<Word: FixedWidthInteger & BitwiseCopyable>(
    _: Word.Type, _ bytes: UnsafeRawBufferPointer, _ count: Int, _ convert: (Word) -> Double
  ) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      for index in 0..<count {
        let word = bytes.loadUnaligned(fromByteOffset: index * width, as: Word.self)
        buffer[index] = convert(isBigEndian ? Word(bigEndian: word) : Word(littleEndian: word))
      }
      filled = count
    }
  }
}
