import Components
import Foundation

/// Reads archives of NumPy arrays, as `numpy.savez` and `numpy.savez_compressed` write them.
public struct NPZReader: Sendable {
  /// The names of the arrays, in the order of the archive.
  public let names: [String]
  private let archive: ZipArchive
  private let file: String

  /// Opens an archive.
  ///
  /// `path` is where it lies, `name` what messages call it, the path unless given. Throws `DataFileError`.
  public init(path: String, name: String? = nil) throws {
    try self.init(try DataFile.bytes(path: path, name: name ?? path), name: name ?? path)
  }

  /// Opens the bytes of an archive.
  public init(_ data: Data, name: String) throws {
    archive = try ZipArchive(data, file: name)
    file = name
    names = archive.entries.map { $0.name.hasSuffix(".npy") ? String($0.name.dropLast(4)) : $0.name }
  }

  /// The array of a name.
  ///
  /// Throws `DataFileError`.
  public func array(named name: String) throws -> NumPyArray {
    guard let index = names.firstIndex(of: name) else {
      throw DataFileError.unknownArray(path: file, name: name, known: names)
    }
    return try NPYReader().read(try archive.content(of: archive.entries[index]), name: "\(file):\(name)")
  }
}
