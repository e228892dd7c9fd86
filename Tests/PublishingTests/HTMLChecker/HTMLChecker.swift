/// A static check of HTML pages: the part of what the Nu HTML checker and axe report that needs no browser.
struct HTMLChecker {
  /// What is wrong with a page.
  struct Violation: CustomStringConvertible, Equatable {
    /// The short name of the rule, such as `duplicate-id`.
    var rule: String
    /// The line of the text, counted from 1.
    var line: Int
    /// What is wrong, in words.
    var message: String

    var description: String { "line \(line): \(message) [\(rule)]" }
  }

  /// Everything wrong with a page, in the order of the text.
  static func violations(in html: String) -> [Violation] {
    var reader = HTMLReader(Array(html.utf8))
    reader.read()
    var checker = HTMLChecker(page: reader.page, problems: reader.problems)
    checker.checkEverything()
    return checker.problems.violations(in: checker.page.bytes)
  }

  /// Everything wrong with the colors of a style sheet: contrast of texts on their grounds, light and dark.
  static func contrastViolations(inStyle css: String) -> [Violation] {
    ContrastChecker(css: Array(css.utf8)).violations()
  }

  let page: HTMLPage
  var problems: Problems
  let facts: PageFacts

  init(page: HTMLPage, problems: Problems) {
    self.page = page
    self.problems = problems
    facts = PageFacts(page: page)
  }

  /// Runs all rules.
  mutating func checkEverything() {
    checkDocument()
    for index in page.elements.indices.dropFirst() {
      switch page.elements[index].space {
      case .html: checkHTMLElement(index)
      case .svg: checkForeignElement(index, known: Known.svgElements, attributes: Known.svgAttributes)
      case .math: checkForeignElement(index, known: Known.mathElements, attributes: Known.mathAttributes)
      }
      checkEveryElement(index)
    }
    checkAccessibility()
  }

  mutating func report(_ rule: String, _ index: Int, _ message: String) {
    problems.add(rule, at: page.elements[index].offset, message)
  }
}
