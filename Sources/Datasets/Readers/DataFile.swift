import Components
import Foundation

/// A file of data as bytes: mapped into memory as it is, inflated if it is compressed by gzip.
public enum DataFile {
  /// The bytes of a file.
  ///
  /// `path` is where it lies, `name` what the author calls it. Throws `DataFileError`.
  public static func bytes(path: String, name: String) throws -> Data {
    var isFolder = ObjCBool(false)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw DataFileError.notFound(path: name, near: neighbor(of: path, name: name))
    }
    guard !isFolder.boolValue else { throw DataFileError.isFolder(path: name) }
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) else {
      throw DataFileError.unreadable(path: name)
    }
    let isCompressed = data.starts(with: [0x1F, 0x8B])
    if path.hasSuffix(".gz"), !isCompressed {
      throw DataFileError.broken(path: name, format: "gzip", reason: "does not begin like one")
    }
    return isCompressed ? try Inflater.gunzip(data, name: name) : data
  }

  /// A name without the ending of compressed files.
  static func plainName(_ name: String) -> String {
    name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }

  /// The file of the same folder whose name is nearest, as the author would write it.
  private static func neighbor(of path: String, name: String) -> String? {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let wanted = url.lastPathComponent
    guard
      let near = Suggestion.nearest(to: wanted, among: files.filter { !$0.hasPrefix(".") }.sorted())
    else { return nil }
    return String(name.dropLast(wanted.count)) + near
  }
}
