import Components

/// Why a study cannot be kept or read.
public enum StorageError: Error, Hashable, Sendable {
  /// There is a study of the name already.
  case studyExists(String)
  /// There is no study of the name, but there may be others.
  case studyMissing(String, known: [String])
  /// Nothing is known that reads a location of this kind.
  case unknownLocation(String, known: [String])
  /// The folder of the file does not exist.
  case folderMissing(String)
  /// The file does not exist.
  case fileMissing(String)
  /// The file is something else.
  case notADatabase(String)
  /// The file is a database, but not one of studies.
  case notAStudyDatabase(String)
  /// The file is damaged.
  case corrupt(String, detail: String)
  /// A line of a journal is not what it should be.
  case corruptLine(String, line: Int)
  /// Others hold the file for too long.
  case locked(String)
  /// The file cannot be written.
  case readOnly(String)
  /// The disk is full.
  case diskFull(String)
  /// The file could not be opened or used.
  case notOpened(String, detail: String)
  /// The tables are of an earlier version of Optuna.
  case olderSchema(String, version: String)
  /// The tables are of a version that is not known.
  case unknownSchema(String, version: String)
  /// The file lies on a disk of other machines, where databases break.
  case networkFileSystem(String, kind: String)
  /// A value that should be JSON is not.
  case unreadableValue(String)
  /// The study searches in other directions.
  case otherDirections(String, kept: [Direction], wanted: [Direction])
  /// A hyperparameter was of another kind.
  case otherKind(parameter: String, kept: String, wanted: String)
  /// Trials of the study took a number that is not in the space any more.
  case valueOutside(parameter: String, value: Double)
  /// Choices that trials of the study took are not in the space any more.
  case choicesVanished(parameter: String, choices: [String])
}

extension StorageError: Explained {
  public var sentence: String {
    switch self {
    case .studyExists(let name): "there is a study \"\(name)\" already"
    case .studyMissing(let name, _): "there is no study \"\(name)\""
    case .unknownLocation(let text, _): "no storage is known for \"\(text)\""
    case .folderMissing(let path): "the folder \"\(path)\" does not exist"
    case .fileMissing(let path): "the file \"\(path)\" does not exist"
    case .notADatabase(let path): "\"\(path)\" is not an SQLite database"
    case .notAStudyDatabase(let path): "the database \"\(path)\" does not hold studies"
    case .corrupt(let path, let detail): "\"\(path)\" is damaged: \(detail)"
    case .corruptLine(let path, let line): "line \(line) of the journal \"\(path)\" cannot be read"
    case .locked(let path): "\"\(path)\" is locked by another process"
    case .readOnly(let path): "\"\(path)\" cannot be written"
    case .diskFull(let path): "the disk of \"\(path)\" is full"
    case .notOpened(let path, let detail): "\"\(path)\" cannot be used: \(detail)"
    case .olderSchema(let path, let version): "\"\(path)\" has tables of an earlier Optuna (\(version))"
    case .unknownSchema(let path, let version): "\"\(path)\" has tables of an unknown version (\(version))"
    case .networkFileSystem(let path, let kind): "\"\(path)\" lies on a network file system (\(kind))"
    case .unreadableValue(let text): "\"\(text)\" is not a value that a storage can hold"
    case .otherDirections(let name, let kept, let wanted):
      "the study \"\(name)\" was begun to \(Self.words(kept)), not to \(Self.words(wanted))"
    case .otherKind(let parameter, let kept, let wanted): "\(parameter) was \(kept) and is \(wanted) now"
    case .valueOutside(let parameter, let value):
      "a trial took \(value) for \(parameter), which is outside now"
    case .choicesVanished(let parameter, let choices):
      "trials took choices of \(parameter) that are gone: \(choices.joined(separator: ", "))"
    }
  }

  public var hint: String? {
    switch self {
    case .studyExists: "take another name, or delete the study"
    case .studyMissing(let name, let known):
      Suggestion.hint(for: name, among: known) ?? (known.isEmpty ? "the storage is empty" : nil)
    case .unknownLocation(_, let known): "there are: " + known.joined(separator: ", ")
    case .folderMissing: "make it first"
    case .olderSchema: "run `optuna storage upgrade` on it"
    case .unknownSchema: "it may be of a later version; export it there as a journal"
    case .networkFileSystem: "take a journal file, as in journal:studies.log"
    case .locked: "wait until the other process has ended"
    case .otherDirections, .otherKind, .valueOutside, .choicesVanished: "give the search another name"
    case .corrupt, .corruptLine: "restore it from a copy"
    default: nil
    }
  }

  private static func words(_ directions: [Direction]) -> String {
    directions.map(\.rawValue).joined(separator: ", ")
  }
}
