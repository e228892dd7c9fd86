import CairoRendering
import Components
import Documents
import Execution
import Experiments
import Foundation
import Plotting
import Publishing

/// Renders one document: text → plan → executed document → page → files.
struct DocumentRenderer: Sendable {
  private let pool: any WorkerPool
  private let template: String?
  private let overrides: [(name: String, value: String)]

  init(pool: any WorkerPool, template: String?, overrides: [(name: String, value: String)]) {
    self.pool = pool
    self.template = template
    self.overrides = overrides
  }

  /// Renders a document to `target.html` and its companions.
  func render(_ document: DocumentPath, to target: String) -> RenderOutcome {
    let clock = ContinuousClock()
    let start = clock.now
    var outcome = RenderOutcome(document: document, title: document.name, problems: [], seconds: 0)
    do {
      let project = Project(of: document.path)
      let plan = try document.plan(overrides: overrides, pool: pool)
      outcome.title = plan.document.frontMatter.title ?? document.name
      tellBeforehand(plan, document)
      let runner = DocumentRunner(pool: pool) { ProgressLine.show($0, in: document.path) }
      let executed = runner.run(plan, storage: project.storage)
      let page = try self.page(of: executed, project: project)
      outcome.problems = page.problems
      try write(page, executed, to: target)
    } catch {
      outcome.problems.append(problem(error, document))
    }
    let duration = start.duration(to: clock.now).components
    outcome.seconds = Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
    try? OutputFile.write("{\"seconds\": \(outcome.seconds)}\n", to: "\(target).timings.json")
    return outcome
  }

  /// Somebody who waits for a long computation learns at once what will be wrong with it.
  ///
  /// Where nobody watches, all problems come at the end, in order.
  private func tellBeforehand(_ plan: Plan, _ document: DocumentPath) {
    guard Terminal.isInteractive, !plan.experiments.isEmpty else { return }
    let problems = DocumentCheck(document: document, plan: plan, pool: pool).problems()
    for problem in problems where problem.severity == .error { Terminal.write(problem) }
  }

  private func problem(_ error: any Error, _ document: DocumentPath) -> Problem {
    let position = SourcePosition(file: document.path, line: 1)
    if let problem = error as? Problem { return problem }
    if let failure = error as? any Explained { return Problem(failure, at: position) }
    return Problem(at: position, message: "\(error)")
  }

  private func page(of executed: ExecutedDocument, project: Project) throws -> Page {
    let name = template ?? executed.document.frontMatter.template ?? "lecture"
    let template = try PageTemplate.named(name, projectRoot: URL(fileURLWithPath: project.root))
    return try PageComposer(template: template, figures: FigureDrawing(executed).renderer).page(
      of: executed)
  }

  private func write(_ page: Page, _ executed: ExecutedDocument, to target: String) throws {
    let results = ResultsWriter.text(
      of: executed, problems: page.problems, alternativeText: { $0.figure.alternativeText })
    try OutputFile.write(page.html, to: "\(target).html")
    try OutputFile.write(results, to: "\(target).results.json")
    for file in executed.exportedFiles { try OutputFile.write(file.contents, to: "\(target)/\(file.name)") }
  }

  /// Writes a page that lists reports with their titles.
  func writeIndex(of outcomes: [RenderOutcome], folder: String, project: Project) throws {
    let items = outcomes.map { "- [\($0.title)](\($0.document.name).html)\($0.isOK ? "" : " (failed)")" }
    let text = "---\ntitle: Reports\n---\n\n" + items.joined(separator: "\n") + "\n"
    let document = DocumentReader.read(text: text, file: "index.md")
    let executed = ExecutedDocument(
      document: document, seed: 0, cells: [], inlineTexts: [:], problems: document.problems)
    try OutputFile.write(try page(of: executed, project: project).html, to: "\(folder)/index.html")
  }
}

/// Writes files whole: a reader sees the old or the new one, never half of it.
enum OutputFile {
  /// Writes a text; makes the folders above it.
  static func write(_ text: String, to path: String) throws(OutputError) {
    try write(Data(text.utf8), to: path)
  }

  /// Writes bytes; makes the folders above the file.
  static func write(_ contents: Data, to path: String) throws(OutputError) {
    let url = URL(fileURLWithPath: path)
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try contents.write(to: url, options: .atomic)
    } catch {
      throw OutputError.cannotWrite(path: path)
    }
  }
}

/// What can go wrong when a report is written.
enum OutputError: Explained, Equatable {
  case cannotWrite(path: String)

  var sentence: String {
    switch self {
    case .cannotWrite(let path): "the file \"\(path)\" cannot be written"
    }
  }
}
