/// Sizes and widths of a plot's parts, in points.
///
/// Colors are roles, whose values are the page's.
public struct Theme: Codable, Hashable, Sendable {
  /// The size of titles.
  public var titleSize = 12.0
  /// The size of axis labels.
  public var labelSize = 10.0
  /// The size of tick labels, legends and notes.
  public var tickSize = 9.0
  /// The width of lines.
  public var lineWidth = 1.6
  /// The width of rules.
  public var ruleWidth = 1.0
  /// The width of arrows.
  public var arrowWidth = 1.2
  /// The width of error bars.
  public var errorWidth = 1.1
  /// The width of axis lines and ticks.
  public var axisWidth = 0.7
  /// The width of grid lines.
  public var gridWidth = 0.6
  /// The diameter of dots.
  public var pointDiameter = 4.6
  /// The width of the caps of error bars.
  public var capWidth = 5.0
  /// The length of ticks.
  public var tickLength = 3.5
  /// The opacity of bands.
  public var bandOpacity = 0.2
  /// The opacity of areas under curves.
  public var areaOpacity = 0.4
  /// The opacity of bars.
  public var barOpacity = 0.85
  /// The part of a category's step that its bars fill.
  public var barShare = 0.68
  /// The space between a figure's edge and what it holds.
  public var padding = 4.0

  /// The look of all figures.
  public static let standard = Theme()

  /// Larger text and stronger lines, for slides and posters.
  public static var presentation: Theme {
    var theme = Theme()
    theme.titleSize = 16
    theme.labelSize = 14
    theme.tickSize = 12
    theme.lineWidth = 2.4
    theme.errorWidth = 1.6
    theme.axisWidth = 1
    theme.pointDiameter = 6.5
    return theme
  }

  /// Without grid lines, as journals like it.
  public static var plain: Theme {
    var theme = Theme()
    theme.gridWidth = 0
    return theme
  }

  /// Makes text smaller where a plot of a size in points would have little room beside it; at most by a third.
  mutating func fit(width: Double, height: Double) {
    let share = min(1, max(0.67, min(width / 130, height / 105)))
    titleSize *= share
    labelSize *= share
    tickSize *= share
  }
}
