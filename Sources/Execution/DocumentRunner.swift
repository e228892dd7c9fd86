import Components
import Documents
import Experiments
import Foundation
import Lectern
import Plotting
import Storage

/// Runs documents: experiments first, side by side, then the Swift cells as one program, then plots, tables
/// and inline values.
///
/// A failure stays with its cell; everything else still runs.
package struct DocumentRunner: Sendable {
  /// What is going on, for a progress line.
  package enum Activity: Sendable {
    case experiment(label: String, ExperimentRunner.Progress)
    case cell(label: String)
  }

  private let pool: any WorkerPool
  private let activity: @Sendable (Activity) -> Void

  /// A runner that computes in a pool.
  package init(pool: any WorkerPool, activity: @escaping @Sendable (Activity) -> Void = { _ in }) {
    self.pool = pool
    self.activity = activity
  }

  /// Runs a plan.
  ///
  /// Cells with an error of the check are not run, and no experiment is computed while the recipe of one is wrong: what is
  /// wrong with the last of them is told at once, not behind an hour of the first.
  package func run(_ plan: Plan, storage: String) -> ExecutedDocument {
    let experiments = plan.hasRecipeErrors ? [:] : runExperiments(plan, storage: storage)
    let results = experiments.compactMapValues { try? $0.get() }
    var cells: [String: ExecutedCell] = [:]
    for cell in plan.document.cells where cell.kind == .experiment {
      cells[cell.label] = executed(cell, experiments[cell.label], plan)
    }
    let swift = runSwift(plan, results: results, storage: storage)
    cells.merge(swift.cells) { $1 }
    for cell in plan.document.cells where cell.kind != .experiment && cells[cell.label] == nil {
      cells[cell.label] = show(cell, plan, results, values: cells.mapValues(\.values))
    }
    return document(plan, cells, swift)
  }

  /// The type errors of the Swift cells; the rest of the check is the plan's.
  package func checkSwift(_ plan: Plan, storage: String) -> [Problem] {
    guard needsSwift(plan.document) else { return [] }
    do {
      return try swiftRunner(plan, storage: storage).check()
    } catch {
      return [swiftProblem(error, plan.document)]
    }
  }

  private func runExperiments(
    _ plan: Plan, storage: String
  ) -> [String: Result<ExperimentResult, any Error>] {
    let experiments = plan.document.cells.compactMap { plan.experiments[$0.label] }
    let outcomes = OutcomeBox()
    let group = DispatchGroup()
    let keeper = SearchKeeper(
      home: ProjectStudies(folder: storage), document: ReportPaths(document: plan.document.file).document)
    // A search that begins with the trials of a study waits for the experiment above it that keeps them.
    let done = experiments.map { _ in DispatchGroup() }
    for (index, experiment) in experiments.enumerated() {
      group.enter()
      done[index].enter()
      let before = (0..<index).filter { experiment.needsStudies(of: experiments[$0]) }
      let (pool, activity) = (pool, activity)
      // Each experiment has a thread that hands its work to the pool and waits: the pool alone computes.
      let thread = Thread {
        for index in before { done[index].wait() }
        let runner = ExperimentRunner(pool: pool, keeper: keeper) {
          activity(.experiment(label: experiment.label, $0))
        }
        outcomes.set(experiment.label, Result { try runner.run(experiment) })
        done[index].leave()
        group.leave()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    group.wait()
    return outcomes.values
  }

  private func executed(
    _ cell: Cell, _ outcome: Result<ExperimentResult, any Error>?, _ plan: Plan
  ) -> ExecutedCell {
    let problems = plan.problems(of: cell)
    guard cell.options.eval else { return ExecutedCell(cell: cell, status: .ok) }
    guard let outcome else {
      let hasErrors = problems.contains { $0.severity == .error }
      return ExecutedCell(cell: cell, status: hasErrors ? .failed : .skipped, problems: problems)
    }
    switch outcome {
    case .success(let result): return ExperimentOutputs(cell: cell, result: result).executed(problems)
    case .failure(let error):
      let search = error is SearchError ? plan.experiments[cell.label]?.searchPosition : nil
      let problem =
        (error as? Problem) ?? (error as? any Explained).map { Problem($0, at: search ?? cell.position) }
        ?? Problem(at: cell.position, message: "\(error)")
      return ExecutedCell(cell: cell, status: .failed, problems: problems + [problem])
    }
  }

  private func needsSwift(_ document: Document) -> Bool {
    document.cells.contains { $0.kind == .swift && $0.options.eval }
      || document.inlineValues.contains { if case .swift = $0.content { true } else { false } }
  }

  private func swiftRunner(_ plan: Plan, storage: String) throws -> SwiftCellRunner {
    SwiftCellRunner(
      document: plan.document, toolchain: try Toolchain.find(), storage: storage, parameters: plan.parameters)
  }

  private func runSwift(
    _ plan: Plan, results: [String: ExperimentResult], storage: String
  ) -> SwiftCellRunner.Outcome {
    guard needsSwift(plan.document) else { return .init() }
    do {
      let activity = activity
      return try swiftRunner(plan, storage: storage).run(results: results) {
        activity(.cell(label: $0.label))
      }
    } catch {
      var outcome = SwiftCellRunner.Outcome()
      let problem = swiftProblem(error, plan.document)
      for (index, cell) in plan.document.cells.filter({ $0.kind == .swift && $0.options.eval }).enumerated() {
        outcome.cells[cell.label] = ExecutedCell(
          cell: cell, status: index == 0 ? .failed : .skipped, problems: index == 0 ? [problem] : [])
      }
      return outcome
    }
  }

  private func swiftProblem(_ error: any Error, _ document: Document) -> Problem {
    let position =
      document.cells.first { $0.kind == .swift && $0.options.eval }?.position
      ?? SourcePosition(file: document.file, line: 1)
    return (error as? any Explained).map { Problem($0, at: position) }
      ?? Problem(at: position, message: "\(error)")
  }

  /// A plot or a table, or a Swift cell that is only shown.
  private func show(
    _ cell: Cell, _ plan: Plan, _ results: [String: ExperimentResult],
    values: [String: [String: RecordedValue]]
  ) -> ExecutedCell {
    var executed = ExecutedCell(cell: cell, status: .ok, problems: plan.problems(of: cell))
    guard cell.options.eval, cell.kind != .swift else { return executed }
    if executed.problems.contains(where: { $0.severity == .error }) {
      executed.status = .failed
      return executed
    }
    do {
      guard let output = try output(cell, plan, results, values) else {
        executed.status = .skipped
        return executed
      }
      executed.outputs.append(output)
    } catch let problem as Problem {
      executed.status = .failed
      executed.problems.append(problem)
    } catch {
      executed.status = .failed
      executed.problems.append(Problem(at: cell.position, message: "\(error)"))
    }
    return executed
  }

  private func output(
    _ cell: Cell, _ plan: Plan, _ results: [String: ExperimentResult],
    _ values: [String: [String: RecordedValue]]
  ) throws -> CellOutput? {
    if let diagram = plan.diagrams[cell.label] { return figure(.diagram(diagram), cell, caption: nil) }
    if let request = plan.plots[cell.label] {
      let outcome = try request.outcome(results) { path in
        values[path.label].flatMap { ExperimentResult.value(at: path.rest, in: $0) }
      }
      return outcome.map { output($0, request.style, cell) }
    }
    guard let request = plan.tables[cell.label] else { return nil }
    let table = try request.table(results) { path in
      values[path.label].flatMap { ExperimentResult.value(at: path.rest, in: $0) }
    }
    return table.map { table in
      .table(
        LabeledTable(
          label: cell.isLabeled ? cell.label : nil, table: table,
          caption: cell.options.tableCaption ?? table.caption))
    }
  }

  private func output(_ outcome: PlotRequest.Outcome, _ style: PlotStyle, _ cell: Cell) -> CellOutput {
    switch outcome {
    case .figure(let figure, let caption): return self.figure(figure, cell, caption: caption, style)
    case .tabs(let parts):
      guard let first = parts.first else { return .text("") }
      var labeled = labeled(first.figure, cell, caption: nil, style)
      labeled.tab = first.name
      labeled.others = parts.dropFirst().map { LabeledFigure.Tab(name: $0.name, figure: $0.figure) }
      return .figure(labeled)
    }
  }

  private func figure(
    _ figure: Figure, _ cell: Cell, caption: String?, _ style: PlotStyle? = nil
  ) -> CellOutput {
    .figure(labeled(figure, cell, caption: caption, style))
  }

  private func labeled(
    _ figure: Figure, _ cell: Cell, caption: String?, _ style: PlotStyle?
  ) -> LabeledFigure {
    LabeledFigure(
      label: cell.isLabeled ? cell.label : nil, figure: figure,
      caption: cell.options.figureCaption ?? caption,
      alternativeText: cell.options.figureAlternativeText,
      size: cell.options.size(of: figure) ?? style?.size, theme: style?.theme?.theme ?? .standard)
  }

  /// Puts the parts together in the order of the document and finds the texts of inline values.
  private func document(
    _ plan: Plan, _ cells: [String: ExecutedCell], _ swift: SwiftCellRunner.Outcome
  ) -> ExecutedDocument {
    let ordered = plan.document.cells.compactMap { cells[$0.label] }
    let resolver = InlineValueResolver(
      values: cells.mapValues(\.values), failed: Set(ordered.filter { $0.status != .ok }.map(\.cell.label)),
      parameters: plan.parameters, expressions: swift.inline)
    var texts: [Int: String] = [:]
    var problems = plan.problems + swift.problems + ordered.flatMap(\.problems)
    for value in plan.document.inlineValues {
      guard !plan.problems.contains(where: { $0.position == value.position }) else { continue }
      do {
        if let text = try resolver.text(value) { texts[value.index] = text }
      } catch let problem as Problem {
        problems.append(problem)
      } catch {
        problems.append(Problem(at: value.position, message: "\(error)"))
      }
    }
    return ExecutedDocument(
      document: plan.document, seed: plan.document.frontMatter.seed, cells: ordered, inlineTexts: texts,
      problems: Plan.sorted(problems), parameters: plan.parameters, inputs: plan.inputs)
  }
}

/// Results that several threads put down.
private final class OutcomeBox: @unchecked Sendable {
  private let lock = NSLock()
  private var stored: [String: Result<ExperimentResult, any Error>] = [:]

  func set(_ label: String, _ result: Result<ExperimentResult, any Error>) {
    lock.withLock { stored[label] = result }
  }

  var values: [String: Result<ExperimentResult, any Error>] { lock.withLock { stored } }
}
