/// The extents of text in a font, in points.
public protocol TextMeasurer: Sendable {
  /// How far a text advances at a font size in points.
  func width(of text: String, size: Double) -> Double
  /// How far letters rise above the baseline at a font size in points.
  func ascent(size: Double) -> Double
  /// How far letters reach below the baseline at a font size in points.
  func descent(size: Double) -> Double
}

/// Measures every character alike, so that layouts can be tested without a font.
public struct FixedRatioMeasurer: TextMeasurer {
  /// The advance of a character as a share of the font size.
  public var ratio: Double

  /// A font whose characters are all of one width.
  public init(ratio: Double = 0.6) { self.ratio = ratio }

  /// How far a text advances.
  public func width(of text: String, size: Double) -> Double { Double(text.count) * ratio * size }
  /// How far letters rise above the baseline.
  public func ascent(size: Double) -> Double { 0.76 * size }
  /// How far letters reach below the baseline.
  public func descent(size: Double) -> Double { 0.24 * size }
}
