import Components
import Documents
import Execution

/// Writes problems: a box where one happened, and a list of all at the top of a page that failed.
struct ProblemWriter {
  private let sources: [SourceText]
  private let paths: ReportPaths

  init(_ executed: ExecutedDocument) {
    sources = executed.document.sources.map {
      SourceText(DocumentReader.readable($0.text), file: $0.file)
    }
    paths = executed.paths
  }

  /// A box with the place, the sentence, the hint and the line of the Markdown.
  func box(_ problem: Problem) -> String {
    let word = problem.severity == .error ? "Error" : "Warning"
    var html =
      "<div class=\"problem \(problem.severity.rawValue)\" role=\"note\"><p><strong>\(word)</strong> "
    html += "<code class=\"place\">\(HTML.escaped(place(problem)))</code> \(sentence(problem))</p>"
    if let excerpt = excerpt(problem) { html += "<pre tabindex=\"0\">\(HTML.escaped(excerpt))</pre>" }
    return html + "</div>\n"
  }

  /// The list of all problems; empty if there is none that needs the reader's attention.
  func banner(_ problems: [Problem]) -> String {
    let errors = problems.filter { $0.severity == .error }
    guard !errors.isEmpty else { return "" }
    let count = errors.count == 1 ? "one error" : "\(errors.count) errors"
    var html = "<section class=\"banner\" aria-labelledby=\"banner-title\">"
    html += "<p class=\"banner-title\" id=\"banner-title\">This report has \(count)</p>\n<ul>\n"
    for problem in errors {
      html +=
        "<li><code class=\"place\">\(HTML.escaped(place(problem)))</code> \(sentence(problem))</li>\n"
    }
    return html + "</ul></section>\n"
  }

  /// `file:line:column`, the same wherever the page was made.
  private func place(_ problem: Problem) -> String {
    "\(paths.shown(problem.file)):\(problem.line):\(problem.column)"
  }

  private func sentence(_ problem: Problem) -> String {
    let message = problem.message.prefix(1).uppercased() + problem.message.dropFirst()
    let hint = problem.hint.map { " <span class=\"hint\">(\(HTML.escaped($0)))</span>" } ?? ""
    return HTML.escaped(message) + hint
  }

  private func excerpt(_ problem: Problem) -> String? {
    guard let source = sources.first(where: { $0.file == problem.file }), problem.line >= 1,
      problem.line <= source.lineCount
    else { return nil }
    // Of a line that fills screens the place alone is told.
    guard source.line(problem.line - 1).count <= 1000 else { return nil }
    let line = source.lineText(problem.line - 1)
    guard !line.trimmed.isEmpty else { return nil }
    let number = "\(problem.line)"
    let before = line.prefix(problem.column - 1)
    // Tabs stay, so that the mark stands below its place.
    let blanks = before.map { $0 == "\t" ? "\t" : " " }.joined()
    let margin = String(repeating: " ", count: number.count)
    return "\(number) | \(line)\n\(margin) | \(blanks)^"
  }
}
