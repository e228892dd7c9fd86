import ArgumentParser
import Components
import Documents
import Execution
import Foundation
import Publishing

/// The arguments that name documents and set their parameters.
struct DocumentOptions: ParsableArguments {
  @Argument(help: "Documents, or folders of them.")
  var paths: [String]

  @Option(
    name: .customShort("P"), help: ArgumentHelp("Sets a parameter of the document.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(help: "A profile of lectern.yml.")
  var profile: String?

  @Option(help: "What pages are made for: html, html-print or slides.")
  var format: String?

  @Option(help: "The template of the pages; lectern list templates shows them.")
  var template: String?

  @Option(help: "The most threads that compute; all cores unless given.")
  var threads: Int?

  @Flag(help: "Print the problems as one JSON array on standard output.")
  var json = false

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
    for text in parameters where !text.contains("=") {
      throw ValidationError("-P takes name=value, not \"\(text)\"")
    }
    if let format, FrontMatter.Format(rawValue: format) == nil {
      let known = FrontMatter.Format.allCases.map(\.rawValue)
      let hint = Suggestion.hint(for: format, among: known).map { " (\($0))" } ?? ""
      throw ValidationError("--format is \(known.joined(separator: ", ")), not \"\(format)\"\(hint)")
    }
    for path in paths {
      guard FileManager.default.fileExists(atPath: path) else {
        throw ValidationError("the file \"\(path)\" does not exist")
      }
      try settings.checkProfile(of: Project(of: path))
    }
  }

  /// How documents are read.
  var settings: DocumentSettings {
    DocumentSettings(
      overrides: DocumentParameters.overrides(parameters), profile: profile,
      format: format.flatMap(FrontMatter.Format.init(rawValue:)), template: template,
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
  }

  /// Whether a folder is among the paths.
  var hasFolder: Bool {
    paths.contains { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
  }

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
        .filter {
          $0.hasSuffix(".md") && !$0.split(separator: "/").contains { $0.hasPrefix(".") || $0.hasPrefix("_") }
        }
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
  func plan(_ settings: DocumentSettings, pool: any WorkerPool = SerialPool()) throws -> Plan {
    Plan(try document(settings), folder: folder, overrides: settings.overrides, pool: pool)
  }

  /// Reads the document with the settings of its project.
  func document(_ settings: DocumentSettings) throws -> Document {
    guard let text = SourceFile.text(at: path) else {
      throw ValidationError("the file \"\(path)\" cannot be read")
    }
    let project = Project(of: path).settings
    var reading =
      project?.documentSettings(profile: settings.profile, format: settings.format)
      ?? DocumentReader.Settings()
    reading.format = settings.format
    return DocumentReader.read(text: text, file: path, settings: reading)
  }
}

/// How the command line wants documents read and shown.
struct DocumentSettings: Sendable {
  /// Values for parameters.
  var overrides: [(name: String, value: String)] = []
  /// The profile of the project's file.
  var profile: String?
  /// What pages are made for; nil leaves it to the documents.
  var format: FrontMatter.Format?
  /// The template; nil leaves it to the documents.
  var template: String?
  /// The most threads that compute.
  var threads = ProcessInfo.processInfo.activeProcessorCount

  /// Fails if a project has no such profile.
  func checkProfile(of project: Project) throws {
    guard let profile else { return }
    let known = project.settings?.profiles.map(\.name) ?? []
    guard !known.contains(profile) else { return }
    let hint = Suggestion.hint(for: profile, among: known).map { " (\($0))" } ?? ""
    throw ValidationError("\(ProjectSettings.fileName) has no profile \"\(profile)\"\(hint)")
  }

  /// The name of the template that a document is shown with.
  func template(of matter: FrontMatter) -> String {
    if let template { return template }
    let standard = matter.format == .slides ? "slides" : PageTemplate.standard
    // A handout that is shown as slides this time names the template of a handout, and the other way round.
    if format == .slides || format != nil && matter.template == "slides" { return standard }
    return matter.template ?? standard
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
