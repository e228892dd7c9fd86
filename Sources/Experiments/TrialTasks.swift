import Components
import Datasets
import NeuralNetworks
import Search
import Tensors
import Validation

/// What is computed for every trial of a search: folds, a validation part, replicas of closure tests, each a task.
struct TrialTasks: SearchObjective {
  /// What a task gives.
  enum Part: Sendable {
    case scores(Fit)
    case replica(ClosureTest.Replica)
  }

  /// The scores of a fit, and how its training goes on.
  struct Fit: Sendable {
    var scores: Scores
    var parameterCount: Int
    /// Floating-point operations of the training, about.
    var cost: Double
    var checkpoint: Checkpoint?
    /// The derivative of the objective by each hyperparameter on its scale.
    var gradient: [Double]?
  }

  /// Which task of its kind one is.
  private enum Kind {
    case fold(Int)
    case validation
    case replica(Int, level: Int)
  }

  private let search: ResolvedSearch
  private let experiment: Experiment
  private let examples: [Int]
  private let key: FitKey
  private let metrics: [any Metric]
  private let validation: CrossValidation?
  private let closure: ClosureTest?
  private let gradient: SearchGradient?

  /// The tasks of trials on some examples.
  ///
  /// Closure tests of trials have a noise of their own, so that the winner can be tested with one that no trial saw. Throws
  /// what keeps folds or pseudo-data from being made.
  init(_ search: ResolvedSearch, _ experiment: Experiment, on examples: [Int], key: FitKey) throws {
    self.search = search
    self.experiment = experiment
    self.examples = examples
    self.key = key
    var metrics: [any Metric] = []
    for metric in search.measures.compactMap(\.metric)
    where !metrics.contains(where: { $0.name == metric.name }) {
      metrics.append(metric)
    }
    self.metrics = metrics
    gradient = try SearchGradient(search, experiment)
    validation = search.usesFolds ? try experiment.searchValidation(of: examples, key: key) : nil
    var noise = key
    noise.seed = RandomStream.key(seed: key.seed(for: .trialNoise), .trialNoise, [])
    if let plan = experiment.closure, let law = experiment.law, !search.closureLevels.isEmpty {
      closure = try ClosureTest(plan, law: law, key: noise)
    } else {
      closure = nil
    }
  }

  var hasGradient: Bool { gradient != nil }

  /// The number of tasks of a trial.
  var partCount: Int {
    let replicas = closure.map { test in search.closureLevels.map(test.taskCount).reduce(0, +) } ?? 0
    return (validation?.folds.count ?? 0) + (search.usesValidation ? 1 : 0) + replicas
  }

  /// Folds come first, then the validation part, then the levels of the closure test.
  private func kind(of task: Int) -> Kind {
    var rest = task
    let folds = validation?.folds.count ?? 0
    if rest < folds { return .fold(rest) }
    rest -= folds
    if search.usesValidation {
      if rest == 0 { return .validation }
      rest -= 1
    }
    for level in search.closureLevels {
      let count = closure?.taskCount(level: level) ?? 0
      if rest < count { return .replica(rest, level: level) }
      rest -= count
    }
    return .validation
  }

  /// The epochs of a whole training; 1 if trials are not trained by and by.
  var fullResource: Int { experiment.fullResource }

  /// Hyperparameters that change more than how a network is trained.
  var frozenHyperparameters: Set<Int> { experiment.frozenHyperparameters }

  /// How far an evaluation trains, from where an earlier one paused; nil for a whole training.
  private func training(
    _ evaluation: Evaluation, _ strategy: Strategy, _ earlier: Part?
  ) -> PartialTraining? {
    guard let epochs = strategy.estimator.settings?.epochs else { return nil }
    var checkpoint: Checkpoint?
    if case .scores(let fit) = earlier { checkpoint = fit.checkpoint }
    guard !evaluation.isFull || checkpoint != nil else { return nil }
    let share = Experiment.epochs(epochs, resource: evaluation.resource, of: evaluation.fullResource)
    return PartialTraining(epochs: share, checkpoint: checkpoint)
  }

  private func fit(
    _ scores: Scores, _ fitted: FittedStrategy, _ checkpoint: Checkpoint?, _ examples: Int
  ) -> Fit {
    let parameters = fitted.model.parameterCount
    // A step costs about six operations a parameter and example: two forward, four backward.
    let cost = 6 * Double(parameters) * Double(examples) * Double(max(fitted.history.epochs, 1))
    return Fit(scores: scores, parameterCount: parameters, cost: cost, checkpoint: checkpoint)
  }

  /// Computes a task of a trial.
  func evaluate(_ evaluation: Evaluation, resuming earlier: Part?) throws -> Part {
    var strategy = try experiment.strategy(evaluation.assignment)
    strategy.lineage = try experiment.lineage(evaluation.lineage, fullResource: evaluation.fullResource)
    strategy.derivatives = gradient?.derivatives
    let part = training(evaluation, strategy, earlier)
    switch kind(of: evaluation.part) {
    case .fold(let fold):
      guard let validation else { throw SearchError.nothingToScore }
      let (scores, fitted, checkpoint) = try validation.partialScores(
        strategy, fold: fold, metrics: metrics, part: part)
      var result = fit(scores, fitted, checkpoint, validation.folds[fold].training.count)
      result.gradient = try gradient?.values(
        of: fitted, experiment.data, on: validation.folds[fold].held, at: evaluation.assignment)
      return .scores(result)
    case .validation:
      let (fitted, checkpoint) = try strategy.fit(experiment.data, on: examples, key: key, part: part)
      let scores = fitted.scores(experiment.data, on: fitted.validation, metrics: metrics)
      var result = fit(scores, fitted, checkpoint, fitted.training.count)
      result.gradient = try gradient?.values(
        of: fitted, experiment.data, on: fitted.validation, at: evaluation.assignment)
      return .scores(result)
    case .replica(let replica, let level):
      guard let closure else { throw SearchError.nothingToScore }
      return .replica(try closure.replica(replica, level: level, of: strategy))
    }
  }

  func recorded(_ part: Part) -> RecordedValue? {
    switch part {
    case .scores(let fit):
      // Another process trains again what this one paused.
      .reals(
        [Double(fit.parameterCount), fit.cost, fit.scores.loss] + fit.scores.metrics + (fit.gradient ?? []))
    case .replica(let replica): .object(["replica": .reals(replica.numbers)])
    }
  }

  func part(recorded value: RecordedValue) -> Part? {
    if case .object(let fields) = value {
      return fields["replica"]?.numbers.flatMap(ClosureTest.Replica.init(numbers:)).map(Part.replica)
    }
    let plain = 3 + metrics.count
    guard let numbers = value.numbers, numbers.count == plain + (gradient?.count ?? 0),
      let parameters = Int(exactly: numbers[0])
    else { return nil }
    let scores = Scores(loss: numbers[2], metrics: Array(numbers[3..<plain]))
    return .scores(
      Fit(
        scores: scores, parameterCount: parameters, cost: numbers[1], checkpoint: nil,
        gradient: gradient.map { _ in Array(numbers[plain...]) }))
  }

  /// The objective and the violation of constraints that all tasks of a trial give.
  func outcome(of parts: [Part?]) -> TrialOutcome {
    var fits: [Fit?] = []
    var levels: [Int: [ClosureTest.Replica]] = [:]
    for (task, part) in parts.enumerated() {
      switch (kind(of: task), part) {
      case (.replica(_, let level), .replica(let replica)): levels[level, default: []].append(replica)
      case (.replica, _): continue
      case (_, .scores(let own)): fits.append(own)
      default: fits.append(nil)
      }
    }
    var closures: [Int: [String: Double]] = [:]
    for level in search.closureLevels {
      guard let closure, let replicas = levels[level], replicas.count == closure.taskCount(level: level)
      else { continue }
      closures[level] = closure.result(level: level, replicas).values()
    }
    func values(_ measure: SearchMeasure) -> (value: Double, parts: [Double]) {
      measured(measure, fits, closures)
    }
    let objectives = search.objectives.map(values)
    let violation = search.constraints.reduce(0) { $0 + $1.bound.violation(by: values($1.measure).value) }
    let cost = fits.reduce(0) { $0 + ($1?.cost ?? 0) }
    return TrialOutcome(
      values: objectives.map(\.value), parts: objectives[0].parts, violation: violation,
      cost: cost > 0 ? cost : 1, gradient: gradient.flatMap { mean($0, fits) })
  }

  /// The derivative of the objective: over folds the mean of theirs, as that of their scores.
  private func mean(_ gradient: SearchGradient, _ fits: [Fit?]) -> [Double]? {
    guard case .folds = search.objective, let folds = validation?.folds else {
      return (fits.last ?? nil)?.gradient
    }
    let values = fits.prefix(folds.count).map { $0?.gradient }
    return (0..<gradient.count).map { index in
      FoldSummary(values.map { $0?[index] ?? .nan }, of: Array(folds.prefix(values.count))).mean
    }
  }

  private func measured(
    _ measure: SearchMeasure, _ fits: [Fit?], _ closures: [Int: [String: Double]]
  ) -> (value: Double, parts: [Double]) {
    func number(_ fit: Fit?, _ metric: (any Metric)?) -> Double {
      guard let fit else { return .nan }
      guard let index = metrics.firstIndex(where: { $0.name == metric?.name }) else { return fit.scores.loss }
      return fit.scores.metrics[index]
    }
    switch measure {
    case .folds(let metric):
      guard let folds = validation?.folds else { return (.nan, []) }
      // While a trial is on its way, the folds so far.
      let values = fits.prefix(folds.count).map { number($0, metric) }
      return (FoldSummary(values, of: Array(folds.prefix(values.count))).mean, values)
    case .validation(let metric):
      let value = number(fits.last ?? nil, metric)
      return (value, [value])
    case .parameters:
      let counts = fits.compactMap { $0?.parameterCount }
      let value = counts.isEmpty ? .nan : Statistics.mean(counts.map(Double.init))
      return (value, [value])
    case .closure(let level, let name):
      let value = closures[level]?[name] ?? .nan
      return (value, [value])
    }
  }
}
