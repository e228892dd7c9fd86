import Components
import Foundation
internal import GRDB
import Search

/// Keeps studies in an SQLite file with the tables of Optuna, so that Optuna and its dashboard open it.
///
/// Any number of processes of one machine may use the file at once. A write is one transaction, which a killed process has
/// made whole or not at all.
public final class SQLiteStorage: StudyStorage {
  /// What may be done to a file.
  public enum Access: Sendable, Hashable {
    /// It is read and written, and made if it is missing.
    case readWrite
    /// It is only read.
    case readOnly
  }

  /// The file.
  public let path: String
  private let queue: DatabaseQueue

  /// Opens a file, or makes it.
  ///
  /// `timeout` is how many seconds to wait while other processes write.
  public convenience init(_ path: String, access: Access = .readWrite, timeout: Double = 30) throws {
    try self.init(path, access: access, timeout: timeout, fileSystem: FileSystem.kind(of:))
  }

  /// Opens a file on a file system of a kind that is given.
  package init(
    _ path: String, access: Access = .readWrite, timeout: Double = 30, fileSystem: (String) -> String?
  ) throws {
    self.path = path
    let folder = try FileSystem.folder(of: path)
    if let kind = fileSystem(folder), FileSystem.isNetwork(kind) {
      throw StorageError.networkFileSystem(path, kind: kind)
    }
    if access == .readOnly, !FileManager.default.fileExists(atPath: path) {
      throw StorageError.fileMissing(path)
    }
    queue = try Self.opened(path, access, timeout: timeout)
  }

  /// Opens a file, waiting while another process is making it: SQLite itself does not wait there.
  private static func opened(_ path: String, _ access: Access, timeout: Double) throws -> DatabaseQueue {
    let start = ContinuousClock.now
    while true {
      do {
        return try connection(path, access, timeout: timeout)
      } catch {
        let explained = explained(error, path)
        guard explained as? StorageError == .locked(path), start.duration(to: .now) < .seconds(timeout) else {
          throw explained
        }
        usleep(10_000)
      }
    }
  }

  /// A connection whose file has the tables.
  private static func connection(_ path: String, _ access: Access, timeout: Double) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = access == .readOnly
    configuration.busyMode = .timeout(timeout)
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { database in
      if access == .readWrite {
        try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
      }
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.inDatabase { database in
      guard access == .readWrite else { return try check(database, path) }
      try database.inTransaction(.immediate) {
        if try database.tableExists("studies") || database.tableExists("alembic_version") {
          try check(database, path)
        } else if try hasTables(database) {
          throw StorageError.notAStudyDatabase(path)
        } else {
          try SQLiteSchema.create(database)
        }
        try SQLiteSchema.createOwn(database)
        return .commit
      }
    }
    return queue
  }

  private static func hasTables(_ database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0 > 0
  }

  /// Throws if the tables are not those that are known.
  private static func check(_ database: Database, _ path: String) throws {
    guard try database.tableExists("studies"), try database.tableExists("trials") else {
      throw StorageError.notAStudyDatabase(path)
    }
    var version = "none"
    if try database.tableExists("alembic_version") {
      version = try String.fetchOne(database, sql: "SELECT version_num FROM alembic_version") ?? version
    }
    if version == SQLiteSchema.revision { return }
    if version == "none" || SQLiteSchema.olderRevisions.contains(version) {
      throw StorageError.olderSchema(path, version: version)
    }
    throw StorageError.unknownSchema(path, version: version)
  }

  /// An error of SQLite in terms of storages.
  package static func explained(_ error: any Error, _ path: String) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    switch error.resultCode {
    case .SQLITE_NOTADB: return StorageError.notADatabase(path)
    case .SQLITE_CORRUPT: return StorageError.corrupt(path, detail: error.message ?? "the file is malformed")
    case .SQLITE_BUSY, .SQLITE_LOCKED: return StorageError.locked(path)
    case .SQLITE_READONLY, .SQLITE_PERM: return StorageError.readOnly(path)
    case .SQLITE_FULL: return StorageError.diskFull(path)
    default: return StorageError.notOpened(path, detail: error.message ?? "\(error.resultCode)")
    }
  }

  /// Reads with a snapshot of the file.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    do {
      return try queue.read(body)
    } catch {
      throw Self.explained(error, path)
    }
  }

  /// Writes in a transaction that holds the file from its beginning.
  func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    do {
      return try queue.writeWithoutTransaction { database in
        var result: Result?
        try database.inTransaction(.immediate) {
          result = try body(database)
          return .commit
        }
        guard let result else { throw StorageError.notOpened(path, detail: "nothing was written") }
        return result
      }
    } catch {
      throw Self.explained(error, path)
    }
  }
}

extension SQLiteStorage {
  public func studies() throws -> [StudyRecord] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT study_id, study_name FROM studies ORDER BY study_id")
        .map { try Self.study(database, id: $0[0], name: $0[1]) }
    }
  }

  public func study(named name: String) throws -> StudyRecord? {
    try read { database in
      try Int.fetchOne(database, sql: "SELECT study_id FROM studies WHERE study_name = ?", arguments: [name])
        .map { try Self.study(database, id: $0, name: name) }
    }
  }

  private static func study(_ database: Database, id: Int, name: String) throws -> StudyRecord {
    let directions = try String.fetchAll(
      database, sql: "SELECT direction FROM study_directions WHERE study_id = ? ORDER BY objective",
      arguments: [id])
    var study = StudyRecord(
      id: id, name: name, directions: directions.map { $0 == "MAXIMIZE" ? .maximize : .minimize })
    study.userAttributes = try attributes(database, "study", "user", of: id)
    study.systemAttributes = try attributes(database, "study", "system", of: id)
    return study
  }

  private static func attributes(
    _ database: Database, _ kind: String, _ author: String, of id: Int
  ) throws -> [String: RecordedValue] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT \"key\", value_json FROM \(kind)_\(author)_attributes WHERE \(kind)_id = ?",
      arguments: [id])
    var attributes: [String: RecordedValue] = [:]
    for row in rows {
      guard let key: String = row[0], let text: String = row[1] else { continue }
      attributes[key] = try PythonJSON.value(of: text)
    }
    return attributes
  }

  public func create(_ name: String, directions: [Direction]) throws -> StudyRecord {
    try write { database in
      let known = try Int.fetchOne(
        database, sql: "SELECT study_id FROM studies WHERE study_name = ?", arguments: [name])
      guard known == nil else { throw StorageError.studyExists(name) }
      try database.execute(sql: "INSERT INTO studies (study_name) VALUES (?)", arguments: [name])
      let id = Int(database.lastInsertedRowID)
      for (objective, direction) in directions.enumerated() {
        try database.execute(
          sql: "INSERT INTO study_directions (direction, study_id, objective) VALUES (?, ?, ?)",
          arguments: [direction.rawValue.uppercased(), id, objective])
      }
      return StudyRecord(id: id, name: name, directions: directions)
    }
  }

  public func delete(_ study: StudyRecord) throws {
    try write { database in
      let tables = [
        "trial_params", "trial_values", "trial_intermediate_values", "trial_user_attributes",
        "trial_system_attributes", "trial_heartbeats",
      ]
      for table in tables {
        try database.execute(
          sql: "DELETE FROM \(table) WHERE trial_id IN (SELECT trial_id FROM trials WHERE study_id = ?)",
          arguments: [study.id])
      }
      let ownTables = ["trials", "study_directions", "study_user_attributes", "study_system_attributes"]
      for table in ownTables + ["studies"] {
        try database.execute(sql: "DELETE FROM \(table) WHERE study_id = ?", arguments: [study.id])
      }
    }
  }

  public func setAttribute(
    _ key: String, _ value: RecordedValue, isSystem: Bool, of study: StudyRecord
  ) throws {
    let table = isSystem ? "study_system_attributes" : "study_user_attributes"
    try write { database in
      try Self.checkExists(study, in: database)
      try database.execute(
        sql: """
          INSERT INTO \(table) (study_id, "key", value_json) VALUES (?, ?, ?)
          ON CONFLICT (study_id, "key") DO UPDATE SET value_json = excluded.value_json
          """, arguments: [study.id, key, PythonJSON.text(value)])
    }
  }

  /// Throws if a study was deleted.
  static func checkExists(_ study: StudyRecord, in database: Database) throws {
    let statement = try database.cachedStatement(
      sql: "SELECT study_id FROM studies WHERE study_id = ? AND study_name = ?")
    guard try Int.fetchOne(statement, arguments: [study.id, study.name]) == nil else { return }
    let names = try String.fetchAll(database, sql: "SELECT study_name FROM studies ORDER BY study_id")
    throw StorageError.studyMissing(study.name, known: names)
  }
}
