import Components
import Datasets
import NeuralNetworks
import Search
import Tensors
import Validation

/// A recipe on its way: a problem of one section keeps no other from being read, but what depends on the data
/// (metrics, objective, expectations, views) waits until they are known.
struct ExperimentDraft {
  let context: RecipeContext
  let label: String
  var problems: [Problem] = []

  init(context: RecipeContext, label: String) {
    self.context = context
    self.label = label
  }

  /// Runs a step; its problem is kept, and the value is nil.
  mutating func attempt<Value>(at position: SourcePosition, _ body: () throws -> Value) -> Value? {
    do {
      return try body()
    } catch let problem as Problem {
      problems.append(problem)
    } catch let failure as any Explained {
      problems.append(Problem(failure, at: position))
    } catch {
      problems.append(Problem(at: position, message: "\(error)"))
    }
    return nil
  }

  /// The experiment of a recipe without variants; nil if its data cannot be had.
  mutating func experiment(_ recipe: RecipeNode) -> Experiment? {
    for key in ["data", "model"] where recipe[key] == nil {
      problems.append(Problem(RecipeError.missingKey(in: "the recipe", name: key), at: recipe.position))
    }
    if let networks = recipe["model"]?["gan"] { return adversarial(recipe, networks) }
    return sections(recipe)
  }

  private mutating func section<Product>(
    _ recipe: RecipeNode, _ key: String, _ component: Component<Product>
  ) -> Product? {
    guard let node = recipe[key] else { return nil }
    return attempt(at: node.position) { try component.decode(map: node) }
  }

  private mutating func sections(_ recipe: RecipeNode) -> Experiment? {
    let context = context
    let source = recipe["data"].flatMap { node in
      attempt(at: node.position) { try context.data(node) }
    }
    let split = section(recipe, "split", SplitSection.component) ?? Split()
    let splitter = section(recipe, "validate", ValidateSection.component)
    let plan = section(recipe, "search", SearchSection.component)
    let closure = section(recipe, "closure-test", ClosureSection.component)
    let forecast = section(recipe, "forecast", ForecastSection.component)
    let template = RecipeTemplate(recipe)
    let templateProblems = template.allProblems
    problems += templateProblems
    let precision = recipe["precision"].flatMap { node in
      attempt(at: node.position) {
        try Parameter<Precision>("precision", default: .float, help: "").value(of: node)
      }
    }
    if templateProblems.isEmpty { checkSearch(recipe, template, plan) }
    guard let source else { return nil }
    if closure != nil, case .examples = source {
      problems.append(
        Problem(RecipeError.needsLaw, at: recipe["closure-test"]?.position ?? recipe.position))
    }
    let (data, law) = examples(of: source, template, seed: context.seed)
    checkStrata(recipe, data)
    checkSeries(recipe, data, forecast)
    let metrics = metrics(recipe, for: data)
    let search = plan.flatMap { resolve($0, metrics: metrics, hasFolds: splitter != nil) }
    let defaultLoss: any Loss = data.classes == nil ? MeanSquaredError() : CrossEntropy()
    var experiment = Experiment(
      label: label, data: data, law: law, redraw: redraw(recipe, template), split: split, metrics: metrics,
      seed: context.seed, splitter: splitter, search: search, closure: closure, forecast: forecast,
      blueprint: template.blueprint(
        defaultLoss: defaultLoss, precision: precision ?? .float, vocabulary: data.vocabulary?.count),
      defaultLoss: defaultLoss)
    experiment.settings = SettingsInForce.list(
      recipe, seed: context.seed, implied: experiment.impliedSettings)
    experiment.recipe = recipe
    if templateProblems.isEmpty { check(experiment, recipe) }
    return experiment
  }

  /// How the data are made again under another seed, if they depend on it.
  private func redraw(_ recipe: RecipeNode, _ template: RecipeTemplate) -> (
    @Sendable (UInt64) throws -> Dataset
  )? {
    guard let node = recipe["data"], node["generate"] != nil || node["law"] != nil else { return nil }
    let draft = self
    return { seed in
      var context = draft.context
      context.seed = seed
      return draft.examples(of: try context.data(node), template, seed: seed).0
    }
  }

  /// The examples; a numeric target becomes classes if the loss takes classes.
  private func examples(
    of source: ExperimentData, _ template: RecipeTemplate, seed: UInt64
  ) -> (Dataset, LawData?) {
    switch source {
    case .law(let law):
      // A noise of its own: a search on these data must not know that of a closure test.
      var stream = RandomStream(seed: seed, .data)
      return (law.dataset(law.fluctuated(law.values, using: &stream)), law)
    case .examples(let data, let task):
      guard task != .regression else { return (data, nil) }
      let loss = template.space.extremes.first.flatMap { template.section("train", $0) }?["loss"]
      let takesClasses = loss.flatMap { try? Losses.catalog.decode($0) }?.takesClasses ?? false
      return (takesClasses ? data.classified() : data, nil)
    }
  }

  /// Only classes can be shared out.
  private mutating func checkStrata(_ recipe: RecipeNode, _ data: Dataset) {
    guard data.classes == nil else { return }
    for (section, key) in [("split", "stratify"), ("validate", "stratified")] {
      guard let node = recipe[section]?[key], Bool(recipe: node) == true else { continue }
      problems.append(Problem(RecipeError.taskNeedsClasses(name: key), at: node.position))
    }
  }

  /// A series has an order in time, which nothing may shuffle.
  private mutating func checkSeries(_ recipe: RecipeNode, _ data: Dataset, _ forecast: ForecastPlan?) {
    guard let series = data.series else {
      if let node = recipe["forecast"] {
        problems.append(Problem(RecipeError.needsSeries(name: "forecast"), at: node.position))
      }
      return
    }
    if let node = recipe["split"]?["shuffle"], Bool(recipe: node) == true {
      problems.append(Problem(RecipeError.shuffledSeries(name: "split.shuffle"), at: node.position))
    }
    if let node = recipe["validate"]?["k-fold"] {
      problems.append(Problem(RecipeError.shuffledSeries(name: "k-fold"), at: node.position))
    }
    if let forecast, forecast.mode == .direct, forecast.steps > series.horizon {
      problems.append(
        Problem(
          RecipeError.outOfRange(
            name: "steps", requirement: "at most the horizon of \(series.horizon) when all come at once",
            found: "\(forecast.steps)"), at: recipe["forecast"]?["steps"]?.position ?? recipe.position))
    }
  }

  private mutating func checkSearch(_ recipe: RecipeNode, _ template: RecipeTemplate, _ plan: SearchPlan?) {
    if recipe["search"] == nil {
      for (parameter, position) in zip(template.space.parameters, template.positions) {
        problems.append(Problem(RecipeError.hyperparameterWithoutSearch(path: parameter.name), at: position))
      }
    } else if plan != nil, template.space.parameters.isEmpty {
      problems.append(
        Problem(RecipeError.searchWithoutHyperparameter, at: recipe["search"]?.position ?? recipe.position))
    }
  }

  private mutating func metrics(_ recipe: RecipeNode, for data: Dataset) -> [any Metric] {
    let forClasses = data.classes != nil
    guard let node = recipe["evaluate"] else {
      return Metrics.standard(forClasses: forClasses) + (data.series == nil ? [] : [Skill()])
    }
    guard case .list(let items) = node.kind else {
      problems.append(
        Problem(
          RecipeError.wrongType(
            name: "evaluate", expected: "a list of metrics", found: node.shortDescription, known: [],
            given: nil),
          at: node.position))
      return []
    }
    return items.compactMap { item in
      attempt(at: item.position) {
        let metric = try Metrics.catalog.decode(item)
        guard metric.takesClasses == forClasses else {
          throw Problem(
            metric.takesClasses
              ? RecipeError.taskNeedsClasses(name: metric.name) : .taskNeedsNumbers(name: metric.name),
            at: item.position)
        }
        if metric.needsSeries, data.series == nil {
          throw Problem(RecipeError.needsSeries(name: metric.name), at: item.position)
        }
        return metric
      }
    }
  }

  private mutating func resolve(
    _ plan: SearchPlan, metrics: [any Metric], hasFolds: Bool
  ) -> ResolvedSearch? {
    let objective = plan.objective ?? metrics.first?.name ?? "loss"
    let parts = objective.split(separator: ".").map(String.init)
    if parts.first == "test" {
      problems.append(Problem(RecipeError.testInObjective(path: objective), at: plan.objectivePosition))
      return nil
    }
    var place: ResolvedSearch.Place = hasFolds ? .crossValidation : .validation
    var name = objective
    if parts.count == 3, parts[0] == "cv", parts[2] == "mean", hasFolds {
      (place, name) = (.crossValidation, parts[1])
    } else if parts.count == 2, parts[0] == "validation" {
      (place, name) = (.validation, parts[1])
    }
    let metric = metrics.first { $0.name == name }
    guard metric != nil || name == "loss" else {
      let known = metrics.map(\.name) + ["loss"]
      problems.append(
        Problem(RecipeError.unknownPath(path: objective, known: known), at: plan.objectivePosition))
      return nil
    }
    return ResolvedSearch(
      plan: plan, place: place, metric: metric, direction: plan.direction ?? metric?.direction ?? .minimize)
  }

  /// Decodes the strategy at the ends of every hyperparameter and checks that it goes with the data.
  private mutating func check(_ experiment: Experiment, _ recipe: RecipeNode) {
    // A missing model has been reported.
    guard let model = recipe["model"]?.position else { return }
    var seen: Set<Problem> = []
    let strategyCheck = StrategyCheck(experiment, recipe)
    for assignment in experiment.space.extremes {
      var problem: Problem?
      do {
        try strategyCheck.check(assignment)
      } catch let found as Problem {
        problem = found
      } catch let failure as any Explained {
        problem = Problem(failure, at: model)
      } catch {
        problem = Problem(at: model, message: "\(error)")
      }
      if let problem, seen.insert(problem).inserted { problems.append(problem) }
    }
    let (rest, test) = experiment.parts()
    let splitPosition = recipe["split"]?.position ?? recipe.position
    if experiment.split.test != nil, test.isEmpty || rest.count < 2 {
      problems.append(
        Problem(
          DatasetError.tooFewExamples(
            part: test.isEmpty ? "test" : "training", count: min(test.count, rest.count)),
          at: splitPosition))
    }
    if let splitter = experiment.splitter, rest.count < splitter.foldCount {
      problems.append(
        Problem(
          RecipeError.notEnough(what: "validate", needed: splitter.foldCount, found: rest.count),
          at: recipe["validate"]?.position ?? recipe.position))
    } else {
      checkValidation(experiment, rest.count, at: splitPosition)
    }
  }

  /// Checks that the validation part, of the smallest training side there is, holds and leaves examples.
  private mutating func checkValidation(_ experiment: Experiment, _ count: Int, at position: SourcePosition) {
    let fraction = experiment.space.extremes.lazy.compactMap { (try? experiment.strategy($0))?.validation }
      .first
    guard let fraction else { return }
    let folds = experiment.splitter?.foldCount
    let training = folds.map { count - (count + $0 - 1) / $0 } ?? count
    var stream = RandomStream(seed: 0, .validation)
    let (held, rest) = experiment.data.division(
      of: Array(0..<training), keeping: fraction, isStratified: false, isShuffled: false, using: &stream)
    guard held.isEmpty || rest.isEmpty else { return }
    problems.append(
      Problem(
        DatasetError.tooFewExamples(part: held.isEmpty ? "validation" : "training", count: 0), at: position))
  }
}
