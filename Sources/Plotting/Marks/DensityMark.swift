/// The estimated density of values, as a curve over a light area.
public struct DensityMark: SeriesMark {
  /// The name in stored plots.
  public static let kind = "density"

  /// The places and the density there.
  public var estimate: KernelDensity
  /// The entry of the legend.
  public var series: String?
  /// A color instead of the series'.
  public var color: Color?

  /// The density of values; without a bandwidth, Silverman's rule chooses it.
  public init(
    of values: [Double], bandwidth: Double? = nil, series: String? = nil, color: Color? = nil
  ) {
    estimate = KernelDensity(of: values, bandwidth: bandwidth)
    self.series = series
    self.color = color
  }

  /// What is shown.
  public var data: MarkData { MarkData(x: estimate.x, y: estimate.density) }

  /// What the axes must show.
  public var extent: MarkExtent { MarkExtent(x: estimate.x, y: estimate.density, includesZero: true) }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    var style = style
    style.theme.areaOpacity = style.theme.bandOpacity
    style.theme.ruleWidth = style.theme.lineWidth
    AreaMark(x: estimate.x, y: estimate.density).draw(in: panel, as: style, onto: &shapes)
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    var style = style
    style.theme.areaOpacity = style.theme.bandOpacity
    style.theme.ruleWidth = style.theme.lineWidth
    AreaMark(x: [], y: []).drawKey(in: frame, as: style, onto: &shapes)
  }
}
