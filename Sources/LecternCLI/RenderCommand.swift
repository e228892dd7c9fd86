import ArgumentParser
import Components
import Execution
import Foundation

/// `lectern render`: checks, runs and writes documents.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Check, run and write reports.",
    discussion: """
      Writes NAME.html, NAME.results.json and NAME.timings.json for every document. A report is written even if \
      something failed: it shows the problem in its place, and the exit status is 1.
      """)

  @OptionGroup var options: DocumentOptions

  @Option(name: .shortAndLong, help: "The folder of the reports; output/ in the project's root unless given.")
  var output: String?

  @Option(help: "The most documents at once.")
  var jobs: Int?

  @Flag(help: "Stop after the first document that fails.")
  var failFast = false

  @Flag(help: "Name the commit of the repository, and whether all files are of it, on the pages.")
  var stamp = false

  @Flag(help: "Print the pages as PDF files too, with an installed Chromium.")
  var pdf = false

  func validate() throws {
    if pdf {
      do throws(BrowserError) {
        _ = try Browser.find()
      } catch {
        throw ValidationError(error.description)
      }
    }
    let documents = try options.documents()
    let targets = documents.map(target)
    for (index, target) in targets.enumerated() {
      if let first = targets[..<index].firstIndex(of: target) {
        throw ValidationError(
          "\"\(documents[first].path)\" and \"\(documents[index].path)\" would both be written to \(target).html"
        )
      }
    }
  }

  func run() throws {
    let documents = try options.documents()
    let pool = options.pool()
    let renderer = DocumentRenderer(
      pool: pool, settings: options.settings, stamps: stamp, prints: pdf, isForIndex: options.hasFolder)
    let outcomes = RenderQueue(
      documents: documents.map { ($0, target($0)) }, jobs: max(1, jobs ?? pool.threadCount),
      failFast: failFast,
      renderer: renderer, isQuiet: options.json
    ).run()
    if options.json { print(ProblemList.json(outcomes.flatMap(\.problems))) }
    try writeIndex(outcomes, renderer)
    if outcomes.contains(where: { !$0.isOK }) { throw ExitCode(1) }
  }

  /// Where a document's report goes, without its extension.
  private func target(_ document: DocumentPath) -> String {
    "\(folder(for: document.path))/\(document.name)"
  }

  private func folder(for path: String) -> String {
    output ?? "\(Project(of: path).root)/output"
  }

  /// A rendered folder gets a page that lists its reports.
  private func writeIndex(_ outcomes: [RenderOutcome], _ renderer: DocumentRenderer) throws {
    for path in options.paths {
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      guard exists, isFolder.boolValue else { continue }
      let inside = outcomes.filter { $0.document.path.hasPrefix(path.hasSuffix("/") ? path : "\(path)/") }
      guard !inside.isEmpty, !inside.contains(where: { $0.document.name == "index" }) else { continue }
      try renderer.writeIndex(of: inside, folder: folder(for: path), project: Project(of: path))
    }
  }
}
