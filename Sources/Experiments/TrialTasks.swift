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
    case scores(Scores)
    case replica(ClosureTest.Replica)
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
    validation = search.usesFolds ? try experiment.searchValidation(of: examples, key: key) : nil
    var noise = key
    noise.seed = RandomStream.key(seed: key.seed(for: .trialNoise), .trialNoise, [])
    if let plan = experiment.closure, let law = experiment.law, !search.closureLevels.isEmpty {
      closure = try ClosureTest(plan, law: law, key: noise)
    } else {
      closure = nil
    }
  }

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

  /// Computes a task of a trial.
  func evaluate(_ evaluation: Evaluation, resuming earlier: Part?) throws -> Part {
    let strategy = try experiment.strategy(evaluation.assignment)
    switch kind(of: evaluation.part) {
    case .fold(let fold):
      guard let validation else { return .scores(Scores(loss: .nan, metrics: [])) }
      return .scores(try validation.scores(strategy, fold: fold, metrics: metrics))
    case .validation:
      let fitted = try strategy.fit(experiment.data, on: examples, key: key)
      return .scores(fitted.scores(experiment.data, on: fitted.validation, metrics: metrics))
    case .replica(let replica, let level):
      guard let closure else { return .scores(Scores(loss: .nan, metrics: [])) }
      return .replica(try closure.replica(replica, level: level, of: strategy))
    }
  }

  /// The objective and the violation of constraints that all tasks of a trial give.
  func outcome(of parts: [Part?]) -> TrialOutcome {
    var scores: [Scores?] = []
    var levels: [Int: [ClosureTest.Replica]] = [:]
    for (task, part) in parts.enumerated() {
      switch (kind(of: task), part) {
      case (.replica(_, let level), .replica(let replica)): levels[level, default: []].append(replica)
      case (.replica, _): continue
      case (_, .scores(let own)): scores.append(own)
      default: scores.append(nil)
      }
    }
    var closures: [Int: [String: Double]] = [:]
    for level in search.closureLevels {
      guard let closure, let replicas = levels[level], replicas.count == closure.taskCount(level: level)
      else {
        continue
      }
      closures[level] = closure.result(level: level, replicas).values()
    }
    func values(_ measure: SearchMeasure) -> (value: Double, parts: [Double]) {
      measured(measure, scores, closures)
    }
    let (value, own) = values(search.objective)
    let violation = search.constraints.reduce(0) { $0 + $1.bound.violation(by: values($1.measure).value) }
    return TrialOutcome(value: value, parts: own, violation: violation)
  }

  private func measured(
    _ measure: SearchMeasure, _ scores: [Scores?], _ closures: [Int: [String: Double]]
  ) -> (value: Double, parts: [Double]) {
    func number(_ scores: Scores?, _ metric: (any Metric)?) -> Double {
      guard let scores else { return .nan }
      guard let index = metrics.firstIndex(where: { $0.name == metric?.name }) else { return scores.loss }
      return scores.metrics[index]
    }
    switch measure {
    case .folds(let metric):
      guard let folds = validation?.folds else { return (.nan, []) }
      let values = scores.prefix(folds.count).map { number($0, metric) }
      return (FoldSummary(values, of: folds).mean, values)
    case .validation(let metric):
      let value = number(scores.last ?? nil, metric)
      return (value, [value])
    case .closure(let level, let name):
      let value = closures[level]?[name] ?? .nan
      return (value, [value])
    }
  }
}
