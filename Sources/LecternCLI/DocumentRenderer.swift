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
  private let settings: DocumentSettings
  private let pages: ProjectPages
  /// Whether pages name the commit that they were made of.
  private let stamps: Bool
  /// Whether pages are printed as PDF files too.
  private let prints: Bool
  /// Whether an index will show pictures of pages.
  private let isForIndex: Bool

  init(
    pool: any WorkerPool, settings: DocumentSettings, stamps: Bool = false, prints: Bool = false,
    isForIndex: Bool = false
  ) {
    self.pool = pool
    self.settings = settings
    self.stamps = stamps
    self.prints = prints
    self.isForIndex = isForIndex
    pages = ProjectPages(settings: settings)
  }

  /// Renders a document to `target.html` and its companions.
  func render(_ document: DocumentPath, to target: String) -> RenderOutcome {
    let clock = ContinuousClock()
    let start = clock.now
    var outcome = RenderOutcome(document: document, title: document.name, problems: [], seconds: 0)
    do {
      let project = Project(of: document.path)
      let plan = try document.plan(settings, pool: pool)
      outcome.title = plan.document.frontMatter.title ?? document.name
      tellBeforehand(plan, document)
      let runner = DocumentRunner(pool: pool) { ProgressLine.show($0, in: document.path) }
      let executed = runner.run(plan, storage: project.storage)
      var context = pages.context(of: document, project: project)
      context.wantsThumbnail = isForIndex
      if stamps { context.stamp = try RepositoryStamp(of: document.folder) }
      let page = try self.page(of: executed, context, project)
      outcome.problems = page.problems
      outcome.summary = page.summary
      try write(page, executed, to: target)
      if prints { try printPage(of: executed, context, project, to: target) }
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
    let check = DocumentCheck(document: document, plan: plan, pool: pool, settings: settings, pages: pages)
    for problem in check.problems() where problem.severity == .error { Terminal.write(problem) }
  }

  private func problem(_ error: any Error, _ document: DocumentPath) -> Problem {
    let position = SourcePosition(file: document.path, line: 1)
    if let problem = error as? Problem { return problem }
    if let failure = error as? any Explained { return Problem(failure, at: position) }
    return Problem(at: position, message: "\(error)")
  }

  private func page(
    of executed: ExecutedDocument, _ context: PageContext, _ project: Project
  ) throws -> Page {
    let matter = executed.document.frontMatter
    let template = try PageTemplate.of(matter, named: settings.template(of: matter), project: project)
    return try PageComposer(
      template: template, context: context, figures: FigureDrawing(executed).renderer
    ).page(of: executed)
  }

  private func write(_ page: Page, _ executed: ExecutedDocument, to target: String) throws {
    let results = ResultsWriter.text(
      of: executed, problems: page.problems, alternativeText: { $0.figure.alternativeText })
    try OutputFile.write(page.html, to: "\(target).html")
    try OutputFile.write(results, to: "\(target).results.json")
    for file in executed.exportedFiles { try OutputFile.write(file.contents, to: "\(target)/\(file.name)") }
  }

  /// Prints a page as a PDF file; slides have a page each.
  private func printPage(
    of executed: ExecutedDocument, _ context: PageContext, _ project: Project, to target: String
  ) throws {
    var printed = executed
    if printed.document.frontMatter.format == .html { printed.document.frontMatter.format = .htmlPrint }
    let folder = TemporaryFolders.name(in: project.storage)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    TemporaryFolders.shared.insert(folder)
    defer { TemporaryFolders.shared.remove(folder) }
    let file = "\(folder)/page.html"
    try OutputFile.write(try page(of: printed, context, project).html, to: file)
    try Browser.find().printPage(file, to: "\(target).pdf", folder: folder)
  }

  /// Writes a page that shows reports as cards.
  func writeIndex(of outcomes: [RenderOutcome], folder: String, project: Project) throws {
    let ordered = outcomes.enumerated().sorted { first, second in
      (pages.place(of: first.element.document, project: project), first.offset)
        < (pages.place(of: second.element.document, project: project), second.offset)
    }.map(\.element)
    let items = ordered.map { outcome in
      SiteIndex.Item(
        address: "\(outcome.document.name).html", name: outcome.title, summary: outcome.summary,
        isOK: outcome.isOK)
    }
    let index = SiteIndex(title: project.settings?.title ?? "Reports", items: items)
    let template = try PageTemplate.named("site", projectRoot: URL(fileURLWithPath: project.root))
    try OutputFile.write(try index.html(template: template), to: "\(folder)/index.html")
  }
}

extension PageTemplate {
  /// The template of a document; a name that leads to none is a problem of the document, at its place.
  static func of(_ matter: FrontMatter, named name: String, project: Project) throws -> PageTemplate {
    do throws(PublishingError) {
      return try named(name, projectRoot: URL(fileURLWithPath: project.root))
    } catch {
      guard let position = matter.positions["template"], matter.template == name else { throw error }
      throw Problem(error, at: position)
    }
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
