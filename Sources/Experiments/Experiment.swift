import Autodiff
import Components
import Datasets
import NeuralNetworks
import Search
import Tensors
import Validation

/// A recipe with everything checked: what the runner computes.
public struct Experiment: Sendable {
  /// The label of its block.
  public let label: String
  /// The examples; for a law its points with one noise.
  public let data: Dataset
  /// The law, if the data follow one.
  public let law: LawData?
  /// How the examples are divided.
  public let split: Split
  /// The metrics of every part.
  public let metrics: [any Metric]
  /// The seed of everything random.
  public let seed: UInt64
  /// What the author expects.
  public let expectations: [Expectation]
  /// The figures and tables shown at the block.
  public let shown: [String]
  /// The settings in force: their paths, values, and whether they were given.
  public internal(set) var settings: [ExperimentSetting]
  let splitter: (any Splitter)?
  let search: ResolvedSearch?
  let closure: ClosurePlan?
  let template: RecipeTemplate
  let precision: Precision
  let defaultLoss: any Loss
  /// The programs that folds, trials and replicas share.
  let programs = ProgramStore()

  /// The hyperparameters that a search varies.
  public var space: SearchSpace { template.space }
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

/// A search with its objective understood.
struct ResolvedSearch: Sendable {
  /// Where the objective is measured.
  enum Place: Sendable {
    case crossValidation, validation
  }

  var plan: SearchPlan
  var place: Place
  /// The metric; nil for the loss.
  var metric: (any Metric)?
  var direction: Direction

  /// The path of the objective, as in `cv.accuracy.mean`.
  var path: String {
    let name = metric?.name ?? "loss"
    return place == .crossValidation ? "cv.\(name).mean" : "validation.\(name)"
  }
}

extension Experiment {
  /// The settings that follow from the data or from other settings where the recipe gives none.
  var impliedSettings: [(path: String, value: String)] {
    var implied = [
      ("evaluate", "[" + metrics.map(\.name).joined(separator: ", ") + "]"), ("train.loss", defaultLoss.name),
      ("train.optimizer", "adam"), ("train.initializer", "glorot-uniform"),
    ]
    implied.append(("train.schedule", "constant"))
    if let strategy = template.extremes.first.flatMap({ try? self.strategy($0) }) {
      implied.append(("train.learning-rate", strategy.settings.optimizer.learningRate.recipeText))
      if let share = strategy.validation { implied.append(("split.validation", share.recipeText)) }
    }
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
    let settings = try template.settings(assignment, defaultLoss: defaultLoss, precision: precision)
    // What watches over the training is a fifth of the training data unless the recipe says otherwise.
    let needsValidation =
      settings.earlyStopping != nil || settings.schedule.needsValidation || search?.place == .validation
    return Strategy(
      preparations: try template.preparations(assignment), network: try template.network(assignment),
      settings: settings,
      validation: split.validation ?? (needsValidation ? 0.2 : nil), isStratified: split.isStratified,
      isShuffled: split.isShuffled, programs: programs)
  }

  /// The examples that `test` leaves, and those of the test part.
  func parts() -> (rest: [Int], test: [Int]) {
    let all = Array(0..<data.count)
    guard let fraction = split.test else { return (all, []) }
    var stream = RandomStream(seed: seed, .split)
    let (test, rest) = Split.keep(
      fraction, of: all, classes: split.isStratified ? data.classes : nil, isShuffled: split.isShuffled,
      using: &stream)
    return (rest, test)
  }
}
