import Components
import Documents
import Experiments
import Lectern
import Plotting

/// A document with everything checked that can be known before computing: what will run, and what is wrong.
package struct Plan: Sendable {
  /// The document.
  package let document: Document
  /// The experiments by their labels.
  package let experiments: [String: Experiment]
  let plots: [String: PlotRequest]
  let tables: [String: TableRequest]
  let diagrams: [String: Diagram]
  /// The problems that cells have with other files, by their labels.
  private let foreignProblems: [String: [Problem]]
  /// The parameters in force.
  package let parameters: [(name: String, value: RecordedValue)]
  /// The files that the document names.
  package let inputs: [InputFile]
  /// Everything wrong, those of the text included, in the order of the text.
  package let problems: [Problem]

  /// Whether there is an error.
  package var hasErrors: Bool { problems.contains { $0.severity == .error } }

  /// The problems of a cell.
  func problems(of cell: Cell) -> [Problem] {
    let lines = cell.source.split(separator: "\n", omittingEmptySubsequences: false).count
    return problems.filter {
      $0.file == cell.position.file && $0.line >= cell.position.line && $0.line < cell.sourceLine + lines
    } + foreignProblems[cell.label, default: []]
  }
}

extension Plan {
  /// Whether the recipe of an experiment that is to be computed has an error.
  var hasRecipeErrors: Bool {
    document.cells.contains { cell in
      cell.kind == .experiment && cell.options.eval
        && (experiments[cell.label] == nil || problems(of: cell).contains { $0.severity == .error })
    }
  }
}

extension Plan {
  /// Checks a document.
  ///
  /// `folder` is the one its paths are relative to; `overrides` are values for its parameters; `pool` has the threads
  /// that read large files.
  package init(
    _ document: Document, folder: String, overrides: [(name: String, value: String)] = [],
    pool: any WorkerPool = SerialPool()
  ) {
    var problems = document.problems
    let parameters = Self.parameters(document, overrides, &problems)
    let recipes = document.cells.filter { $0.kind == .experiment }.compactMap { cell in
      cell.recipe.map { (cell.label, $0) }
    }
    var context = RecipeContext(
      folder: folder, seed: document.frontMatter.seed,
      parameters: Dictionary(parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }),
      recipes: Dictionary(recipes, uniquingKeysWith: { first, _ in first }))
    context.painter = CairoGlyphPainter()
    context.pool = pool
    var foreign: [String: [Problem]] = [:]
    let experiments = Self.experiments(document, context, &problems, &foreign)
    let (plots, tables) = Self.requests(document, folder, experiments, &problems, &foreign)
    diagrams = Self.diagrams(document, &problems, &foreign)
    foreignProblems = foreign
    self.document = document
    self.experiments = experiments
    self.plots = plots
    self.tables = tables
    self.parameters = parameters
    inputs = InputFile.files(of: document, folder: folder)
    for cell in document.cells where cell.kind == .swift && cell.options.eval && cell.options.warning {
      problems += RandomnessCheck.problems(of: cell)
    }
    for value in document.inlineValues {
      if let problem = InlineValueCheck(
        labels: document.cells.map(\.label), document: document, experiments: experiments,
        parameters: parameters.map(\.name)
      ).problem(value) {
        problems.append(problem)
      }
    }
    self.problems = Self.sorted(problems)
  }

  private static func experiments(
    _ document: Document, _ context: RecipeContext, _ problems: inout [Problem],
    _ foreign: inout [String: [Problem]]
  ) -> [String: Experiment] {
    var experiments: [String: Experiment] = [:]
    for cell in document.cells where cell.kind == .experiment && cell.options.eval {
      guard let recipe = cell.recipe else { continue }
      var own = context
      if let seed = cell.options.seed {
        own.seed = seed
      }
      let (experiment, found) = ExperimentDecoder(own).decode(recipe, label: cell.label)
      experiments[cell.label] = experiment
      problems += found
      foreign[cell.label] = found.filter { $0.file != cell.position.file }
    }
    return experiments
  }

  private static func requests(
    _ document: Document, _ folder: String, _ experiments: [String: Experiment],
    _ problems: inout [Problem], _ foreign: inout [String: [Problem]]
  ) -> (plots: [String: PlotRequest], tables: [String: TableRequest]) {
    let labels = document.cells.filter { $0.kind == .experiment }.map(\.label)
    let context = TableRequest.Context(
      folder: folder, labels: labels, cells: document.cells.map(\.label), experiments: experiments)
    var plots: [String: PlotRequest] = [:]
    var tables: [String: TableRequest] = [:]
    for cell in document.cells where cell.options.eval {
      guard let recipe = cell.recipe else { continue }
      do {
        if cell.kind == .plot {
          plots[cell.label] = try PlotRequest(recipe, context)
        } else if cell.kind == .table {
          tables[cell.label] = try TableRequest(recipe, context)
          // Options that the front matter gives all cells may be meant for figures.
          if let format = cell.options.downloads.first(where: { $0 != .csv }),
            let position = cell.options.positions["downloads"], position.line > cell.position.line
          {
            throw Problem(ExecutionError.noSuchDownload(format: format.rawValue), at: position)
          }
        }
      } catch let problem as Problem {
        problems.append(problem)
        if problem.file != cell.position.file { foreign[cell.label] = [problem] }
      } catch {
        problems.append(Problem(at: recipe.position, message: "\(error)"))
      }
    }
    return (plots, tables)
  }

  private static func diagrams(
    _ document: Document, _ problems: inout [Problem], _ foreign: inout [String: [Problem]]
  ) -> [String: Diagram] {
    var diagrams: [String: Diagram] = [:]
    for cell in document.cells where cell.kind == .diagram && cell.options.eval {
      let request = DiagramRequest(cell)
      diagrams[cell.label] = request.diagram
      problems += request.problems
      foreign[cell.label] = request.problems.filter { $0.file != cell.position.file }
    }
    return diagrams
  }

  /// In the order of the text; each once.
  package static func sorted(_ problems: [Problem]) -> [Problem] {
    var seen: Set<Problem> = []
    return problems.filter { seen.insert($0).inserted }.enumerated().sorted { first, second in
      (first.element.file, first.element.line, first.element.column, first.offset)
        < (second.element.file, second.element.line, second.element.column, second.offset)
    }.map(\.element)
  }

  private static func parameters(
    _ document: Document, _ overrides: [(name: String, value: String)], _ problems: inout [Problem]
  ) -> [(name: String, value: RecordedValue)] {
    var declared = document.frontMatter.params
    for (name, text) in overrides {
      guard let index = declared.firstIndex(where: { $0.name == name }) else {
        problems.append(
          Problem(
            ExecutionError.unknownParameter(name: name, known: declared.map(\.name)),
            at: SourcePosition(file: document.file, line: 1)))
        continue
      }
      do {
        declared[index] = try declared[index].overridden(by: text)
      } catch {
        problems.append(Problem(error, at: declared[index].position))
      }
    }
    return declared.map { ($0.name, $0.value) }
  }
}
