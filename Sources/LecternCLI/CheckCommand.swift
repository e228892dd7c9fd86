import ArgumentParser
import Components
import Execution
import Foundation
import Publishing

/// `lectern check`: everything short of computing.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check documents without computing.",
    discussion: "Options, labels, references, files, recipes, shapes, formulas and the types of Swift cells.")

  @OptionGroup var options: DocumentOptions

  func run() throws {
    var problems: [Problem] = []
    let pool = options.pool()
    for document in try options.documents() {
      let found = try problemsOf(document, pool)
      if !options.json { for problem in found { Terminal.write(problem) } }
      problems += found
    }
    if options.json { print(ProblemList.json(problems)) }
    if problems.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
  }

  private func problemsOf(_ document: DocumentPath, _ pool: any WorkerPool) throws -> [Problem] {
    let plan = try document.plan(overrides: options.overrides)
    let project = Project(of: document.path)
    var problems = plan.problems + DocumentRunner(pool: pool).checkSwift(plan, storage: project.storage)
    do {
      problems += try PageCheck.problems(of: plan)
    } catch {
      problems.append(Problem(error, at: SourcePosition(file: document.path, line: 1)))
    }
    return Plan.sorted(problems)
  }
}
