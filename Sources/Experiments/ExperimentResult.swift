import Components
import Datasets
import NeuralNetworks
import Search
import Tensors
import Validation

/// What an experiment computed: the values of `results.json`, and what its figures and tables are made from.
///
/// With repetitions the values are means with their spread, and everything else is that of the first one.
public struct ExperimentResult: Sendable {
  /// The result of a variant.
  public struct Variant: Sendable {
    /// The name in paths.
    public var name: String
    /// The name in figures and tables.
    public var title: String
    /// What it computed.
    public var result: ExperimentResult
  }

  /// A variant or a repetition that could not be computed.
  public struct Failure: Sendable {
    /// The title of the variant, if there are variants.
    public var variant: String?
    /// The number of the repetition, from zero; nil for all of them.
    public var repetition: Int?
    /// What went wrong.
    public var error: any Error
  }

  /// The experiment.
  public private(set) var experiment: Experiment
  /// The values by their paths, as in `test.accuracy`.
  public internal(set) var values: [String: RecordedValue] = [:]
  /// What the final training went through.
  public internal(set) var history = TrainingHistory()
  /// The fitted strategy.
  public internal(set) var fitted: FittedStrategy?
  /// The networks that learned against each other.
  public internal(set) var gan: TrainedGAN?
  /// What the generator makes.
  public internal(set) var samples: GeneratedSamples?
  /// How the series goes on.
  public internal(set) var forecast: Forecast?
  /// The scores of each fold.
  public internal(set) var folds: [Scores] = []
  /// The held-out examples of each fold with their predictions.
  public internal(set) var heldOut: [HeldOutFold] = []
  /// The trials of the search.
  public internal(set) var trials: [Trial] = []
  /// The best trial.
  public internal(set) var best: Trial?
  /// The scores by the number of examples.
  public internal(set) var learningCurve: LearningCurve?
  /// What more examples would give.
  public internal(set) var extrapolation: LearningCurve.Extrapolation?
  /// What the practical methodology says.
  public internal(set) var diagnosis: Diagnosis?
  /// The scores by the value of a setting.
  public internal(set) var validationCurve: ValidationCurve?
  /// What the closure test says in words.
  public internal(set) var verdict: ClosureVerdict?
  /// The levels of the closure test.
  public internal(set) var closure: [ClosureResult] = []
  /// Why the search ended.
  public internal(set) var ending: StudyOutcome.Ending?
  /// The results of all repetitions, if there are several.
  public internal(set) var repetitions: [ExperimentResult] = []
  /// The results of the variants, if there are any.
  public internal(set) var variants: [Variant] = []
  /// How the variants differ from the reference.
  public internal(set) var differences: [VariantDifference] = []
  /// What could not be computed.
  public internal(set) var failures: [Failure] = []

  init(_ experiment: Experiment) { self.experiment = experiment }

  mutating func set(_ path: String, _ value: Double) { values[path] = .real(value) }

  /// The result as that of the experiment that it is a repetition of.
  func over(_ experiment: Experiment) -> ExperimentResult {
    var result = self
    result.experiment = experiment
    return result
  }
}

extension ExperimentResult.Failure: Explained {
  public var sentence: String {
    let what = (error as? any Explained)?.sentence ?? (error as? Problem)?.message ?? "\(error)"
    let place = [variant.map { "the variant \"\($0)\"" }, repetition.map { "repetition \($0 + 1)" }]
    return "\(place.compactMap(\.self).joined(separator: ", ")): \(what)"
  }

  public var hint: String? { (error as? any Explained)?.hint ?? (error as? Problem)?.hint }
}

/// A fold that was held out, with what the others predict for it.
public struct HeldOutFold: Sendable {
  /// The numbers of the examples.
  public var examples: [Int]
  /// The predictions, examples × outputs.
  public var outputs: Tensor<Double>
}

extension ExperimentResult {
  /// The value at a path: the longest key that begins it, then the way into the object or the list.
  public static func value(at path: String, in values: [String: RecordedValue]) -> RecordedValue? {
    RecordedPath(path).value(in: values)
  }

  /// What an expectation at a path is held against: the value, or the mean of several.
  public func expectedValue(at path: String) -> RecordedValue? {
    Self.value(at: path, in: values) ?? Self.value(at: "\(path).mean", in: values)
  }
}
