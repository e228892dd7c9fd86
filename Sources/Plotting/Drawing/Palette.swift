/// The colors of all roles.
///
/// The series colors derive from the palette of Okabe and Ito (2008), which people with any color-vision
/// deficiency can tell apart; yellow and black are replaced, as they vanish on a white and a black page.
public struct Palette: Codable, Hashable, Sendable {
  /// Colors as `#rrggbb`, in the order of `Color.allRoles`.
  private let values: [String]

  private init(text: String, axis: String, grid: String, background: String, muted: String, series: [String])
  {
    values = [text, axis, grid, background, muted] + series
  }

  /// A color as `#rrggbb`.
  public func hex(_ color: Color) -> String {
    switch color {
    case .text: values[0]
    case .axis: values[1]
    case .grid: values[2]
    case .background: values[3]
    case .muted: values[4]
    case .series(let index): values[5 + Color.slot(index)]
    }
  }

  /// Declarations of all custom properties, a line each, for the style sheet of a page.
  public var customProperties: String {
    Color.allRoles.map { "\($0.customProperty): \(hex($0));" }.joined(separator: "\n")
  }

  /// On a white page, in print and where no style sheet says otherwise.
  public static let light = Palette(
    text: "#222222", axis: "#555555", grid: "#e6e6e6", background: "#ffffff", muted: "#707070",
    series: [
      "#0072b2", "#d55e00", "#009e73", "#c0629b", "#d08c00", "#48a5dd", "#7d7200", "#882255",
    ])

  /// On a dark page.
  public static let dark = Palette(
    text: "#e4e4e4", axis: "#a8a8a8", grid: "#34373b", background: "#17191c", muted: "#9c9c9c",
    series: [
      "#4a9fe0", "#f0793a", "#2fc39a", "#e292c2", "#f0b440", "#9ad6f7", "#d6cb55", "#c9b2f2",
    ])
}
