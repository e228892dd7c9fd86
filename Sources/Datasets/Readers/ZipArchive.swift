import Foundation

/// The entries of a zip archive, stored or deflated, their checksums checked.
struct ZipArchive {
  /// An entry of the directory at the archive's end.
  struct Entry {
    var name: String
    var method: Int
    var checksum: UInt32
    var packedSize: Int
    var size: Int
    /// Where its own header begins.
    var offset: Int
  }

  /// The entries in the order of the directory.
  let entries: [Entry]
  private let data: Data
  private let file: String

  /// Reads the directory of an archive.
  ///
  /// Throws `DataFileError`.
  init(_ data: Data, file: String) throws {
    self.data = data
    self.file = file
    entries = try data.withUnsafeBytes { try Self.directory(BinaryBytes(bytes: $0), file) }
  }

  private static func broken(_ file: String, _ reason: String) -> DataFileError {
    .broken(path: file, format: "zip", reason: reason)
  }

  private static func directory(_ bytes: BinaryBytes, _ file: String) throws -> [Entry] {
    guard bytes.integer(at: 0, width: 4) == 0x0403_4B50 || bytes.integer(at: 0, width: 4) == 0x0605_4B50
    else {
      throw broken(file, "does not begin like one")
    }
    // A comment of up to 65535 bytes may follow the last record.
    let last = bytes.count - 22
    let ends = stride(from: last, through: max(last - 65535, 0), by: -1)
    guard last >= 0, let end = ends.first(where: { bytes.integer(at: $0, width: 4) == 0x0605_4B50 }),
      let count = bytes.integer(at: end + 10, width: 2), let start = bytes.integer(at: end + 16, width: 4)
    else { throw broken(file, "ends before its directory") }
    guard count < 0xFFFF, start < 0xFFFF_FFFF else {
      throw DataFileError.unsupported(path: file, format: "zip", reason: "is larger than 4 GB")
    }
    var place = start
    return try (0..<count).map { _ in
      guard bytes.integer(at: place, width: 4) == 0x0201_4B50,
        let method = bytes.integer(at: place + 10, width: 2),
        let checksum = bytes.integer(at: place + 16, width: 4),
        let packedSize = bytes.integer(at: place + 20, width: 4),
        let size = bytes.integer(at: place + 24, width: 4),
        let nameLength = bytes.integer(at: place + 28, width: 2),
        let extraLength = bytes.integer(at: place + 30, width: 2),
        let commentLength = bytes.integer(at: place + 32, width: 2),
        let offset = bytes.integer(at: place + 42, width: 4),
        let name = bytes.text(place + 46..<place + 46 + nameLength)
      else { throw broken(file, "has a damaged directory") }
      place += 46 + nameLength + extraLength + commentLength
      return Entry(
        name: name, method: method, checksum: UInt32(truncatingIfNeeded: checksum), packedSize: packedSize,
        size: size, offset: offset)
    }
  }

  /// The content of an entry.
  ///
  /// Throws `DataFileError`.
  func content(of entry: Entry) throws -> Data {
    let content = try data.withUnsafeBytes { raw -> Data in
      let bytes = BinaryBytes(bytes: raw)
      guard bytes.integer(at: entry.offset, width: 4) == 0x0403_4B50,
        let nameLength = bytes.integer(at: entry.offset + 26, width: 2),
        let extraLength = bytes.integer(at: entry.offset + 28, width: 2),
        let packed = bytes.part(entry.offset + 30 + nameLength + extraLength, count: entry.packedSize)
      else { throw Self.broken(file, "ends within \"\(entry.name)\"") }
      switch entry.method {
      case 0: return Data(packed)
      case 8:
        guard let inflated = Inflater.inflateRaw(packed, size: entry.size) else {
          throw Self.broken(file, "is damaged at \"\(entry.name)\"")
        }
        return inflated
      default:
        throw DataFileError.unsupported(
          path: file, format: "zip",
          reason: "has \"\(entry.name)\" compressed by the method \(entry.method), not by deflate")
      }
    }
    guard content.count == entry.size, Inflater.checksum(content) == entry.checksum else {
      throw Self.broken(file, "is damaged at \"\(entry.name)\"")
    }
    return content
  }
}
