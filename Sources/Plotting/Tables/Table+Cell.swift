import Components

extension Table {
  /// A cell: a text, a number, a number with its error, or nothing.
  public enum Cell: Codable, Hashable, Sendable {
    /// Nothing is known; the page shows a dash.
    case missing
    /// A text.
    case text(String)
    /// A whole number.
    case integer(Int)
    /// A number.
    case real(Double)
    /// A number and its error, such as a mean and its standard deviation.
    case uncertain(Double, Double)
    /// Yes or no.
    case boolean(Bool)

    /// The number, without its error, if it is one.
    public var number: Double? {
      switch self {
      case .integer(let value): Double(value)
      case .real(let value), .uncertain(let value, _): value
      case .missing, .text, .boolean: nil
      }
    }

    /// The cell of a value, with its error if one is known.
    ///
    /// Lists and objects become texts.
    public init(_ value: RecordedValue, error: Double? = nil) {
      switch value {
      case .integer(let number): self = error.map { .uncertain(Double(number), $0) } ?? .integer(number)
      case .real(let number): self = error.map { .uncertain(number, $0) } ?? .real(number)
      case .text(let text): self = .text(text)
      case .boolean(let flag): self = .boolean(flag)
      case .list(let items):
        let texts = items.map { $0.number.map(ValueFormat.short) ?? $0.compactJSON }
        self = .text(texts.joined(separator: ", "))
      case .object: self = .text(value.compactJSON)
      }
    }

    /// The cell as a value of `results.json`: a number with an error is an object of both, nothing is an empty
    /// text.
    public var recordedValue: RecordedValue {
      switch self {
      case .missing: .text("")
      case .text(let text): .text(text)
      case .integer(let number): .integer(number)
      case .real(let number): .real(number)
      case .uncertain(let number, let error): .object(["value": .real(number), "error": .real(error)])
      case .boolean(let flag): .boolean(flag)
      }
    }
  }
}

extension Table.Cell {
  private enum Kind: String, CodingKey {
    case missing, text, integer, real, uncertain, boolean
  }

  /// Reads a cell under the name of its kind.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Kind.self)
    switch container.allKeys.first {
    case .text: self = .text(try container.decode(String.self, forKey: .text))
    case .integer: self = .integer(try container.decode(Int.self, forKey: .integer))
    case .real: self = .real(try container.decode(RecordedValue.self, forKey: .real).number ?? .nan)
    case .uncertain:
      let numbers = try container.decode(RecordedValue.self, forKey: .uncertain).numbers ?? []
      self = .uncertain(numbers.first ?? .nan, numbers.count > 1 ? numbers[1] : .nan)
    case .boolean: self = .boolean(try container.decode(Bool.self, forKey: .boolean))
    case .missing, nil: self = .missing
    }
  }

  /// Writes a cell under the name of its kind; numbers that are not finite survive.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Kind.self)
    switch self {
    case .missing: try container.encode(true, forKey: .missing)
    case .text(let text): try container.encode(text, forKey: .text)
    case .integer(let value): try container.encode(value, forKey: .integer)
    case .real(let value): try container.encode(RecordedValue.real(value), forKey: .real)
    case .uncertain(let value, let error):
      try container.encode(RecordedValue.reals([value, error]), forKey: .uncertain)
    case .boolean(let flag): try container.encode(flag, forKey: .boolean)
    }
  }
}

extension Table.Cell: ExpressibleByStringInterpolation {
  /// A text.
  public init(stringLiteral text: String) { self = .text(text) }
}

extension Table.Cell: ExpressibleByIntegerLiteral {
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
}

extension Table.Cell: ExpressibleByFloatLiteral {
  /// A number.
  public init(floatLiteral value: Double) { self = .real(value) }
}

extension Table.Cell: ExpressibleByBooleanLiteral {
  /// Yes or no.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
}

extension Table.Cell: ExpressibleByNilLiteral {
  /// Nothing.
  public init(nilLiteral: ()) { self = .missing }
}
