/// Equal steps near zero and equal factors far from it, on both sides: for values of any sign and size.
///
/// With threshold t the place of x is that of `sign(x) log10(1 + |x| / t)` (Webber 2012).
public struct SymmetricLogScale: Scale {
  /// The values at the two ends.
  public let domain: ClosedRange<Double>
  /// Below this magnitude steps are about equal.
  public let threshold: Double
  private let lower: Double
  private let upper: Double

  /// An axis between two values.
  public init(domain: ClosedRange<Double>, threshold: Double) {
    self.domain = domain
    self.threshold = threshold.isFinite && threshold > 0 ? threshold : 1
    lower = Self.warped(domain.lowerBound, self.threshold)
    upper = Self.warped(domain.upperBound, self.threshold)
  }

  /// An axis for values with room at both ends; without a threshold it is a thousandth of the largest magnitude.
  init(for values: [Double], limits: ClosedRange<Double>?, threshold: Double?) {
    let finite = values.filter { $0.magnitude < Self.greatest }
    let largest = finite.map(\.magnitude).max() ?? 1
    let given = threshold.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    let threshold = given ?? (largest > 0 ? largest / 1000 : 1)
    if let limits, limits.lowerBound < limits.upperBound {
      self.init(domain: limits, threshold: threshold)
      return
    }
    var (low, high) = (finite.min() ?? -1, finite.max() ?? 1)
    if low == high { (low, high) = (min(low, 0), max(high, 0)) }
    if low == high { (low, high) = (-1, 1) }
    let (a, b) = (Self.warped(low, threshold), Self.warped(high, threshold))
    let room = 0.04 * (b - a)
    self.init(
      domain: Self.unwarped(a - room, threshold)...Self.unwarped(b + room, threshold), threshold: threshold)
  }

  /// What alternative texts say.
  public var wayInWords: String? { "symmetric logarithmic" }

  /// The place of a value, from 0 to 1; nil if it has none.
  public func fraction(of value: Double) -> Double? {
    guard value.magnitude < Self.greatest else { return nil }
    return bounded((Self.warped(value, threshold) - lower) / (upper - lower))
  }

  /// The value at a place.
  public func value(at fraction: Double) -> Double {
    Self.unwarped(lower + fraction * (upper - lower), threshold)
  }

  /// Zero and powers of ten on both sides.
  public func ticks(about count: Int) -> Ticks {
    let first = Int((DecimalLogarithm.of(threshold) + 1e-9).rounded(.up))
    let largest = max(domain.lowerBound.magnitude, domain.upperBound.magnitude)
    guard largest > threshold * 2 else { return LinearScale(domain: domain).ticks(about: count) }
    let last = Int((DecimalLogarithm.of(largest) + 1e-9).rounded(.down))
    guard first <= last else { return LinearScale(domain: domain).ticks(about: count) }
    func values(_ stride: Int) -> [(value: Double, label: String)] {
      let powers = (first...last).filter { (last - $0) % stride == 0 }
      let positive = powers.map { (PowerOfTen.scale(1, by: $0), "10^{\($0)}") }
      let negative = powers.reversed().map { (-PowerOfTen.scale(1, by: $0), "\u{2212}10^{\($0)}") }
      return (negative + [(0, "0")] + positive).filter { domain.contains($0.0) }
    }
    let stride = (1...max(1, last - first + 1)).first { values($0).count <= count + 1 } ?? last - first + 1
    let major = values(stride)
    let minor = values(1).map(\.value).filter { value in !major.contains { $0.value == value } }
    return Ticks(major: major.map { .init(value: $0.value, label: $0.label) }, minor: minor)
  }

  private static func warped(_ value: Double, _ threshold: Double) -> Double {
    let size = DecimalLogarithm.of(1 + value.magnitude / threshold)
    return value < 0 ? -size : size
  }

  private static func unwarped(_ place: Double, _ threshold: Double) -> Double {
    let size = (DecimalLogarithm.power(10, place.magnitude) - 1) * threshold
    return place < 0 ? -size : size
  }
}
