import Components
import Tensors

/// A search: what is varied, by which rule, how often.
///
/// Proposal n knows the outcome of the trials before n − lag and counts the later ones as running, finished or not. So a
/// study gives the same trials on one core or sixteen, and they can run side by side as long as the lag allows.
public struct Study: Sendable {
  /// What is varied.
  public var space: SearchSpace
  /// The rule.
  public var sampler: any Sampler
  /// Whether the objectives should be small or large.
  public var directions: [Direction]
  /// When the search ends.
  public var budget: StudyBudget
  /// What a proposal knows of other trials.
  public var knowledge: Knowledge
  /// Which trials are given up on the way; nil to evaluate all to the end.
  public var pruner: (any Pruner)?
  /// What trials are stopped between; nil for what the pruner prefers.
  public var pruningSteps: PruningSteps?
  /// Assignments that are tried first, NaN where the value is drawn.
  public var enqueued: [Assignment] = []
  /// Trials of earlier searches in the same space that samplers know from the start.
  public var earlier: [Trial] = []
  /// What becomes of an assignment that has been tried before.
  public var duplicates: DuplicatePolicy = .evaluate
  /// The seed of the proposals.
  public var seed: UInt64

  /// What a proposal knows of other trials.
  public enum Knowledge: Sendable, Hashable {
    /// All but so many before it: every number of workers gives the same trials. 0 makes the search sequential.
    case lag(Int)
    /// All that have ended, whichever they are. Trials tell what they knew, so that the search can be followed later.
    case all
    /// What the proposals of an earlier search knew, each beyond those before it: that search is done again, the same on
    /// every number of workers.
    case seen([[Int]])
  }

  /// What becomes of an assignment that has been tried before.
  public enum DuplicatePolicy: String, Sendable, CaseIterable {
    /// It is evaluated again: for objectives that differ from time to time.
    case evaluate
    /// Its outcome is taken over.
    case reuse
    /// Another one is proposed.
    case skip
  }

  /// A search for one objective.
  public init(
    space: SearchSpace, sampler: any Sampler, direction: Direction, trialCount: Int, lag: Int = 8,
    seed: UInt64
  ) {
    self.init(
      space: space, sampler: sampler, directions: [direction], budget: StudyBudget(trials: trialCount),
      knowledge: .lag(lag), seed: seed)
  }

  /// A search.
  public init(
    space: SearchSpace, sampler: any Sampler, directions: [Direction], budget: StudyBudget,
    knowledge: Knowledge = .lag(8), pruner: (any Pruner)? = nil, seed: UInt64
  ) {
    self.space = space
    self.sampler = sampler
    self.directions = directions
    self.budget = budget
    self.knowledge = knowledge
    self.pruner = pruner
    self.seed = seed
  }

  /// The same search done again as it went: proposals know what those of the given trials knew, on any number of workers.
  ///
  /// Nil if the search was free and the trials do not tell, or if halving stopped and resumed them.
  public func replaying(_ trials: [Trial]) -> Study? {
    var study = self
    study.budget = StudyBudget(trials: trials.count)
    if case .lag = knowledge { return study }
    let seen = trials.compactMap(\.seen)
    guard seen.count == trials.count, pruner?.halving == nil else { return nil }
    study.knowledge = .seen(seen)
    return study
  }

  /// Whether the first objective should be small or large.
  public var direction: Direction {
    get { directions.first ?? .minimize }
    set { directions = [newValue] + directions.dropFirst() }
  }

  /// The number of trials, if that ends the search.
  public var trialCount: Int? { budget.trials }

  /// What the sampler has to solve.
  func problem(fullResource: Int, frozen: Set<Int> = [], hasGradient: Bool = false) -> SearchProblem {
    var lag = 0
    if case .lag(let count) = knowledge { lag = count }
    var problem = SearchProblem(
      space: space, directions: directions, seed: seed, lag: lag, trialCount: budget.trials,
      fullResource: fullResource)
    problem.enqueuedCount = enqueued.count
    problem.frozen = frozen
    problem.hasGradient = hasGradient
    problem.modelsLargestBudget = pruner?.modelsLargestBudget ?? false
    return problem
  }

  /// Runs all trials; `progress` is told them in the order in which they end, and may stop the search.
  ///
  /// `recorded` are trials of the same study that ended before it was interrupted: they are not evaluated again. Throws what
  /// keeps the sampler from searching the space, and what the recorder cannot keep.
  public func run<Goal: SearchObjective>(
    _ objective: Goal, in pool: any WorkerPool, recorded: [Trial] = [],
    recorder: (any StudyRecorder)? = nil, progress: (@Sendable (Trial) -> StudyDecision)? = nil
  ) throws -> StudyOutcome {
    try sampler.check(
      problem(
        fullResource: objective.fullResource, frozen: objective.frozenHyperparameters,
        hasGradient: objective.hasGradient))
    let tasks = StudyTasks(
      self, objective, recorded: recorded, recorder: recorder, progress: progress)
    pool.run(tasks)
    return try tasks.outcome()
  }

  /// Runs all trials.
  ///
  /// Each is evaluated in `parts` tasks, such as folds, whose values `combine` makes the objective.
  public func run(
    parts: Int, in pool: any WorkerPool, evaluate: @escaping @Sendable (Assignment, Int) throws -> Double,
    combine: @escaping @Sendable ([Double]) -> Double, progress: (@Sendable (Trial) -> Void)? = nil
  ) throws -> [Trial] {
    let objective = ClosureObjective(parts: parts, evaluate: evaluate) { values in
      let numbers = values.map { $0 ?? .nan }
      return TrialOutcome(value: combine(numbers), parts: numbers)
    }
    return try run(
      objective, in: pool,
      progress: { trial in
        progress?(trial)
        return .goOn
      }
    ).trials
  }
}

/// When a search ends: at what comes first.
public struct StudyBudget: Sendable, Hashable {
  /// The number of trials.
  public var trials: Int?
  /// The number of evaluations of parts, such as folds; one that is trained half counts half.
  public var evaluations: Double?
  /// Seconds; such a search is not the same on every machine.
  public var seconds: Double?
  /// The number of trials without a better one.
  public var patience: Int?

  /// A budget.
  public init(
    trials: Int? = nil, evaluations: Double? = nil, seconds: Double? = nil, patience: Int? = nil
  ) {
    self.trials = trials
    self.evaluations = evaluations
    self.seconds = seconds
    self.patience = patience
  }
}

/// Whether a search goes on.
public enum StudyDecision: Sendable {
  case goOn, stop
}

/// What a search found.
public struct StudyOutcome: Sendable {
  /// Why it ended.
  public enum Ending: String, Sendable, Hashable {
    case trials, evaluations, timeout, patience, exhausted, stopped
  }

  /// The trials by their numbers.
  public var trials: [Trial]
  /// Why the search ended.
  public var ending: Ending
  /// How many evaluations of parts there were; one that was trained half counts half.
  public var evaluations: Double

  /// Whether another run gives the same trials.
  public var isReproducible: Bool { ending != .timeout && ending != .stopped }
}
