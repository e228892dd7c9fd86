import Components

/// Reads recipes: everything that can be known to be wrong is found here, before anything is computed.
public struct ExperimentDecoder: Sendable {
  private let context: RecipeContext

  /// A decoder for the recipes of a document.
  public init(_ context: RecipeContext) { self.context = context }

  /// The keys that tell what is computed: variants may change them.
  public static let variableKeys = [
    "data", "split", "prepare", "model", "train", "evaluate", "validate", "search", "closure-test",
    "forecast", "learning-curve", "validation-curve", "diagnose", "precision",
  ]

  /// The keys of a recipe.
  public static let keys =
    ["like"] + variableKeys + ["variants", "compare", "seeds", "seed", "expect", "show", "export"]

  /// Reads a recipe; on errors the experiment is nil.
  public func decode(_ recipe: RecipeNode, label: String) -> (experiment: Experiment?, problems: [Problem]) {
    var block = ExperimentBlock(context: context, label: label)
    let experiment = block.experiment(recipe)
    let hasFailed = block.problems.contains { $0.severity == .error }
    return (hasFailed ? nil : experiment, block.problems)
  }
}
