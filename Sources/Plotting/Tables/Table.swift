import Components

/// A table as a value: columns with their headings, rows of cells.
///
/// Numbers stay numbers until a page is written: the page aligns them, marks the best of a column, and offers
/// them as a file.
///
/// ```swift
/// Table(
///   columns: ["model", Table.Column("accuracy", emphasis: .greatest)],
///   rows: [["mlp", .uncertain(0.953, 0.012)], ["forest", .uncertain(0.941, 0.015)]])
/// ```
public struct Table: Codable, Hashable, Sendable {
  /// By which column the rows are sorted; the page marks it.
  public struct Sorting: Codable, Hashable, Sendable {
    /// The index of the column.
    public var column: Int
    /// Whether the greatest comes first.
    public var isDescending: Bool

    /// An order by a column.
    public init(column: Int, isDescending: Bool = false) {
      self.column = column
      self.isDescending = isDescending
    }
  }

  /// The columns.
  public var columns: [Column]
  /// The rows; each has a cell per column, and cells that a row lacks are missing.
  public var rows: [[Cell]]
  /// What is written above it.
  public var caption: String?
  /// Whether the first cell of a row names it.
  public var hasRowHeaders: Bool
  /// The column by which the rows are sorted, if they are.
  public var sorting: Sorting?

  /// A table of rows.
  public init(
    columns: [Column], rows: [[Cell]], caption: String? = nil, hasRowHeaders: Bool = false,
    sorting: Sorting? = nil
  ) {
    self.columns = columns
    self.rows = rows
    self.caption = caption
    self.hasRowHeaders = hasRowHeaders
    self.sorting = sorting
  }

  /// A table of whole columns under their headings: numbers, texts or cells.
  ///
  /// Columns may differ in length; what a short one lacks is missing.
  public init(
    columns: KeyValuePairs<String, any TableColumnValues>, caption: String? = nil, hasRowHeaders: Bool = false
  ) {
    let values = columns.map(\.value.cells)
    let count = values.map(\.count).max() ?? 0
    self.init(
      columns: columns.map { Column($0.key) },
      rows: (0..<count).map { row in values.map { row < $0.count ? $0[row] : .missing } },
      caption: caption, hasRowHeaders: hasRowHeaders)
  }

  /// The cell of a row and a column; missing where the table has none.
  public subscript(row: Int, column: Int) -> Cell {
    guard rows.indices.contains(row), rows[row].indices.contains(column) else { return .missing }
    return rows[row][column]
  }

  /// The rows with the greatest or the least value of a column whose best is marked.
  ///
  /// Equal values share the mark; texts, missing cells and NaN never have it.
  public func bestRows(of column: Int) -> [Int] {
    guard columns.indices.contains(column), let emphasis = columns[column].emphasis else { return [] }
    let values = rows.indices.map { self[$0, column].number ?? .nan }
    let known = values.filter { !$0.isNaN }
    guard let best = emphasis == .greatest ? known.max() : known.min() else { return [] }
    return values.indices.filter { values[$0] == best }
  }
}
