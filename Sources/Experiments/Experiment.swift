import Autodiff
import Components
import Datasets
import NeuralNetworks
import Search
import Tensors
import Validation

/// A recipe with everything checked: what the runner computes.
public struct Experiment: Sendable {
  /// A recipe among several that one block runs and compares.
  public struct Variant: Sendable {
    /// The name in paths, as in `variants.plain.test.accuracy`.
    public var name: String
    /// The name in figures and tables.
    public var title: String
    /// What it computes.
    public var experiment: Experiment
  }

  /// The label of its block.
  public let label: String
  /// The examples; for a law its points with one noise.
  public private(set) var data: Dataset
  /// The law, if the data follow one.
  public let law: LawData?
  /// How the examples are divided.
  public let split: Split
  /// The metrics of every part.
  public let metrics: [any Metric]
  /// The seed of everything random.
  public let seed: UInt64
  /// Which repetition it is.
  public private(set) var repetition = SeedRepetition.first
  /// Its name among the variants of a block; nil if it is none of several.
  var variantName: String?
  /// How often it is repeated with other random numbers; nil for once.
  public internal(set) var seeds: SeedsPlan?
  /// The recipes that the block compares; none for a block of one recipe.
  ///
  /// Everything else is that of the first of them then.
  public internal(set) var variants: [Variant] = []
  /// How the variants are compared.
  public internal(set) var comparison: ComparisonPlan?
  /// What the author expects.
  public internal(set) var expectations: [Expectation] = []
  /// The figures and tables shown at the block.
  public internal(set) var shown: [String] = ResultView.defaultNames
  /// What is written into files beside the report.
  public internal(set) var exports: [Export] = []
  /// The settings in force: their paths, values, and whether they were given.
  public internal(set) var settings: [ExperimentSetting] = []
  /// The recipe itself, with everything inherited and all parameters in place.
  public internal(set) var recipe: RecipeNode?
  let splitter: (any Splitter)?
  let search: ResolvedSearch?
  let closure: ClosurePlan?
  /// On how many examples the strategy is trained; nil for no learning curve.
  public internal(set) var learningCurve: LearningCurvePlan?
  /// Which setting is varied by itself; nil for none.
  public internal(set) var validationCurve: ValidationCurvePlan?
  /// How the strategy is diagnosed; nil for not at all.
  public internal(set) var diagnosis: DiagnosisPlan?
  /// The intervals of held-out scores; nil for none.
  public internal(set) var interval: BootstrapInterval?
  /// How far the series is continued; nil for none.
  public let forecast: ForecastPlan?
  /// Two networks that learn against each other, in place of one; nil for one.
  public let adversary: AdversarialPlan?
  let blueprint: StrategyBlueprint
  let defaultLoss: any Loss
  /// Makes the data anew under another seed; nil for data that do not depend on it.
  private let redraw: (@Sendable (UInt64) throws -> Dataset)?
  /// The programs that folds, trials, replicas and repetitions share.
  private(set) var programs = ProgramStore()

  init(
    label: String, data: Dataset, law: LawData?, redraw: (@Sendable (UInt64) throws -> Dataset)?,
    split: Split, metrics: [any Metric], seed: UInt64, splitter: (any Splitter)?, search: ResolvedSearch?,
    closure: ClosurePlan?, forecast: ForecastPlan?, adversary: AdversarialPlan? = nil,
    blueprint: StrategyBlueprint,
    defaultLoss: any Loss
  ) {
    self.label = label
    self.data = data
    self.law = law
    self.redraw = redraw
    self.split = split
    self.metrics = metrics
    self.seed = seed
    self.splitter = splitter
    self.search = search
    self.closure = closure
    self.forecast = forecast
    self.adversary = adversary
    self.blueprint = blueprint
    self.defaultLoss = defaultLoss
  }

  /// The closure test of the final strategy: where a search had closure tests of its own, of the size that confirms its
  /// winner.
  var confirmedClosure: ClosurePlan? {
    guard var plan = closure, let confirm = plan.confirm, search?.closureLevels.isEmpty == false else {
      return closure
    }
    plan.fits = confirm.fits
    plan.replicas = confirm.replicas
    return plan
  }

  /// The hyperparameters that a search varies.
  public var space: SearchSpace { blueprint.space }

  /// The key of the training on everything that the test part leaves.
  var key: FitKey { FitKey(seed: seed, repetition: repetition) }

  /// The experiment with the random numbers of one of its repetitions.
  func repeated(_ number: Int) throws -> Experiment {
    var result = self
    result.seeds = nil
    result.repetition = SeedRepetition(number, varying: seeds?.varied ?? .training)
    let dataSeed = result.repetition.seed(seed, for: .data)
    if dataSeed != seed, let redraw { result.data = try redraw(dataSeed) }
    return result
  }
}

/// A setting of an experiment and whether the author gave it.
public struct ExperimentSetting: Sendable, Hashable {
  /// The path, as in `train.epochs`.
  public var path: String
  /// The value as a recipe would hold it.
  public var value: String
  /// Whether the author gave it.
  public var isGiven: Bool
}

extension Experiment {
  /// Where the recipe has its search; nil if it has none.
  package var searchPosition: SourcePosition? { search?.plan.position }

  /// The settings that follow from the data or from other settings where the recipe gives none.
  var impliedSettings: [(path: String, value: String)] {
    var implied = [("evaluate", "[" + metrics.map(\.name).joined(separator: ", ") + "]")]
    let strategy = space.extremes.first.flatMap { try? self.strategy($0) }
    if let settings = strategy?.estimator.settings {
      implied += [
        ("train.loss", defaultLoss.name), ("train.optimizer", "adam"),
        ("train.initializer", "glorot-uniform"), ("train.schedule", "constant"),
        ("train.learning-rate", settings.optimizer.learningRate.recipeText),
      ]
    }
    if let share = strategy?.validation { implied.append(("split.validation", share.recipeText)) }
    if let search {
      implied += [
        ("search.sampler", "tpe"), ("search.objective", search.path),
        ("search.direction", search.direction.rawValue),
      ]
    }
    return implied
  }

  /// The strategy with the values of an assignment in place of the hyperparameters.
  ///
  /// Throws a problem.
  package func strategy(_ assignment: Assignment) throws -> Strategy {
    try strategy(blueprint, assignment)
  }

  /// The strategy of a blueprint within the experiment.
  func strategy(_ blueprint: StrategyBlueprint, _ assignment: Assignment) throws -> Strategy {
    var strategy = try blueprint.strategy(assignment)
    // What watches over the training is a fifth of the training data unless the recipe says otherwise.
    let settings = strategy.estimator.settings
    let needsValidation =
      settings?.earlyStopping != nil || settings?.schedule.needsValidation == true
      || search?.usesValidation == true
    strategy.validation = split.validation ?? (needsValidation ? 0.2 : nil)
    strategy.isStratified = split.isStratified
    strategy.isShuffled = split.isShuffled
    strategy.mask = split.mask
    strategy.programs = programs
    return strategy
  }

  /// Whether there is a test part.
  var hasTest: Bool { split.test != nil || data.parts?.contains(.test) == true }

  /// Whether the author wants a validation part.
  var hasValidation: Bool { split.validation != nil || data.parts?.contains(.validation) == true }

  /// The examples that `test` leaves, and those of the test part.
  func parts() -> (rest: [Int], test: [Int]) {
    let all = Array(0..<data.count)
    if let parts = data.parts, split.test == nil {
      return (all.filter { parts[$0] != .test }, all.filter { parts[$0] == .test })
    }
    guard let fraction = split.test else { return (all, []) }
    var stream = RandomStream(seed: key.seed(for: .split), .split)
    let (test, rest) = data.division(
      of: all, keeping: fraction, isStratified: split.isStratified, isShuffled: split.isShuffled,
      using: &stream)
    return (rest, test)
  }
}
