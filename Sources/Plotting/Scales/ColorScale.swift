/// The way from values to the colors of a ramp.
public struct ColorScale: Sendable {
  /// The axis that the color bar shows.
  public let axis: ColorAxis
  /// The way from values to places on the ramp.
  public let scale: any Scale

  /// The colors for values: the ends of the ramp are the least and the greatest, unless the axis has limits.
  public init(_ axis: ColorAxis, for values: [Double]) {
    self.axis = axis
    let limits = axis.limits.flatMap { $0.isDrawable ? $0 : nil }
    let isShown =
      axis.kind == .log ? { $0 > 1e-300 && $0 < 1e300 } : { (value: Double) in value.magnitude < 1e300 }
    let shown = values.filter(isShown)
    var low = limits?.lowerBound ?? shown.min() ?? (axis.kind == .log ? 1 : 0)
    var high = limits?.upperBound ?? shown.max() ?? (axis.kind == .log ? 10 : 1)
    if let center = axis.center, center.magnitude < 1e300, limits == nil {
      let reach = max((high - center).magnitude, (low - center).magnitude)
      (low, high) = (center - reach, center + reach)
    }
    if high - low <= 1e-12 * max(low.magnitude, high.magnitude) {
      if axis.kind == .log, low > 0 {
        (low, high) = (low / 2, high * 2)
      } else {
        let room = low == 0 ? 1 : low.magnitude / 2
        (low, high) = (low - room, high + room)
      }
    }
    switch axis.kind {
    case .log where low > 0: scale = LogScale(domain: low...high)
    case .symlog(let threshold):
      scale = SymmetricLogScale(
        domain: low...high, threshold: threshold ?? max(high.magnitude, low.magnitude) / 1000)
    default:
      scale = LinearScale(
        domain: low...high, isWhole: !shown.isEmpty && shown.allSatisfy { $0 == $0.rounded() })
    }
  }

  /// The color of a value; nil if it has no place, as zero on a logarithmic axis.
  public func color(of value: Double) -> Color? { scale.fraction(of: value).map(axis.ramp.color) }
}

/// What colors mean in a plot: the label of the color bar, the ramp and its ends.
public struct ColorAxis: Codable, Hashable, Sendable {
  /// The way from values to places on the ramp.
  public enum Kind: Codable, Hashable, Sendable {
    /// Equal steps.
    case linear
    /// Equal factors.
    case log
    /// Equal steps near zero, equal factors beyond a threshold.
    case symlog(threshold: Double?)
  }

  /// The label of the color bar, with the unit.
  public var label: String
  /// The colors.
  public var ramp: ColorRamp
  /// The way from values to places.
  public var kind: Kind
  /// The values at the two ends; nil takes those of the data.
  public var limits: ClosedRange<Double>?
  /// The value of the middle color, for diverging ramps.
  public var center: Double?
  /// Whether the color bar is drawn.
  public var isShown: Bool

  /// Colors for numbers.
  public init(
    _ label: String = "", ramp: ColorRamp = .viridis, kind: Kind = .linear,
    limits: ClosedRange<Double>? = nil,
    center: Double? = nil, isShown: Bool = true
  ) {
    self.label = label
    self.ramp = ramp
    self.kind = kind
    self.limits = limits
    self.center = center
    self.isShown = isShown
  }

  /// Two colors that meet at a value.
  public static func diverging(
    _ label: String = "", center: Double = 0, limits: ClosedRange<Double>? = nil
  ) -> ColorAxis {
    ColorAxis(label, ramp: .diverging, limits: limits, center: center)
  }
}
