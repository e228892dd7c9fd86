import Foundation
import Plotting

/// The colors that ramps have on a dark page, for pages that use them.
///
/// Their colors on a white page are written where they are used.
enum RampStyle {
  /// A style sheet for the drawings of a page; empty if none has a ramp whose colors change.
  static func css(for body: String) -> String {
    let used = ColorRamp.allCases.filter {
      $0.isThemed && HTML.contains("var(--lectern-\($0.rawValue)-", in: body)
    }
    guard !used.isEmpty else { return "" }
    let colors = used.flatMap { ramp in (0..<ramp.steps).map { Color.ramp(ramp, $0) } }
    let declarations = colors.map { "\($0.customProperty):\(Palette.dark.hex($0))" }
    return
      "\n@media screen and (prefers-color-scheme: dark) { :root { \(declarations.joined(separator: ";")) } }"
  }
}
