extension Double {
  /// The arc tangent, between −π/2 and π/2, to about 4e-16 relative: halved three times, then by its series.
  ///
  /// `atan x = 2 atan(x / (1 + √(1 + x²)))` (Abramowitz and Stegun 4.4.42).
  public static func atan(_ x: Double) -> Double {
    guard !x.isNaN else { return x }
    let magnitude = x.magnitude
    guard magnitude.isFinite else { return x < 0 ? -.pi / 2 : .pi / 2 }
    var y = magnitude > 1 ? 1 / magnitude : magnitude
    for _ in 0..<3 { y /= 1 + (1 + y * y).squareRoot() }
    let square = y * y
    var series = 0.0
    for degree in stride(from: 19, through: 1, by: -2) { series = 1 / Double(degree) - square * series }
    let result = 8 * y * series
    let angle = magnitude > 1 ? .pi / 2 - result : result
    return x < 0 ? -angle : angle
  }
}
