/// Equal steps of a power of the values, as of square roots; negative values mirror the positive ones.
public struct PowerScale: Scale {
  /// The values at the two ends.
  public let domain: ClosedRange<Double>
  /// The power: one half spreads small values.
  public let exponent: Double
  private let lower: Double
  private let upper: Double

  /// An axis between two values.
  public init(domain: ClosedRange<Double>, exponent: Double) {
    self.domain = domain
    self.exponent = exponent.isFinite && exponent > 0 ? exponent : 1
    lower = Self.warped(domain.lowerBound, self.exponent)
    upper = Self.warped(domain.upperBound, self.exponent)
  }

  /// An axis for values, with the room that a linear axis has.
  init(for values: [Double], limits: ClosedRange<Double>?, exponent: Double, includesZero: Bool) {
    // Beyond these magnitudes powers overflow.
    let shown = values.filter { $0.magnitude < 1e100 }
    var domain = LinearScale(for: shown, limits: limits, includesZero: includesZero).domain
    // Room below zero would be wide on a root's axis.
    if limits == nil, domain.lowerBound < 0, shown.allSatisfy({ $0 >= 0 }) { domain = 0...domain.upperBound }
    self.init(domain: domain, exponent: min(max(exponent, 0.1), 3))
  }

  /// What alternative texts say.
  public var wayInWords: String? { "scaled by the power \(exponent.text())" }

  /// The place of a value, from 0 to 1; nil if it has none.
  public func fraction(of value: Double) -> Double? {
    guard value.magnitude < 1e100 else { return nil }
    return bounded((Self.warped(value, exponent) - lower) / (upper - lower))
  }

  /// The value at a place.
  public func value(at fraction: Double) -> Double {
    Self.warped(lower + fraction * (upper - lower), 1 / exponent)
  }

  /// Round values whose places keep apart.
  public func ticks(about count: Int) -> Ticks {
    let all = LinearScale(domain: domain).ticks(about: count + 2)
    var major: [Ticks.Tick] = []
    let gap = 0.6 / Double(max(count, 1))
    // From the end where values are far apart.
    for tick in exponent < 1 ? all.major.reversed() : all.major {
      let place = fraction(of: tick.value) ?? 0
      let last = major.last.flatMap { fraction(of: $0.value) } ?? -10
      if tick.value == 0 || (place - last).magnitude >= gap { major.append(tick) }
    }
    let kept = major.sorted { $0.value < $1.value }
    return Ticks(
      major: kept, minor: all.major.map(\.value).filter { value in !kept.contains { $0.value == value } })
  }

  private static func warped(_ value: Double, _ exponent: Double) -> Double {
    guard value != 0 else { return 0 }
    let size =
      exponent == 0.5 ? value.magnitude.squareRoot() : DecimalLogarithm.power(value.magnitude, exponent)
    return value < 0 ? -size : size
  }
}
