import Components
import Foundation
import Testing

/// Cases that programs under `Tests/Peers` have recorded.
enum RecordedCases {
  /// The content of a fixture.
  static func load<Cases: Decodable>(_ name: String) throws -> Cases {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(Cases.self, from: Data(contentsOf: url))
  }

  /// A name with arguments, as in `precision average=micro`, as a call of a recipe.
  static func call(_ text: String) -> RecipeNode {
    let place = SourcePosition(file: "test", line: 1)
    let words = text.split(separator: " ").map(String.init)
    let arguments = words.dropFirst().map { word in
      let sides = word.split(separator: "=").map(String.init)
      return RecipeNode.Argument(
        label: sides[0], position: place,
        value: RecipeNode(.scalar(sides[1], isQuoted: false), at: place))
    }
    return RecipeNode(.call(name: words[0], arguments: arguments), at: place)
  }

  /// Whether a value is the recorded one, up to 1e-12 or that share of it; none is recorded for NaN.
  static func agrees(_ value: Double, _ recorded: Double?) -> Bool {
    guard let recorded else { return value.isNaN }
    return (value - recorded).magnitude <= 1e-12 * max(1, recorded.magnitude)
  }
}
