/// Equal factors between values take equal steps on the axis.
///
/// Only positive values have a place.
public struct LogScale: Scale {
  /// The values at the two ends.
  public let domain: ClosedRange<Double>
  private let lower: Double
  private let upper: Double

  /// An axis between two positive values.
  public init(domain: ClosedRange<Double>) {
    self.domain = domain
    lower = DecimalLogarithm.of(domain.lowerBound)
    upper = DecimalLogarithm.of(domain.upperBound)
  }

  /// An axis for the positive ones of the values, with room at both ends.
  init(for values: [Double], limits: ClosedRange<Double>?) {
    if let limits, limits.lowerBound > 0, limits.lowerBound < limits.upperBound {
      self.init(domain: limits)
      return
    }
    let positive = values.filter(LogScale.isShown)
    let least = positive.min() ?? 1
    let greatest = positive.max() ?? 10
    guard greatest > least * (1 + 1e-12) else {
      self.init(domain: (least / 3)...(greatest * 3))
      return
    }
    let room = DecimalLogarithm.power(greatest / least, 0.04)
    self.init(domain: (least / room)...(greatest * room))
  }

  /// The place of a value, from 0 to 1; nil if it has none.
  public func fraction(of value: Double) -> Double? {
    guard LogScale.isShown(value) else { return nil }
    return bounded((DecimalLogarithm.of(value) - lower) / (upper - lower))
  }

  /// The value at a place.
  public func value(at fraction: Double) -> Double {
    DecimalLogarithm.power(10, lower + fraction * (upper - lower))
  }

  /// What alternative texts say.
  public var wayInWords: String? { "logarithmic" }
  /// Zero and negative values have no place.
  public var isPositive: Bool { true }

  /// Round marks, about as many as wanted.
  public func ticks(about count: Int) -> Ticks {
    upper - lower >= 2 ? decades(about: count) : withinDecades(about: count)
  }

  private static func isShown(_ value: Double) -> Bool { value > 1 / greatest && value < greatest }

  private func decades(about count: Int) -> Ticks {
    let first = Int((lower - 1e-9).rounded(.up))
    let last = Int((upper + 1e-9).rounded(.down))
    guard first <= last else { return .none }
    let stride = (last - first + 1 + max(count, 1)) / (max(count, 1) + 1)
    let powers = (first...last).filter { ($0 % stride + stride) % stride == 0 }
    let minor: [Double] =
      stride == 1
      ? multiples(2...9, from: first - 1, to: last)
      : (first...last).filter { !powers.contains($0) }.map { PowerOfTen.scale(1, by: $0) }
    return Ticks(
      major: powers.map { .init(value: PowerOfTen.scale(1, by: $0), label: "10^{\($0)}") }, minor: minor)
  }

  /// Marks within less than two decades: all digits, else 1, 2, 5, else 1, 3, else powers of ten, else equal steps.
  private func withinDecades(about count: Int) -> Ticks {
    let first = Int((lower - 1e-9).rounded(.down))
    let last = Int((upper + 1e-9).rounded(.down))
    let all = multiples(1...9, from: first, to: last)
    let oneTwoFive = all.filter { [1, 2, 5].contains(DecimalExpansion($0)?.digits.first ?? 0) }
    let oneThree = all.filter { [1, 3].contains(DecimalExpansion($0)?.digits.first ?? 0) }
    let decadesOnly = all.filter { DecimalExpansion($0)?.digits == [1] }
    let choices = [all.count <= min(count, 6) ? all : [], oneTwoFive, oneThree, decadesOnly]
    guard let values = choices.first(where: { $0.count >= 2 && $0.count <= count + 1 }) else {
      if all.count >= 4, let start = all.first, let end = all.last, count >= 2 {
        return Ticks(major: labeled([start, end]), minor: all.filter { $0 != start && $0 != end })
      }
      return LinearScale(domain: domain).ticks(about: count)
    }
    return Ticks(major: labeled(values), minor: all.filter { !values.contains($0) })
  }

  private func labeled(_ values: [Double]) -> [Ticks.Tick] {
    values.map { value in
      guard let expansion = DecimalExpansion(value) else { return .init(value: value, label: "") }
      if (-4...4).contains(expansion.exponent) { return .init(value: value, label: expansion.plain) }
      let power = "10^{\(expansion.exponent)}"
      return .init(value: value, label: expansion.digits == [1] ? power : "\(expansion.digits[0])×\(power)")
    }
  }

  private func multiples(_ digits: ClosedRange<Int>, from first: Int, to last: Int) -> [Double] {
    guard first <= last else { return [] }
    let least = domain.lowerBound * (1 - 1e-9)
    let greatest = domain.upperBound * (1 + 1e-9)
    var values: [Double] = []
    for power in first...last {
      for digit in digits { values.append(PowerOfTen.scale(Double(digit), by: power)) }
    }
    return values.filter { $0 >= least && $0 <= greatest }
  }
}
