import Components
import Datasets
import Foundation
import NeuralNetworks
import Search
import Tensors
import Validation

/// A computed experiment as files: its recipe, and what each run learned.
///
/// Another process makes the same result of them: data and preparations follow from the recipe again, networks are read.
public struct ResultArchive: Codable, Sendable {
  /// One repetition of one variant.
  private struct Run: Codable, Sendable {
    var values: [String: RecordedValue] = [:]
    var hasNetwork = false
    var isFitted = false
    var folds: [Fold] = []
    var trials: [Trial] = []
    /// What went wrong, if it could not be computed.
    var failure: String?
  }

  private struct Fold: Codable, Sendable {
    var loss: Double
    var metrics: [Double]
    var examples: [Int]
    var outputs: [Double]
    var shape: Shape
  }

  private var label: String
  private var seed: UInt64
  private var recipe: RecipeNode
  private var runs: [Run]

  // MARK: Writing

  /// Writes a result into a folder, in files that begin with the label.
  ///
  /// Throws if a file cannot be written.
  public static func write(_ result: ExperimentResult, to folder: String) throws {
    let experiment = result.experiment
    guard let recipe = experiment.recipe else { return }
    let groups =
      experiment.variants.isEmpty ? [(nil, experiment)] : experiment.variants.map { ($0.name, $0.experiment) }
    var archive = ResultArchive(label: experiment.label, seed: experiment.seed, recipe: recipe, runs: [])
    for (variant, planned) in groups {
      let own = variant == nil ? result : result.variants.first { $0.name == variant }?.result
      let repetitions = own.map { $0.repetitions.isEmpty ? [$0] : $0.repetitions } ?? []
      for number in 0..<(planned.seeds?.count ?? 1) {
        let found =
          planned.seeds == nil
          ? repetitions.first : repetitions.first { $0.experiment.repetition.number == number }
        let path = "\(folder)/\(experiment.label)-\(archive.runs.count)"
        archive.runs.append(try found.map { try run($0, network: path) } ?? Run(failure: "was not computed"))
      }
    }
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    try encoder.encode(archive).write(
      to: URL(fileURLWithPath: "\(folder)/\(experiment.label).experiment.json"))
  }

  private static func run(_ result: ExperimentResult, network path: String) throws -> Run {
    try result.fitted?.network?.save(to: path)
    var run = Run()
    run.values = result.values
    run.hasNetwork = result.fitted?.network != nil
    run.isFitted = result.fitted != nil
    run.folds = zip(result.folds, result.heldOut).map { scores, held in
      Fold(
        loss: scores.loss, metrics: scores.metrics, examples: held.examples, outputs: held.outputs.elements,
        shape: held.outputs.shape)
    }
    run.trials = result.trials
    return run
  }

  // MARK: Reading

  /// Makes the result of the files of a folder; the context is that of the document.
  ///
  /// Throws if there are none, or if the data have changed so that the recipe means nothing any more.
  public static func read(_ label: String, from folder: String, context: RecipeContext) throws
    -> ExperimentResult
  {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(label).experiment.json"))
    let archive = try decoder.decode(ResultArchive.self, from: data)
    var context = context
    context.seed = archive.seed
    let (decoded, problems) = ExperimentDecoder(context).decode(archive.recipe, label: label)
    guard let experiment = decoded else {
      throw problems.first.map { ExperimentError($0) }
        ?? ExperimentError.invalid(sentence: "the recipe of \"\(label)\" cannot be read again", hint: nil)
    }
    let planned = try experiment.runs()
    let outcomes = zip(planned, archive.runs).enumerated().map { number, pair in
      Result<ExperimentResult, any Error> {
        try restored(pair.1, of: pair.0, network: "\(folder)/\(label)-\(number)")
      }
    }
    return try ExperimentRunner.assembled(experiment, outcomes)
  }

  private static func restored(
    _ run: Run, of experiment: Experiment, network path: String
  ) throws -> ExperimentResult {
    if let failure = run.failure { throw ExperimentError.invalid(sentence: failure, hint: nil) }
    var result = ExperimentResult(experiment)
    result.values = run.values
    result.folds = run.folds.map { Scores(loss: $0.loss, metrics: $0.metrics) }
    result.heldOut = run.folds.map {
      HeldOutFold(examples: $0.examples, outputs: Tensor($0.outputs, shape: $0.shape))
    }
    result.trials = run.trials
    if let search = experiment.search {
      let study = search.plan.study(
        in: experiment.space, directions: search.directions, seed: experiment.seed)
      result.best = study.best(of: result.trials)
    }
    guard run.isFitted else { return result }
    let strategy =
      try result.best.map { try experiment.strategy(of: $0, among: result.trials) }
      ?? experiment.strategy([])
    let fitted = strategy.restored(
      run.hasNetwork ? try TrainedNetwork(contentsOf: path) : nil, from: experiment.data,
      on: experiment.parts().rest, key: experiment.key)
    guard let fitted else { return result }
    result.fitted = fitted
    result.history = fitted.history
    if let plan = experiment.forecast, let series = experiment.data.series {
      result.forecast = Forecast(
        plan, of: series, in: experiment.data, from: experiment.forecastStart, by: fitted)
    }
    return result
  }
}
