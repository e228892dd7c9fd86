/// A message of protocol buffers while it is written: numbered fields one behind the other.
///
/// This is all of the encoding that ONNX needs: whole numbers as varints (seven bits a byte, the lowest first), single
/// precision in four bytes, and texts, bytes and messages behind their length.
struct ProtobufMessage: Hashable {
  private(set) var bytes: [UInt8] = []

  /// How a field's value is written; the numbers are those of the encoding.
  private enum WireType: UInt64 {
    case varint = 0
    case delimited = 2
    case fourBytes = 5
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func key(_ field: Int, _ type: WireType) { varint(UInt64(field) << 3 | type.rawValue) }

  /// Adds a whole number; negative ones are the 64 bits of their two's complement.
  mutating func add(_ field: Int, _ value: Int) {
    key(field, .varint)
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// Adds a number in single precision.
  mutating func add(_ field: Int, _ value: Float) {
    key(field, .fourBytes)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Adds bytes.
  mutating func add(_ field: Int, _ value: [UInt8]) {
    key(field, .delimited)
    varint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  /// Adds a text.
  mutating func add(_ field: Int, _ value: String) { add(field, Array(value.utf8)) }

  /// Adds a message.
  mutating func add(_ field: Int, _ value: ProtobufMessage) { add(field, value.bytes) }
}
