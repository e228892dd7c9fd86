import Components

/// What can go wrong while a document is checked or run, as facts.
package enum ExecutionError: Error, Equatable, Sendable {
  case extensionBesideStatements
  case compiler(message: String)
  case thrown(message: String)
  case trap(message: String)
  case signal(Int32)
  case exited(status: Int32)
  case timeout(seconds: Double)
  case didNotFail
  case noToolchain
  case noLibrary(path: String)
  case unknownLabel(name: String, known: [String])
  case unknownValue(label: String, path: String, known: [String])
  case valueOfFailedCell(label: String)
  case badFormat(String)
  case notANumber(path: String, format: String)
  case unknownKind(name: String, known: [String])
  case noSuchView(label: String, kind: String)
  case viewNeeds(label: String, kind: String, needs: [String])
  case tableAsPlot(kind: String)
  case figureOfCells(kind: String)
  case cannotOverlay(kind: String)
  case axisOfNames(key: String)
  case limitsWithoutLogarithm(lower: String)
  case unknownColumn(name: String, known: [String])
  case noDirection(column: String)
  case unknownEmphasis(name: String)
  case rowsOfOneResult(rows: String)
  case noSuchRows(label: String, rows: String, known: [String])
  case noSuchDownload(format: String)
  case noList(label: String, path: String)
  case needsOneOf(what: String, keys: [String])
  case expectationFailed(path: String, expected: String, actual: String)
  case diverged(loss: String)
  case textInPlot(column: String)
  case unknownParameter(name: String, known: [String])
  case differsFromRunToRun(call: String, instead: String)
  case unbalancedBracket(String, isOpening: Bool)
}

extension ExecutionError: Explained {
  package var sentence: String {
    switch self {
    case .extensionBesideStatements: "an extension cannot stand beside statements"
    case .compiler(let message): message
    case .thrown(let message): "the cell threw an error: \(message)"
    case .trap(let message):
      message.isEmpty ? "the cell stopped with a fatal error" : "fatal error: \(message)"
    case .signal(4), .signal(5): "the cell stopped with a trap, as after an arithmetic overflow"
    case .signal(let number): "the cell crashed with signal \(number)"
    case .exited(let status): "the cell ended the program with exit status \(status)"
    case .timeout(let seconds): "the cell ran longer than its timeout of \(ValueFormat.short(seconds)) s"
    case .didNotFail: "the cell was expected to fail and did not"
    case .noToolchain: "the document has Swift cells, but there is no Swift toolchain in the PATH"
    case .noLibrary(let path): "the library that Swift cells load is missing: \(path)"
    case .unknownLabel(let name, _): "no cell is labeled \"\(name)\""
    case .unknownValue(let label, let path, _): "\"\(label)\" has no value \"\(path)\""
    case .valueOfFailedCell(let label): "\"\(label)\" failed or was skipped, so its values are missing"
    case .badFormat(let format): "\"\(format)\" is not a format"
    case .notANumber(let path, let format):
      "\"\(path)\" is not a number, so the format \"\(format)\" does not apply"
    case .unknownKind(let name, _): "unknown kind of plot \"\(name)\""
    case .noSuchView(let label, let kind): "\"\(label)\" has nothing to show as \"\(kind)\""
    case .viewNeeds(let label, let kind, let needs):
      "\"\(label)\" will have nothing to show as \"\(kind)\", which needs \(needs.joined(separator: " and "))"
    case .tableAsPlot(let kind): "\"\(kind)\" is a table"
    case .figureOfCells(let kind): "experiments have no data for \"\(kind)\""
    case .cannotOverlay(let kind): "figures of the kind \"\(kind)\" cover each other"
    case .axisOfNames(let key): "\(key) needs an axis of numbers, and this one has names"
    case .limitsWithoutLogarithm(let lower): "a logarithmic axis cannot begin at \(lower)"
    case .unknownColumn(let name, _): "the table has no column \"\(name)\""
    case .noDirection(let column): "it is not known whether large or small values of \"\(column)\" are good"
    case .unknownEmphasis(let name):
      "the best of a column is its greatest or its least value, not \"\(name)\""
    case .rowsOfOneResult(let rows): "rows: \(rows) needs a single result"
    case .noSuchRows(let label, let rows, _): "\"\(label)\" has no \(rows) to show as rows"
    case .noSuchDownload(let format): "a table cannot be downloaded as \(format)"
    case .noList(let label, let path):
      "\"\(path.isEmpty ? label : "\(label).\(path)")\" is neither a list nor an object"
    case .needsOneOf(let what, let keys): "\(what) needs one of the keys \(keys.joined(separator: ", "))"
    case .expectationFailed(let path, let expected, let actual):
      "expected \(path) to be \(expected), but it is \(actual)"
    case .textInPlot(let column): "the column \"\(column)\" holds text, and this axis takes numbers"
    case .diverged(let loss): "the training diverged: its loss is \(loss)"
    case .unknownParameter(let name, _): "the document has no parameter \"\(name)\""
    case .differsFromRunToRun(let call, _):
      "in every run \(call) gives something else, and the report with it"
    case .unbalancedBracket(let bracket, let isOpening):
      isOpening ? "the bracket \(bracket) is never closed" : "the bracket \(bracket) closes nothing"
    }
  }

  package var hint: String? {
    switch self {
    case .extensionBesideStatements: "give it a cell of its own"
    case .signal(11): "is there a recursion without an end?"
    case .noToolchain: "install Swift from swift.org"
    case .textInPlot: "mark: bar takes text along x"
    case .tableAsPlot: "show it with a {table} cell, or in \"show\""
    case .figureOfCells: "a Swift cell can draw it from its own numbers: lectern list plots"
    case .cannotOverlay: "use layout: panels or tabs"
    case .diverged: "try a smaller learning rate"
    case .noLibrary: "run make"
    case .noDirection(let column): "write emphasize: {\(column): least} or {\(column): greatest}"
    case .noSuchDownload: "write downloads: [csv]"
    case .unknownEmphasis: "write greatest or least"
    case .rowsOfOneResult: "with several results the rows are the results"
    case .noSuchRows(_, _, let known): "it has: \(known.joined(separator: ", "))"
    case .unknownLabel(let name, let known), .unknownKind(let name, let known),
      .unknownParameter(let name, let known), .unknownColumn(let name, let known):
      Suggestion.hint(for: name, among: known)
    case .unknownValue(_, let path, let known):
      Suggestion.nearest(to: path, among: known).map { "did you mean \"\($0)\"?" }
    case .differsFromRunToRun(_, let instead): instead
    case .badFormat: "write | 3 for decimals, | 3s for significant digits, | 1% for percent"
    default: nil
    }
  }
}
