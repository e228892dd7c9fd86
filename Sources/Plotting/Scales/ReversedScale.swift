/// Another scale from its end to its start.
public struct ReversedScale: Scale {
  private let base: any Scale

  /// The scale turned around.
  public init(_ base: any Scale) { self.base = base }

  /// The values at the two ends, the lower first.
  public var domain: ClosedRange<Double> { base.domain }
  /// The names of the scale.
  public var categories: [String]? { base.categories }
  /// What alternative texts say.
  public var wayInWords: String? { base.wayInWords.map { "\($0), reversed" } ?? "reversed" }
  /// Whether zero and negative values have no place.
  public var isPositive: Bool { base.isPositive }
  /// The place of a value, from 0 to 1; nil if it has none.
  public func fraction(of value: Double) -> Double? { base.fraction(of: value).map { 1 - $0 } }
  /// The value at a place.
  public func value(at fraction: Double) -> Double { base.value(at: 1 - fraction) }

  /// The marks of the scale, in the order of places.
  public func ticks(about count: Int) -> Ticks {
    let ticks = base.ticks(about: count)
    return Ticks(major: ticks.major.reversed(), minor: ticks.minor.reversed())
  }
}
