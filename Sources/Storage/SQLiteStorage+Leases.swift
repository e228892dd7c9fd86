import Components
internal import GRDB
import Search

// Who has a lease is settled by one conditional write, and when it ends by the clock of the database.
extension SQLiteStorage {
  /// Seconds since 1970.
  private static let now = "((julianday('now') - 2440587.5) * 86400.0)"

  public func lease(
    _ task: StudyTask, of study: StudyRecord, by worker: String, seconds: Double
  ) throws -> Bool {
    try write { database in
      try Self.checkExists(study, in: database)
      let statement = try database.cachedStatement(
        sql: """
          INSERT INTO lectern_leases (study_id, trial, part, resource, worker, expiry)
          VALUES (?, ?, ?, ?, ?, \(Self.now) + ?)
          ON CONFLICT DO UPDATE SET worker = excluded.worker, expiry = excluded.expiry
          WHERE is_done = 0 AND (worker = excluded.worker OR expiry <= \(Self.now))
          """)
      try statement.execute(
        arguments: [study.id, task.trial, task.part, task.resource, worker, seconds])
      return database.changesCount == 1
    }
  }

  public func holder(of task: StudyTask, of study: StudyRecord) throws -> String? {
    try read { database in
      guard try database.tableExists("lectern_leases") else { return nil }
      return try String.fetchOne(
        database,
        sql: """
          SELECT worker FROM lectern_leases
          WHERE study_id = ? AND trial = ? AND part = ? AND resource = ? AND is_done = 0
          """, arguments: [study.id, task.trial, task.part, task.resource])
    }
  }

  public func release(
    _ task: StudyTask, of study: StudyRecord, by worker: String, result: RecordedValue?
  ) throws {
    let condition =
      "WHERE study_id = ? AND trial = ? AND part = ? AND resource = ? AND worker = ? AND is_done = 0"
    try write { database in
      let place: [any DatabaseValueConvertible] = [study.id, task.trial, task.part, task.resource, worker]
      if let result {
        try database.cachedStatement(
          sql: "UPDATE lectern_leases SET is_done = 1, result = ? \(condition)"
        ).execute(arguments: StatementArguments([PythonJSON.text(result)] + place))
      } else {
        try database.cachedStatement(sql: "DELETE FROM lectern_leases \(condition)")
          .execute(arguments: StatementArguments(place))
      }
    }
  }

  public func results(ofTrial number: Int, of study: StudyRecord) throws -> [StudyTask: RecordedValue] {
    try read { database in
      guard try database.tableExists("lectern_leases") else { return [:] }
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT part, resource, result FROM lectern_leases
          WHERE study_id = ? AND trial = ? AND is_done = 1
          """, arguments: [study.id, number])
      var results: [StudyTask: RecordedValue] = [:]
      for row in rows {
        guard let text: String = row[2] else { continue }
        results[StudyTask(trial: number, part: row[0], resource: row[1])] = try PythonJSON.value(of: text)
      }
      return results
    }
  }
}
