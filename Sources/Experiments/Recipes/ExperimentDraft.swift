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
      attempt(at: node.position) {
        try SplitSection.divided(try context.data(node), by: recipe["split"], node, in: context)
      }
    }
    let split = section(recipe, "split", SplitSection.component) ?? Split()
    let splitter = recipe[ValidateSection.name].flatMap { node in
      attempt(at: node.position) { try ValidateSection.splitter(node) }
    }
    let plan = section(recipe, "search", SearchSection.component)
    let closure = section(recipe, "closure-test", ClosureSection.component)
    let forecast = section(recipe, "forecast", ForecastSection.component)
    let learningCurve = recipe["learning-curve"].flatMap { node in
      attempt(at: node.position) {
        try LearningCurveSection.component.decode(map: LearningCurveSection.map(node))
      }
    }
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
    let seed = context.seed
    let draft = self
    let drawn = attempt(at: recipe.position) { try draft.examples(of: source, template, seed: seed) }
    guard let (data, law) = drawn else { return nil }
    let metrics = metrics(recipe, for: data)
    let search = plan.flatMap { plan in
      attempt(at: plan.objectivePosition) {
        try ResolvedSearch(
          plan, metrics: metrics, hasFolds: splitter != nil, closure: closure, law: law)
      }
    }
    if let plan {
      _ = attempt(at: recipe["search"]?["enqueue"]?.position ?? plan.position) {
        try plan.enqueued(in: template.space)
      }
    }
    let defaultLoss: any Loss = data.classes == nil ? MeanSquaredError() : CrossEntropy()
    var experiment = Experiment(
      label: label, data: data, law: law, redraw: redraw(recipe, template), split: split, metrics: metrics,
      seed: context.seed, splitter: splitter, search: search, closure: closure, forecast: forecast,
      blueprint: template.blueprint(
        defaultLoss: defaultLoss, precision: precision ?? .float, vocabulary: data.vocabulary?.count),
      defaultLoss: defaultLoss)
    experiment.interval =
      recipe["evaluate"].flatMap { node in
        attempt(at: node.position) { try EvaluateSection.interval(node) }
      } ?? nil
    experiment.learningCurve = learningCurve
    experiment.diagnosis = recipe["diagnose"].flatMap(DiagnoseSection.map).flatMap { node in
      attempt(at: node.position) { try DiagnoseSection.component.decode(map: node) }
    }
    experiment.validationCurve = recipe["validation-curve"].flatMap { node in
      attempt(at: node.position) { try draft.validationCurve(node, recipe, experiment, precision ?? .float) }
    }
    experiment.settings = SettingsInForce.list(
      recipe, seed: context.seed, implied: experiment.impliedSettings)
    experiment.recipe = recipe
    var check = ExperimentCheck(experiment, recipe)
    check.checkData()
    // A missing model has been reported.
    if templateProblems.isEmpty, recipe["model"] != nil { check.checkStrategy() }
    problems += check.problems
    return experiment
  }

  /// The strategies of the values of a setting, each checked as that of the recipe is.
  private func validationCurve(
    _ node: RecipeNode, _ recipe: RecipeNode, _ experiment: Experiment, _ precision: Precision
  ) throws -> ValidationCurvePlan {
    let request = try ValidationCurveSection.request(node)
    let path = RecipePath(request.path.key)
    let values = try request.values.map { value in
      let changed = try recipe.labeled().replacing(
        path, with: value, keyPosition: request.path.keyPosition)
      let template = RecipeTemplate(changed)
      if let problem = template.allProblems.first { throw problem }
      guard template.space.parameters.count == experiment.space.parameters.count else {
        throw Problem(
          RecipeError.conflict(
            "validation-curve", request.path.key, reason: "a search varies it already"),
          at: request.path.keyPosition)
      }
      let blueprint = template.blueprint(
        defaultLoss: experiment.defaultLoss, precision: precision,
        vocabulary: experiment.data.vocabulary?.count)
      if let assignment = experiment.space.extremes.first {
        try StrategyCheck(experiment, changed).check(try experiment.strategy(blueprint, assignment))
      }
      return ValidationCurvePlan.Value(text: value.recipeText, blueprint: blueprint)
    }
    return ValidationCurvePlan(parameter: request.path.key, values: values, repeats: request.repeats)
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
      return try draft.examples(of: try context.data(node), template, seed: seed).data
    }
  }

  /// The examples; a numeric target becomes classes if the loss takes classes.
  private func examples(
    of source: ExperimentData, _ template: RecipeTemplate, seed: UInt64
  ) throws -> (data: Dataset, law: LawData?) {
    let first = template.space.extremes.first
    let loss = first.flatMap { template.section("train", $0) }?["loss"]
    let learner = first.flatMap { try? template.learner($0) }
    let takesClasses =
      learner?.targets == .classes
      || loss.flatMap { try? Losses.catalog.decode($0) }?.takesClasses ?? false
    return try source.drawn(seed: seed, takesClasses: takesClasses)
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
    guard let node = EvaluateSection.list(recipe["evaluate"]) else {
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
    var names: Set<String> = []
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
        if let problem = metric.problem(with: data) { throw Problem(problem, at: item.position) }
        guard names.insert(metric.name).inserted else {
          throw Problem(
            RecipeError.duplicateArgument(of: "evaluate", name: metric.name), at: item.position)
        }
        return metric
      }
    }
  }
}
