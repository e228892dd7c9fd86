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
    let settings = options.settings
    let pages = ProjectPages(settings: settings)
    for document in try options.documents() {
      let plan = try document.plan(settings, pool: pool)
      let found = DocumentCheck(
        document: document, plan: plan, pool: pool, settings: settings, pages: pages
      ).problems()
      if !options.json { for problem in found { Terminal.write(problem) } }
      problems += found
    }
    if options.json { print(ProblemList.json(problems)) }
    if problems.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
  }
}
