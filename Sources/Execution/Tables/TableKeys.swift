import Components

/// The keys of a `{table}` cell.
enum TableKeys {
  static let result = Parameter<[String]?>("result", default: nil, help: "The experiment, or several.")
  static let rows = Parameter<TableRequest.Rows?>("rows", default: nil, help: "What the rows are.")
  static let csv = Parameter<String?>("csv", default: nil, help: "A file of comma-separated values.")
  static let values = Parameter<String?>("values", default: nil, help: "A value that a cell recorded.")
  private static let columns = Parameter<ColumnChoices?>(
    "columns", default: nil, help: "The columns to show, with headings if wanted.")
  private static let digits = Parameter<Int?>(
    "digits", default: .some(nil), "from 0 to 12",
    help: "Decimals of the numbers; a number with an error is rounded by it."
  ) { $0.map { (0...12).contains($0) } ?? true }
  private static let sort = Parameter<String?>(
    "sort", default: nil, help: "The column to sort by; a minus before it sorts downwards.")
  private static let emphasize = Parameter<ColumnChoices?>(
    "emphasize", default: nil, help: "Columns whose best value is bold; best stands for all that have one.")
  private static let limit = Parameter<Int?>(
    "limit", default: .some(nil), "at least 1", help: "The most rows."
  ) { $0.map { $0 >= 1 } ?? true }

  /// The keys that say what is shown.
  static let sources = ["result", "csv", "values"]

  static let all: [any AnyParameter] = [
    result, rows, csv, values, columns, digits, sort, emphasize, limit,
  ]

  /// How the table is arranged.
  static func arrangement(_ arguments: Arguments) -> TableArrangement {
    var arrangement = TableArrangement(
      columns: arguments[columns]?.choices, digits: arguments[digits],
      emphasis: arguments[emphasize]?.choices ?? [], limit: arguments[limit])
    if let sort = arguments[sort] {
      arrangement.isDescending = sort.hasPrefix("-")
      arrangement.sort = ColumnChoices.Choice(
        name: arrangement.isDescending ? String(sort.dropFirst()) : sort,
        position: arguments.given["sort"]?.position ?? arguments.position)
    }
    return arrangement
  }
}
