import Components

/// Keeps the trials of a search as they are proposed and as they end.
public protocol StudyRecorder: Sendable {
  /// Keeps a trial that has been proposed.
  func begin(_ number: Int, _ assignment: Assignment) throws
  /// Keeps a trial that ended or pauses; a running one has reports only.
  func record(_ trial: Trial) throws
  /// Where the parts of trials are shared with other processes; nil if this one computes all of them.
  var exchange: (any PartExchange)? { get }
}

extension StudyRecorder {
  public func begin(_ number: Int, _ assignment: Assignment) throws {}
  public var exchange: (any PartExchange)? { nil }
}

/// Where processes that carry out the same search share the parts of its trials.
///
/// Every process decides by itself what is tried, and they all decide the same; each part is computed by one of them.
public protocol PartExchange: Sendable {
  /// Asks for a part: to compute it here unless others do or did.
  func claim(_ task: StudyTask) throws -> PartClaim
  /// Tells the others what came of a claimed part; nil gives it back.
  func deliver(_ task: StudyTask, _ result: RecordedValue?) throws
}

/// Who computes a part.
public enum PartClaim: Sendable, Hashable {
  /// This process.
  case granted
  /// Another one, at the moment.
  case taken
  /// Nobody: it is done.
  case done(RecordedValue)
}
