import Components
import Datasets
import Foundation
import NeuralNetworks
import Search
import Tensors
import Validation

extension Experiment {
  /// An experiment whose strategy has hyperparameters: the same words as in a recipe, and for the same words and the same
  /// seed the same bits.
  ///
  /// `space` are the hyperparameters that `search` varies; `strategy` makes what they give. Without metrics, the accuracy
  /// or the mean squared error and R² are scored. Throws ``ExperimentError`` for what `check` would find in a recipe.
  public init(
    _ label: String = "experiment", data source: ExperimentData, split: Split = Split(),
    metrics: [any Metric] = [], interval: BootstrapInterval? = nil,
    validate splitter: (any Splitter)? = nil, search: SearchPlan? = nil,
    closureTest: ClosurePlan? = nil, forecast: ForecastPlan? = nil, learningCurve: LearningCurvePlan? = nil,
    diagnose diagnosis: DiagnosisPlan? = nil, validationCurve: ValidationCurvePlan? = nil,
    seeds: SeedsPlan? = nil, seed: UInt64 = 0, space: SearchSpace,
    strategy: @escaping @Sendable (Hyperparameters) throws -> Strategy
  ) throws {
    let blueprint = StrategyBlueprint(space: space) { try strategy(Hyperparameters(space, $0)) }
    let estimator = try blueprint.strategy(space.extremes.first ?? []).estimator
    let takesClasses = estimator.settings?.loss.takesClasses ?? (estimator.learner?.targets == .classes)
    let (data, law) = try source.drawn(seed: seed, takesClasses: takesClasses)
    let standard =
      Metrics.standard(forClasses: data.classes != nil) + (data.series == nil ? [] : [Skill()])
    let metrics = metrics.isEmpty ? standard : metrics
    let resolved = try search.map { plan in
      do throws(RecipeError) {
        return try ResolvedSearch(
          plan, metrics: metrics, hasFolds: splitter != nil, closure: closureTest, law: law)
      } catch {
        throw ExperimentError.invalid(sentence: error.sentence, hint: error.hint)
      }
    }
    self.init(
      label: label, data: data, law: law,
      redraw: source.redraw(takesClasses: takesClasses), split: split, metrics: metrics, seed: seed,
      splitter: splitter, search: resolved, closure: closureTest,
      forecast: forecast, blueprint: blueprint, defaultLoss: estimator.settings?.loss ?? MeanSquaredError())
    self.seeds = seeds
    self.learningCurve = learningCurve
    self.diagnosis = diagnosis
    self.interval = interval
    self.validationCurve = validationCurve
    try check()
  }

  /// An experiment of one strategy.
  public init(
    _ label: String = "experiment", data: ExperimentData, split: Split = Split(), metrics: [any Metric] = [],
    interval: BootstrapInterval? = nil, validate splitter: (any Splitter)? = nil,
    closureTest: ClosurePlan? = nil, forecast: ForecastPlan? = nil,
    learningCurve: LearningCurvePlan? = nil, diagnose diagnosis: DiagnosisPlan? = nil,
    validationCurve: ValidationCurvePlan? = nil, seeds: SeedsPlan? = nil, seed: UInt64 = 0, strategy: Strategy
  ) throws {
    try self.init(
      label, data: data, split: split, metrics: metrics, interval: interval, validate: splitter,
      closureTest: closureTest,
      forecast: forecast, learningCurve: learningCurve, diagnose: diagnosis,
      validationCurve: validationCurve, seeds: seeds,
      seed: seed, space: SearchSpace([])
    ) { _ in strategy }
  }

  /// An experiment of two networks that learn against each other.
  public init(
    _ label: String = "experiment", data source: ExperimentData, split: Split = Split(),
    gan plan: AdversarialPlan, seeds: SeedsPlan? = nil, seed: UInt64 = 0
  ) throws {
    let (data, _) = try source.drawn(seed: seed, takesClasses: false)
    var plan = plan
    if plan.metrics.isEmpty { plan.metrics = SampleMetrics.standard(forClasses: data.classes != nil) }
    self.init(
      label: label, plan, data,
      redraw: source.redraw(takesClasses: false), split, seed: seed)
    self.seeds = seeds
    if let problem = adversarialProblems(plan, RecipeNode(.map([]), at: SourcePosition(file: "", line: 0)))
      .first
    {
      throw ExperimentError(problem)
    }
  }

  /// Several experiments that are computed side by side and compared, each by the name of a variant.
  ///
  /// `reference` is the variant that the others are compared with, the first unless given. Throws ``ExperimentError`` if
  /// they cannot be compared so.
  public init(
    _ label: String = "experiment", variants: KeyValuePairs<String, Experiment>, reference: String? = nil,
    metrics: [String]? = nil, test: PairedTest? = nil
  ) throws {
    guard let first = variants.first?.value else {
      throw ExperimentError.invalid(sentence: "an experiment needs at least one variant", hint: nil)
    }
    self = first
    self.variants = variants.map { title, experiment in
      Variant(name: RecipeVariants.hyphenated(title), title: title, experiment: experiment)
    }
    do throws(RecipeError) {
      comparison = try ComparisonPlan(
        of: self.variants, reference: reference, metrics: metrics, test: test)
    } catch {
      throw ExperimentError.invalid(sentence: error.sentence, hint: error.hint)
    }
  }

  /// Computes the experiment; results do not depend on the threads of the pool.
  ///
  /// `studies` is where searches with the name of a study are kept, and what an interrupted search goes on from.
  public func run(
    in pool: any WorkerPool = ThreadPool(threads: ProcessInfo.processInfo.activeProcessorCount),
    studies: (any StudyHome)? = nil
  ) throws -> ExperimentResult {
    try ExperimentRunner(pool: pool, keeper: studies.map { SearchKeeper(home: $0, document: "Swift") }).run(
      self)
  }

  /// Finds what a recipe's check would find.
  private func check() throws(ExperimentError) {
    let nowhere = SourcePosition(file: "", line: 0)
    if search == nil, let parameter = space.parameters.first {
      throw ExperimentError(
        Problem(RecipeError.hyperparameterWithoutSearch(path: parameter.name), at: nowhere))
    }
    if search != nil, space.parameters.isEmpty {
      throw ExperimentError(Problem(RecipeError.searchWithoutHyperparameter, at: nowhere))
    }
    var check = ExperimentCheck(self, RecipeNode(.map([]), at: nowhere))
    check.checkData()
    check.checkStrategy()
    if let problem = check.problems.first { throw ExperimentError(problem) }
  }
}
