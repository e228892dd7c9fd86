/// Sums and moments in Double, in the order of the elements.
public enum Statistics {
  /// The arithmetic mean; NaN for no values.
  public static func mean(_ values: [Double]) -> Double { sum(values) / Double(values.count) }

  /// The sum, in the order of the values.
  public static func sum(_ values: [Double]) -> Double {
    var sum = 0.0
    for value in values { sum += value }
    return sum
  }

  /// The standard deviation with `n − correction` in the denominator; NaN where that is not positive.
  public static func standardDeviation(_ values: [Double], correction: Int = 1) -> Double {
    let degrees = values.count - correction
    guard degrees > 0 else { return .nan }
    let center = mean(values)
    return (values.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(degrees)).squareRoot()
  }

  /// The value below which a fraction of the values lies, linear between neighbors (Hyndman and Fan 1996, type 7).
  public static func quantile(_ values: [Double], _ fraction: Double) -> Double {
    let sorted = values.sorted { !$0.isNaN && ($1.isNaN || $0 < $1) }
    guard let last = sorted.last else { return .nan }
    let position = fraction * Double(sorted.count - 1)
    let index = Int(position)
    guard index + 1 < sorted.count else { return last }
    return sorted[index] + (position - Double(index)) * (sorted[index + 1] - sorted[index])
  }
}
