internal import CZlib
import Foundation

/// Undoes the compression of gzip files and of entries of zip archives.
enum Inflater {
  /// The content of a file in gzip's format (RFC 1952), of all its members.
  ///
  /// Throws `DataFileError`.
  static func gunzip(_ data: Data, name: String) throws -> Data {
    // The last four bytes tell the size modulo 2³²; deflate gains at most a factor of 1032.
    let hint = data.count >= 18 ? data.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) } : 0
    return try data.withUnsafeBytes { bytes in
      var output = Output(capacity: min(max(hint, 1 << 12), data.count * 1032) + 64)
      var offset = 0
      while offset < bytes.count {
        // Zeros may pad the end.
        if offset > 0, bytes[offset...].allSatisfy({ $0 == 0 }) { break }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
        switch inflate(rest, into: &output, windowBits: 31) {
        case .ended(let used): offset += used
        case .truncated:
          output.discard()
          throw DataFileError.broken(path: name, format: "gzip", reason: "ends too early")
        case .broken:
          output.discard()
          throw DataFileError.broken(path: name, format: "gzip", reason: "is damaged")
        }
      }
      return output.data
    }
  }

  /// The content of raw deflate data (RFC 1951) whose size is known; nil if they are damaged or of another size.
  static func inflateRaw(_ bytes: UnsafeRawBufferPointer, size: Int) -> Data? {
    // A lying size must not cost its memory: deflate gains at most a factor of 1032.
    guard size <= bytes.count * 1032 + 64 else { return nil }
    var output = Output(capacity: size + 64)
    guard case .ended = inflate(bytes, into: &output, windowBits: -15), output.count == size else {
      output.discard()
      return nil
    }
    return output.data
  }

  /// The checksum of zip's and gzip's formats.
  static func checksum(_ data: Data) -> UInt32 {
    data.withUnsafeBytes { bytes in
      UInt32(truncatingIfNeeded: crc32_z(0, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count))
    }
  }

  /// How inflating ended.
  private enum Ending {
    case ended(used: Int)
    case truncated, broken
  }

  /// Memory that grows as it is written.
  private struct Output {
    var pointer: UnsafeMutableRawPointer?
    var capacity: Int
    var count = 0

    init(capacity: Int) {
      self.capacity = capacity
      pointer = malloc(capacity)
    }

    mutating func grow() {
      capacity *= 2
      pointer = realloc(pointer, capacity)
    }

    mutating func discard() {
      free(pointer)
      pointer = nil
    }

    var data: Data {
      guard let pointer else { return Data() }
      return Data(bytesNoCopy: pointer, count: count, deallocator: .free)
    }
  }

  private static func inflate(
    _ bytes: UnsafeRawBufferPointer, into output: inout Output, windowBits: Int32
  ) -> Ending {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(&stream, windowBits, ZLIB_VERSION, size) == Z_OK else { return .broken }
    defer { inflateEnd(&stream) }
    var used = 0
    while true {
      if output.capacity - output.count < 1 << 12 { output.grow() }
      guard let target = output.pointer else { return .broken }
      // zlib counts in 32 bits.
      let given = min(bytes.count - used, 1 << 30)
      let room = min(output.capacity - output.count, 1 << 30)
      let source = bytes.bindMemory(to: UInt8.self).baseAddress.map { $0 + used }
      stream.next_in = UnsafeMutablePointer(mutating: source)
      stream.avail_in = UInt32(given)
      stream.next_out = (target + output.count).assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(room)
      let status = CZlib.inflate(&stream, Z_NO_FLUSH)
      let (taken, made) = (given - Int(stream.avail_in), room - Int(stream.avail_out))
      used += taken
      output.count += made
      switch status {
      case Z_STREAM_END: return .ended(used: used)
      case Z_OK where taken > 0 || made > 0: continue
      case Z_OK, Z_BUF_ERROR: return .truncated
      default: return .broken
      }
    }
  }
}
