import Plotting

/// The colors that Cairo is told to draw roles with: one for each role, found again in what Cairo writes.
enum SentinelColors {
  /// Red, green and blue from 0 to 1; the red part in steps of 1/255 is the number of the role.
  static func components(_ color: Color) -> (Double, Double, Double) {
    if case .ramp(let ramp, let step) = color {
      let number = ColorRamp.allCases.firstIndex(of: ramp) ?? 0
      return (Double(min(max(step, 0), ramp.steps - 1) + 1) / 255, Double(firstRamp + number) / 255, 2 / 255)
    }
    let index = Color.allRoles.firstIndex { $0.name == color.name } ?? 0
    return (Double(index + 1) / 255, 1 / 255, 2 / 255)
  }

  /// The role of a color as Cairo writes it: percentages or parts of 255.
  static func role(_ arguments: Substring) -> Color? {
    let parts = arguments.split(separator: ",").map { part -> Int in
      let text = part.filter { $0 != " " && $0 != "%" }
      let value = Double(text) ?? -1
      return Int((part.contains("%") ? value * 2.55 : value).rounded())
    }
    guard parts.count == 3, parts[2] == 2 else { return nil }
    let step = parts[0] - 1
    if parts[1] == 1 { return Color.allRoles.indices.contains(step) ? Color.allRoles[step] : nil }
    let ramps = ColorRamp.allCases
    guard ramps.indices.contains(parts[1] - firstRamp), step >= 0 else { return nil }
    return .ramp(ramps[parts[1] - firstRamp], step)
  }

  /// The green part of the first ramp's colors, in steps of 1/255; those of roles have 1.
  private static let firstRamp = 10
}
