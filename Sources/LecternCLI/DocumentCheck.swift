import Components
import Execution
import Publishing

/// Everything that can be known to be wrong with a document before anything is computed.
struct DocumentCheck {
  let document: DocumentPath
  let plan: Plan
  let pool: any WorkerPool
  let settings: DocumentSettings
  let pages: ProjectPages

  /// The problems of recipes and text, of the types of Swift cells, of references and formulas, in the order of the
  /// text.
  func problems() -> [Problem] {
    let project = Project(of: document.path)
    var problems = plan.problems + DocumentRunner(pool: pool).checkSwift(plan, storage: project.storage)
    do {
      let matter = plan.document.frontMatter
      let template = try PageTemplate.of(matter, named: settings.template(of: matter), project: project)
      let context = pages.context(of: document, project: project)
      problems += try PageCheck.problems(of: plan, template: template, context: context)
    } catch let problem as Problem {
      problems.append(problem)
    } catch let error as any Explained {
      problems.append(Problem(error, at: SourcePosition(file: document.path, line: 1)))
    } catch {
      problems.append(Problem(at: SourcePosition(file: document.path, line: 1), message: "\(error)"))
    }
    if plan.document.frontMatter.strict { problems = problems.map(\.asError) }
    return Problem.sorted(problems, mainFile: document.path)
  }
}
