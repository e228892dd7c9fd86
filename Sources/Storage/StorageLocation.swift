import Components
import Search

/// Where studies are kept, as people write it.
public enum StorageLocation: Sendable, Hashable {
  /// A file of SQLite.
  case sqlite(String)
  /// A journal.
  case journal(String)
  /// Nowhere: studies end with the process.
  case memory

  /// What locations look like.
  public static let forms = ["sqlite:///FILE", "FILE.db", "journal:FILE", "FILE.log", "memory"]

  /// Reads a location: `sqlite:///studies.db`, a file `*.db` or `*.sqlite3`, `journal:studies.log`, a file `*.log` or
  /// `*.journal`, or `memory`.
  ///
  /// As in Optuna, a fourth slash begins a path that is absolute.
  public init(_ text: String) throws {
    let sqlite = "sqlite:///"
    if text.hasPrefix(sqlite), text.count > sqlite.count {
      self = .sqlite(String(text.dropFirst(sqlite.count)))
    } else if text.hasPrefix("journal:"), text.count > "journal:".count {
      let path = text.dropFirst("journal:".count)
      self = .journal(String(path.hasPrefix("///") ? path.dropFirst(3) : path))
    } else if text == "memory" {
      self = .memory
    } else if text.contains("://") {
      throw StorageError.unknownLocation(text, known: Self.forms)
    } else if [".db", ".sqlite3", ".sqlite"].contains(where: text.hasSuffix) {
      self = .sqlite(text)
    } else if [".log", ".journal"].contains(where: text.hasSuffix) {
      self = .journal(text)
    } else {
      throw StorageError.unknownLocation(text, known: Self.forms)
    }
  }

  /// The file; nil if there is none.
  public var path: String? {
    switch self {
    case .sqlite(let path), .journal(let path): path
    case .memory: nil
    }
  }

  /// The location with a relative path taken from a folder.
  public func resolved(in folder: String) -> StorageLocation {
    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }
    return switch self {
    case .sqlite(let path): .sqlite(absolute(path))
    case .journal(let path): .journal(absolute(path))
    case .memory: .memory
    }
  }

  /// Opens the storage.
  public func storage(_ access: SQLiteStorage.Access = .readWrite) throws -> any StudyStorage {
    switch self {
    case .sqlite(let path): try SQLiteStorage(path, access: access)
    case .journal(let path): try JournalStorage(path, access: access)
    case .memory: InMemoryStorage()
    }
  }
}
