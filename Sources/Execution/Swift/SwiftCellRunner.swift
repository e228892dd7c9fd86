import Components
import Documents
import Experiments
import Foundation
import Lectern
import Plotting

/// Runs the Swift cells of a document as one program and sorts what they gave to the cells.
struct SwiftCellRunner {
  /// What the cells and the inline expressions gave.
  struct Outcome {
    var cells: [String: ExecutedCell] = [:]
    var inline: [Int: RecordedValue] = [:]
    /// Problems that belong to no cell.
    var problems: [Problem] = []
  }

  let document: Document
  let toolchain: Toolchain
  /// The folder `.lectern` of the project.
  let storage: String
  let parameters: [(name: String, value: RecordedValue)]

  /// Runs all cells.
  ///
  /// `results` are those of the experiments, which cells may read.
  func run(
    results: [String: ExperimentResult], progress: @escaping (Cell) -> Void
  ) throws -> Outcome {
    var outcome = try runProgram(
      parts(of: document.cells.filter(isOrdinary)), results: results, progress: progress)
    // A cell that may fail runs in a program of its own behind the cells before it, so that its end is not theirs.
    for cell in document.cells where isRun(cell) && !isOrdinary(cell) {
      let before = document.cells.prefix { $0.label != cell.label }.filter(isOrdinary)
      let own = try runProgram(before.map { .cell($0) } + [.cell(cell)], results: results, progress: { _ in })
      outcome.cells[cell.label] = own.cells[cell.label].map { judged($0) }
    }
    return outcome
  }

  /// The problems that the compiler has with the cells.
  func check() throws -> [Problem] {
    let program = Weaver.program(
      parts(of: document.cells.filter(isOrdinary)), file: name, document: document.file,
      parameters: parameters)
    guard program.problems.isEmpty, !(program.cells.isEmpty && program.inlineValues.isEmpty) else {
      return program.problems
    }
    let conversation = try converse(program, results: [:], onlyChecks: true, progress: { _ in })
    return shown(compilerProblems(conversation, program), program)
  }

  /// What the compiler calls the document: the same in every folder, and nothing that a source location would escape.
  private var name: String {
    String(ReportPaths(document: document.file).document.map { "\"\\\n".contains($0) ? "_" : $0 })
  }

  private func compilerProblems(_ conversation: CellConversation, _ program: WovenProgram) -> [Problem] {
    CompilerOutput(conversation.compilerOutput, program: program, file: document.file, name: name).problems
  }

  /// Without the warnings that a cell keeps to itself.
  private func shown(_ problems: [Problem], _ program: WovenProgram) -> [Problem] {
    problems.filter { $0.severity == .error || owner(of: $0, in: program.cells)?.options.warning != false }
  }

  private func isRun(_ cell: Cell) -> Bool { cell.kind == .swift && cell.options.eval }

  private func isOrdinary(_ cell: Cell) -> Bool { isRun(cell) && cell.options.error == .fails }

  /// The cells with the inline expressions between them, in the order of the text.
  private func parts(of cells: [Cell]) -> [Weaver.Part] {
    let labels = Set(cells.map(\.label))
    return document.blocks.flatMap { block -> [Weaver.Part] in
      switch block {
      case .listing: return []
      case .cell(let cell): return labels.contains(cell.label) ? [.cell(cell)] : []
      case .prose(let prose):
        return prose.inlineValues.compactMap { value in
          guard case .swift(let expression, _) = value.content else { return nil }
          return .inline(value, expression: expression)
        }
      }
    }
  }

  private func runProgram(
    _ parts: [Weaver.Part], results: [String: ExperimentResult], progress: @escaping (Cell) -> Void
  ) throws -> Outcome {
    guard !parts.isEmpty else { return Outcome() }
    let program = Weaver.program(parts, file: name, document: document.file, parameters: parameters)
    guard program.problems.isEmpty else { return failed(program, with: program.problems) }
    let conversation = try converse(program, results: results, onlyChecks: false) { event in
      if case .begin(let number) = event, program.cells.indices.contains(number) {
        progress(program.cells[number])
      }
    }
    let compiler = shown(compilerProblems(conversation, program), program)
    if compiler.contains(where: { $0.severity == .error }) { return failed(program, with: compiler) }
    var outcome = CellOutcomes(document: document, program: program, conversation: conversation).outcome()
    for warning in compiler {
      guard let cell = owner(of: warning, in: program.cells) else { continue }
      outcome.cells[cell.label]?.problems.append(warning)
    }
    return outcome
  }

  private func converse(
    _ program: WovenProgram, results: [String: ExperimentResult], onlyChecks: Bool,
    progress: (CellEvent) -> Void
  ) throws -> CellConversation {
    TemporaryFolders.removeAbandoned(in: storage)
    // The program runs in the document's folder: what it is given must not begin at ours.
    let storage = URL(fileURLWithPath: storage).path
    let folder = TemporaryFolders.name(in: storage)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    TemporaryFolders.shared.insert(folder)
    defer { TemporaryFolders.shared.remove(folder) }
    let source = "\(folder)/cells.swift"
    try program.text.write(toFile: source, atomically: false, encoding: .utf8)
    try JSONEncoder().encode(results.mapValues(\.values)).write(
      to: URL(fileURLWithPath: "\(folder)/results.json"))
    // Networks and folds are written for programs that may ask for them.
    if !onlyChecks, program.text.contains("result(") {
      for (_, result) in results.sorted(by: { $0.key < $1.key }) {
        try ResultArchive.write(result, to: folder)
      }
    }
    return try CellConversation.run(
      program,
      arguments: toolchain.arguments(
        program: source, moduleCache: "\(storage)/modules", onlyChecks: onlyChecks), folder: folder,
      directory: URL(fileURLWithPath: document.file).deletingLastPathComponent().path, progress: progress)
  }

  /// Cells whose program never ran: those with a problem have failed, the others are skipped.
  private func failed(_ program: WovenProgram, with problems: [Problem]) -> Outcome {
    var outcome = Outcome()
    for cell in program.cells {
      let own = problems.filter { owner(of: $0, in: program.cells)?.label == cell.label }
      let hasError = own.contains { $0.severity == .error }
      outcome.cells[cell.label] = ExecutedCell(
        cell: cell, status: hasError ? .failed : .skipped, problems: own)
    }
    outcome.problems = problems.filter { owner(of: $0, in: program.cells) == nil }
    return outcome
  }

  private func owner(of problem: Problem, in cells: [Cell]) -> Cell? {
    cells.first { cell in
      let lineCount = cell.source.split(separator: "\n", omittingEmptySubsequences: false).count
      return problem.file == cell.position.file && problem.line >= cell.position.line
        && problem.line < cell.sourceLine + lineCount
    }
  }

  /// Judges a cell that may or must fail.
  private func judged(_ cell: ExecutedCell) -> ExecutedCell {
    // Behind a cell that failed it never ran.
    guard cell.status != .skipped else { return cell }
    var cell = cell
    let hasFailed = cell.status == .failed
    if hasFailed {
      // The failure is what the author wanted to show: it stays visible and fails nothing.
      cell.status = .ok
      let isExpected = cell.cell.options.error == .expected
      if isExpected {
        cell.outputs += cell.problems.map { .text($0.message) }
        cell.problems = []
      } else {
        cell.problems = cell.problems.map { problem in
          var problem = problem
          problem.severity = .warning
          return problem
        }
      }
    } else if cell.cell.options.error == .expected {
      cell.status = .failed
      cell.problems.append(Problem(ExecutionError.didNotFail, at: cell.cell.position))
    }
    return cell
  }
}
