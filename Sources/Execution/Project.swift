import Documents
import Foundation
import Synchronization

/// Where a document belongs: the nearest folder above it that holds `lectern.yml`, `.lectern` or `.git`, otherwise its
/// own.
package struct Project: Sendable, Hashable {
  /// The root folder, absolute.
  package let root: String

  /// The project of a file or a folder.
  package init(of path: String) {
    let url = URL(fileURLWithPath: path).standardizedFileURL
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    let start = isFolder.boolValue ? url : url.deletingLastPathComponent()
    root = Self.roots.withLock { roots in
      if let known = roots[start.path] { return known }
      let found = Self.root(above: start)
      roots[start.path] = found
      return found
    }
  }

  /// A run makes folders `.lectern`: what it takes for a root at its beginning stays one to its end.
  private static let roots = Mutex<[String: String]>([:])

  private static func root(above start: URL) -> String {
    var current = start
    while true {
      let marks = [ProjectSettings.fileName, ".lectern", ".git"]
      if marks.contains(where: {
        FileManager.default.fileExists(atPath: current.appendingPathComponent($0).path)
      }) {
        return current.path
      }
      let parent = current.deletingLastPathComponent()
      guard parent.path != current.path else { return start.path }
      current = parent
    }
  }

  /// What its file says; nil without one.
  package var settings: ProjectSettings? {
    let path = "\(root)/\(ProjectSettings.fileName)"
    return SourceFile.text(at: path).map { ProjectSettings(text: $0, file: shown(path)) }
  }

  /// A path as messages show it: relative to the working folder if it lies below.
  private func shown(_ path: String) -> String {
    let folder = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
  }

  /// Where the project keeps what need not be made again.
  package var storage: String { "\(root)/.lectern" }
}
