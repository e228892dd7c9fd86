import Components
import Documents
import Execution
import Foundation
import Plotting
import Publishing

/// How fast documents are read and pages are made.
extension Benchmarks {
  /// The time of reading a long document, of making its page when its formulas are kept, and of typesetting formulas that
  /// nothing has typeset before.
  static func pageMaking(_ options: Options) throws -> [Figure] {
    let names = ["read 200 kB with 500 formulas", "page of the same, formulas kept", "300 formulas, cold"]
    guard names.contains(where: options.wants) else { return [] }
    print("")
    print(line("a document", "ms"))
    let text = longDocument()
    let reading = shortest { _ = DocumentReader.read(text: text, file: "a.md") }
    let document = DocumentReader.read(text: text, file: "a.md")
    let executed = ExecutedDocument(
      document: document, seed: 0, cells: [], inlineTexts: [:], problems: document.problems)
    let composer = PageComposer(template: try PageTemplate.named(PageTemplate.standard, projectRoot: nil)) {
      _, _ in RenderedFigure(svg: "", data: Table(columns: [], rows: []))
    }
    // Engines are loaded by the first formulas: they belong to the time of a process that begins with none.
    let formulas = (0..<300).map { Formula(tex: formula($0), isDisplay: $0 % 6 == 0) }
    let cold = try coldFormulas(formulas)
    _ = try composer.page(of: executed)
    let page = try shortest { _ = try composer.page(of: executed) }
    let figures = zip(names, [reading, page, cold]).map { name, seconds in
      Figure(section: "documents", name: name, microseconds: seconds * 1e6)
    }
    for figure in figures { print(line(figure.name, format(figure.microseconds / 1000))) }
    return figures
  }

  /// Headings, paragraphs, lists, tables and 500 formulas.
  private static func longDocument() -> String {
    var text = "---\ntitle: Long\ntoc: true\nnumber-sections: true\n---\n"
    for section in 0..<100 {
      text += "\n## Section \(section) {#sec-\(section)}\n"
      for paragraph in 0..<5 {
        let number = section * 5 + paragraph
        text +=
          "\n" + String(repeating: "the loss falls with every step as long as its rate is small ", count: 5)
        text +=
          "with $\(formula(number))$ and *emphasis*, `code`, [a link](https://e.org/\(number)) and @sec-0.\n"
      }
      text += "\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    }
    return text
  }

  private static func formula(_ number: Int) -> String {
    "\\frac{a_{\(number)}}{b + \(number)} = \\sum_{k=0}^{\(number)} x_k^2 \\sqrt{y_{\(number)}}"
  }

  /// The time of a program of its own, with its engines.
  private static func coldFormulas(_ formulas: [Formula]) throws -> Double {
    let unique = formulas.map { Formula(tex: "\\alpha + " + $0.tex, isDisplay: $0.isDisplay) }
    let begin = ContinuousClock.now
    for outcome in try MathTypesetter().typeset(unique) { _ = try outcome.get() }
    return seconds(begin.duration(to: .now))
  }

  private static func shortest(_ body: () throws -> Void) rethrows -> Double {
    try (0..<7).map { _ in seconds(try ContinuousClock().measure(body)) }.min() ?? 0
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }
}
