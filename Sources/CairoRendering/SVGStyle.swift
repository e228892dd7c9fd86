import Plotting

/// The style declarations that Cairo writes, made short.
enum SVGStyle {
  /// What the outer element says already, or what holds where nothing is said.
  private static let defaults = [
    "fill:none", "stroke:none", "fill-rule:nonzero", "fill-opacity:1", "stroke-opacity:1",
    "stroke-linecap:butt",
    "stroke-linejoin:round", "stroke-miterlimit:10", "stroke-width:1",
  ]

  /// The declarations without defaults, numbers rounded, colors as custom properties of the page.
  static func shortened(_ style: String) -> String {
    style.split(separator: ";").map { $0.filter { $0 != " " } }.filter { !defaults.contains($0) }
      .map { declaration in
        let parts = declaration.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return declaration }
        return "\(parts[0]):\(value(parts[1]))"
      }.joined(separator: ";")
  }

  private static func value(_ value: Substring) -> String {
    if value.hasPrefix("rgb(") {
      guard let color = SentinelColors.role(value.dropFirst(4).dropLast()) else { return String(value) }
      if case .ramp(let ramp, _) = color, !ramp.isThemed { return Palette.light.hex(color) }
      return "var(\(color.customProperty),\(Palette.light.hex(color)))"
    }
    return value.split(separator: ",").map { Double($0)?.coordinateText ?? String($0) }.joined(separator: ",")
  }
}
