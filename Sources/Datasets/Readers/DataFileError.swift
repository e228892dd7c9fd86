import Components

/// What can be wrong with a file of data, as facts.
public enum DataFileError: Error, Equatable, Sendable {
  case notFound(path: String, near: String?)
  case isFolder(path: String)
  case unreadable(path: String)
  case broken(path: String, format: String, reason: String)
  case unsupported(path: String, format: String, reason: String)
  case notText(path: String)
  case empty(path: String)
  case headerOnly(path: String)
  case otherDelimiter(found: String, wanted: String)
  case raggedRow(expected: Int, found: Int)
  case notANumber(column: String, text: String)
  case unclosedQuote
  case duplicateColumn(name: String)
  case missingValue(column: String, role: String)
  case outOfRange(column: String, role: String, requirement: String, found: String)
  case unknownArray(path: String, name: String, known: [String])
  case differentCounts(first: String, firstCount: Int, second: String, secondCount: Int)
}

extension DataFileError: Explained {
  public var sentence: String {
    switch self {
    case .notFound(let path, _): "the file \"\(path)\" does not exist"
    case .isFolder(let path): "\"\(path)\" is a folder, not a file"
    case .unreadable(let path): "the file \"\(path)\" cannot be read"
    case .broken(let path, let format, let reason): "the \(format) file \"\(path)\" \(reason)"
    case .unsupported(let path, let format, let reason): "the \(format) file \"\(path)\" \(reason)"
    case .notText(let path): "the file \"\(path)\" is not UTF-8 text"
    case .empty(let path): "the file \"\(path)\" is empty"
    case .headerOnly(let path): "the file \"\(path)\" has no rows below its header"
    case .otherDelimiter(let found, let wanted):
      "the header has \(found) between its names, not \(wanted)"
    case .raggedRow(let expected, let found):
      "the row has \(found) \(found == 1 ? "field" : "fields"), the header has \(expected)"
    case .notANumber(let column, let text): "\"\(text)\" in the column \"\(column)\" is not a number"
    case .unclosedQuote: "a quote is not closed"
    case .duplicateColumn(let name): "the header names the column \"\(name)\" twice"
    case .missingValue(let column, let role): "the \(role) \"\(column)\" has no value in this row"
    case .outOfRange(let column, let role, let requirement, let found):
      "the \(role) \"\(column)\" must be \(requirement), not \(found)"
    case .unknownArray(let path, let name, _): "the archive \"\(path)\" has no array \"\(name)\""
    case .differentCounts(let first, let firstCount, let second, let secondCount):
      "\"\(first)\" has \(firstCount) examples, but \"\(second)\" has \(secondCount)"
    }
  }

  public var hint: String? {
    switch self {
    case .notFound(_, let near): near.map { "did you mean \"\($0)\"?" }
    case .otherDelimiter(let found, _): "delimiter: \(found == "tabs" ? "\"\\t\"" : "\";\"")"
    case .unknownArray(_, let name, let known): Suggestion.hint(for: name, among: known)
    case .notANumber(_, let text): "missing: [\"\(text)\"] if it means that there is no value"
    case .notText: "save it as UTF-8"
    default: nil
    }
  }
}
