import Components
import Plotting

/// What the program of a document's Swift cells tells Lectern while it runs: a line of JSON each.
public enum CellEvent: Codable, Sendable {
  /// A cell begins; cells are numbered from zero in the order of the document.
  case begin(cell: Int)
  /// A cell has ended well.
  case end(cell: Int)
  /// An error was thrown out of a cell.
  case thrown(message: String)
  /// A value was recorded under a name.
  case value(name: String, RecordedValue)
  /// The last expression of a cell, as text.
  case text(String)
  /// A figure to show.
  case figure(Figure)
  /// A table to show.
  case table(Table)
  /// An expectation, met or not, of the statement on a line.
  case expectation(text: String, actual: RecordedValue, passed: Bool, line: Int)
  /// An inline expression by its number.
  case inline(Int, RecordedValue)
}
