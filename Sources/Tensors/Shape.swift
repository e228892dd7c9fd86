/// The sizes of a tensor along its axes; no axes for a single number.
public struct Shape: Hashable, Sendable, Codable, CustomStringConvertible, ExpressibleByArrayLiteral {
  /// The size along each axis.
  public var dimensions: [Int]

  /// A shape of the given sizes.
  public init(_ dimensions: [Int]) { self.dimensions = dimensions }

  /// A shape of the given sizes.
  public init(arrayLiteral elements: Int...) { dimensions = elements }

  /// The number of axes.
  public var rank: Int { dimensions.count }
  /// The number of elements.
  public var count: Int { dimensions.reduce(1, *) }

  /// `3 × 4`, or `scalar`.
  public var description: String {
    dimensions.isEmpty ? "scalar" : dimensions.map(String.init).joined(separator: " × ")
  }
}
