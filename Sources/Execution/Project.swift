import Documents
import Foundation

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
    var current = start
    while true {
      let marks = ["lectern.yml", ".lectern", ".git"]
      if marks.contains(where: {
        FileManager.default.fileExists(atPath: current.appendingPathComponent($0).path)
      }) {
        root = current.path
        return
      }
      let parent = current.deletingLastPathComponent()
      guard parent.path != current.path else { break }
      current = parent
    }
    root = start.path
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
