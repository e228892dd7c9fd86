import Components
import Datasets
import Tensors

/// The data of an experiment.
public enum ExperimentData: Sendable {
  /// Examples, and what their target is taken for; nil for what the loss takes.
  case examples(Dataset, task: TargetKind? = nil)
  /// Data that a generator makes of the seed of the experiment.
  case generated(any Generator, painter: (any GlyphPainter)? = nil)
  /// Points of a known law, with noise of the seed of the experiment.
  case law(LawData)

  /// The examples that a seed gives, and the law behind them if there is one.
  ///
  /// Numeric targets become classes where the loss takes classes.
  func drawn(seed: UInt64, takesClasses: Bool) throws -> (data: Dataset, law: LawData?) {
    switch self {
    case .law(let law):
      // A noise of its own: a search on these data must not know that of a closure test.
      var stream = RandomStream(seed: seed, .data)
      return (law.dataset(law.fluctuated(law.values, using: &stream)), law)
    case .generated(let generator, let painter):
      var stream = RandomStream(seed: seed, .data)
      let data = try generator.dataset(using: &stream, painter: painter)
      return (takesClasses ? data.classified() : data, nil)
    case .examples(let data, let task):
      return (takesClasses && task != .regression ? data.classified() : data, nil)
    }
  }

  /// The data with the parts that a column names.
  ///
  /// Throws `DatasetError`.
  public func divided(by column: String) throws(DatasetError) -> ExperimentData {
    guard case .examples(let data, let task) = self else { throw .partsOfDrawnData }
    return .examples(try data.divided(by: column), task: task)
  }

  /// The data with others behind them that are the test part.
  ///
  /// Throws `DatasetError`.
  public func with(test other: ExperimentData) throws(DatasetError) -> ExperimentData {
    guard case .examples(let data, let task) = self, case .examples(let test, _) = other else {
      throw .partsOfDrawnData
    }
    return .examples(try data.with(test: test), task: task)
  }

  /// Draws the examples of other seeds; nil if they do not depend on it.
  func redraw(takesClasses: Bool) -> (@Sendable (UInt64) throws -> Dataset)? {
    if case .examples = self { return nil }
    return { try drawn(seed: $0, takesClasses: takesClasses).data }
  }
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
    try source(node).data(in: context)
  }

  /// The data as a Swift expression.
  static func swiftText(_ node: RecipeNode) throws -> String { try source(node).swiftText() }

  /// The source that the key names; throws the first problem.
  private static func source(_ node: RecipeNode) throws -> any DataSource {
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
    if component.name == GeneratorSource.component.name { return GeneratorSource(data: node) }
    return try component.decode(map: node)
  }
}
