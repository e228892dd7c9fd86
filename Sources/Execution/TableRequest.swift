import Components
import Datasets
import Experiments
import Plotting

/// What a `{table}` cell asks for: rows of a result, or a file.
struct TableRequest: Sendable {
  enum Source: Sendable {
    case result(String, rows: Rows)
    case file(CSVReader.Contents)
    /// A recorded list or object: the label of the cell and the path within it.
    case values(ValuePath, position: SourcePosition)
  }

  /// What the rows of a table are.
  enum Rows: String, NamedChoice {
    case parts, folds, trials, levels

    var view: String {
      switch self {
      case .parts: "summary"
      case .folds: "folds"
      case .trials: "trials"
      case .levels: "closure-levels"
      }
    }
  }

  var source: Source
  var columns: [String]?
  var digits: Int?
  var sort: String?
  var limit: Int?
  var position: SourcePosition

  private static let result = Parameter<String?>("result", default: nil, help: "The experiment to show.")
  private static let rows = Parameter<Rows>("rows", default: .parts, help: "What the rows are.")
  private static let csv = Parameter<String?>("csv", default: nil, help: "A file of comma-separated values.")
  private static let values = Parameter<String?>(
    "values", default: nil, help: "A value that a cell recorded.")
  private static let columns = Parameter<[String]?>("columns", default: nil, help: "The columns to show.")
  private static let digits = Parameter<Int?>(
    "digits", default: .some(nil), "from 0 to 12", help: "Decimals of the numbers."
  ) {
    $0.map { (0...12).contains($0) } ?? true
  }
  private static let sort = Parameter<String?>(
    "sort", default: nil, help: "The column to sort by; a minus before it sorts downwards.")

  private static let limit = Parameter<Int?>(
    "limit", default: .some(nil), "at least 1", help: "The most rows."
  ) { $0.map { $0 >= 1 } ?? true }

  /// Reads a request; throws the problem with it.
  init(_ recipe: RecipeNode, folder: String, experiments: [String]) throws {
    let component = Component<TableRequest>(
      "table", help: "A table of a result or of a file.",
      parameters: [
        Self.result, Self.rows, Self.csv, Self.values, Self.columns, Self.digits, Self.sort, Self.limit,
      ]
    ) { arguments in
      TableRequest(
        source: try Self.source(arguments, folder: folder, experiments: experiments),
        columns: arguments[Self.columns], digits: arguments[Self.digits], sort: arguments[Self.sort],
        limit: arguments[Self.limit], position: arguments.position)
    }
    self = try component.decode(map: recipe)
  }

  private init(
    source: Source, columns: [String]?, digits: Int?, sort: String?, limit: Int?, position: SourcePosition
  ) {
    self.limit = limit
    self.source = source
    self.columns = columns
    self.digits = digits
    self.sort = sort
    self.position = position
  }

  private static func source(_ arguments: Arguments, folder: String, experiments: [String]) throws -> Source {
    if let label = arguments[result] {
      guard experiments.contains(label) else {
        throw Problem(
          ExecutionError.unknownLabel(name: label, known: experiments),
          at: arguments.given["result"]?.position ?? arguments.position)
      }
      return .result(label, rows: arguments[rows])
    }
    if let path = arguments[csv] {
      return .file(
        try CSVFile.read(path, folder: folder, at: arguments.given["csv"]?.position ?? arguments.position))
    }
    if let path = arguments[values] {
      return .values(ValuePath(path), position: arguments.given["values"]?.position ?? arguments.position)
    }
    throw Problem(
      ExecutionError.needsOneOf(what: "a table", keys: ["result", "csv", "values"]), at: arguments.position)
  }

  /// Makes the table.
  ///
  /// Throws the problem if there is nothing to show; nil if an experiment has failed.
  func table(_ results: [String: ExperimentResult], value: (ValuePath) -> RecordedValue?) throws -> Table? {
    switch source {
    case .result(let label, let rows):
      guard let result = results[label] else { return nil }
      guard case .table(let table)? = ResultView.named(rows.view)?.make(result) else {
        throw Problem(ExecutionError.noSuchView(label: label, kind: rows.rawValue), at: position)
      }
      return try arranged(table)
    case .file(let contents):
      let table = Table(
        columns: contents.names.map { .init($0) },
        rows: (0..<contents.count).map { row in contents.columns.map { cell($0, row) } })
      return try arranged(table)
    case .values(let path, let position):
      guard let recorded = value(path), let table = Self.table(of: recorded) else {
        throw Problem(
          ExecutionError.unknownValue(label: path.label, path: path.rest, known: []), at: position)
      }
      return try arranged(table)
    }
  }

  private func cell(_ column: CSVReader.Column, _ row: Int) -> RecordedValue {
    switch column {
    case .numbers(let values):
      values[row] == values[row].rounded() ? .integer(Int(values[row])) : .real(values[row])
    case .categories(let numbers, let names): .text(names[numbers[row]])
    }
  }

  private static func table(of value: RecordedValue) -> Table? {
    switch value {
    case .list(let items):
      return Table(
        columns: [.init("number"), .init("value")],
        rows: items.enumerated().map { [.integer($0.offset + 1), $0.element] })
    case .object(let object):
      return Table(
        columns: [.init("name"), .init("value")],
        rows: object.keys.sorted().map { [.text($0), object[$0] ?? .text("")] })
    default: return nil
    }
  }

  /// Chooses and sorts as asked.
  private func arranged(_ table: Table) throws -> Table {
    var table = table
    let titles = table.columns.map(\.title)
    func index(_ title: String) throws -> Int {
      guard let index = titles.firstIndex(of: title) else {
        throw Problem(DatasetError.unknownColumn(name: title, known: titles), at: position)
      }
      return index
    }
    if let sort {
      let isDescending = sort.hasPrefix("-")
      let column = try index(isDescending ? String(sort.dropFirst()) : sort)
      table.rows = table.rows.enumerated().sorted { first, second in
        Self.precedes(first.element[column], second.element[column], isDescending)
          ?? (first.offset < second.offset)
      }.map(\.element)
    }
    if let limit { table.rows = Array(table.rows.prefix(limit)) }
    if let columns {
      let chosen = try columns.map(index)
      table.rows = table.rows.map { row in chosen.map { row[$0] } }
      table.columns = chosen.map { table.columns[$0] }
    }
    if let digits { for column in table.columns.indices { table.columns[column].decimals = digits } }
    return table
  }

  /// The order of two cells: numbers before texts, NaN last; nil for equals.
  private static func precedes(_ first: RecordedValue, _ second: RecordedValue, _ isDescending: Bool) -> Bool?
  {
    switch (first.number, second.number) {
    case (let a?, let b?):
      if a.isNaN || b.isNaN { return a.isNaN == b.isNaN ? nil : b.isNaN }
      return a == b ? nil : (a < b) != isDescending
    case (.some, nil): return true
    case (nil, .some): return false
    case (nil, nil):
      let (a, b) = (first.compactJSON, second.compactJSON)
      return a == b ? nil : (a < b) != isDescending
    }
  }
}
