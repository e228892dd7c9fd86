import Components
import Search

/// A study with its trials, as it is printed.
struct StudyTable {
  let study: StudyRecord
  let trials: [TrialRecord]

  init(_ study: StudyRecord, _ trials: [TrialRecord]) {
    self.study = study
    self.trials = trials
  }

  /// The trials that count, the best first; of several objectives those that no other one beats in all.
  ///
  /// Trials that miss constraints do not count.
  var ranking: [TrialRecord] {
    let count = study.directions.count
    let complete = trials.filter {
      $0.state == .completed && $0.values.count == count && count > 0 && $0.violation == 0
        && !$0.values.contains(where: \.isNaN)
    }
    if count > 1 { return complete.filter { trial in !complete.contains { dominates($0, trial) } } }
    return complete.sorted { first, second in
      if first.values[0] == second.values[0] { return first.number < second.number }
      return study.directions[0].isBetter(first.values[0], than: second.values[0])
    }
  }

  private func dominates(_ first: TrialRecord, _ second: TrialRecord) -> Bool {
    var isBetter = false
    for (index, direction) in study.directions.enumerated() {
      if direction.isBetter(second.values[index], than: first.values[index]) { return false }
      if direction.isBetter(first.values[index], than: second.values[index]) { isBetter = true }
    }
    return isBetter
  }

  /// The best trial; nil if there is none, or several objectives.
  var best: TrialRecord? { study.directions.count == 1 ? ranking.first : nil }

  /// The directions in words.
  var directionText: String { study.directions.map(\.rawValue).joined(separator: ", ") }

  /// How many trials there are, by state.
  var countText: String {
    let states = counts.filter { $0.count > 0 }.map { "\($0.count) \($0.state.rawValue)" }
    return "\(trials.count) trials" + (states.isEmpty ? "" : " (\(states.joined(separator: ", ")))")
  }

  private var counts: [(state: TrialRecord.State, count: Int)] {
    TrialRecord.State.allCases.map { state in (state, trials.filter { $0.state == state }.count) }
  }

  /// The value of a trial with its number, as in `best 0.25 (trial 3)`.
  func valueText(_ trial: TrialRecord) -> String { "best \(trial.values[0]) (trial \(trial.number))" }

  /// The names of the hyperparameters, in the order in which they came up.
  var parameterNames: [String] {
    var names: [String] = []
    for parameter in trials.flatMap(\.parameters) where !names.contains(parameter.name) {
      names.append(parameter.name)
    }
    return names
  }

  /// The names of the objectives.
  var valueNames: [String] {
    study.directions.count < 2 ? ["value"] : study.directions.indices.map { "value-\($0 + 1)" }
  }

  /// The value of a hyperparameter, choices by their names; empty if the trial has none.
  func parameterText(_ name: String, of trial: TrialRecord) -> String {
    guard let value = trial.parameters.first(where: { $0.name == name }).map(Self.value) else { return "" }
    return text(value)
  }

  private func text(_ value: RecordedValue) -> String {
    if case .text(let text) = value { text } else { value.compactJSON.filter { $0 != "\"" } }
  }

  private static func value(_ parameter: TrialRecord.Parameter) -> RecordedValue {
    switch parameter.distribution {
    case .real: return .real(parameter.value)
    case .integer: return Int(exactly: parameter.value).map { .integer($0) } ?? .real(parameter.value)
    case .choice:
      let names = parameter.distribution.choiceNames ?? []
      guard let place = Int(exactly: parameter.value), names.indices.contains(place) else {
        return .real(parameter.value)
      }
      return .text(names[place])
    }
  }

  /// The study without its trials.
  var summary: RecordedValue {
    var fields: [String: RecordedValue] = [
      "name": .text(study.name), "directions": .list(study.directions.map { .text($0.rawValue) }),
      "trials": .integer(trials.count),
      "states": .object(
        Dictionary(uniqueKeysWithValues: counts.map { ($0.state.rawValue, .integer($0.count)) })),
    ]
    if let best { fields["best"] = recorded(best) }
    return .object(fields)
  }

  /// A trial with all that is told of it.
  func recorded(_ trial: TrialRecord) -> RecordedValue {
    let parameters = trial.parameters.map { ($0.name, Self.value($0)) }
    var fields: [String: RecordedValue] = [
      "number": .integer(trial.number), "state": .text(trial.state.rawValue),
      "values": .reals(trial.values), "params": .object(Dictionary(parameters) { first, _ in first }),
    ]
    if let folds = trial.userAttributes["fold_values"] { fields["folds"] = folds }
    if !trial.reports.isEmpty {
      fields["reports"] = .list(
        trial.reports.map { .object(["step": .integer($0.step), "value": .real($0.value)]) })
    }
    if trial.violation != 0 { fields["violation"] = .real(trial.violation) }
    return .object(fields)
  }

  /// The study as JSON.
  var json: String {
    let fields: [String: RecordedValue] = ["study": summary, "trials": .list(trials.map(recorded))]
    return RecordedValue.object(fields).json + "\n"
  }

  /// The trials as CSV (RFC 4180): a row each, and a column for every objective, hyperparameter and fold.
  var csv: String {
    let names = parameterNames
    let foldCount = trials.map { folds($0).count }.max() ?? 0
    var rows = [["number", "state"] + valueNames + names + (0..<foldCount).map { "fold-\($0 + 1)" }]
    for trial in trials {
      var row = ["\(trial.number)", trial.state.rawValue]
      row += valueNames.indices.map { index in
        trial.values.indices.contains(index) ? text(.real(trial.values[index])) : ""
      }
      row += names.map { parameterText($0, of: trial) }
      let folds = folds(trial)
      row += (0..<foldCount).map { folds.indices.contains($0) ? text(.real(folds[$0])) : "" }
      rows.append(row)
    }
    return rows.map { $0.map(Self.field).joined(separator: ",") + "\n" }.joined()
  }

  private func folds(_ trial: TrialRecord) -> [Double] { trial.userAttributes["fold_values"]?.numbers ?? [] }

  private static func field(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// Rows of texts as lines whose columns stand below each other.
  static func aligned(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, text in
        column == row.count - 1 ? text : text + String(repeating: " ", count: widths[column] - text.count)
      }
      return cells.joined(separator: "  ")
    }
  }
}
