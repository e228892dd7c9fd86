/// The colors of all roles.
///
/// The series colors derive from the palette of Okabe and Ito (2008), moved until all have a contrast of 3 to the
/// page and any two can be told apart with protanopia and deuteranopia; yellow and black are replaced, as they
/// vanish on a white and a black page.
public struct Palette: Codable, Hashable, Sendable {
  /// Colors as `#rrggbb`, in the order of `Color.allRoles`.
  private let values: [String]
  /// Whether the page is black.
  private let isDark: Bool

  private init(
    text: String, axis: String, grid: String, background: String, muted: String, series: [String],
    isDark: Bool = false
  ) {
    values = [text, axis, grid, background, muted] + series
    self.isDark = isDark
  }

  /// Red, green and blue of a color, from 0 to 255.
  public func components(_ color: Color) -> (red: Int, green: Int, blue: Int) {
    if case .ramp(let ramp, let step) = color { return ramp.components(step, isDark: isDark) }
    let value = Int(hex(color).dropFirst(), radix: 16) ?? 0
    return (value >> 16 & 255, value >> 8 & 255, value & 255)
  }

  /// A color as `#rrggbb`.
  public func hex(_ color: Color) -> String {
    switch color {
    case .text: return values[0]
    case .axis: return values[1]
    case .grid: return values[2]
    case .background: return values[3]
    case .muted: return values[4]
    case .series(let index): return values[5 + Color.slot(index)]
    case .ramp:
      let (red, green, blue) = components(color)
      let digits = String(red << 16 | green << 8 | blue, radix: 16)
      return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
  }

  /// Declarations of all custom properties, a line each, for the style sheet of a page.
  public var customProperties: String {
    // On a white page the steps of ramps are written where they are used.
    let steps =
      isDark
      ? ColorRamp.allCases.filter(\.isThemed).flatMap { ramp in
        (0..<ramp.steps).map { Color.ramp(ramp, $0) }
      } : []
    return (Color.allRoles + steps).map { "\($0.customProperty): \(hex($0));" }.joined(separator: "\n")
  }

  /// On a white page, in print and where no style sheet says otherwise.
  public static let light = Palette(
    text: "#222222", axis: "#555555", grid: "#e6e6e6", background: "#ffffff", muted: "#707070",
    series: [
      "#1860af", "#d75f00", "#239b6c", "#c96faa", "#b38a45", "#0098d7", "#5d5600", "#842353",
    ])

  /// On a dark page.
  public static let dark = Palette(
    text: "#e4e4e4", axis: "#a8a8a8", grid: "#34373b", background: "#17191c", muted: "#9c9c9c",
    series: [
      "#2a86cc", "#e67335", "#2eb47d", "#df8cbf", "#eeb74d", "#a9dbf8", "#e9e49d", "#9c88f6",
    ], isDark: true)
}
