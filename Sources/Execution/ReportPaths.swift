import Components
import Foundation

/// How reports name files: relative to the project's root with `/` between folders, so that nothing in them depends
/// on the machine or on the folder that the command was given in.
package struct ReportPaths: Sendable, Hashable {
  /// The path of the document as messages on a terminal show it.
  private let given: String
  /// The path of the document below the project's root.
  package let document: String
  /// The folder of the document and the root of its project, absolute.
  private let folder: String
  private let root: String
  /// The paths of the files that are part of the document, by what messages call them.
  private let included: [String: String]

  /// The paths of a document and of the files that it names; `included` are those that are part of it.
  package init(document path: String, included files: [String] = []) {
    let url = URL(fileURLWithPath: path).standardizedFileURL
    given = path
    folder = url.deletingLastPathComponent().path
    root = Project(of: path).root
    document = Self.relative(url.path, to: root)
    let root = root
    let paths = files.map {
      ($0, Self.relative(URL(fileURLWithPath: $0).standardizedFileURL.path, to: root))
    }
    included = Dictionary(paths, uniquingKeysWith: { first, _ in first })
  }

  /// The name of the report without its ending: that of the document.
  package var reportName: String {
    URL(fileURLWithPath: document).deletingPathExtension().lastPathComponent
  }

  /// The path that a report shows for a file of a message: the document, or a file named relative to it.
  package func shown(_ file: String) -> String {
    if file == given { return document }
    if let path = included[file] { return path }
    let path = file.hasPrefix("/") ? file : "\(folder)/\(file)"
    return Self.relative(URL(fileURLWithPath: path).standardizedFileURL.path, to: root)
  }

  /// A problem as a report shows it.
  package func shown(_ problem: Problem) -> Problem {
    var problem = problem
    problem.file = shown(problem.file)
    return problem
  }

  /// Below the root the path from there; elsewhere only the name, because the rest is the machine's.
  private static func relative(_ path: String, to root: String) -> String {
    let prefix = root.hasSuffix("/") ? root : "\(root)/"
    if path.hasPrefix(prefix) { return String(path.dropFirst(prefix.count)) }
    return path.split(separator: "/").last.map(String.init) ?? path
  }
}
