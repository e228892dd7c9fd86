/// A plot as a value: axes and marks.
///
/// It is data only, so that it can be stored, compared, tabled and described; a `PlotLayout` turns it into a
/// drawing at any size.
public struct Plot: Codable, Hashable, Sendable {
  /// The title; nil leaves it to the caption.
  public var title: String?
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// The size unless the page asks for another.
  public var size: FigureSize
  private var stored: [StoredMark]

  /// A plot of marks.
  public init(
    title: String? = nil, x: Axis, y: Axis, size: FigureSize = FigureSize(width: 6.4, height: 4),
    @MarkBuilder marks: () -> [any Mark]
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.size = size
    stored = marks().map(StoredMark.init)
  }

  /// The marks, from back to front.
  public var marks: [any Mark] { stored.map(\.mark) }
}
