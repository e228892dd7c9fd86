import Components
import Datasets
import Search
import Tensors
import Validation

/// Checks that the parts of an experiment go together, without training.
///
/// Problems stand where the recipe has what they are about; an experiment that Swift put together has an empty recipe.
struct ExperimentCheck {
  private let experiment: Experiment
  private let recipe: RecipeNode
  /// What was found.
  private(set) var problems: [Problem] = []

  init(_ experiment: Experiment, _ recipe: RecipeNode) {
    self.experiment = experiment
    self.recipe = recipe
  }

  /// Checks what sections want of the data: a law, classes, a series.
  mutating func checkData() {
    checkClosureTest()
    checkLearningCurve()
    checkMetric(experiment.diagnosis?.metric, at: "diagnose")
    if experiment.data.classes == nil {
      if experiment.split.isStratified { note(.taskNeedsClasses(name: "stratify"), at: "split", "stratify") }
    }
    checkSeries()
  }

  private mutating func note(_ error: RecipeError, at section: String, _ key: String? = nil) {
    let node = recipe[section]
    problems.append(Problem(error, at: (key.flatMap { node?[$0] } ?? node ?? recipe).position))
  }

  /// A learning curve needs as many examples as its largest size, and a metric that there is.
  private mutating func checkLearningCurve() {
    guard let plan = experiment.learningCurve else { return }
    let available = experiment.curveSplits(repeats: plan.repeats).map(\.training.count).min() ?? 0
    let counts = experiment.learningCurveSizes(plan)
    if let largest = counts.last, largest > available {
      note(
        .notEnough(what: "learning-curve", needed: largest, found: available), at: "learning-curve", "sizes")
    } else if counts.first == 0 || counts.isEmpty {
      note(
        .outOfRange(name: "sizes", requirement: "at least one example", found: "none"), at: "learning-curve",
        "sizes")
    }
    checkMetric(plan.metric, at: "learning-curve")
  }

  /// A curve and a diagnosis look at a metric that there is.
  private mutating func checkMetric(_ metric: String?, at section: String) {
    let known = experiment.metrics.map(\.name) + ["loss"]
    if let metric, !known.contains(metric) {
      note(.unknownPath(path: metric, known: known), at: section, "metric")
    }
  }

  /// A closure test needs a law, which has values wherever it is asked about.
  private mutating func checkClosureTest() {
    guard let plan = experiment.closure else { return }
    guard let law = experiment.law else { return note(.needsLaw, at: "closure-test") }
    let key = "closure-test"
    if let points = plan.outOfSample, points.columns != law.inputs.columns || !namesVariables(of: law) {
      return note(
        .wrongType(
          name: "out-of-sample", expected: "points in \(law.law.variables.joined(separator: ", "))",
          found: "others", known: [], given: nil), at: key, "out-of-sample")
    }
    if plan.confirm != nil, experiment.search?.closureLevels.isEmpty != false {
      note(
        .unsupported(
          name: "confirm", reason: "tests the winner of a search whose objective is a closure test"),
        at: key, "confirm")
    }
    do throws(DatasetError) { _ = try ClosureTest(plan, law: law, key: experiment.key) } catch {
      let place = plan.inconsistency == nil ? "out-of-sample" : "inconsistency"
      problems.append(Problem(error, at: (recipe[key]?[place] ?? recipe[key] ?? recipe).position))
    }
  }

  /// Whether points out of the sample name the variables of the law in their order, or none.
  private func namesVariables(of law: LawData) -> Bool {
    guard let entries = recipe["closure-test"]?["out-of-sample"]?.entries, entries.count > 1,
      entries.allSatisfy({ if case .map = $0.value.kind { true } else { false } })
    else { return true }
    return entries.map(\.key) == law.law.variables
  }

  /// A series has an order in time, which nothing may shuffle.
  private mutating func checkSeries() {
    guard let series = experiment.data.series else {
      if experiment.forecast != nil { note(.needsSeries(name: "forecast"), at: "forecast") }
      return
    }
    if let node = recipe["split"]?["shuffle"], Bool(recipe: node) == true {
      problems.append(Problem(RecipeError.shuffledSeries(name: "split.shuffle"), at: node.position))
    }
    if let forecast = experiment.forecast, forecast.mode == .direct, forecast.steps > series.horizon {
      note(
        .outOfRange(
          name: "steps", requirement: "at most the horizon of \(series.horizon) when all come at once",
          found: "\(forecast.steps)"), at: "forecast", "steps")
    }
  }

  /// Whether the sampler can search the space.
  private mutating func checkSampler() {
    guard let search = experiment.search, !experiment.space.parameters.isEmpty else { return }
    var problem = SearchProblem(
      space: experiment.space, directions: search.directions, seed: 0, fullResource: experiment.fullResource)
    problem.frozen = experiment.frozenHyperparameters
    // Whether it has is told apart, with more to say.
    problem.hasGradient = true
    do {
      try search.plan.sampler.check(problem)
    } catch {
      problems.append(Problem(error, at: recipe["search"]?["sampler"]?.position ?? search.plan.position))
    }
  }

  /// Whether trials have something between which the pruner can stop them: epochs, or several folds.
  private mutating func checkPruner() {
    guard let search = experiment.search, let pruner = search.plan.pruner else { return }
    let hasEpochs = search.closureLevels.isEmpty && experiment.trainings.allSatisfy { $0 != nil }
    let hasFolds = search.usesFolds || !search.closureLevels.isEmpty
    if !hasEpochs, pruner.halving != nil || search.plan.steps == .epochs {
      note(.prunerNeedsEpochs, at: "search", "pruner")
    } else if !hasFolds, !hasEpochs || pruner.comparesParts || search.plan.steps == .folds {
      note(.prunerNeedsFolds, at: "search", "pruner")
    }
  }

  /// Whether the objective has the derivatives that the sampler needs.
  private mutating func checkGradient() {
    guard problems.isEmpty, let search = experiment.search else { return }
    do {
      _ = try SearchGradient(search, experiment)
    } catch let failure as any Explained {
      problems.append(Problem(failure, at: search.plan.position))
    } catch {
      problems.append(Problem(at: search.plan.position, message: "\(error)"))
    }
  }

  /// Decodes the strategy at the ends of every hyperparameter and checks that it goes with the data.
  mutating func checkStrategy() {
    let model = recipe["model"]?.position ?? recipe.position
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
    checkSampler()
    checkGradient()
    checkPruner()
    let (rest, test) = experiment.parts()
    let splitPosition = recipe["split"]?.position ?? recipe.position
    if experiment.hasTest, test.isEmpty || rest.count < 2 {
      problems.append(
        Problem(
          DatasetError.tooFewExamples(
            part: test.isEmpty ? "test" : "training", count: min(test.count, rest.count)),
          at: splitPosition))
    }
    checkFolds(rest.count, at: splitPosition)
  }

  /// Checks that the examples can be divided into folds that a search can look at.
  private mutating func checkFolds(_ count: Int, at position: SourcePosition) {
    if experiment.splitter is NestedSplitter, experiment.search == nil {
      problems.append(ValidateSection.problem(.nestedWithoutSearch, in: recipe))
    }
    // What is wrong with the test part has been said.
    guard count > 1 else { return }
    do throws(SplitterError) {
      let divisions = try experiment.allValidations()
      checkObjective(divisions)
      let counts = divisions.flatMap { $0.folds.map(\.trainingCount) }
      checkValidation(([count] + counts).min() ?? count, at: position)
    } catch {
      problems.append(ValidateSection.problem(error, in: recipe))
    }
  }

  /// Checks that the folds of a search are large enough for its objective.
  private mutating func checkObjective(_ divisions: [CrossValidation]) {
    guard let search = experiment.search else { return }
    let compared = search.measures.lazy.compactMap { measure -> (any Metric)? in
      if case .folds(let metric) = measure { metric } else { nil }
    }.max { $0.leastExamples < $1.leastExamples }
    guard let metric = compared else { return }
    let searched = experiment.splitter is NestedSplitter ? divisions.dropFirst() : divisions[...]
    let held = searched.flatMap { $0.folds.map(\.held.count) }.min()
    guard let held, held < metric.leastExamples else { return }
    problems.append(
      Problem(
        SplitterError.scoresSingles(metric: metric.name, needed: metric.leastExamples, held: held),
        at: search.plan.objectivePosition))
  }

  /// Checks that the validation part, of the smallest training side there is, holds and leaves examples.
  private mutating func checkValidation(_ training: Int, at position: SourcePosition) {
    let experiment = experiment
    let fraction = experiment.space.extremes.lazy.compactMap { (try? experiment.strategy($0))?.validation }
      .first
    guard let fraction, experiment.data.parts?.contains(.validation) != true else { return }
    var stream = RandomStream(seed: 0, .validation)
    let (held, rest) = experiment.data.division(
      of: Array(0..<training), keeping: fraction, isStratified: false, isShuffled: false, using: &stream)
    guard held.isEmpty || rest.isEmpty else { return }
    problems.append(
      Problem(
        DatasetError.tooFewExamples(part: held.isEmpty ? "validation" : "training", count: 0), at: position))
  }
}
