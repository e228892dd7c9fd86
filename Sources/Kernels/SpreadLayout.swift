/// Where an operand of an elementwise operation has its value for an element.
public struct SpreadLayout: Hashable, Sendable, Codable {
  /// Whether each sample has values of its own.
  public var isBatched: Bool
  /// How many neighboring elements share a value.
  public var divisor: Int32
  /// How many values there are before they repeat.
  public var modulus: Int32

  /// A value for element `e` at `(e / divisor) mod modulus`.
  public init(isBatched: Bool, divisor: Int = 1, modulus: Int) {
    self.isBatched = isBatched
    self.divisor = Int32(divisor)
    self.modulus = Int32(modulus)
  }

  /// The place of the value for an element.
  @inline(__always)
  func row(_ element: Int) -> Int {
    divisor == 1 ? element % Int(modulus) : (element / Int(divisor)) % Int(modulus)
  }
}
