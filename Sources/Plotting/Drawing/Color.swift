/// A color by its role, so that a page can choose the colors of its light and dark mode.
public enum Color: Codable, Hashable, Sendable {
  /// Titles and labels.
  case text
  /// Axis lines and ticks.
  case axis
  /// Grid lines.
  case grid
  /// What lies behind the plot.
  case background
  /// Rules and notes that stand back.
  case muted
  /// The color of a series, from zero; colors repeat after `seriesCount`.
  case series(Int)
  /// A step of a ramp, for numbers.
  case ramp(ColorRamp, Int)

  /// How many series have a color of their own.
  public static let seriesCount = 8

  /// All roles, each once; steps of ramps are none.
  public static let allRoles: [Color] =
    [.text, .axis, .grid, .background, .muted] + (0..<seriesCount).map { .series($0) }

  /// The name in drawings' texts and style sheets: `series-1` for the first series.
  public var name: String {
    switch self {
    case .text: "text"
    case .axis: "axis"
    case .grid: "grid"
    case .background: "background"
    case .muted: "muted"
    case .series(let index): "series-\(Color.slot(index) + 1)"
    case .ramp(let ramp, let step): "\(ramp.rawValue)-\(min(max(step, 0), ramp.steps - 1))"
    }
  }

  /// The custom property of style sheets that holds the color.
  public var customProperty: String { "--lectern-\(name)" }

  /// The index of a series' color within the palette.
  package static func slot(_ index: Int) -> Int { ((index % seriesCount) + seriesCount) % seriesCount }
}
