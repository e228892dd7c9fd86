import Plotting

/// The colors that Cairo is told to draw with: one for each role, found again in what Cairo writes, and one for
/// each thing that takes the place of a shape.
enum SentinelColors {
  /// What a color stands for.
  enum Meaning: Equatable {
    /// The color of a role.
    case role(Color)
    /// A text, an image or a mask of a number.
    case insertion(Int)
  }

  /// Red, green and blue from 0 to 1; the red part in steps of 1/255 is the number of the role.
  static func components(_ color: Color) -> (Double, Double, Double) {
    if case .ramp(let ramp, let step) = color {
      let number = ColorRamp.allCases.firstIndex(of: ramp) ?? 0
      return (Double(min(max(step, 0), ramp.steps - 1) + 1) / 255, Double(firstRamp + number) / 255, 2 / 255)
    }
    let index: Int
    switch color {
    case .text: index = 0
    case .axis: index = 1
    case .grid: index = 2
    case .background: index = 3
    case .muted: index = 4
    case .series(let number): index = 5 + Color.slot(number)
    case .ramp: index = 0
    }
    return (Double(index + 1) / 255, 1 / 255, 2 / 255)
  }

  /// The color of something that takes the place of a shape.
  static func components(insertion number: Int) -> (Double, Double, Double) {
    (
      Double(number & 255) / 255, Double(number >> 8 & 255) / 255,
      Double(firstInsertion + number >> 16) / 255
    )
  }

  /// What a color stands for, by its parts from 0 to 255.
  static func meaning(red: Int, green: Int, blue: Int) -> Meaning? {
    if blue >= firstInsertion { return .insertion(red + green << 8 + (blue - firstInsertion) << 16) }
    guard blue == 2 else { return nil }
    let step = red - 1
    if green == 1 {
      return Color.allRoles.indices.contains(step) ? .role(Color.allRoles[step]) : nil
    }
    let ramps = ColorRamp.allCases
    guard ramps.indices.contains(green - firstRamp), step >= 0 else { return nil }
    return .role(.ramp(ramps[green - firstRamp], step))
  }

  /// The green part of the first ramp's colors, in steps of 1/255; those of roles have 1.
  private static let firstRamp = 10
  /// The blue part of insertions' colors.
  private static let firstInsertion = 3
}
