import Components
import Execution
import Publishing

/// Everything that can be known to be wrong with a document before anything is computed.
struct DocumentCheck {
  let document: DocumentPath
  let plan: Plan
  let pool: any WorkerPool

  /// The problems of recipes and text, of the types of Swift cells, of references and formulas, in the order of the
  /// text.
  func problems() -> [Problem] {
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
