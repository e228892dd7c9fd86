/// Where a program keeps the studies of its searches.
public protocol StudyHome: Sendable {
  /// Whether the program's own storage is there already.
  var isFurnished: Bool { get }
  /// Opens a storage at a location as people write it; nil for the program's own, which is made where it is missing.
  func storage(at location: String?) throws -> any StudyStorage
  /// Keeps the trials of a study as they end; with `shares`, parts of trials are shared with other processes.
  func recorder(
    of study: StudyRecord, in storage: any StudyStorage, space: SearchSpace, shares: Bool
  ) throws -> any StudyRecorder
}
