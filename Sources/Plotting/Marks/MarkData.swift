import Components

/// The data of a mark, column by column; columns that a mark does not have are empty.
public struct MarkData: Hashable, Sendable {
  /// A column that only some marks have.
  public struct Column: Hashable, Sendable {
    /// The heading.
    public var name: String
    /// The values.
    public var values: [Double]

    /// A column.
    public init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// Names on the horizontal axis.
  public var categories: [String] = []
  /// Names on the vertical axis.
  public var rows: [String] = []
  /// Values on the horizontal axis.
  public var x: [Double] = []
  /// Values on the vertical axis.
  public var y: [Double] = []
  /// Lower ends of intervals on the vertical axis.
  public var lower: [Double] = []
  /// Upper ends of intervals on the vertical axis.
  public var upper: [Double] = []
  /// Texts, one a row.
  public var texts: [String] = []
  /// Other columns.
  public var more: [Column] = []

  /// Columns.
  public init(
    categories: [String] = [], rows: [String] = [], x: [Double] = [], y: [Double] = [], lower: [Double] = [],
    upper: [Double] = [], texts: [String] = [], more: [Column] = []
  ) {
    self.categories = categories
    self.rows = rows
    self.x = x
    self.y = y
    self.lower = lower
    self.upper = upper
    self.texts = texts
    self.more = more
  }
}

/// Numbers as they are stored: JSON has none for values that are not finite, so these are written as text.
@propertyWrapper
public struct Numbers: Codable, Hashable, Sendable {
  /// The numbers.
  public var wrappedValue: [Double]

  /// Numbers to store.
  public init(wrappedValue: [Double]) { self.wrappedValue = wrappedValue }

  /// Reads a list of numbers and of the texts `NaN`, `Infinity` and `-Infinity`.
  public init(from decoder: any Decoder) throws {
    wrappedValue = try [RecordedValue](from: decoder).map { $0.number ?? .nan }
  }

  /// Writes a list of numbers and of the texts `NaN`, `Infinity` and `-Infinity`.
  public func encode(to encoder: any Encoder) throws {
    try wrappedValue.map { RecordedValue.real($0) }.encode(to: encoder)
  }
}
