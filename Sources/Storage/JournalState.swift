import Components
import Foundation
import Search

/// What the lines of a journal amount to.
struct JournalState: Sendable {
  /// Who computes a part, and until when.
  struct Lease: Sendable {
    var worker: String
    var expiry: Double
  }

  /// A study with its trials, whose numbers are their places.
  struct Shelf: Sendable {
    var study: StudyRecord
    var trials: [TrialRecord] = []
    /// The places of the trials in the file.
    var ids: [Int] = []
    var leases: [StudyTask: Lease] = [:]
    var results: [StudyTask: RecordedValue] = [:]
  }

  /// The studies by their numbers; nil for those that were deleted.
  private(set) var shelves: [Shelf?] = []
  /// The study and the number of each trial of the file.
  private var places: [(study: Int, number: Int)] = []
  private var offset: UInt64 = 0
  private var lineCount = 0

  /// The study of a number; nil if it was deleted.
  func shelf(_ id: Int) -> Shelf? { shelves.indices.contains(id) ? shelves[id] : nil }

  /// The shelf of a study; throws if it was deleted.
  func known(_ study: StudyRecord) throws -> Shelf {
    if let shelf = shelf(study.id), shelf.study.name == study.name { return shelf }
    throw StorageError.studyMissing(study.name, known: shelves.compactMap { $0?.study.name })
  }

  /// Reads the lines that came since the last time.
  mutating func read(_ file: JournalFile) throws {
    let data = try file.lines(from: offset)
    for line in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
      lineCount += 1
      guard case .object(let fields)? = try? PythonJSON.value(of: String(decoding: line, as: UTF8.self)),
        case .integer(let number) = fields["op_code"], apply(number, fields)
      else { throw StorageError.corruptLine(file.path, line: lineCount) }
      offset += UInt64(line.count) + 1
    }
  }

  /// Does what a line says; false if something is missing in it.
  ///
  /// What concerns a study or a trial that is not there any more is passed over, and so is what is not known.
  private mutating func apply(_ number: Int, _ fields: [String: RecordedValue]) -> Bool {
    guard let operation = JournalLine.Operation(rawValue: number) else { return true }
    switch operation {
    case .createStudy: return createStudy(fields)
    case .deleteStudy, .setStudyUserAttribute, .setStudySystemAttribute, .createTrial:
      guard case .integer(let id) = fields["study_id"] else { return false }
      guard shelf(id) != nil else { return true }
      if operation == .createTrial { return createTrial(id, fields) }
      if operation == .deleteStudy {
        shelves[id] = nil
        return true
      }
      return setAttribute(id, fields, isSystem: operation == .setStudySystemAttribute)
    case .setParameter, .setState, .setReport, .setTrialUserAttribute, .setTrialSystemAttribute:
      guard case .integer(let id) = fields["trial_id"] else { return false }
      guard places.indices.contains(id) else { return true }
      let (study, place) = places[id]
      guard var trial = shelf(study)?.trials[place], !trial.state.isEnd else { return true }
      guard Self.change(&trial, operation, fields) else { return false }
      shelves[study]?.trials[place] = trial
      return true
    }
  }

  private mutating func createStudy(_ fields: [String: RecordedValue]) -> Bool {
    guard case .text(let name) = fields["study_name"], let directions = fields["directions"]?.numbers else {
      return false
    }
    if shelves.contains(where: { $0?.study.name == name }) { return true }
    shelves.append(
      Shelf(
        study: StudyRecord(
          id: shelves.count, name: name, directions: directions.map { $0 == 2 ? .maximize : .minimize })))
    return true
  }

  private mutating func setAttribute(
    _ id: Int, _ fields: [String: RecordedValue], isSystem: Bool
  ) -> Bool {
    guard case .object(let entries) = fields[isSystem ? "system_attr" : "user_attr"] else { return false }
    for (key, value) in entries {
      if !isSystem {
        shelves[id]?.study.userAttributes[key] = value
      } else if key.hasPrefix(JournalLine.leasePrefix), let task = Self.task(key) {
        guard case .object(let lease) = value, case .text(let worker) = lease["worker"],
          let expiry = lease["expiry"]?.number
        else { return false }
        shelves[id]?.leases[task] = Lease(worker: worker, expiry: expiry)
      } else if key.hasPrefix(JournalLine.resultPrefix), let task = Self.task(key) {
        shelves[id]?.results[task] = value
        shelves[id]?.leases[task] = nil
      } else {
        shelves[id]?.study.systemAttributes[key] = value
      }
    }
    return true
  }

  private static func task(_ key: String) -> StudyTask? {
    let numbers = key.split(separator: ":").dropFirst(2).compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    return StudyTask(trial: numbers[0], part: numbers[1], resource: numbers[2])
  }

  private mutating func createTrial(_ study: Int, _ fields: [String: RecordedValue]) -> Bool {
    guard let number = shelf(study)?.trials.count else { return true }
    var trial = TrialRecord(number: number, state: .running)
    if let state = fields["state"] {
      guard let known = Self.state(state) else { return false }
      trial.state = known
    }
    trial.start = Self.time(fields["datetime_start"])
    trial.end = Self.time(fields["datetime_complete"])
    if let values = fields["values"]?.numbers {
      trial.values = values
    } else if let value = fields["value"]?.number, !value.isNaN {
      trial.values = [value]
    }
    if case .object(let entries) = fields["user_attrs"] { trial.userAttributes = entries }
    if case .object(let entries) = fields["system_attrs"] { trial.systemAttributes = entries }
    if case .object(let reports) = fields["intermediate_values"] {
      for (step, value) in reports {
        guard let step = Int(step), let value = value.number else { return false }
        trial.reports.append(Trial.Report(step: step, value: value))
      }
      trial.reports.sort { $0.step < $1.step }
    }
    if case .object(let parameters) = fields["params"] {
      guard case .object(let distributions) = fields["distributions"] else { return false }
      for name in parameters.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        guard let parameter = Self.parameter(name, parameters[name], distributions[name]) else {
          return false
        }
        trial.parameters.append(parameter)
      }
    }
    shelves[study]?.ids.append(places.count)
    shelves[study]?.trials.append(trial)
    places.append((study, number))
    return true
  }

  private static func change(
    _ trial: inout TrialRecord, _ operation: JournalLine.Operation, _ fields: [String: RecordedValue]
  ) -> Bool {
    switch operation {
    case .setParameter:
      guard case .text(let name) = fields["param_name"],
        let parameter = parameter(name, fields["param_value_internal"], fields["distribution"])
      else { return false }
      trial.parameters.removeAll { $0.name == name }
      trial.parameters.append(parameter)
    case .setState:
      guard let value = fields["state"], let state = state(value) else { return false }
      trial.state = state
      if let values = fields["values"]?.numbers { trial.values = values }
      if let start = time(fields["datetime_start"]) { trial.start = start }
      if let end = time(fields["datetime_complete"]) { trial.end = end }
    case .setReport:
      guard case .integer(let step) = fields["step"], let value = fields["intermediate_value"]?.number else {
        return false
      }
      trial.reports.removeAll { $0.step == step }
      let place = trial.reports.firstIndex { $0.step > step } ?? trial.reports.count
      trial.reports.insert(Trial.Report(step: step, value: value), at: place)
    case .setTrialUserAttribute:
      guard case .object(let entries) = fields["user_attr"] else { return false }
      trial.userAttributes.merge(entries) { $1 }
    case .setTrialSystemAttribute:
      guard case .object(let entries) = fields["system_attr"] else { return false }
      trial.systemAttributes.merge(entries) { $1 }
    case .createStudy, .deleteStudy, .setStudyUserAttribute, .setStudySystemAttribute, .createTrial: break
    }
    return true
  }

  private static func state(_ value: RecordedValue) -> TrialRecord.State? {
    guard case .integer(let number) = value, JournalLine.states.indices.contains(number) else { return nil }
    return JournalLine.states[number]
  }

  private static func time(_ value: RecordedValue?) -> Double? {
    if case .text(let text) = value { StoredTime.seconds(text) } else { nil }
  }

  private static func parameter(
    _ name: String, _ value: RecordedValue?, _ distribution: RecordedValue?
  ) -> TrialRecord.Parameter? {
    guard let number = value?.number, case .text(let text) = distribution,
      let stored = try? StoredDistribution(json: text)
    else { return nil }
    return TrialRecord.Parameter(name: name, distribution: stored, value: number)
  }
}
