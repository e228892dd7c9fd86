import Components

/// What can be wrong with the text of a document, as facts.
package enum DocumentError: Error, Equatable, Sendable {
  case unclosedFrontMatter
  case unclosedFence(fence: String)
  case unclosedDivision
  case strayDivisionEnd
  case headingJump(from: Int, to: Int)
  case unclosedMathematics
  case unclosedComment
  case missingInclude(path: String)
  case includeCycle(chain: [String])
  case tooMuchIncluded(megabytes: Int)
  case unknownShortcode(String)
  case raggedGridTable
  case badLineNumbers(String)
  case foreignCell(language: String)
  case unknownCell(language: String, known: [String])
  case unknownOption(name: String, known: [String])
  case dottedOption(name: String, proper: String)
  case optionsAreNoMap
  case badLabel(String)
  case duplicateLabel(String, firstLine: Int)
  case missingLabel(kind: String)
  case seedTwice
  case foreignInlineCode(language: String)
  case emptyInlineValue
  case badFormat(String)
  case frontMatterIsNoMap
  case projectIsNoMap
  case relativeDate(String)
  case unknownParameter(name: String, known: [String])
  case parameterType(name: String, expected: String, found: String)
  case parameterRange(name: String, range: String, found: String)
  case cachingIsAlwaysOn(key: String)
  case slideFormat(String)
  case yamlSyntax(String)
  case unquotedColon(key: String, quoted: String)
  case unquotedComparison(String)
  case unquotedBeginning(key: String, mark: String, quoted: String)
  case textCutByComment(key: String, quoted: String)
  case duplicateKey(String, firstLine: Int)
  case anchor(String)
  case alias(String)
  case mergeKey
  case keyIsNoText
  case unclosedCall(name: String)
  case callSyntax(call: String, problem: String)
}

extension DocumentError: Explained {
  package var sentence: String {
    switch self {
    case .unclosedFrontMatter: "the front matter has no closing ---"
    case .unclosedFence(let fence): "the fence \(fence) is never closed"
    case .unclosedDivision: "the division ::: is never closed"
    case .strayDivisionEnd: "::: closes a division that was never opened"
    case .headingJump(let from, let to): "a heading of level \(to) follows one of level \(from)"
    case .unclosedMathematics: "the formula $$ is never closed"
    case .unclosedComment: "the comment <!-- is never closed"
    case .missingInclude(let path): "the included file \(path) cannot be read"
    case .includeCycle(let chain): "files include each other: \(chain.joined(separator: " → "))"
    case .tooMuchIncluded(let megabytes): "what is included is longer than \(megabytes) MB"
    case .unknownShortcode(let name): "there is no shortcode \"\(name)\""
    case .raggedGridTable: "the table's bars do not stand below each other"
    case .badLineNumbers(let text): "\"\(text)\" names no lines"
    case .foreignCell(let language): "cells in \(language) do not run here"
    case .unknownCell(let language, _): "unknown kind of cell {\(language)}"
    case .unknownOption(let name, _): "unknown cell option \"\(name)\""
    case .dottedOption(let name, _): "the option \"\(name)\" is written with a dot"
    case .optionsAreNoMap: "the options of a cell are lines of key: value"
    case .badLabel(let label): "\"\(label)\" is not a label"
    case .duplicateLabel(let label, let line): "the label \"\(label)\" is taken by the cell on line \(line)"
    case .missingLabel(let kind): "the \(kind) has no label"
    case .seedTwice: "the seed is given both as an option and in the recipe"
    case .foreignInlineCode(let language): "inline code in \(language) does not run here"
    case .emptyInlineValue: "the inline value names nothing"
    case .badFormat(let format): "\"\(format)\" is not a number format"
    case .frontMatterIsNoMap: "the front matter is not a map of key: value"
    case .projectIsNoMap: "the project's file is not a map of key: value"
    case .relativeDate(let date): "the date \"\(date)\" changes from day to day, and the report with it"
    case .unknownParameter(let name, _): "unknown parameter \"\(name)\""
    case .parameterType(let name, let expected, let found):
      "the parameter \"\(name)\" must be \(expected), not \(found)"
    case .parameterRange(let name, let range, let found):
      "the parameter \"\(name)\" must lie in \(range), not at \(found)"
    case .cachingIsAlwaysOn(let key): "\"\(key)\" has no effect: values are cached by their content"
    case .slideFormat(let format): "the format \"\(format)\" is called slides here"
    case .yamlSyntax(let sentence): sentence
    case .unquotedColon(let key, _): "the text of \"\(key)\" holds a colon, behind which YAML expects a value"
    case .unquotedComparison(let text):
      "\(text) needs quotes: YAML reads \(text.prefix(1)) as the beginning of something else"
    case .unquotedBeginning(let key, let mark, _):
      "the text of \"\(key)\" cannot begin with \(mark) unless it has quotes"
    case .textCutByComment(let key, _): "the text of \"\(key)\" ends here: what follows # is a comment"
    case .duplicateKey(let key, let line): "the key \"\(key)\" is already given on line \(line)"
    case .anchor(let name): "the anchor &\(name) is not part of recipes"
    case .alias(let name): "the alias *\(name) is not part of recipes"
    case .mergeKey: "the merge key << is not part of recipes"
    case .keyIsNoText: "a key must be a word"
    case .unclosedCall(let name): "\(name)( has no closing parenthesis"
    case .callSyntax(let call, let problem): "in \(call)(…): \(problem)"
    }
  }

  package var hint: String? {
    switch self {
    case .unclosedFence(let fence): "close it with \(fence) on a line of its own"
    case .unclosedDivision: "close it with ::: on a line of its own"
    case .headingJump(let from, _):
      "readers and screen readers expect level \(from + 1): \(String(repeating: "#", count: from + 1))"
    case .unclosedMathematics: "close it with $$ before the next empty line"
    case .unclosedComment: "close it with -->"
    case .missingInclude: "paths are relative to the file that includes"
    case .unknownShortcode(let name): Suggestion.hint(for: name, among: ["include", "pagebreak"])
    case .raggedGridTable: "every row needs its bars | where the first line has its +"
    case .badLineNumbers: "true numbers all lines, \"2,4-6\" highlights some"
    case .foreignCell(let language): alternative(to: language)
    case .unknownCell(let language, let known):
      Suggestion.nearest(to: language, among: known).map { "did you mean {\($0)}?" }
        ?? "write ```\(language) without braces to show code that does not run"
    case .unknownOption(let name, let known), .unknownParameter(let name, let known):
      Suggestion.hint(for: name, among: known)
    case .dottedOption(_, let proper): "write \"\(proper)\""
    case .badLabel: "labels are made of a-z, 0-9 and hyphens and begin with a letter"
    case .missingLabel: "add a line such as #| label: moons"
    case .foreignInlineCode: "use `{value} path` or `{swift} expression`"
    case .emptyInlineValue: "as in `{value} moons.test.accuracy | 3`"
    case .badFormat: "| 3 gives decimals, | 3s significant digits, | 1% percent"
    case .relativeDate: "write the day, as in 2026-03-01"
    case .slideFormat: "write format: slides"
    case .unquotedColon(let key, let quoted), .unquotedBeginning(let key, _, let quoted),
      .textCutByComment(let key, let quoted):
      "write \(key): \(quoted)"
    case .unquotedComparison(let text): "write \"\(text)\""
    case .duplicateKey, .anchor, .alias: nil
    case .mergeKey: "like: label starts from another experiment"
    default: nil
    }
  }

  private func alternative(to language: String) -> String {
    switch language {
    case "mermaid", "dot", "graphviz": "draw it with {diagram}"
    default: "write it as {swift} or as an {experiment}, or show it with ```\(language) without braces"
    }
  }
}
