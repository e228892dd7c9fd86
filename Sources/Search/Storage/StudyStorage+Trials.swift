import Components

extension StudyStorage {
  /// The study of a name; throws if there is none.
  public func existingStudy(named name: String) throws -> StudyRecord {
    if let study = try study(named: name) { return study }
    throw StorageError.studyMissing(name, known: try studies().map(\.name))
  }

  /// All trials of a study, by number.
  public func trials(of study: StudyRecord) throws -> [TrialRecord] {
    var cursor = StorageCursor()
    return try trials(of: study, since: &cursor)
  }

  /// The study of a name, made if there is none; throws if there is one with other directions.
  public func continuedStudy(named name: String, directions: [Direction]) throws -> StudyRecord {
    guard let study = try study(named: name) else {
      do {
        return try create(name, directions: directions)
      } catch StorageError.studyExists {
        // Another process was faster.
        return try checked(try existingStudy(named: name), directions)
      }
    }
    return try checked(study, directions)
  }

  private func checked(_ study: StudyRecord, _ directions: [Direction]) throws -> StudyRecord {
    guard study.directions == directions else {
      throw StorageError.otherDirections(study.name, kept: study.directions, wanted: directions)
    }
    return study
  }

  /// The trials of a study that have ended or pause or were asked for, by number, in a space that may have grown since.
  ///
  /// Throws if the space does not hold them.
  public func recordedTrials(of study: StudyRecord, in space: SearchSpace) throws -> [Trial] {
    let ended = try trials(of: study).filter { $0.state != .running || !$0.reports.isEmpty }
    return try ended.map { try $0.trial(in: space, objectives: study.directions.count) }
  }

  /// Copies a study with its trials and attributes into another storage, under its name or a new one.
  ///
  /// Leases and results of parts stay behind. Throws if there is a study of the name.
  @discardableResult
  public func copy(
    _ study: StudyRecord, to other: any StudyStorage, as name: String? = nil
  ) throws -> StudyRecord {
    let copy = try other.create(name ?? study.name, directions: study.directions)
    for (attributes, isSystem) in [(study.userAttributes, false), (study.systemAttributes, true)] {
      for key in attributes.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        guard let value = attributes[key] else { continue }
        try other.setAttribute(key, value, isSystem: isSystem, of: copy)
      }
    }
    for trial in try trials(of: study) { try other.write(trial, to: copy) }
    return try other.existingStudy(named: copy.name)
  }
}
