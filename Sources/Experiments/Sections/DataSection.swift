import Components
import Datasets
import Tensors

/// The data of an experiment.
public enum ExperimentData: Sendable {
  /// Examples, and what their target is taken for if the recipe says so.
  case examples(Dataset, task: TargetKind?)
  /// Points of a known law.
  case law(LawData)
}

/// What a target column is taken for.
public enum TargetKind: String, NamedChoice {
  case classification, regression
}

/// The key `data`: where examples come from.
enum DataSection {
  /// Reads the data.
  ///
  /// Throws the first problem.
  static func data(_ node: RecipeNode, in context: RecipeContext) throws -> ExperimentData {
    guard case .map = node.kind else {
      throw Problem(
        RecipeError.wrongType(
          name: "data", expected: "a map of settings", found: node.shortDescription, known: [], given: nil),
        at: node.position)
    }
    let catalog = DataSources.catalog
    let named = node.entries.lazy.compactMap { catalog.component(named: $0.key) }.first
    guard let component = named else {
      if let wrong = node.entries.first {
        throw Problem(
          RecipeError.unknownKey(in: "data", name: wrong.key, known: catalog.names), at: wrong.keyPosition)
      }
      throw Problem(RecipeError.missingKey(in: "data", name: "generate"), at: node.position)
    }
    // The generator decides which other keys there are.
    if component.name == GeneratorSource.component.name {
      return try GeneratorSource(data: node).data(in: context)
    }
    return try component.decode(map: node).data(in: context)
  }
}
