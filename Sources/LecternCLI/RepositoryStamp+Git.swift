import Components
import Foundation
import Publishing

extension RepositoryStamp {
  /// The commit of the repository that a folder belongs to.
  init(of folder: String) throws(StampError) {
    guard
      let commit = Self.git(["rev-parse", "HEAD"], in: folder)?.trimmingCharacters(
        in: .whitespacesAndNewlines),
      !commit.isEmpty, let status = Self.git(["status", "--porcelain"], in: folder)
    else { throw .noRepository(folder: folder) }
    self.init(commit: commit, isClean: status.isEmpty)
  }

  /// What git prints; nil if it fails or is not installed.
  private static func git(_ arguments: [String], in folder: String) -> String? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder] + arguments
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}

/// Why a page cannot name its commit.
enum StampError: Explained, Equatable {
  case noRepository(folder: String)

  var sentence: String {
    switch self {
    case .noRepository(let folder): "--stamp found no commit of git in \(folder)"
    }
  }
}
