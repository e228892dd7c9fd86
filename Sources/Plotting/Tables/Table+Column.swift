extension Table {
  /// A column: its heading, how its numbers are written, and which of them stands out.
  public struct Column: Codable, Hashable, Sendable {
    /// The heading.
    public var title: String
    /// How numbers are written; nil writes the shortest form with at most six significant digits.
    ///
    /// A number with an error is rounded by it, with two significant digits of the error.
    public var format: Format?
    /// Which value stands out; nil for none.
    public var emphasis: Emphasis?

    /// A column.
    public init(_ title: String, format: Format? = nil, emphasis: Emphasis? = nil) {
      self.title = title
      self.format = format
      self.emphasis = emphasis
    }

    /// A column whose numbers have so many decimals.
    public init(_ title: String, decimals: Int?, emphasis: Emphasis? = nil) {
      self.init(title, format: decimals.map { .decimals($0) }, emphasis: emphasis)
    }
  }

  /// How the numbers of a column are written.
  public enum Format: Codable, Hashable, Sendable {
    /// So many digits behind the point.
    case decimals(Int)
    /// So many digits from the first that is not zero.
    case significant(Int)
    /// A hundred times the number with so many decimals, and a percent sign.
    case percent(Int)
  }

  /// The value of a column that stands out as its best.
  public enum Emphasis: String, Codable, Hashable, Sendable {
    case greatest, least
  }
}

extension Table.Column: ExpressibleByStringLiteral {
  /// A column by its heading alone.
  public init(stringLiteral title: String) { self.init(title) }
}
