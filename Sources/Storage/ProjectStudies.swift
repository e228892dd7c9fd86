import Foundation
import Search

/// Keeps the studies of a project in the file `studies.db` of a folder, and where else a recipe says: paths are relative to
/// the folder above.
public struct ProjectStudies: StudyHome {
  /// The file.
  public let path: String

  /// The studies of a folder, `.lectern` in the current one unless given.
  public init(folder: String = ".lectern") { path = "\(folder)/studies.db" }

  public var isFurnished: Bool { FileManager.default.fileExists(atPath: path) }

  public func storage(at location: String?) throws -> any StudyStorage {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    if let location {
      return try StorageLocation(location).resolved(in: folder.deletingLastPathComponent().path)
        .storage(.readWrite)
    }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw StorageError.readOnly(folder.path)
    }
    return try SQLiteStorage(path)
  }

  public func recorder(
    of study: StudyRecord, in storage: any StudyStorage, space: SearchSpace, shares: Bool
  ) throws -> any StudyRecorder {
    let recorder = try StorageRecorder(storage, study: study, space: space)
    return shares ? SharingRecorder(recorder, exchange: LeaseExchange(storage, study: study)) : recorder
  }
}

/// Keeps trials, and shares their parts.
private struct SharingRecorder: StudyRecorder {
  private let recorder: StorageRecorder
  private let leases: LeaseExchange

  init(_ recorder: StorageRecorder, exchange: LeaseExchange) {
    self.recorder = recorder
    leases = exchange
  }

  var exchange: (any PartExchange)? { leases }

  func begin(_ number: Int, _ assignment: Assignment) throws { try recorder.begin(number, assignment) }

  func record(_ trial: Trial) throws { try recorder.record(trial) }
}
