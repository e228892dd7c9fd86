import Components
import Datasets
import NeuralNetworks
import Search
import Tensors
import Validation

extension ExperimentDraft {
  /// What two networks that learn against each other have no use for.
  private static let foreignKeys = ["validate", "search", "closure-test", "forecast"]

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
    let source = recipe["data"].flatMap { node in attempt(at: node.position) { try context.data(node) } }
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
    guard case .examples(let data, _) = source else {
      problems.append(
        Problem(
          RecipeError.unsupported(name: "gan", reason: "learns from examples, not from a law"),
          at: networks.position))
      return nil
    }
    let metrics = attempt(at: recipe.position) { try Self.metrics(recipe["evaluate"], data) }
    guard let metrics else { return nil }
    let plan = AdversarialPlan(trainer: trainer, metrics: metrics, preparations: preparations)
    var experiment = experiment(plan, data, split ?? Split(), recipe)
    check(experiment, plan, recipe, networks.position, training.position)
    experiment.settings = SettingsInForce.list(recipe, seed: context.seed, implied: [])
    experiment.recipe = recipe
    return experiment
  }

  private func experiment(
    _ plan: AdversarialPlan, _ data: Dataset, _ split: Split, _ recipe: RecipeNode
  ) -> Experiment {
    let context = context
    let isGenerated = recipe["data"]?["generate"] != nil
    let redraw: @Sendable (UInt64) throws -> Dataset = { seed in
      var context = context
      context.seed = seed
      guard let node = recipe["data"], case .examples(let data, _) = try context.data(node) else {
        return data
      }
      return data
    }
    // What is asked about a strategy is asked of the generator.
    let strategy = Strategy(
      preparations: plan.preparations, network: plan.trainer.generator,
      settings: TrainingSettings(loss: MeanSquaredError(), epochs: plan.trainer.epochs), validation: nil,
      isStratified: false)
    return Experiment(
      label: label, data: data, law: nil, redraw: isGenerated ? redraw : nil, split: split, metrics: [],
      seed: context.seed, splitter: nil, search: nil, closure: nil, forecast: nil, adversary: plan,
      blueprint: StrategyBlueprint { _ in strategy }, defaultLoss: MeanSquaredError())
  }

  /// Checks that networks, settings and data go together, without training.
  private mutating func check(
    _ experiment: Experiment, _ plan: AdversarialPlan, _ recipe: RecipeNode, _ networks: SourcePosition,
    _ training: SourcePosition
  ) {
    let (rest, test) = experiment.parts()
    if experiment.split.test != nil, test.isEmpty || rest.isEmpty {
      problems.append(
        Problem(DatasetError.tooFewExamples(part: test.isEmpty ? "test" : "training", count: 0), at: training)
      )
      return
    }
    let part = experiment.data.subset(rest)
    let isPrepared = attempt(at: recipe.position) {
      let check = PreparationCheck(recipe)
      _ = try check.outline(plan.preparations, of: DataOutline(experiment.data))
      if let number = plan.preparations.firstIndex(where: { $0 is Augment }) {
        throw Problem(
          RecipeError.unsupported(name: "augment", reason: "changes nothing for a generator"),
          at: check.position(ofPreparation: number))
      }
    }
    guard isPrepared != nil else { return }
    let stream = RandomStream(seed: experiment.key.seed(for: .resampling), .resampling, 0, 0)
    let inputs = Preparations.fit(plan.preparations, to: part, using: stream).data.inputs
    do throws(NetworkError) {
      try plan.trainer.check(inputs)
    } catch {
      switch error {
      case .batchLargerThanData, .badSetting: problems.append(Problem(error, at: training))
      default: problems.append(Problem(error, at: networks))
      }
    }
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
