import Components

/// The data of a mark, column by column; columns that a mark does not have are empty.
public struct MarkData: Hashable, Sendable {
  /// Names on the horizontal axis.
  public var categories: [String] = []
  /// Values on the horizontal axis.
  public var x: [Double] = []
  /// Values on the vertical axis.
  public var y: [Double] = []
  /// Lower ends of intervals on the vertical axis.
  public var lower: [Double] = []
  /// Upper ends of intervals on the vertical axis.
  public var upper: [Double] = []

  /// Columns.
  public init(
    categories: [String] = [], x: [Double] = [], y: [Double] = [], lower: [Double] = [], upper: [Double] = []
  ) {
    self.categories = categories
    self.x = x
    self.y = y
    self.lower = lower
    self.upper = upper
  }

  /// Everything that the vertical axis must show.
  var vertical: [Double] { y + lower + upper }
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
