import Components
import Foundation
import GRDB
import Search
import Storage
import Tensors
import Testing

@Suite("Storages that cannot be used")
struct StorageErrorTests {
  @Test("Tables of other versions are refused")
  func tablesOfOtherVersionsAreRefused() throws {
    let folder = try StorageFolder()
    let path = try folder.copy(of: "optuna.db")
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { try $0.execute(sql: "UPDATE alembic_version SET version_num = 'v3.0.0.c'") }
    #expect(throws: StorageError.olderSchema(path, version: "v3.0.0.c")) { try SQLiteStorage(path) }
    try queue.inDatabase { try $0.execute(sql: "UPDATE alembic_version SET version_num = 'v9'") }
    let error = #expect(throws: StorageError.unknownSchema(path, version: "v9")) { try SQLiteStorage(path) }
    #expect(error?.description.contains("v9") == true)
    let other = folder.file("other.db")
    try DatabaseQueue(path: other).inDatabase { try $0.execute(sql: "CREATE TABLE a (b)") }
    #expect(throws: StorageError.notAStudyDatabase(other)) { try SQLiteStorage(other) }
  }

  @Test("Files that are no storage are refused")
  func filesThatAreNoneAreRefused() throws {
    let folder = try StorageFolder()
    let text = folder.file("text.db")
    try Data(String(repeating: "not a database\n", count: 100).utf8).write(to: URL(fileURLWithPath: text))
    #expect(throws: StorageError.notADatabase(text)) { try SQLiteStorage(text) }
    #expect(throws: StorageError.folderMissing(folder.file("none"))) {
      try SQLiteStorage(folder.file("none/a.db"))
    }
    #expect(throws: StorageError.folderMissing(folder.file("none"))) {
      try JournalStorage(folder.file("none/a.log"))
    }
    #expect(throws: StorageError.fileMissing(folder.file("a.db"))) {
      try SQLiteStorage(folder.file("a.db"), access: .readOnly)
    }
    let read = try SQLiteStorage(try folder.copy(of: "optuna.db"), access: .readOnly)
    #expect(try read.studies().count == 2)
    #expect(throws: StorageError.readOnly(read.path)) { try read.create("new", directions: [.minimize]) }
  }

  @Test("A locked file is waited for, and then told")
  func aLockedFileIsWaitedForAndThenTold() throws {
    let folder = try StorageFolder()
    let path = folder.file("studies.db")
    let storage = try SQLiteStorage(path, timeout: 0.05)
    let study = try storage.create("one", directions: [.minimize])
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: path, configuration: configuration)
    try other.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
    #expect(throws: StorageError.locked(path)) {
      try storage.write(TrialRecord(number: 0, state: .running), to: study)
    }
    try other.inDatabase { try $0.execute(sql: "COMMIT") }
    try storage.write(TrialRecord(number: 0, state: .running), to: study)
    #expect(try storage.trials(of: study).count == 1)
  }

  @Test("A full disk is told")
  func aFullDiskIsTold() throws {
    let full = SQLiteStorage.explained(DatabaseError(resultCode: .SQLITE_FULL), "a.db")
    #expect(full as? StorageError == .diskFull("a.db"))
  }

  @Test(
    "Databases on network file systems are refused",
    arguments: ["nfs", "nfs4", "cifs", "smb3", "lustre", "gpfs", "fuse.sshfs"])
  func databasesOnNetworkFileSystemsAreRefused(kind: String) throws {
    let folder = try StorageFolder()
    let path = folder.file("studies.db")
    let error = #expect(throws: StorageError.networkFileSystem(path, kind: kind)) {
      try SQLiteStorage(path, fileSystem: { _ in kind })
    }
    #expect(error?.hint?.contains("journal") == true)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("The nearest mount tells the file system")
  func theNearestMountTellsTheFileSystem() throws {
    let mounts = """
      /dev/sda1 / ext4 rw 0 0
      host:/home /home nfs4 rw 0 0
      disk /home/fast\\040disk xfs rw 0 0
      """
    #expect(FileSystem.kind(of: "/home/a", in: mounts) == "nfs4")
    #expect(FileSystem.kind(of: "/homes", in: mounts) == "ext4")
    #expect(FileSystem.kind(of: "/home/fast disk/b", in: mounts) == "xfs")
    let folder = try StorageFolder()
    #expect(throws: Never.self) { try SQLiteStorage(folder.file("a.db"), fileSystem: { _ in "xfs" }) }
  }

  @Test("Locations are read")
  func locationsAreRead() throws {
    #expect(try StorageLocation("sqlite:///a/b.x") == .sqlite("a/b.x"))
    #expect(try StorageLocation("sqlite:////a/b.x") == .sqlite("/a/b.x"))
    #expect(try StorageLocation("b.sqlite3") == .sqlite("b.sqlite3"))
    #expect(try StorageLocation("journal:b") == .journal("b"))
    #expect(try StorageLocation("b.journal") == .journal("b.journal"))
    #expect(try StorageLocation("memory") == .memory)
    for text in ["postgresql://host/db", "sqlite://a", "b", ""] {
      let error = #expect(throws: StorageError.self) { try StorageLocation(text) }
      #expect(error?.hint?.contains("journal:FILE") == true)
    }
  }

  @Test("Spaces grow, and those that do not fit are told")
  func spacesThatDoNotFitAreTold() throws {
    let storage = InMemoryStorage()
    let study = try storage.continuedStudy(named: "one", directions: [.minimize])
    let space = SearchSpace([
      .init(name: "rate", distribution: .real(low: 0, high: 1, isLog: false)),
      .init(name: "kind", distribution: .choice(["a", "b"])),
    ])
    let trial = Trial(number: 0, assignment: [0.75, 1], values: [1])
    try storage.write(TrialRecord(trial, in: space), to: study)
    func recorded(_ rate: Distribution, _ choices: [String], more: Bool = false) throws -> [Trial] {
      var parameters = [
        SearchSpace.Parameter(name: "kind", distribution: .choice(choices)),
        SearchSpace.Parameter(name: "rate", distribution: rate),
      ]
      if more { parameters.append(.init(name: "new", distribution: rate)) }
      return try storage.recordedTrials(of: study, in: SearchSpace(parameters))
    }
    let real = Distribution.real(low: 0, high: 2, isLog: false)
    let grown = try recorded(real, ["c", "b", "a"], more: true)
    #expect(grown.count == 1)
    #expect(grown[0].assignment.prefix(2) == [1, 0.75])
    #expect(grown[0].assignment[2].isNaN)
    #expect(throws: StorageError.choicesVanished(parameter: "kind", choices: ["b"])) {
      try recorded(real, ["a", "c"])
    }
    #expect(throws: StorageError.valueOutside(parameter: "rate", value: 0.75)) {
      try recorded(.real(low: 0, high: 0.5, isLog: false), ["a", "b"])
    }
    #expect(throws: StorageError.otherKind(parameter: "rate", kept: "a number", wanted: "a choice")) {
      try recorded(.choice(["a"]), ["a", "b"])
    }
    let directions: [Search.Direction] = [.maximize]
    #expect(throws: StorageError.otherDirections("one", kept: [.minimize], wanted: directions)) {
      try storage.continuedStudy(named: "one", directions: directions)
    }
  }
}
