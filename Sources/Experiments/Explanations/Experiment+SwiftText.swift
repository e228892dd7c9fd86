import Components
import Datasets
import NeuralNetworks
import Search
import Tensors
import Validation

extension Experiment {
  /// The experiment as a Swift program that computes the same values, bit for bit.
  ///
  /// Throws the problem of what Swift has no form for.
  public func swiftText() throws -> String {
    let name = Self.identifier(label)
    return "let \(name) = try \(try expression())\nlet \(name)Result = try \(name).run()\n"
  }

  private static func identifier(_ label: String) -> String {
    let name = SwiftForm.camelCase(label.map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined())
    return name.first?.isLetter == true ? name : "experiment\(name)"
  }

  /// The experiment, or that of all its variants.
  private func expression() throws -> String {
    guard !variants.isEmpty else { return try single(recipe) }
    let experiments = try variants.map { variant in
      "\(variant.title.debugDescription): \(try variant.experiment.single(variant.experiment.recipe))"
    }
    let reference = comparison.flatMap { plan in variants.first { $0.name == plan.reference }?.title }
    return SwiftCall(
      "Experiment",
      [
        (nil, label.debugDescription), ("variants", SwiftCall.list(experiments)),
        ("reference", reference == variants.first?.title ? nil : reference?.debugDescription),
        ("metrics", comparison.map { "\($0.metrics)" }), ("test", comparison?.test.map { ".\($0)" }),
      ]
    ).text
  }

  /// The experiment of a recipe without variants.
  private func single(_ recipe: RecipeNode?) throws -> String {
    guard let recipe, let data = recipe["data"] else {
      throw ExperimentError.invalid(sentence: "the experiment has no recipe", hint: nil)
    }
    let strategy = StrategyText(recipe, self)
    let start: [(String?, String?)] = [
      (nil, label.debugDescription),
      ("data", try SplitSection.swiftText(try DataSection.swiftText(data), by: recipe["split"], data)),
      ("split", try section(recipe, "split", SplitSection.component)),
    ]
    let end: [(String?, String?)] = [("seeds", seedsText), ("seed", "\(seed)")]
    if let plan = adversary {
      return SwiftCall("Experiment", start + [("gan", try ganText(plan, recipe, strategy))] + end).text
    }
    let middle: [(String?, String?)] = [
      ("metrics", try metricsText(recipe)),
      (
        "interval",
        interval.map { "BootstrapInterval(resamples: \($0.resamples), level: \($0.level.recipeText))" }
      ),
      ("validate", recipe["validate"] == nil ? nil : splitter?.swiftText),
      ("search", try section(recipe, "search", SearchSection.component)),
      ("closureTest", try section(recipe, "closure-test", ClosureSection.component)),
      ("forecast", try section(recipe, "forecast", ForecastSection.component)),
      (
        "learningCurve",
        try recipe["learning-curve"].map { node in
          let map = LearningCurveSection.map(node)
          return try LearningCurveSection.component.swiftText(ofMap: map) { _, _, _ in nil }
        }
      ),
      (
        "diagnose",
        try recipe["diagnose"].flatMap(DiagnoseSection.map).map { node in
          try DiagnoseSection.component.swiftText(ofMap: node) { _, _, _ in nil }
        }
      ),
      ("validationCurve", try validationCurveText(recipe)),
    ]
    guard let space = strategy.space() else {
      return SwiftCall(
        "Experiment", start + middle + end + [("strategy", try strategy.strategy())]
      ).text
    }
    return SwiftCall(
      "Experiment", start + middle + end + [("space", space)], closure: ("values", try strategy.strategy())
    ).text
  }

  private func section<Product>(
    _ recipe: RecipeNode, _ key: String, _ component: Component<Product>
  ) throws -> String? {
    try recipe[key].map { node in
      try component.swiftText(ofMap: node) { label, node, _ in
        if key == ClosureSection.component.name { return try ClosureSection.swiftText(label, node) }
        return key == SearchSection.component.name ? try SearchSection.swiftText(label, node) : nil
      }
    }
  }

  private func validationCurveText(_ recipe: RecipeNode) throws -> String? {
    guard let node = recipe["validation-curve"] else { return nil }
    let request = try ValidationCurveSection.request(node)
    let strategies = try request.values.map { value in
      let changed = try recipe.labeled().replacing(
        RecipePath(request.path.key), with: value, keyPosition: request.path.keyPosition)
      let strategy = StrategyText(changed, self)
      guard !strategy.hasHyperparameters else {
        throw Problem(
          RecipeError.unsupported(
            name: "validation-curve", reason: "of a searched strategy has no form in Swift"),
          at: node.position)
      }
      return "\(value.recipeText.debugDescription): \(try strategy.strategy())"
    }
    return SwiftCall(
      "ValidationCurvePlan",
      [
        (nil, request.path.key.debugDescription), ("strategies", SwiftCall.list(strategies)),
        ("repeats", "\(request.repeats)"),
      ]
    ).text
  }

  private func metricsText(_ recipe: RecipeNode) throws -> String? {
    guard case .list(let items)? = EvaluateSection.list(recipe["evaluate"])?.kind else { return nil }
    let texts = try items.map { try Metrics.catalog.swiftText(of: $0) { _, _, _ in nil } }
    return "[\(texts.joined(separator: ", "))]"
  }

  private var seedsText: String? {
    guard let seeds else { return nil }
    if seeds.varied == .training { return "SeedsPlan(\(seeds.count))" }
    if seeds.varied == .all { return "SeedsPlan(\(seeds.count), varying: .all)" }
    let names = SeedsSection.Source.allCases.filter { $0 != .all && seeds.varied.contains($0.sources) }
    return "SeedsPlan(\(seeds.count), varying: [\(names.map { ".\($0)" }.joined(separator: ", "))])"
  }

  // MARK: Two networks

  private func ganText(_ plan: AdversarialPlan, _ recipe: RecipeNode, _ strategy: StrategyText) throws
    -> String
  {
    let networks = recipe["model"]?["gan"] ?? recipe
    let train = recipe["train"] ?? RecipeNode(.map([]), at: recipe.position)
    func rule(_ own: Parameter<RecipeNode?>) throws -> String? {
      let given = train[own.name] ?? train[GANSection.optimizer.name]
      let rate = train[GANSection.learningRate.name]
      // Beside the default rule a rate changes nothing but itself.
      guard let given else {
        return rate.map { "Adam(learningRate: \($0.recipeText), beta1: 0.5)" }
      }
      var call = try Optimizers.catalog.labeledCall(given)
      if case .call(let name, let arguments) = call.kind, let rate {
        let added = RecipeNode.Argument(label: "learning-rate", position: rate.position, value: rate)
        call = RecipeNode(.call(name: name, arguments: arguments + [added]), at: call.position)
      }
      return try Optimizers.catalog.swiftText(of: call) { _, _, _ in nil }
    }
    let latent = try networks["latent"].map { try LatentSection.catalog.swiftText(of: $0) { _, _, _ in nil } }
    let loss = try train["loss"].map { try GANSection.losses.swiftText(of: $0) { _, _, _ in nil } }
    let initializer = try train["initializer"].map {
      try Initializers.catalog.swiftText(of: $0) { _, _, _ in nil }
    }
    let trainer = SwiftCall(
      "GANTrainer",
      [
        ("generator", try networks["generator"].map(strategy.layers)),
        ("discriminator", try networks["discriminator"].map(strategy.layers)), ("latent", latent),
        ("loss", loss), ("generatorOptimizer", try rule(GANSection.generatorOptimizer)),
        ("discriminatorOptimizer", try rule(GANSection.discriminatorOptimizer)),
        ("discriminatorSteps", train["discriminator-steps"]?.recipeText),
        ("epochs", train["epochs"]?.recipeText),
        ("batchSize", train["batch-size"].flatMap(GANSection.batchSize.swiftText)),
        ("precision", plan.trainer.precision == .double ? ".double" : nil), ("initializer", initializer),
        ("snapshots", "\(plan.trainer.snapshots)"),
      ]
    ).text
    let metrics = try recipe["evaluate"].map { node -> String in
      guard case .list(let items) = node.kind else { return "[]" }
      let texts = try items.map { try SampleMetrics.catalog.swiftText(of: $0) { _, _, _ in nil } }
      return "[\(texts.joined(separator: ", "))]"
    }
    return SwiftCall(
      "AdversarialPlan",
      [(nil, trainer), ("preparations", try strategy.preparations()), ("metrics", metrics)]
    ).text
  }
}
