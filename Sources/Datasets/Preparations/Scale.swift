import Components
import Tensors

/// Multiplies every feature by a number: `scale(1/16)` brings gray levels up to 16 between 0 and 1.
public struct Scale: ColumnScaler {
  /// The number.
  public var factor: Double
  /// Whether the target values are scaled as well; predictions return to their units.
  public var targets: Bool

  /// Multiplication.
  public init(_ factor: Double, targets: Bool = false) {
    self.factor = factor
    self.targets = targets
  }

  private static let factorParameter = Parameter<Ratio>(
    "factor", "finite and not 0", help: "The number, as in 0.1 or 1/16."
  ) { $0.value.isFinite && $0.value != 0 }
  static let name = "scale"
  static let component = Component<any Preparation>(
    name, help: "Every feature times a number.", swift: "Scale(_ factor, targets)",
    parameters: [factorParameter, targetsParameter]
  ) { Scale($0[factorParameter].value, targets: $0[targetsParameter]) }

  func scaling(of values: [Double]) -> Scaling { Scaling(shift: 0, scale: factor) }
}

/// A number that may be written as a ratio of two.
struct Ratio: RecipeValue, Hashable {
  private let text: String
  /// The number.
  let value: Double

  static let typeDescription = "a number or a ratio such as 1/16"

  init?(recipe node: RecipeNode) {
    guard case .scalar(let text, isQuoted: false) = node.kind else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      .map { part in String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
    let numbers = parts.compactMap(CoreSchema.number)
    guard numbers.count == parts.count, (1...2).contains(numbers.count) else { return nil }
    self.text = text
    value = numbers.count == 2 ? numbers[0] / numbers[1] : numbers[0]
  }

  var recipeText: String { text }
  var swiftText: String? { value.swiftText }
  static func swiftText(ofNumber number: String, integer: String) -> String? { number }
}
