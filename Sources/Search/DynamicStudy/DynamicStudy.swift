import Components
import Tensors

/// A search whose trials are programs that say which hyperparameters they have (define-by-run, Akiba and others 2019).
///
/// The space is what the trials have asked for. The first trial runs alone; when trials ask for something new, those that
/// run come to their end, and the sampler begins again in the larger space with all that is known. So the search gives the
/// same trials on any number of threads, as every search with a lag.
///
///     let study = DynamicStudy(sampler: TPESampler(), trialCount: 50, seed: 1)
///     let found = try study.run(in: ThreadPool(threads: 2)) { trial in
///       let degree = trial.integer("degree", in: 1...9)
///       let alpha = trial.float("alpha", in: 1e-6...1, log: true)
///       return try loss(degree, alpha)
///     }
public struct DynamicStudy: Sendable {
  /// The rule.
  public var sampler: any Sampler
  /// Whether the objectives should be small or large.
  public var directions: [Direction]
  /// When the search ends; evaluations are trials.
  public var budget: StudyBudget
  /// How many trials before it a proposal does not know.
  public var lag: Int
  /// Which trials are given up when they report on the way; nil to evaluate all to the end.
  public var pruner: (any Pruner)?
  /// Values that are tried first, by the names that trials ask for; all others are drawn.
  public var enqueued: [[String: RecordedValue]] = []
  /// The seed of the proposals.
  public var seed: UInt64

  /// A search for one objective; without a lag it has the natural one of the sampler.
  public init(
    sampler: any Sampler = TPESampler(), direction: Direction = .minimize, trialCount: Int, lag: Int? = nil,
    pruner: (any Pruner)? = nil, seed: UInt64
  ) {
    self.init(
      sampler: sampler, directions: [direction], budget: StudyBudget(trials: trialCount), lag: lag,
      pruner: pruner, seed: seed)
  }

  /// A search.
  public init(
    sampler: any Sampler, directions: [Direction], budget: StudyBudget, lag: Int? = nil,
    pruner: (any Pruner)? = nil, seed: UInt64
  ) {
    self.sampler = sampler
    self.directions = directions
    self.budget = budget
    self.lag = max(lag ?? sampler.naturalLag, 0)
    self.pruner = pruner
    self.seed = seed
  }

  /// Runs all trials, whose values are objectives; `progress` is told them as they end and may stop the search.
  ///
  /// A trial whose program throws has failed. Throws what cannot be asked for, and what keeps the sampler from searching
  /// the space.
  public func run(
    in pool: any WorkerPool, progress: (@Sendable (DynamicStudyOutcome.Step) -> StudyDecision)? = nil,
    objectives: @escaping @Sendable (inout DynamicTrial) throws -> [Double]
  ) throws -> DynamicStudyOutcome {
    if pruner?.halving != nil { throw DynamicStudyError.pausingPruner }
    let tasks = DynamicStudyTasks(self, progress: progress, objectives: objectives)
    pool.run(tasks)
    return try tasks.outcome()
  }

  /// Runs all trials, whose value is the objective.
  public func run(
    in pool: any WorkerPool, progress: (@Sendable (DynamicStudyOutcome.Step) -> StudyDecision)? = nil,
    objective: @escaping @Sendable (inout DynamicTrial) throws -> Double
  ) throws -> DynamicStudyOutcome {
    try run(in: pool, progress: progress, objectives: { [try objective(&$0)] })
  }

  /// The random numbers of the trials from one on, which a larger space begins with.
  func sectionSeed(_ first: Int) -> UInt64 { RandomStream(seed: seed, .sampler, first, -1).key }

  /// What values that nobody proposes are drawn under.
  func trialKey(_ number: Int) -> UInt64 { RandomStream(seed: seed, .sampler, number, -2).key }
}

/// What a search found whose trials said what they have.
public struct DynamicStudyOutcome: Sendable {
  /// A trial that ended, with what it asked for.
  public struct Step: Sendable {
    /// The trial.
    public var trial: Trial
    /// What it asked for, in that order, with the values.
    public var values: [(name: String, value: RecordedValue)]
  }

  /// All that trials asked for.
  public var space: SearchSpace
  /// The trials by their numbers; NaN stands for what one did not ask for.
  public var trials: [Trial]
  /// Why the search ended.
  public var ending: StudyOutcome.Ending
  /// The same search in the space that is known now: it ranks trials and goes on with them as earlier ones.
  public var study: Study

  /// The best trial; nil if none was evaluated to the end.
  public var best: Trial? { study.best(of: trials) }

  /// The values of a trial by their names, in the order of the space.
  public func values(of trial: Trial) -> [(name: String, value: RecordedValue)] {
    space.recorded(trial.assignment)
  }
}
