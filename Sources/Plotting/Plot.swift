/// A plot as a value: axes and marks.
///
/// It is data only, so that it can be stored, compared, tabled and described; a `PlotLayout` turns it into a
/// drawing at any size.
public struct Plot: Codable, Hashable, Sendable {
  /// Where the names of the series stand.
  public enum LegendPlace: String, Codable, CaseIterable, Sendable {
    /// At the ends of lines, in free space of the panel, or above it.
    case automatic
    /// In the panel, where it covers least.
    case inside
    /// Above the panel.
    case above
    /// To the right of the panel.
    case right
    /// Nowhere.
    case hidden
  }

  /// A second vertical axis on the right with the marks that belong to it.
  struct Secondary: Codable, Hashable, Sendable {
    var axis: Axis
    var stored: [StoredMark]
  }

  /// A smaller plot within the panel.
  public struct Inset: Codable, Hashable, Sendable {
    /// The left edge as a share of the panel's width.
    public var x: Double
    /// The lower edge as a share of the panel's height.
    public var y: Double
    /// The width as a share of the panel's.
    public var width: Double
    /// The height as a share of the panel's.
    public var height: Double
    /// What is shown; boxed, as a plot cannot hold itself.
    var plots: [Plot]
  }

  /// The title; nil leaves it to the caption.
  public var title: String?
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// What colors mean, for marks that show numbers by color; nil takes the standard ramp.
  public var color: ColorAxis?
  /// Where the names of the series stand.
  public var legend: LegendPlace
  /// The ratio of a unit's length on the vertical axis to that on the horizontal one; nil fills the figure.
  ///
  /// With 1 both axes have equal units, so that circles are round.
  public var aspect: Double?
  /// The size unless the page asks for another.
  public var size: FigureSize
  private var stored: [StoredMark]
  private(set) var secondary: Secondary?
  /// Smaller plots within the panel.
  public private(set) var insets: [Inset] = []

  /// A plot of marks.
  public init(
    title: String? = nil, x: Axis, y: Axis, color: ColorAxis? = nil, legend: LegendPlace = .automatic,
    aspect: Double? = nil, size: FigureSize = FigureSize(width: 6.4, height: 4),
    @MarkBuilder marks: () -> [any Mark]
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.color = color
    self.legend = legend
    self.aspect = aspect
    self.size = size
    stored = marks().map(StoredMark.init)
  }

  /// The marks, from back to front.
  public var marks: [any Mark] {
    get { stored.map(\.mark) }
    set { stored = newValue.map(StoredMark.init) }
  }

  /// The marks that belong to the second vertical axis.
  public var secondaryMarks: [any Mark] { secondary?.stored.map(\.mark) ?? [] }

  /// All marks, those of the second vertical axis last.
  public var allMarks: [any Mark] { marks + secondaryMarks }

  /// The second vertical axis, on the right.
  public var secondaryAxis: Axis? { secondary?.axis }

  /// The plot with a second vertical axis on the right and marks that belong to it.
  public func secondary(_ axis: Axis, @MarkBuilder marks: () -> [any Mark]) -> Plot {
    var plot = self
    plot.secondary = Secondary(axis: axis, stored: marks().map(StoredMark.init))
    return plot
  }

  /// The plot with a smaller one within its panel; places are shares of the panel, from its lower left corner.
  public func inset(_ other: Plot, x: Double, y: Double, width: Double, height: Double) -> Plot {
    var plot = self
    func share(_ value: Double, _ range: ClosedRange<Double>) -> Double {
      value.isFinite ? min(max(value, range.lowerBound), range.upperBound) : range.lowerBound
    }
    let (x, y) = (share(x, 0...0.85), share(y, 0...0.85))
    plot.insets.append(
      Inset(
        x: x, y: y, width: share(width, 0.1...(1 - x)), height: share(height, 0.1...(1 - y)), plots: [other]))
    return plot
  }
}
