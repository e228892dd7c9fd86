import Components
import Search

/// The lines of a journal, as Optuna writes them.
enum JournalLine {
  /// What a line does, by its number.
  enum Operation: Int {
    case createStudy, deleteStudy, setStudyUserAttribute, setStudySystemAttribute, createTrial
    case setParameter, setState, setReport, setTrialUserAttribute, setTrialSystemAttribute
  }

  /// The states of trials in the order of their numbers.
  static let states: [TrialRecord.State] = [.running, .completed, .pruned, .failed, .waiting]

  /// The beginnings of the names under which studies keep leases and results of parts.
  static let leasePrefix = "lectern:lease:"
  static let resultPrefix = "lectern:result:"

  static func study(_ name: String, _ directions: [Direction], worker: String) -> String {
    let numbers = directions.map { $0 == .minimize ? "1" : "2" }
    return line(
      .createStudy, worker,
      [("study_name", quoted(name)), ("directions", "[\(numbers.joined(separator: ", "))]")])
  }

  static func deletion(_ study: Int, worker: String) -> String {
    line(.deleteStudy, worker, [("study_id", "\(study)")])
  }

  static func attribute(
    _ key: String, _ value: RecordedValue, isSystem: Bool, study: Int, worker: String
  ) -> String {
    line(
      isSystem ? .setStudySystemAttribute : .setStudyUserAttribute, worker,
      [
        ("study_id", "\(study)"),
        (isSystem ? "system_attr" : "user_attr", PythonJSON.text(.object([key: value]))),
      ])
  }

  static func lease(
    _ lease: JournalState.Lease, _ task: StudyTask, study: Int, worker: String
  ) -> String {
    let value = RecordedValue.object(["worker": .text(lease.worker), "expiry": .real(lease.expiry)])
    return attribute(leasePrefix + text(task), value, isSystem: true, study: study, worker: worker)
  }

  static func result(_ result: RecordedValue, _ task: StudyTask, study: Int, worker: String) -> String {
    attribute(resultPrefix + text(task), result, isSystem: true, study: study, worker: worker)
  }

  private static func text(_ task: StudyTask) -> String { "\(task.trial):\(task.part):\(task.resource)" }

  /// A trial that is new, with all that belongs to it.
  static func trial(_ trial: TrialRecord, study: Int, worker: String) -> String {
    let distributions = trial.parameters.map { ($0.name, quoted($0.distribution.json)) }
    let parameters = trial.parameters.map { ($0.name, PythonJSON.text(.real($0.value))) }
    let reports = trial.reports.map { ("\($0.step)", PythonJSON.text(.real($0.value))) }
    let isSingle = trial.values.count == 1
    var fields = [
      ("study_id", "\(study)"), ("datetime_start", trial.start.map(time) ?? "null"),
      ("state", "\(number(trial.state))"),
      ("value", isSingle ? PythonJSON.text(.real(trial.values[0])) : "null"),
      ("values", trial.values.count > 1 ? PythonJSON.text(.reals(trial.values)) : "null"),
    ]
    if let end = trial.end { fields.append(("datetime_complete", time(end))) }
    fields += [
      ("distributions", object(distributions)), ("params", object(parameters)),
      ("user_attrs", PythonJSON.text(.object(trial.userAttributes))),
      ("system_attrs", PythonJSON.text(.object(trial.systemAttributes))),
      ("intermediate_values", object(reports)),
    ]
    return line(.createTrial, worker, fields)
  }

  /// What makes a trial that has not ended another state of itself.
  static func changes(
    from old: TrialRecord, to new: TrialRecord, id: Int, worker: String
  ) -> [String] {
    guard !old.state.isEnd else { return [] }
    var lines: [String] = []
    func add(_ operation: Operation, _ fields: [(String, String)]) {
      lines.append(line(operation, worker, [("trial_id", "\(id)")] + fields))
    }
    let isNew = old.parameters.isEmpty && old.start == nil
    if isNew || old.state == .waiting, let start = new.start {
      add(.setState, [("state", "0"), ("values", "null"), ("datetime_start", time(start))])
    }
    for parameter in new.parameters where !old.parameters.contains(parameter) {
      add(
        .setParameter,
        [
          ("param_name", quoted(parameter.name)),
          ("param_value_internal", PythonJSON.text(.real(parameter.value))),
          ("distribution", quoted(parameter.distribution.json)),
        ])
    }
    for report in new.reports where !old.reports.contains(report) {
      let value = PythonJSON.text(.real(report.value))
      add(.setReport, [("step", "\(report.step)"), ("intermediate_value", value)])
    }
    for (operation, name, values, known) in [
      (Operation.setTrialUserAttribute, "user_attr", new.userAttributes, old.userAttributes),
      (Operation.setTrialSystemAttribute, "system_attr", new.systemAttributes, old.systemAttributes),
    ] {
      for key in values.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        guard let value = values[key], value != known[key] else { continue }
        add(operation, [(name, PythonJSON.text(.object([key: value])))])
      }
    }
    if new.state.isEnd {
      var fields = [
        ("state", "\(number(new.state))"),
        ("values", new.values.isEmpty ? "null" : PythonJSON.text(.reals(new.values))),
      ]
      if let end = new.end { fields.append(("datetime_complete", time(end))) }
      add(.setState, fields)
    }
    return lines
  }

  private static func number(_ state: TrialRecord.State) -> Int { states.firstIndex(of: state) ?? 0 }

  private static func time(_ seconds: Double) -> String {
    quoted(StoredTime.text(seconds, separator: "T") + "+00:00")
  }

  private static func quoted(_ text: String) -> String { PythonJSON.text(.text(text)) }

  private static func object(_ fields: [(String, String)]) -> String {
    "{" + fields.map { "\(quoted($0)): \($1)" }.joined(separator: ", ") + "}"
  }

  private static func line(_ operation: Operation, _ worker: String, _ fields: [(String, String)]) -> String {
    object([("op_code", "\(operation.rawValue)"), ("worker_id", quoted(worker))] + fields)
  }
}
