import ArgumentParser
import Components
import Documents
import Execution
import Foundation

/// The arguments that name documents and set their parameters.
struct DocumentOptions: ParsableArguments {
  @Argument(help: "Documents, or folders of them.")
  var paths: [String]

  @Option(
    name: .customShort("P"), help: ArgumentHelp("Sets a parameter of the document.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(help: "The most threads that compute; all cores unless given.")
  var threads: Int?

  @Flag(help: "Print the problems as one JSON array on standard output.")
  var json = false

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
    for text in parameters where !text.contains("=") {
      throw ValidationError("-P takes name=value, not \"\(text)\"")
    }
    for path in paths where !FileManager.default.fileExists(atPath: path) {
      throw ValidationError("the file \"\(path)\" does not exist")
    }
  }

  /// The parameters as names and texts.
  var overrides: [(name: String, value: String)] { DocumentParameters.overrides(parameters) }

  /// The pool that everything computes in.
  func pool() -> ThreadPool {
    ThreadPool(threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
  }

  /// The documents, each with its name below the folder it was found in.
  func documents() throws -> [DocumentPath] {
    try paths.flatMap { path -> [DocumentPath] in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      guard isFolder.boolValue else {
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        return [DocumentPath(path: path, name: name)]
      }
      let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
      let found = try FileManager.default.subpathsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".md") && !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      return found.map { DocumentPath(path: "\(folder)/\($0)", name: String($0.dropLast(3))) }
    }
  }
}

/// A document and the name of its report.
struct DocumentPath: Hashable, Sendable {
  /// The path as messages show it.
  var path: String
  /// The path of the report below the output folder, without its extension.
  var name: String

  /// The folder that the document's paths are relative to.
  var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

  /// Reads and checks the document.
  ///
  /// `pool` has the threads that read large files.
  func plan(overrides: [(name: String, value: String)], pool: any WorkerPool = SerialPool()) throws -> Plan {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ValidationError("the file \"\(path)\" cannot be read")
    }
    let document = DocumentReader.read(text: String(decoding: data, as: UTF8.self), file: path)
    return Plan(document, folder: folder, overrides: overrides, pool: pool)
  }
}

/// The parameters of a document as the command line gives them.
enum DocumentParameters {
  /// Texts such as `epochs=20` as names and values.
  static func overrides(_ texts: [String]) -> [(name: String, value: String)] {
    texts.compactMap { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
  }
}
