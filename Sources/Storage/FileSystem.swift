import Foundation
import Search

/// The file system that a file lies on.
package enum FileSystem {
  /// Kinds on which several machines see the same file, but not each other's locks, as tables of mounts name them.
  private static let networks: Set<String> = [
    "nfs", "nfs4", "cifs", "smbfs", "smb3", "lustre", "gpfs", "fuse.sshfs", "beegfs", "afs", "ceph",
  ]

  /// Whether files of a kind are shared with other machines.
  package static func isNetwork(_ kind: String) -> Bool { networks.contains(kind) }

  /// The kind that a folder lies on; nil if it cannot be told.
  package static func kind(of folder: String) -> String? {
    guard let mounts = try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8) else { return nil }
    return kind(of: URL(fileURLWithPath: folder).resolvingSymlinksInPath().path, in: mounts)
  }

  /// The kind of the mount nearest to a folder, in a table such as `/proc/self/mounts`.
  package static func kind(of folder: String, in mounts: String) -> String? {
    var best: (length: Int, kind: String)?
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count >= 3 else { continue }
      let place = fields[1].replacingOccurrences(of: "\\040", with: " ")
      let isAbove = folder == place || place == "/" || folder.hasPrefix(place + "/")
      if isAbove, place.utf8.count >= best?.length ?? 0 { best = (place.utf8.count, String(fields[2])) }
    }
    return best?.kind
  }

  /// The folder of a file that shall be opened; throws if it does not exist.
  static func folder(of path: String) throws -> String {
    let folder = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw StorageError.folderMissing(folder)
    }
    return folder
  }
}
