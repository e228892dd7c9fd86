extension Plot {
  /// An axis: its label with the unit, its scale, and its limits if the data shall not choose them.
  public struct Axis: Codable, Hashable, Sendable {
    /// The way from values to places.
    public enum Kind: String, Codable, Sendable {
      case linear, log, categories
    }

    /// The label, with the unit.
    public var label: String
    /// The way from values to places.
    public var kind: Kind
    /// The values at the two ends; nil shows all data.
    public var limits: ClosedRange<Double>?

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

    /// Names in the order of the data.
    public static func categories(_ label: String) -> Axis { Axis(label, kind: .categories) }
  }
}
