import Components
internal import GRDB
import Search

/// Reads the trials of a study: a query for every table, whose rows are put together.
final class SQLiteTrialReader {
  private let database: Database
  private let study: Int
  private let place: Int
  private var indices: [Int: Int] = [:]
  private var places: [Int] = []
  private var records: [TrialRecord] = []
  private var distributions: [String: StoredDistribution] = [:]

  /// A reader of the trials from a place on.
  init(_ database: Database, study: Int, from place: Int) {
    self.database = database
    self.study = study
    self.place = place
  }

  /// The trials by their places; of those that are known already only where they stand.
  func trials(without known: Set<Int>) throws -> [(place: Int, trial: TrialRecord)] {
    try readTrials()
    if !places.allSatisfy(known.contains) {
      try readParameters()
      try readValues()
      try readReports()
      try readAttributes("user") { $0.userAttributes[$1] = $2 }
      try readAttributes("system") { $0.systemAttributes[$1] = $2 }
    }
    return zip(places, records).map { (place: $0, trial: $1) }
  }

  private func readTrials() throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT trial_id, number, state, datetime_start, datetime_complete FROM trials
        WHERE study_id = ? AND trial_id >= ? ORDER BY trial_id
        """, arguments: [study, place])
    while let row = try rows.next() {
      let values = Array(row.databaseValues)
      let text = String.fromDatabaseValue(values[2]) ?? "none"
      guard let id = Int.fromDatabaseValue(values[0]), let state = SQLiteState.state(text) else {
        throw StorageError.unreadableValue("trial of state \(text)")
      }
      // Optuna adds a trial before it knows the number, in the same transaction.
      guard let number = Int.fromDatabaseValue(values[1]) else { continue }
      indices[id] = places.count
      places.append(id)
      let (start, end) = (String.fromDatabaseValue(values[3]), String.fromDatabaseValue(values[4]))
      records.append(
        TrialRecord(
          number: number, state: state, start: start.flatMap { StoredTime.seconds($0) },
          end: end.flatMap { StoredTime.seconds($0) }))
    }
  }

  /// Reads the rows of a table that belong to the trials.
  private func read(
    _ table: String, _ columns: String, order: String,
    _ body: (inout TrialRecord, [DatabaseValue]) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT part.trial_id, \(columns) FROM \(table) AS part JOIN trials USING (trial_id)
        WHERE study_id = ? AND trial_id >= ? ORDER BY part.trial_id, \(order)
        """, arguments: [study, place])
    while let row = try rows.next() {
      let values = Array(row.databaseValues)
      guard let id = Int.fromDatabaseValue(values[0]), let index = indices[id] else { continue }
      try body(&records[index], values)
    }
  }

  private func readParameters() throws {
    try read("trial_params", "param_name, param_value, distribution_json", order: "param_id") {
      record, values in
      guard let name = String.fromDatabaseValue(values[1]),
        let value = Double.fromDatabaseValue(values[2]), let text = String.fromDatabaseValue(values[3])
      else { throw StorageError.unreadableValue("parameter of trial \(record.number)") }
      record.parameters.append(
        TrialRecord.Parameter(name: name, distribution: try distribution(text), value: value))
    }
  }

  private func distribution(_ text: String) throws -> StoredDistribution {
    if let known = distributions[text] { return known }
    let distribution = try StoredDistribution(json: text)
    distributions[text] = distribution
    return distribution
  }

  private func readValues() throws {
    try read("trial_values", "value, value_type", order: "objective") { record, values in
      record.values.append(SQLiteNumber.number(values[1], values[2]))
    }
  }

  private func readReports() throws {
    let columns = "step, intermediate_value, intermediate_value_type"
    try read("trial_intermediate_values", columns, order: "step") { record, values in
      guard let step = Int.fromDatabaseValue(values[1]) else { return }
      record.reports.append(Trial.Report(step: step, value: SQLiteNumber.number(values[2], values[3])))
    }
  }

  private func readAttributes(
    _ author: String, _ set: (inout TrialRecord, String, RecordedValue?) -> Void
  ) throws {
    let order = "trial_\(author)_attribute_id"
    try read("trial_\(author)_attributes", "\"key\", value_json", order: order) { record, values in
      guard let key = String.fromDatabaseValue(values[1]), let text = String.fromDatabaseValue(values[2])
      else { return }
      set(&record, key, try PythonJSON.value(of: text))
    }
  }
}
