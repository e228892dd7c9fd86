import Components
import Foundation
import Search
import Storage
import Tensors

/// A folder that goes when a test is done.
final class StorageFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("storage-" + UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// A copy of a fixture in the folder.
  func copy(of name: String) throws -> String {
    let source = Bundle.module.bundleURL.appendingPathComponent("Fixtures/\(name)")
    try FileManager.default.copyItem(at: source, to: URL(fileURLWithPath: file(name)))
    return file(name)
  }
}

/// The kinds of storages.
enum StorageKind: String, CaseIterable, Sendable {
  case memory, sqlite, journal

  func storage(in folder: StorageFolder, _ name: String = "studies") throws -> any StudyStorage {
    switch self {
    case .memory: InMemoryStorage()
    case .sqlite: try SQLiteStorage(folder.file(name + ".db"))
    case .journal: try JournalStorage(folder.file(name + ".log"))
    }
  }
}

/// Trials that are drawn.
enum RandomTrials {
  /// A space of all kinds.
  static let space = SearchSpace([
    .init(name: "rate", distribution: .real(low: 1e-6, high: 1, isLog: true)),
    .init(name: "width", distribution: .integer(low: 4, high: 64, step: 4, isLog: false)),
    .init(name: "share", distribution: .real(low: 0, high: 1, step: 0.125, isLog: false)),
    .init(name: "offset", distribution: .normal(mean: 1, deviation: 0.3)),
    .init(name: "kind", distribution: .choice(["relu", "3", "2.5", "true", "null", "1e3", "ä \"x\""])),
    .init(
      name: "depth", distribution: .integer(low: 1, high: 9, step: 1, isLog: false),
      condition: .init(parameter: 4, choice: 0)),
  ])

  /// A trial that has ended.
  static func trial(_ number: Int, using stream: inout RandomStream) -> Trial {
    let assignment = space.draw(using: &stream)
    let reports = (0..<stream.integer(below: 5)).map { step in
      Trial.Report(step: step + 1, value: step == 3 ? .infinity : stream.uniform(-1, 1))
    }
    let parts = (0..<stream.integer(below: 4)).map { _ in stream.normal() * 1e-20 }
    let seen: [Int]? = stream.integer(below: 2) == 0 ? nil : [5, 6, 7, 2, 0, 1]
    let violation = stream.integer(below: 3) == 0 ? stream.uniform(0, 2) : 0
    let kind = stream.integer(below: 4)
    var trial = Trial(
      number: number, assignment: assignment, state: [.completed, .pruned, .failed, .completed][kind],
      values: kind == 3 ? [.infinity, 1] : [stream.normal(), 1e300], parts: parts, reports: reports,
      violation: violation, seen: seen)
    if trial.state == .failed {
      trial.values = [.nan, .nan]
      trial.failure = "no \"number\"\nat step 3: ✗"
    }
    return trial
  }
}

extension Trial {
  /// All that a trial holds, as text, in which no number is like no number.
  var facts: String { "\(self)" }
}
