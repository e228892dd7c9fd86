/// Where an axis is marked.
public struct Ticks: Hashable, Sendable {
  /// A mark with its label.
  public struct Tick: Codable, Hashable, Sendable {
    /// The value on the axis.
    public var value: Double
    /// The source of its label.
    public var label: String
  }

  /// The labeled marks, in order.
  public var major: [Tick]
  /// The values of marks without labels, in order.
  public var minor: [Double]

  /// No marks.
  public static let none = Ticks(major: [], minor: [])
}

/// Powers of ten that a Double holds exactly, so that 3 tenths is the Double nearest to 0.3.
package enum PowerOfTen {
  private static let exact = (0..<22).reduce(into: [1.0]) { powers, index in powers.append(powers[index] * 10)
  }

  /// A number times a power of ten.
  package static func scale(_ value: Double, by exponent: Int) -> Double {
    var result = value
    var rest = exponent.magnitude
    while rest > 0 {
      let step = min(rest, 22)
      result = exponent < 0 ? result / exact[Int(step)] : result * exact[Int(step)]
      rest -= step
    }
    return result
  }
}
