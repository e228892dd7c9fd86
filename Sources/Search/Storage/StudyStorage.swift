import Components

/// Keeps studies beyond the life of a process.
///
/// Nothing is assumed about who uses it: several processes, on several machines, may read and write the same study at the
/// same time. Work is shared by leases: who has one on a part of a trial computes it; a lease that is not renewed ends by
/// itself, and the part is free again.
public protocol StudyStorage: Sendable {
  /// All studies, in the order in which they were made.
  func studies() throws -> [StudyRecord]
  /// The study of a name; nil if there is none.
  func study(named name: String) throws -> StudyRecord?
  /// Makes a study; throws if there is one of the name.
  func create(_ name: String, directions: [Direction]) throws -> StudyRecord
  /// Removes a study with all its trials.
  func delete(_ study: StudyRecord) throws
  /// Notes something about a study.
  func setAttribute(_ key: String, _ value: RecordedValue, isSystem: Bool, of study: StudyRecord) throws
  /// The trials of a study by their numbers, those that have changed since a cursor; a fresh cursor gives all.
  func trials(of study: StudyRecord, since cursor: inout StorageCursor) throws -> [TrialRecord]
  /// Writes a trial with all that belongs to it, in one transaction: adds it, or replaces what is known of it.
  ///
  /// A trial that has ended is not changed any more: writing it again does nothing.
  func write(_ trial: TrialRecord, to study: StudyRecord) throws
  /// Takes a lease on a part of a trial for some seconds; false if someone else has it, or if it is done.
  func lease(_ task: StudyTask, of study: StudyRecord, by worker: String, seconds: Double) throws -> Bool
  /// Who has a lease on a part, or had the last one; nil if nobody did, or if it is done.
  func holder(of task: StudyTask, of study: StudyRecord) throws -> String?
  /// Gives a lease back, with what came of the part; nil if nothing came of it.
  func release(_ task: StudyTask, of study: StudyRecord, by worker: String, result: RecordedValue?) throws
  /// What came of the parts of a trial that are done.
  func results(ofTrial number: Int, of study: StudyRecord) throws -> [StudyTask: RecordedValue]
}

/// Where a reader of a storage stands.
public struct StorageCursor: Sendable, Hashable {
  /// All trials below this place in the storage have ended and have been read.
  public var place = 0
  /// The places beyond it that have ended and have been read.
  public var beyond: Set<Int> = []

  /// The beginning.
  public init() {}
}

/// A part of a trial at an amount of training.
public struct StudyTask: Sendable, Hashable {
  /// The number of the trial.
  public var trial: Int
  /// Which part, such as a fold.
  public var part: Int
  /// How far it is trained.
  public var resource: Int

  /// A task.
  public init(trial: Int, part: Int, resource: Int = 1) {
    self.trial = trial
    self.part = part
    self.resource = resource
  }
}

/// A study as a storage keeps it.
public struct StudyRecord: Sendable, Hashable {
  /// The number in the storage.
  public var id: Int
  /// The name.
  public var name: String
  /// Whether the objectives should be small or large.
  public var directions: [Direction]
  /// What its author noted.
  public var userAttributes: [String: RecordedValue]
  /// What programs noted.
  public var systemAttributes: [String: RecordedValue]

  /// A study.
  public init(
    id: Int, name: String, directions: [Direction], userAttributes: [String: RecordedValue] = [:],
    systemAttributes: [String: RecordedValue] = [:]
  ) {
    self.id = id
    self.name = name
    self.directions = directions
    self.userAttributes = userAttributes
    self.systemAttributes = systemAttributes
  }
}

/// A trial as a storage keeps it: values by name, so that the space may change from trial to trial.
public struct TrialRecord: Sendable, Hashable {
  /// How a trial stands.
  public enum State: String, Sendable, CaseIterable {
    /// It was asked for and has not been started.
    case waiting
    case running, completed, pruned, failed
  }

  /// A hyperparameter with its value.
  public struct Parameter: Sendable, Hashable {
    /// The path.
    public var name: String
    /// Where values come from.
    public var distribution: StoredDistribution
    /// The number, or the place of the choice.
    public var value: Double

    /// A value.
    public init(name: String, distribution: StoredDistribution, value: Double) {
      self.name = name
      self.distribution = distribution
      self.value = value
    }
  }

  /// The number within the study, from zero.
  public var number: Int
  /// How it stands.
  public var state: State
  /// The objectives; empty if there are none yet.
  public var values: [Double]
  /// The values of the hyperparameters.
  public var parameters: [Parameter]
  /// What was known on the way, by step.
  public var reports: [Trial.Report]
  /// What its author noted.
  public var userAttributes: [String: RecordedValue]
  /// What programs noted.
  public var systemAttributes: [String: RecordedValue]
  /// When it began and ended, in seconds since 1970; for timelines alone.
  public var start: Double?
  public var end: Double?

  /// A trial.
  public init(
    number: Int, state: State, values: [Double] = [], parameters: [Parameter] = [],
    reports: [Trial.Report] = [], userAttributes: [String: RecordedValue] = [:],
    systemAttributes: [String: RecordedValue] = [:], start: Double? = nil, end: Double? = nil
  ) {
    self.number = number
    self.state = state
    self.values = values
    self.parameters = parameters
    self.reports = reports
    self.userAttributes = userAttributes
    self.systemAttributes = systemAttributes
    self.start = start
    self.end = end
  }
}
