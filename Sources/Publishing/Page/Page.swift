import Components
import Execution
import Plotting

/// A page: one HTML file that needs no other.
package struct Page: Sendable {
  /// The whole file.
  package var html: String
  /// Everything wrong: the problems of the executed document and those found while the page was written, in the order
  /// of the text.
  package var problems: [Problem]
  /// What an index of pages shows of it.
  package var summary: PageSummary

  /// Whether there is no error.
  package var isOK: Bool { !problems.contains { $0.severity == .error } }
}
