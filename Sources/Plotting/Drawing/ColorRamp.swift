/// A row of colors for numbers, from low to high.
///
/// The lightness of sequential ramps rises or falls steadily, so that they read in gray and with any color-vision
/// deficiency; the diverging ramp passes a neutral middle.
public enum ColorRamp: String, Codable, CaseIterable, Hashable, Sendable {
  /// Dark violet over green to yellow, after viridis (van der Walt and Smith 2015); the same on white and black pages.
  case viridis
  /// Dark blue over gray to yellow, after cividis (Nuñez, Anderton and Renslow 2018); the same on all pages.
  case cividis
  /// Black to white; the same on all pages.
  case gray
  /// From the page's background to a strong blue: for counts and shares with numbers written on them.
  case blues
  /// Blue over the page's background to orange: for values with a sign.
  case diverging

  /// How many colors the ramp has.
  public var steps: Int { isThemed ? 33 : 64 }

  /// Whether the colors differ between a white and a black page.
  public var isThemed: Bool { self == .blues || self == .diverging }

  /// The color at a place from 0 to 1; places beyond take the nearest end.
  public func color(at place: Double) -> Color {
    let bounded = place.isNaN ? 0 : min(max(place, 0), 1)
    return .ramp(self, Int((bounded * Double(steps - 1)).rounded()))
  }

  /// The color of text that can be read on a color of the ramp.
  public func textColor(on step: Int) -> Color {
    let place = Double(step) / Double(steps - 1)
    switch self {
    case .viridis: return .ramp(.gray, place < 0.62 ? ColorRamp.gray.steps - 1 : 0)
    case .cividis: return .ramp(.gray, place < 0.5 ? ColorRamp.gray.steps - 1 : 0)
    case .gray: return .ramp(.gray, place < 0.45 ? ColorRamp.gray.steps - 1 : 0)
    case .blues: return place < 0.55 ? .text : .background
    case .diverging: return (place - 0.5).magnitude < 0.27 ? .text : .background
    }
  }

  /// Red, green and blue of a step, from 0 to 255.
  public func components(_ step: Int, isDark: Bool = false) -> (red: Int, green: Int, blue: Int) {
    let stops = isDark && isThemed ? darkStops : stops
    let scaled = min(max(step, 0), steps - 1) * (stops.count - 1)
    let (index, rest) = scaled.quotientAndRemainder(dividingBy: steps - 1)
    let (low, high) = (stops[index], stops[min(index + 1, stops.count - 1)])
    func mixed(_ shift: Int) -> Int {
      let (a, b) = (low >> shift & 255, high >> shift & 255)
      // Rounded to the nearest in whole numbers.
      return (2 * (a * (steps - 1 - rest) + b * rest) + steps - 1) / (2 * (steps - 1))
    }
    return (mixed(16), mixed(8), mixed(0))
  }

  private var stops: [Int] {
    switch self {
    case .viridis:
      [
        0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26,
        0xfde725,
      ]
    case .cividis:
      [
        0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55, 0xfee838,
      ]
    case .gray: [0x000000, 0xffffff]
    case .blues: [0xf3f7fb, 0xcfe1f2, 0x9cc4e4, 0x5a9dcb, 0x2573b0, 0x0b4a86, 0x062c56]
    case .diverging:
      [0x053b6f, 0x2573b0, 0x7fb3dd, 0xc9dff0, 0xf5f5f5, 0xf9d9c3, 0xeea479, 0xc2571f, 0x7d2a04]
    }
  }

  /// The stops on a black page, where the neutral end is dark.
  private var darkStops: [Int] {
    switch self {
    case .blues: [0x1d2126, 0x1f3448, 0x245178, 0x3374ab, 0x5a9fd6, 0x97c8f0, 0xd4e9fb]
    case .diverging:
      [0xb5dcff, 0x6fb0e6, 0x3a74a8, 0x27455f, 0x202429, 0x543726, 0x99562c, 0xe8924f, 0xffcf9f]
    default: stops
    }
  }
}
