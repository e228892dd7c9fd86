extension Plot {
  /// An axis: its label with the unit, its scale, and its limits if the data shall not choose them.
  public struct Axis: Codable, Hashable, Sendable {
    /// The way from values to places.
    public enum Kind: Codable, Hashable, Sendable {
      /// Equal steps.
      case linear
      /// Equal factors.
      case log
      /// Equal steps below a threshold, equal factors beyond, on both sides of zero.
      case symlog(threshold: Double?)
      /// Equal steps of a power, as of square roots.
      case power(exponent: Double)
      /// Dates; values are seconds after the beginning of 1970.
      case time
      /// Names in the order of the data.
      case categories
    }

    /// The label, with the unit.
    public var label: String
    /// The way from values to places.
    public var kind: Kind
    /// The values at the two ends; nil shows all data.
    public var limits: ClosedRange<Double>?
    /// Whether values fall to the right and upward.
    public var isReversed = false
    /// Whether line, ticks and label are drawn.
    public var isShown = true
    /// Whether lines across the panel help to read values.
    public var hasGrid = true
    /// The marked values; nil chooses round ones.
    public var marked: [Ticks.Tick]?

    private init(_ label: String, kind: Kind, limits: ClosedRange<Double>? = nil) {
      self.label = label
      self.kind = kind
      self.limits = limits
    }

    /// Equal steps.
    public static func linear(_ label: String, limits: ClosedRange<Double>? = nil) -> Axis {
      Axis(label, kind: .linear, limits: limits)
    }

    /// Equal factors; values of zero and less are not shown.
    public static func log(_ label: String, limits: ClosedRange<Double>? = nil) -> Axis {
      Axis(label, kind: .log, limits: limits)
    }

    /// Equal steps near zero, equal factors beyond a threshold, for values of any sign; without a threshold it is a
    /// thousandth of the largest magnitude.
    public static func symlog(
      _ label: String, threshold: Double? = nil, limits: ClosedRange<Double>? = nil
    ) -> Axis {
      Axis(label, kind: .symlog(threshold: threshold), limits: limits)
    }

    /// Equal steps of a power from 0.1 to 3; one half spreads small values.
    public static func power(
      _ label: String, exponent: Double = 0.5, limits: ClosedRange<Double>? = nil
    ) -> Axis {
      Axis(label, kind: .power(exponent: exponent), limits: limits)
    }

    /// Dates; values are seconds after the beginning of 1970, as `CalendarDate` counts them.
    public static func time(_ label: String, limits: ClosedRange<Double>? = nil) -> Axis {
      Axis(label, kind: .time, limits: limits)
    }

    /// Names in the order of the data.
    public static func categories(_ label: String) -> Axis { Axis(label, kind: .categories) }

    /// Equal steps without line, ticks and label, for pictures such as networks and trees.
    public static func hidden(limits: ClosedRange<Double>? = nil) -> Axis {
      var axis = Axis("", kind: .linear, limits: limits)
      axis.isShown = false
      axis.hasGrid = false
      return axis
    }

    /// The axis with values that fall to the right and upward.
    public func reversed() -> Axis {
      var axis = self
      axis.isReversed.toggle()
      return axis
    }

    /// The axis without lines across the panel.
    public func withoutGrid() -> Axis {
      var axis = self
      axis.hasGrid = false
      return axis
    }

    /// The axis with given marks: values with their labels.
    public func marked(_ marks: [(value: Double, label: String)]) -> Axis {
      var axis = self
      axis.marked = marks.map { Ticks.Tick(value: $0.value, label: $0.label) }
      return axis
    }
  }
}
