import Foundation
import Plotting
import Testing

@Suite("Colors of figures")
struct PaletteTests {
  private static let palettes: [(name: String, palette: Palette)] = [("light", .light), ("dark", .dark)]

  @Test("Text and notes have a contrast of 4.5 to the page, series one of 3", arguments: palettes.map(\.name))
  func contrast(name: String) throws {
    let palette = try #require(Self.palettes.first { $0.name == name }?.palette)
    for color in Color.allRoles where color != .grid && color != .background {
      let least = color == .text || color == .muted || color == .axis ? 4.5 : 3
      let contrast = Self.contrast(Self.linear(color, palette), Self.linear(.background, palette))
      #expect(contrast >= least, "\(color.name): \(contrast)")
    }
  }

  @Test("The page's own colors have the same contrasts, and its series the colors of the palette")
  func styleSheet() throws {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let style = try String(
      contentsOf: root.appending(path: "templates/base/colors.css"), encoding: .utf8)
    let modes = style.split(separator: "prefers-color-scheme: dark", maxSplits: 1)
    #expect(modes.count == 2)
    for (mode, (_, palette)) in zip(modes, Self.palettes) {
      func value(_ property: String) throws -> String {
        let start = try #require(mode.range(of: property + ": ")?.upperBound)
        return String(mode[start...].prefix(7))
      }
      let paper = Self.linear(try value("--lectern-background"))
      for name in ["--lectern-text", "--lectern-muted", "--lectern-axis"] {
        #expect(Self.contrast(Self.linear(try value(name)), paper) >= 4.5, "\(name)")
      }
      for index in 0..<Color.seriesCount {
        let color = Color.series(index)
        #expect(try value(color.customProperty) == palette.hex(color))
        #expect(Self.contrast(Self.linear(palette.hex(color)), paper) >= 3)
      }
    }
  }

  /// Red, green and blue as people without cones for red, then green, see them (Machado, Oliveira and Fernandes 2009).
  private static let deficiencies: [(name: String, matrix: [[Double]])] = [
    (
      "protanopia",
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
      ]
    ),
    (
      "deuteranopia",
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
      ]
    ),
  ]

  @Test("Any two series can be told apart with color-vision deficiency", arguments: palettes.map(\.name))
  func deficiencies(name: String) throws {
    let palette = try #require(Self.palettes.first { $0.name == name }?.palette)
    for (deficiency, matrix) in Self.deficiencies {
      let seen = (0..<Color.seriesCount).map { index in
        let color = Self.linear(.series(index), palette)
        return Self.lab(
          matrix.map { row in zip(row, color).reduce(0) { $0 + $1.0 * $1.1 } }.map { min(max($0, 0), 1) })
      }
      for first in seen.indices {
        for second in 0..<first {
          let distance = zip(seen[first], seen[second]).reduce(0) { $0 + pow($1.0 - $1.1, 2) }.squareRoot()
          #expect(distance > 12, "\(deficiency): series \(second + 1) and \(first + 1)")
        }
      }
    }
  }

  private static func linear(_ color: Color, _ palette: Palette) -> [Double] { linear(palette.hex(color)) }

  private static func linear(_ hex: String) -> [Double] {
    let value = Int(hex.dropFirst(), radix: 16) ?? 0
    return [16, 8, 0].map { shift in
      let part = Double(value >> shift & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
  }

  /// The contrast of WCAG 2.1.
  private static func contrast(_ first: [Double], _ second: [Double]) -> Double {
    let lights = [first, second].map { 0.2126 * $0[0] + 0.7152 * $0[1] + 0.0722 * $0[2] }.sorted()
    return (lights[1] + 0.05) / (lights[0] + 0.05)
  }

  /// Lightness and two axes of color, in which distances are about alike for the eye (CIE 1976).
  private static func lab(_ color: [Double]) -> [Double] {
    func scaled(_ value: Double) -> Double { value > 0.008856 ? cbrt(value) : 7.787 * value + 16.0 / 116 }
    let x = scaled((0.4124 * color[0] + 0.3576 * color[1] + 0.1805 * color[2]) / 0.95047)
    let y = scaled(0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2])
    let z = scaled((0.0193 * color[0] + 0.1192 * color[1] + 0.9505 * color[2]) / 1.08883)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
  }
}
