/// What the axes of a plot must show of a mark.
public struct MarkExtent: Hashable, Sendable {
  /// Values on the horizontal axis.
  public var x: [Double] = []
  /// Values on the vertical axis.
  public var y: [Double] = []
  /// Names on the horizontal axis.
  public var categories: [String] = []
  /// Names on the vertical axis, from the top.
  public var rows: [String] = []
  /// Values that the color bar must show.
  public var colors: [Double] = []
  /// Whether the mark grows from zero, so that a linear axis must show it: on the vertical axis.
  public var includesZero = false
  /// The same on the horizontal axis.
  public var includesHorizontalZero = false
  /// How far the mark reaches beyond its values, in points: on each side of a panel without axes.
  public var reach = 0.0
  /// Whether the mark fills the panel, so that axes end where it does.
  public var isTight = false

  /// What axes must show.
  public init(
    x: [Double] = [], y: [Double] = [], categories: [String] = [], rows: [String] = [], colors: [Double] = [],
    includesZero: Bool = false, includesHorizontalZero: Bool = false, reach: Double = 0, isTight: Bool = false
  ) {
    self.reach = reach
    self.x = x
    self.y = y
    self.categories = categories
    self.rows = rows
    self.colors = colors
    self.includesZero = includesZero
    self.includesHorizontalZero = includesHorizontalZero
    self.isTight = isTight
  }
}
