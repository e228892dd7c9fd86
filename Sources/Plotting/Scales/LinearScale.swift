/// Equal steps of values take equal steps on the axis.
public struct LinearScale: Scale {
  /// The values at the two ends.
  public let domain: ClosedRange<Double>
  /// Whether only whole numbers are marked, as for epochs and counts.
  public let isWhole: Bool

  /// An axis between two values.
  public init(domain: ClosedRange<Double>, isWhole: Bool = false) {
    self.domain = domain
    self.isWhole = isWhole
  }

  /// An axis for values with room at both ends; the room is left out at zero if the axis begins there.
  init(for values: [Double], limits: ClosedRange<Double>?, includesZero: Bool) {
    let finite = values.filter { $0.magnitude < LinearScale.greatest }
    let isWhole = !finite.isEmpty && finite.allSatisfy { $0 == $0.rounded() }
    if let limits, limits.lowerBound < limits.upperBound {
      self.init(domain: limits, isWhole: isWhole)
      return
    }
    var lower = finite.min() ?? 0
    var upper = finite.max() ?? 1
    if includesZero {
      lower = min(lower, 0)
      upper = max(upper, 0)
    }
    // A spread below the spacing of Doubles cannot be marked.
    if upper - lower <= 1e-12 * max(lower.magnitude, upper.magnitude) {
      let room = isWhole && lower.magnitude < 1e6 ? 1 : lower == 0 ? 1 : lower.magnitude / 2
      lower -= includesZero && lower == 0 ? 0 : room
      upper += room
    }
    let room = 0.04 * (upper - lower)
    self.init(
      domain: (includesZero && lower == 0 ? 0 : lower - room)...(includesZero && upper == 0
        ? 0 : upper + room),
      isWhole: isWhole)
  }

  /// The place of a value, from 0 to 1; nil if it has none.
  public func fraction(of value: Double) -> Double? {
    guard value.magnitude < LinearScale.greatest else { return nil }
    return bounded((value - domain.lowerBound) / (domain.upperBound - domain.lowerBound))
  }

  /// The value at a place.
  public func value(at fraction: Double) -> Double {
    domain.lowerBound + fraction * (domain.upperBound - domain.lowerBound)
  }

  /// Round marks, about as many as wanted.
  public func ticks(about count: Int) -> Ticks {
    let least = (domain.upperBound - domain.lowerBound) / Double(max(count, 1))
    guard least > 0, var exponent = DecimalExpansion(least)?.exponent else { return .none }
    exponent -= 1
    // Steps are whole multiples of a power of ten, in tenths of the first digit: 0.5, 1, 2, 2.5, 5, 10.
    let steps = [5, 10, 20, 25, 50, 100].map {
      (mantissa: $0, size: PowerOfTen.scale(Double($0), by: exponent))
    }
    let greatest = max(domain.lowerBound.magnitude, domain.upperBound.magnitude)
    guard let smallest = steps.first?.size, greatest / smallest < 1e12 else { return .none }
    let allowed = steps.filter { !isWhole || $0.size >= 1 && $0.size == $0.size.rounded() }
    let chosen =
      allowed.first { indices($0.size).count <= count + 1 } ?? (isWhole ? (10, 1) : (100, smallest * 20))
    let step = chosen.size
    if isWhole, step == 1 { exponent = -1 }
    let mantissa = isWhole && step == 1 ? 10 : chosen.mantissa
    let range = indices(step)
    guard let first = range.first, let last = range.last else { return .none }
    let values = (first...last).map { PowerOfTen.scale(Double($0 * mantissa), by: exponent) }
    return Ticks(
      major: zip(values, LinearScale.labels(of: values)).map { .init(value: $0, label: $1) },
      minor: minor(values, step: step))
  }

  /// Which multiples of a step are on the axis.
  private func indices(_ step: Double) -> Range<Int> {
    let first = Int((domain.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((domain.upperBound / step + 1e-9).rounded(.down))
    return first..<max(first, last + 1)
  }

  /// The middles between labeled marks.
  private func minor(_ values: [Double], step: Double) -> [Double] {
    guard let first = values.first, !isWhole || step.truncatingRemainder(dividingBy: 2) == 0 else {
      return []
    }
    return ([first - step] + values).map { $0 + step / 2 }.filter(domain.contains)
  }

  /// Labels with equal decimals; very large and small ones share a power of ten.
  static func labels(of values: [Double]) -> [String] {
    let expansions = values.compactMap { DecimalExpansion($0) }
    let nonzero = expansions.filter { $0.digits != [0] }
    guard let largest = nonzero.map(\.exponent).max(), expansions.count == values.count else {
      return values.map { _ in "0" }
    }
    let smallest = nonzero.map { $0.exponent - $0.digits.count + 1 }.min() ?? 0
    let isScientific = largest > 5 || smallest < -5
    let shift = isScientific ? largest : 0
    let decimals = max(0, shift - smallest)
    return expansions.map { expansion in
      guard expansion.digits != [0] else {
        return isScientific || decimals == 0 ? "0" : "0." + String(repeating: "0", count: decimals)
      }
      var shifted = expansion
      shifted.exponent -= shift
      var text = shifted.plain
      let missing = decimals - max(0, shifted.digits.count - 1 - shifted.exponent)
      if missing > 0, decimals > 0 {
        text += (text.contains(".") ? "" : ".") + String(repeating: "0", count: missing)
      }
      return isScientific ? "\(text)×10^{\(shift)}" : text
    }
  }
}
