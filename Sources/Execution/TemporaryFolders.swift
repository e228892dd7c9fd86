import Foundation

/// The folders that runs of Swift cells use while they last: an interrupt removes them too.
package final class TemporaryFolders: @unchecked Sendable {
  /// The folders of this process.
  package static let shared = TemporaryFolders()
  private let lock = NSLock()
  private var folders: Set<String> = []

  func insert(_ folder: String) { lock.withLock { _ = folders.insert(folder) } }

  /// Removes a folder that is not needed any more.
  func remove(_ folder: String) {
    lock.withLock { _ = folders.remove(folder) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Removes all folders at once.
  package func removeAll() {
    let all = lock.withLock { folders }
    for folder in all { try? FileManager.default.removeItem(atPath: folder) }
  }
}
