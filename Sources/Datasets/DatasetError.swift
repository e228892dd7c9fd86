import Components

/// What can be wrong with data, as facts.
public enum DatasetError: Error, Equatable, Sendable {
  case fileNotFound(path: String)
  case notText(path: String)
  case empty(path: String)
  case raggedRow(expected: Int, found: Int)
  case notANumber(column: String, text: String)
  case unclosedQuote
  case duplicateColumn(name: String)
  case unknownColumn(name: String, known: [String])
  case noFeatures
  case categoriesWithoutEncoding(column: String)
  case tooFewExamples(part: String, count: Int)
  case badLaw(text: String, reason: String)
  case noPainter
}

extension DatasetError: Explained {
  public var sentence: String {
    switch self {
    case .fileNotFound(let path): "the file \"\(path)\" does not exist"
    case .notText(let path): "the file \"\(path)\" is not UTF-8 text"
    case .empty(let path): "the file \"\(path)\" has no rows below its header"
    case .raggedRow(let expected, let found):
      "the row has \(found) \(found == 1 ? "field" : "fields"), the header has \(expected)"
    case .notANumber(let column, let text): "\"\(text)\" in the column \"\(column)\" is not a number"
    case .unclosedQuote: "a quote is not closed"
    case .duplicateColumn(let name): "the header names the column \"\(name)\" twice"
    case .unknownColumn(let name, _): "the data have no column \"\(name)\""
    case .noFeatures: "the data have no column left to learn from"
    case .categoriesWithoutEncoding(let column):
      "the column \"\(column)\" holds text, and networks take numbers"
    case .tooFewExamples(let part, let count):
      "the \(part) part would have \(count) \(count == 1 ? "example" : "examples")"
    case .noPainter: "pictures of characters need somebody who draws them"
    case .badLaw(let text, let reason): "the law \"\(text)\" \(reason)"
    }
  }

  public var hint: String? {
    switch self {
    case .unknownColumn(let name, let known): Suggestion.hint(for: name, among: known)
    case .categoriesWithoutEncoding(let column): "prepare: [one-hot], or drop: [\(column)]"
    default: nil
    }
  }
}
