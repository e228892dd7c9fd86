import Components
internal import GRDB
import Search

extension SQLiteStorage {
  public func write(_ trial: TrialRecord, to study: StudyRecord) throws {
    // Texts are made before the file is held.
    let writer = SQLiteTrialWriter(trial)
    try write { database in
      try Self.checkExists(study, in: database)
      try writer.write(to: database, study: study.id)
    }
  }

  public func trials(of study: StudyRecord, since cursor: inout StorageCursor) throws -> [TrialRecord] {
    let (place, beyond) = (cursor.place, cursor.beyond)
    let trials = try read { database in
      try SQLiteTrialReader(database, study: study.id, from: place).trials(without: beyond)
    }
    return cursor.unread(trials)
  }
}

/// Writes a trial and all that belongs to it.
struct SQLiteTrialWriter {
  private let trial: TrialRecord
  private let start: String?
  private let end: String?
  private let distributions: [String]
  private let attributes: [(author: String, key: String, text: String)]

  init(_ trial: TrialRecord) {
    self.trial = trial
    start = trial.start.map { StoredTime.text($0) }
    end = trial.end.map { StoredTime.text($0) }
    distributions = trial.parameters.map(\.distribution.json)
    var attributes: [(author: String, key: String, text: String)] = []
    for (author, values) in [("user", trial.userAttributes), ("system", trial.systemAttributes)] {
      for key in values.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        attributes.append((author, key, PythonJSON.text(values[key])))
      }
    }
    self.attributes = attributes
  }

  /// Adds the trial, or replaces it if it has not ended.
  func write(to database: Database, study: Int) throws {
    let known = try Row.fetchOne(
      try database.cachedStatement(
        sql: "SELECT trial_id, state FROM trials WHERE study_id = ? AND number = ? ORDER BY trial_id"),
      arguments: [study, trial.number])
    let state = SQLiteState.text(trial.state)
    if let known {
      let isEnd = SQLiteState.state(known[1])?.isEnd ?? true
      if isEnd { return }
      let id: Int = known[0]
      try database.cachedStatement(
        sql: """
          UPDATE trials SET state = ?, datetime_start = coalesce(?, datetime_start), datetime_complete = ?
          WHERE trial_id = ?
          """
      ).execute(arguments: [state, start, end, id])
      try clear(database, id)
      try writeParts(to: database, id)
    } else {
      try database.cachedStatement(
        sql: """
          INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete)
          VALUES (?, ?, ?, ?, ?)
          """
      ).execute(arguments: [trial.number, study, state, start, end])
      try writeParts(to: database, Int(database.lastInsertedRowID))
    }
  }

  private func clear(_ database: Database, _ id: Int) throws {
    let tables = [
      "trial_params", "trial_values", "trial_intermediate_values", "trial_user_attributes",
      "trial_system_attributes",
    ]
    for table in tables {
      try database.cachedStatement(sql: "DELETE FROM \(table) WHERE trial_id = ?").execute(arguments: [id])
    }
  }

  private func writeParts(to database: Database, _ id: Int) throws {
    let parameters = try database.cachedStatement(
      sql:
        "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) VALUES (?, ?, ?, ?)")
    for (parameter, distribution) in zip(trial.parameters, distributions) {
      try parameters.execute(arguments: [id, parameter.name, parameter.value, distribution])
    }
    let values = try database.cachedStatement(
      sql: "INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES (?, ?, ?, ?)")
    for (objective, value) in trial.values.enumerated() {
      let (number, kind) = SQLiteNumber.columns(value)
      try values.execute(arguments: [id, objective, number, kind])
    }
    let reports = try database.cachedStatement(
      sql: """
        INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type)
        VALUES (?, ?, ?, ?) ON CONFLICT (trial_id, step) DO UPDATE SET
        intermediate_value = excluded.intermediate_value,
        intermediate_value_type = excluded.intermediate_value_type
        """)
    for report in trial.reports {
      let (number, kind) = SQLiteNumber.columns(report.value)
      try reports.execute(arguments: [id, report.step, number, kind])
    }
    for (author, key, text) in attributes {
      try database.cachedStatement(
        sql: "INSERT INTO trial_\(author)_attributes (trial_id, \"key\", value_json) VALUES (?, ?, ?)"
      ).execute(arguments: [id, key, text])
    }
  }
}

/// The words of Optuna's tables for states.
enum SQLiteState {
  static func text(_ state: TrialRecord.State) -> String {
    switch state {
    case .waiting: "WAITING"
    case .running: "RUNNING"
    case .completed: "COMPLETE"
    case .pruned: "PRUNED"
    case .failed: "FAIL"
    }
  }

  static func state(_ text: String) -> TrialRecord.State? {
    TrialRecord.State.allCases.first { self.text($0) == text }
  }
}

/// Numbers as Optuna's tables have them: a column for the number, and one that tells what it is not.
enum SQLiteNumber {
  static func columns(_ number: Double) -> (Double?, String) {
    if number.isFinite { return (number, "FINITE") }
    return (nil, number.isNaN ? "NAN" : number > 0 ? "INF_POS" : "INF_NEG")
  }

  static func number(_ value: DatabaseValue, _ kind: DatabaseValue) -> Double {
    guard let number = Double.fromDatabaseValue(value) else {
      return others[String.fromDatabaseValue(kind) ?? ""] ?? .nan
    }
    return number
  }

  private static let others = ["INF_POS": Double.infinity, "INF_NEG": -Double.infinity]
}
