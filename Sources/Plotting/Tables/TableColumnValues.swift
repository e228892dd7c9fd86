/// The values of a column of a table: an array of numbers, texts, booleans or cells.
public protocol TableColumnValues {
  /// The values as cells.
  var cells: [Table.Cell] { get }
}

/// A value that can stand in a cell of a table.
public protocol TableCellValue {
  /// The value as a cell.
  var cell: Table.Cell { get }
}

extension Array: TableColumnValues where Element: TableCellValue {
  /// Each element as a cell.
  public var cells: [Table.Cell] { map(\.cell) }
}

extension Table.Cell: TableCellValue {
  /// The cell itself.
  public var cell: Table.Cell { self }
}

extension Double: TableCellValue {
  /// A number.
  public var cell: Table.Cell { .real(self) }
}

extension Float: TableCellValue {
  /// A number, by its shortest decimal.
  public var cell: Table.Cell { .real(Double("\(self)") ?? Double(self)) }
}

extension Int: TableCellValue {
  /// A whole number.
  public var cell: Table.Cell { .integer(self) }
}

extension String: TableCellValue {
  /// A text.
  public var cell: Table.Cell { .text(self) }
}

extension Bool: TableCellValue {
  /// Yes or no.
  public var cell: Table.Cell { .boolean(self) }
}

extension Optional: TableCellValue where Wrapped: TableCellValue {
  /// The value as a cell, or a missing one.
  public var cell: Table.Cell { self?.cell ?? .missing }
}
