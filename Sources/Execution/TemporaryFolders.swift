import Foundation

/// The folders that runs of Swift cells use while they last: an interrupt removes them too.
package final class TemporaryFolders: @unchecked Sendable {
  /// The folders of this process.
  package static let shared = TemporaryFolders()
  private let lock = NSLock()
  private var folders: Set<String> = []

  package func insert(_ folder: String) { lock.withLock { _ = folders.insert(folder) } }

  /// The folder of a run of this process, in a storage folder.
  package static func name(in storage: String) -> String {
    "\(storage)/cells-\(ProcessInfo.processInfo.processIdentifier)-\(UInt.random(in: 0 ... .max))"
  }

  /// Removes what processes left behind that were ended by force.
  static func removeAbandoned(in storage: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: storage)) ?? []
    for name in names where name.hasPrefix("cells-") {
      let parts = name.split(separator: "-")
      guard parts.count == 3, let process = pid_t(parts[1]), kill(process, 0) == -1, errno == ESRCH else {
        continue
      }
      try? FileManager.default.removeItem(atPath: "\(storage)/\(name)")
    }
  }

  /// Removes a folder that is not needed any more.
  package func remove(_ folder: String) {
    lock.withLock { _ = folders.remove(folder) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Removes all folders at once.
  package func removeAll() {
    let all = lock.withLock { folders }
    for folder in all { try? FileManager.default.removeItem(atPath: folder) }
  }
}
