/// The five numbers of a box plot, and the values beyond its whiskers.
public struct Quartiles: Codable, Hashable, Sendable {
  /// The least value within 1.5 box lengths of the box.
  public var lowerWhisker: Double
  /// The first quartile.
  public var lower: Double
  /// The median.
  public var median: Double
  /// The third quartile.
  public var upper: Double
  /// The greatest value within 1.5 box lengths of the box.
  public var upperWhisker: Double
  /// The values beyond the whiskers, in order.
  public var outliers: [Double]

  /// The numbers of the finite ones of values (Tukey 1977); nil if there are none.
  public init?(of values: [Double]) {
    let sorted = values.filter(\.isFinite).sorted()
    guard !sorted.isEmpty else { return nil }
    lower = Quartiles.quantile(0.25, ofSorted: sorted)
    median = Quartiles.quantile(0.5, ofSorted: sorted)
    upper = Quartiles.quantile(0.75, ofSorted: sorted)
    let reach = 1.5 * (upper - lower)
    let (low, high) = (lower - reach, upper + reach)
    let inside = sorted.filter { $0 >= low && $0 <= high }
    // Whiskers begin at the box even where no value lies between.
    lowerWhisker = min(inside.first ?? lower, lower)
    upperWhisker = max(inside.last ?? upper, upper)
    outliers = sorted.filter { $0 < low || $0 > high }
  }

  /// The quantile of sorted values, linear between neighbors (Hyndman and Fan 1996, definition 7).
  package static func quantile(_ share: Double, ofSorted values: [Double]) -> Double {
    guard let last = values.last else { return .nan }
    let place = min(max(share, 0), 1) * Double(values.count - 1)
    let index = Int(place)
    guard index + 1 < values.count else { return last }
    let rest = place - Double(index)
    return values[index] * (1 - rest) + values[index + 1] * rest
  }
}
