import Foundation
import Tensors

/// The safetensors format: named tensors in one file, which every framework reads.
///
/// Eight bytes with the length of the header, the header as JSON (for each name the type, the shape and where its bytes
/// lie), then the numbers, little-endian, one tensor behind the other. Reading is strict: whatever does not add up is an
/// error, never a guess.
public struct Safetensors: Sendable, Equatable {
  /// The numbers of a tensor, in the precision of the file.
  public enum Values: Sendable, Equatable {
    case float([Float])
    case double([Double])

    /// How many there are.
    public var count: Int {
      switch self {
      case .float(let values): values.count
      case .double(let values): values.count
      }
    }
  }

  /// A tensor of the file.
  public struct Entry: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The shape.
    public var shape: Shape
    /// The numbers, the last axis fastest.
    public var values: Values

    /// A tensor with a name.
    public init(name: String, shape: Shape, values: Values) {
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// The tensors in the order of their bytes.
  public var entries: [Entry]
  /// Texts by name, such as what wrote the file.
  public var metadata: [String: String]

  /// Tensors with their names.
  public init(_ entries: [Entry], metadata: [String: String] = [:]) {
    self.entries = entries
    self.metadata = metadata
  }

  /// The tensor of a name.
  public subscript(name: String) -> Entry? { entries.first { $0.name == name } }

  /// The name in a header that stands for no tensor.
  private static let metadataName = "__metadata__"

  /// What stands in a header for each tensor.
  private struct Description: Codable {
    var dtype: String
    var shape: [Int]
    var offsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }
  }

  /// A header: descriptions by name, and one entry of texts.
  private struct Header: Codable {
    var tensors: [String: Description] = [:]
    var metadata: [String: String] = [:]

    private struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(_ name: String) { stringValue = name }
      init?(stringValue: String) { self.init(stringValue) }
      init?(intValue: Int) { nil }
    }

    init() {}

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      for key in values.allKeys {
        if key.stringValue == Safetensors.metadataName {
          metadata = try values.decode([String: String].self, forKey: key)
        } else {
          tensors[key.stringValue] = try values.decode(Description.self, forKey: key)
        }
      }
    }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: Key.self)
      if !metadata.isEmpty { try values.encode(metadata, forKey: Key(Safetensors.metadataName)) }
      for (name, description) in tensors.sorted(by: { $0.key < $1.key }) {
        try values.encode(description, forKey: Key(name))
      }
    }
  }

  /// The bytes of the file: the same for the same tensors.
  ///
  /// Throws if no file can hold them: names must differ, and every shape must have as many numbers as it says.
  public func encoded() throws -> Data {
    try checkEntries()
    var header = Header()
    header.metadata = metadata
    var body = Data()
    for entry in entries {
      let first = body.count
      let type: String
      switch entry.values {
      case .float(let values):
        type = "F32"
        for value in values {
          withUnsafeBytes(of: value.bitPattern.littleEndian) { body.append(contentsOf: $0) }
        }
      case .double(let values):
        type = "F64"
        for value in values {
          withUnsafeBytes(of: value.bitPattern.littleEndian) { body.append(contentsOf: $0) }
        }
      }
      header.tensors[entry.name] = Description(
        dtype: type, shape: entry.shape.dimensions, offsets: [first, body.count])
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text = try encoder.encode(header)
    // Numbers begin at a multiple of eight bytes.
    while text.count % 8 != 0 { text.append(0x20) }
    var result = Data()
    withUnsafeBytes(of: UInt64(text.count).littleEndian) { result.append(contentsOf: $0) }
    return result + text + body
  }

  private func checkEntries() throws(NetworkError) {
    var names: Set<String> = [Self.metadataName]
    for entry in entries {
      guard names.insert(entry.name).inserted else {
        throw .badSetting(
          name: "tensors", requirement: "called by different names", found: "\(entry.name) twice")
      }
      guard entry.shape.count == entry.values.count else {
        throw .badSetting(
          name: entry.name, requirement: "\(entry.shape.count) numbers of shape \(entry.shape)",
          found: "\(entry.values.count)")
      }
    }
  }

  /// Reads the bytes of a file.
  public init(decoding data: Data) throws(NetworkError) {
    let bytes = [UInt8](data)
    guard bytes.count >= 8 else { throw .unknownFormat(reason: "the file has \(bytes.count) bytes only") }
    let length = bytes[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(bytes.count - 8) else {
      throw .unknownFormat(reason: "the header is longer than the file")
    }
    let start = 8 + Int(length)
    guard let header = try? JSONDecoder().decode(Header.self, from: Data(bytes[8..<start])) else {
      throw .unknownFormat(reason: "the header is no JSON of tensors")
    }
    entries = []
    metadata = header.metadata
    var next = 0
    let sorted = header.tensors.sorted {
      ($0.value.offsets.first ?? 0, $0.key) < ($1.value.offsets.first ?? 0, $1.key)
    }
    for (name, description) in sorted {
      entries.append(try Self.entry(name, description, bytes, start, &next))
    }
    guard start + next == bytes.count else {
      throw .unknownFormat(reason: "\(bytes.count - start - next) bytes belong to no tensor")
    }
  }

  private static func entry(
    _ name: String, _ description: Description, _ bytes: [UInt8], _ start: Int, _ next: inout Int
  ) throws(NetworkError) -> Entry {
    let width: Int
    switch description.dtype {
    case "F32": width = 4
    case "F64": width = 8
    default: throw .unknownFormat(reason: "\(name) has the type \(description.dtype), not F32 or F64")
    }
    var count = 1
    for size in description.shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflows, product <= bytes.count else {
        throw .unknownFormat(reason: "\(name) has the shape \(description.shape)")
      }
      count = product
    }
    // The count is at most that of the file's bytes; the offsets may be any numbers and are only compared.
    let end = next + count * width
    guard description.offsets == [next, end], end <= bytes.count - start
    else { throw .unknownFormat(reason: "the bytes of \(name) are not where its shape and the header say") }
    let first = start + next
    next = end
    let shape = Shape(description.shape)
    if width == 4 {
      let values = (0..<count).map { index in
        Float(bitPattern: UInt32(truncatingIfNeeded: word(bytes, first + 4 * index, 4)))
      }
      return Entry(name: name, shape: shape, values: .float(values))
    }
    let values = (0..<count).map { Double(bitPattern: word(bytes, first + 8 * $0, 8)) }
    return Entry(name: name, shape: shape, values: .double(values))
  }

  private static func word(_ bytes: [UInt8], _ first: Int, _ count: Int) -> UInt64 {
    (0..<count).reversed().reduce(0) { $0 << 8 | UInt64(bytes[first + $1]) }
  }
}
