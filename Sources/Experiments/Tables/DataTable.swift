import Components
import Datasets
import Plotting

extension ResultView {
  /// The columns of the data with their ranges, and the examples of each class.
  static let dataCard = ResultView(
    name: "data", help: "The columns of the data, their ranges and missing values, and the classes.",
    isDefault: false, columns: { _ in cardColumns }
  ) { result in
    let card = result.experiment.data.card
    let caption =
      "The data: \(card.count) examples, SHA-256 \(card.contentHash.prefix(16))…."
      + (card.note.map { " \($0)" } ?? "")
    let rows = card.rows.map(cells) + card.classes.map(cells)
    return .table(Table(columns: cardColumns, rows: rows, caption: caption, hasRowHeaders: true))
  }

  private static let cardColumns: [Table.Column] = [
    "column", "holds", .init("least", format: .significant(4)), .init("largest", format: .significant(4)),
    .init("mean", format: .significant(4)), "missing", "examples",
  ]

  private static func cells(_ row: DataCard.Row) -> [Table.Cell] {
    func number(_ value: Double?) -> Table.Cell {
      guard let value else { return .missing }
      return row.kind == .date ? .text(CSVTable.dateText(value)) : .real(value)
    }
    let kind = row.categoryCount.map { "\($0) categories" } ?? row.kind.rawValue
    return [
      .text(row.name), .text(kind), number(row.least), number(row.largest), number(row.mean),
      .integer(row.missing), .missing,
    ]
  }

  private static func cells(_ row: DataCard.ClassCount) -> [Table.Cell] {
    [.text(row.name), .text("class"), .missing, .missing, .missing, .missing, .integer(row.count)]
  }
}
