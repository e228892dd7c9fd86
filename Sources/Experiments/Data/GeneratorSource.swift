import Components
import Datasets
import Tensors

/// Data made by a rule and the seed: `{generate: two-moons, samples: 600}`.
struct GeneratorSource: DataSource {
  private static let generator = Parameter<RecipeNode>(
    "generate", help: "A generator; its parameters stand beside it.")

  static let component = Component<any DataSource>(
    "generate", help: "Data made by a rule and the seed.", parameters: [generator]
  ) { GeneratorSource(call: $0[generator]) }

  let call: RecipeNode

  private init(call: RecipeNode) { self.call = call }

  /// The source of a map: its other keys are the parameters of the generator.
  init(data: RecipeNode) {
    let name = data["generate"] ?? data
    var arguments = data.entries.filter { $0.key != "generate" }.map {
      RecipeNode.Argument(label: $0.key, position: $0.keyPosition, value: $0.value)
    }
    if case .call(let called, let given) = name.kind {
      arguments = given + arguments
      call = RecipeNode(.call(name: called, arguments: arguments), at: name.position)
    } else if let named = String(recipe: name) {
      call = RecipeNode(.call(name: named, arguments: arguments), at: name.position)
    } else {
      call = name
    }
  }

  func swiftText() throws -> String {
    let text = try Generators.catalog.swiftText(of: call) { _, _, _ in nil }
    let isDrawn = try Generators.catalog.decode(call) is Glyphs
    return ".generated(\(text)\(isDrawn ? ", painter: CairoGlyphPainter()" : ""))"
  }

  func data(in context: RecipeContext) throws -> ExperimentData {
    .generated(try Generators.catalog.decode(call), painter: context.painter)
  }
}
