import Components

/// A table as a value: columns with their headings, rows of cells.
///
/// Numbers stay numbers until a page is written, so that digits and alignment are the page's choice.
public struct Table: Codable, Hashable, Sendable {
  /// A column: its heading, and how its numbers are written.
  public struct Column: Codable, Hashable, Sendable {
    /// The heading.
    public var title: String
    /// Decimals of the numbers; nil writes the shortest form with at most six significant digits.
    public var decimals: Int?

    /// A column.
    public init(_ title: String, decimals: Int? = nil) {
      self.title = title
      self.decimals = decimals
    }
  }

  /// The columns.
  public var columns: [Column]
  /// The rows; each has a cell per column.
  public var rows: [[RecordedValue]]
  /// What is written below or above it.
  public var caption: String?

  /// A table of rows.
  public init(columns: [Column], rows: [[RecordedValue]], caption: String? = nil) {
    self.columns = columns
    self.rows = rows
    self.caption = caption
  }
}
