/// Names in their order, a step of one apart; the first is at zero.
public struct OrdinalScale: Scale {
  /// The names.
  public let names: [String]

  /// An axis of names.
  public init(categories: [String]) { names = categories }

  /// The names.
  public var categories: [String]? { names }

  /// The values at the two ends.
  public var domain: ClosedRange<Double> { -0.5...(Double(max(names.count, 1)) - 0.5) }

  /// The place of a value, from 0 to 1; nil if it has none.
  public func fraction(of value: Double) -> Double? {
    guard value.isFinite else { return nil }
    return bounded((value + 0.5) / Double(max(names.count, 1)))
  }

  /// The value at a place: whole at the middle of a name.
  public func value(at fraction: Double) -> Double { fraction * Double(max(names.count, 1)) - 0.5 }

  /// Every name: an axis that has no room turns labels before it leaves any out.
  public func ticks(about count: Int) -> Ticks {
    Ticks(
      major: names.enumerated().map { .init(value: Double($0.offset), label: $0.element) }, minor: [])
  }
}
