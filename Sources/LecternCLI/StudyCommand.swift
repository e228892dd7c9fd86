import ArgumentParser
import Components
import Execution
import Foundation
import Search
import Storage

/// `lectern study`: what searches found.
struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study", abstract: "Show, copy, continue, share and delete the studies of searches.",
    discussion: """
      Studies are kept in .lectern/studies.db at the root of the documents, unless --storage names another place: an \
      SQLite file that Optuna opens, too (sqlite:///FILE), or a journal (journal:FILE).
      """,
    subcommands: [
      StudyListCommand.self, StudyShowCommand.self, StudyExportCommand.self, StudyImportCommand.self,
      StudyDeleteCommand.self, StudyResumeCommand.self, StudyWorkerCommand.self, StudyReplayCommand.self,
    ])
}

/// Where the studies of a command are kept.
struct StudyOptions: ParsableArguments {
  @Option(help: "Where studies are kept: sqlite:///FILE, FILE.db, journal:FILE or FILE.log.")
  var storage: String?

  /// The place; the project's own unless one is given.
  func location() throws -> StorageLocation {
    guard let storage else {
      let project = Project(of: FileManager.default.currentDirectoryPath)
      return .sqlite("\(project.storage)/studies.db")
    }
    return try told { try StorageLocation(storage) }
  }

  /// The storage, which must be there already unless it is written.
  func open(_ access: SQLiteStorage.Access = .readOnly) throws -> any StudyStorage {
    let location = try location()
    if let path = location.path, !FileManager.default.fileExists(atPath: path), access == .readOnly {
      throw ValidationError("there are no studies at \"\(path)\"")
    }
    return try told { try location.storage(access) }
  }

  /// Runs something whose errors are explained to the user.
  func told<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as StorageError {
      throw ValidationError(error.description)
    }
  }
}

/// `lectern study list`.
struct StudyListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the studies.")

  @OptionGroup var options: StudyOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let storage = try options.open()
    let tables = try options.told {
      try storage.studies().map { StudyTable($0, try storage.trials(of: $0)) }
    }
    if json { return print(RecordedValue.list(tables.map(\.summary)).json) }
    let rows = tables.map { table in
      [
        table.study.name, table.directionText, table.countText, table.best.map(table.valueText) ?? "no best",
      ]
    }
    for line in StudyTable.aligned(rows) { print(line) }
  }
}

/// `lectern study show`.
struct StudyShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the best trials of a study.")

  @Argument(help: "The study.")
  var name: String

  @OptionGroup var options: StudyOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let storage = try options.open()
    let table = try options.told {
      let study = try storage.existingStudy(named: name)
      return StudyTable(study, try storage.trials(of: study))
    }
    if json {
      var summary = table.summary.fields
      summary["best-trials"] = .list(table.ranking.prefix(10).map(table.recorded))
      return print(RecordedValue.object(summary).json)
    }
    print("\(table.study.name): \(table.directionText), \(table.countText)")
    let ranking = Array(table.ranking.prefix(10))
    guard !ranking.isEmpty else { return }
    print(table.study.directions.count > 1 ? "\nthe Pareto front" : "\nthe best trials")
    let names = table.parameterNames
    let head = ["trial"] + table.valueNames + names
    let rows = ranking.map { trial in
      ["\(trial.number)"] + trial.values.map { "\($0)" } + names.map { table.parameterText($0, of: trial) }
    }
    for line in StudyTable.aligned([head] + rows) { print(line) }
  }
}

/// `lectern study export`.
struct StudyExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the trials of a study as JSON, CSV or a journal.")

  /// How a study is written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case csv, json, journal
  }

  @Argument(help: "The study.")
  var name: String

  @OptionGroup var options: StudyOptions

  @Option(help: "How to write: csv, json or journal, which Optuna and import read.")
  var format = Format.json

  @Option(name: .shortAndLong, help: "The file; standard output unless given.")
  var output: String?

  func validate() throws {
    if format == .journal, output == nil { throw ValidationError("a journal needs a file: -o FILE.log") }
  }

  func run() throws {
    let storage = try options.open()
    let study = try options.told { try storage.existingStudy(named: name) }
    if format == .journal, let output {
      try options.told { _ = try storage.copy(study, to: try JournalStorage(output)) }
      return
    }
    let table = StudyTable(study, try options.told { try storage.trials(of: study) })
    let text = format == .csv ? table.csv : table.json
    guard let output else { return print(text, terminator: "") }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
    } catch {
      throw ValidationError("the file \"\(output)\" cannot be written")
    }
  }
}

/// `lectern study import`.
struct StudyImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Copy studies of another storage, such as one of Optuna.")

  @Argument(help: "The other storage: a journal or an SQLite file.")
  var source: String

  @Argument(help: "The study to copy; all of them unless given.")
  var name: String?

  @OptionGroup var options: StudyOptions

  func run() throws {
    try options.told {
      let location = try StorageLocation(source)
      if let path = location.path, !FileManager.default.fileExists(atPath: path) {
        throw StorageError.fileMissing(path)
      }
      let other = try location.storage(.readOnly)
      let studies = try name.map { [try other.existingStudy(named: $0)] } ?? other.studies()
      let target = try options.location()
      if options.storage == nil, let path = target.path {
        try FileManager.default.createDirectory(
          at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
      }
      let storage = try target.storage(.readWrite)
      for study in studies {
        let copy = try other.copy(study, to: storage)
        print("\(copy.name): \(try storage.trials(of: copy).count) trials")
      }
    }
  }
}

/// `lectern study delete`.
struct StudyDeleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a study with all its trials.")

  @Argument(help: "The study.")
  var name: String

  @OptionGroup var options: StudyOptions

  func run() throws {
    _ = try options.open()
    let storage = try options.open(.readWrite)
    try options.told { try storage.delete(try storage.existingStudy(named: name)) }
  }
}

extension RecordedValue {
  /// The fields of an object.
  fileprivate var fields: [String: RecordedValue] {
    if case .object(let fields) = self { fields } else { [:] }
  }
}
