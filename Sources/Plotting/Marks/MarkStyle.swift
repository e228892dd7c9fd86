/// What the layout chooses for a mark.
public struct MarkStyle: Sendable {
  /// The color.
  public var color: Color
  /// Widths and sizes.
  public var theme: Theme
  /// Which of the bars that share a category this mark's are, from zero.
  public var group: Int
  /// How many bars share a category.
  public var groupCount: Int
}
