/// The way from values to places on an axis.
public protocol Scale: Sendable {
  /// The values at the two ends.
  var domain: ClosedRange<Double> { get }
  /// The place of a value, from 0 at the start of the axis to 1 at its end; nil if it has none.
  func fraction(of value: Double) -> Double?
  /// The value at a place, from 0 to 1.
  func value(at fraction: Double) -> Double
  /// Round marks, about as many as wanted and never more than one above.
  func ticks(about count: Int) -> Ticks
  /// The names, if the axis has names instead of numbers; the first is at zero, the next at one.
  var categories: [String]? { get }
  /// What alternative texts say about the way: `logarithmic`; nil for equal steps.
  var wayInWords: String? { get }
  /// Whether zero and negative values have no place.
  var isPositive: Bool { get }
}

extension Scale {
  /// Numbers.
  public var categories: [String]? { nil }
  /// Equal steps.
  public var wayInWords: String? { nil }
  /// All numbers.
  public var isPositive: Bool { false }
  /// The largest magnitude that axes show, and the inverse of the least: beyond, differences overflow.
  static var greatest: Double { 1e300 }

  /// Places far outside are brought near, so that no coordinate overflows.
  func bounded(_ fraction: Double) -> Double { min(max(fraction, -20), 21) }
}
