import Components
import Datasets
import NeuralNetworks
import Search
import Tensors
import Validation

extension ExperimentDraft {
  /// What two networks that learn against each other have no use for.
  private static let foreignKeys = [
    "validate", "search", "closure-test", "forecast", "learning-curve", "validation-curve",
    "diagnose",
  ]

  /// The experiment of a generator and a discriminator; nil if something is wrong with it.
  mutating func adversarial(_ recipe: RecipeNode, _ networks: RecipeNode) -> Experiment? {
    for key in Self.foreignKeys {
      guard let node = recipe[key] else { continue }
      problems.append(
        Problem(
          RecipeError.conflict(key, "gan", reason: "a generator predicts nothing that could be scored so"),
          at: node.position))
    }
    let context = context
    let source = recipe["data"].flatMap { node in
      attempt(at: node.position) {
        try SplitSection.divided(try context.data(node), by: recipe["split"], node, in: context)
      }
    }
    let split = recipe["split"].flatMap { node in
      attempt(at: node.position) { try SplitSection.component.decode(map: node) }
    }
    let precision = recipe["precision"].flatMap { node in
      attempt(at: node.position) {
        try Parameter<Precision>("precision", default: .float, help: "").value(of: node)
      }
    }
    let training = recipe["train"] ?? RecipeNode(.map([]), at: recipe.position)
    let trainer = attempt(at: networks.position) {
      try GANSection.trainer(
        try GANSection.component.decode(map: networks), training, precision: precision ?? .float)
    }
    let preparations = attempt(at: recipe.position) {
      try Self.list(recipe["prepare"], "prepare").map { try Preparations.catalog.decode($0) }
    }
    guard let source, let trainer, let preparations else { return nil }
    guard let (data, _) = try? source.drawn(seed: context.seed, takesClasses: false) else { return nil }
    if case .law = source {
      problems.append(
        Problem(
          RecipeError.unsupported(name: "gan", reason: "learns from examples, not from a law"),
          at: networks.position))
      return nil
    }
    let metrics = attempt(at: recipe.position) {
      try Self.metrics(EvaluateSection.list(recipe["evaluate"]), data)
    }
    guard let metrics else { return nil }
    let plan = AdversarialPlan(trainer, preparations: preparations, metrics: metrics)
    let redraw: @Sendable (UInt64) throws -> Dataset = { seed in
      var context = context
      context.seed = seed
      return try recipe["data"].map { try context.data($0).drawn(seed: seed, takesClasses: false).data }
        ?? data
    }
    var experiment = Experiment(
      label: label, plan, data, redraw: recipe["data"]?["generate"] == nil ? nil : redraw, split ?? Split(),
      seed: context.seed)
    problems += experiment.adversarialProblems(plan, recipe)
    experiment.settings = SettingsInForce.list(recipe, seed: context.seed, implied: [])
    experiment.recipe = recipe
    return experiment
  }

  private static func list(_ node: RecipeNode?, _ name: String) throws -> [RecipeNode] {
    guard let node else { return [] }
    guard case .list(let items) = node.kind else {
      throw Problem(
        RecipeError.wrongType(
          name: name, expected: "a list", found: node.shortDescription, known: [], given: nil),
        at: node.position)
    }
    return items
  }

  private static func metrics(_ node: RecipeNode?, _ data: Dataset) throws -> [any SampleMetric] {
    let hasClasses = data.classes != nil
    guard let node else { return SampleMetrics.standard(forClasses: hasClasses) }
    return try list(node, "evaluate").map { item in
      let metric = try SampleMetrics.catalog.decode(item)
      guard hasClasses || !metric.needsClasses else {
        throw Problem(RecipeError.taskNeedsClasses(name: metric.name), at: item.position)
      }
      return metric
    }
  }
}
