import Components
import Documents
import Plotting

/// What a `{diagram}` cell draws, and what is wrong with its text.
struct DiagramRequest: Sendable {
  /// The diagram, if nothing is wrong.
  let diagram: Diagram?
  let problems: [Problem]

  /// Reads the text of a cell; everything wrong with it is a problem at its place in the document.
  init(_ cell: Cell) {
    problems = Diagram.faults(of: cell.source).map { fault in
      // Of an empty diagram the fence is to blame.
      if fault.error == .noNodes { return Problem(fault.error, at: cell.position) }
      // What stands before the fence stands before its lines too.
      let position = SourcePosition(
        file: cell.position.file, line: cell.sourceLine + fault.line - 1,
        column: cell.position.column + fault.column - 1)
      return Problem(fault.error, at: position)
    }
    diagram = problems.isEmpty ? try? Diagram(cell.source) : nil
  }
}
