internal import CZlib
import Foundation

/// Compresses bytes in gzip's format (RFC 1952), without a name and a date: the same bytes always give the same file.
package enum Deflater {
  /// The compressed bytes; nil if there is no memory.
  package static func gzip(_ data: Data) -> Data? {
    var stream = z_stream()
    let version = zlibVersion()
    let size = Int32(MemoryLayout<z_stream>.size)
    // 31: the largest window, with gzip's header.
    guard deflateInit2_(&stream, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY, version, size) == Z_OK else {
      return nil
    }
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, UInt(data.count)))
    var output = Data(count: bound)
    let status = data.withUnsafeBytes { input in
      output.withUnsafeMutableBytes { bytes in
        stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(clamping: input.count)
        stream.next_out = bytes.bindMemory(to: UInt8.self).baseAddress
        stream.avail_out = UInt32(clamping: bytes.count)
        return deflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END else { return nil }
    return output.prefix(Int(stream.total_out))
  }

  /// The bytes that were compressed.
  ///
  /// Throws `DataFileError`; `name` is what it calls them.
  package static func gunzip(_ data: Data, name: String) throws -> Data {
    try Inflater.gunzip(data, name: name)
  }
}
