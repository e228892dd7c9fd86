import Components
import Search

/// What a search looks for and how.
public struct SearchPlan: Sendable {
  /// What is tried next.
  public var sampler: any Sampler
  /// The number of trials; nil for as many as the sampler has, or 30.
  public var trials: Int?
  /// Metrics or paths of values, as in `cv.accuracy.mean`; empty for the first metric.
  public var objective: [String]
  /// Whether each objective should be small or large; empty for what the metrics say.
  public var direction: [Direction]
  /// How many trials a proposal does not know yet; 0 makes the search sequential; nil for what suits the sampler.
  public var lag: Int?
  /// Whether proposals know all that has ended, so that trials depend on the order in which they end.
  public var free: Bool
  /// What trials must keep, such as `closure.level2.ratio` of at most 1.1: those that miss it count as worse than all others.
  public var constraints: [Expectation]
  /// Which trials are given up on the way; nil for none.
  public var pruner: (any Pruner)?
  /// What trials are judged behind; nil for what the pruner prefers.
  public var steps: PruningSteps?
  /// The number of fits after which the search ends.
  public var evaluations: Int?
  /// Seconds after which the search ends.
  public var timeout: Double?
  /// The number of trials without a better one that ends the search.
  public var patience: Int?
  /// What is tried first: values of hyperparameters by their paths, as a recipe writes them; what is not said is drawn.
  public var enqueue: [[String: String]]
  /// What becomes of values that have been tried before.
  public var duplicates: Study.DuplicatePolicy
  /// How the importance of hyperparameters is told.
  public var importance: any ParameterImportance
  /// The name under which trials are kept, so that the search can be continued, shared and looked at; nil to keep none.
  public var study: String?
  /// Where they are kept, as in `sqlite:///studies.db`; nil for the project's own storage.
  public var storage: String?
  /// The studies whose trials the sampler knows from the start.
  public var warmStart: [String]
  /// How many of the best trials are fitted, their predictions averaged; nil for none.
  public var ensemble: Int?
  /// Where the recipe gives the objective.
  var objectivePosition = SourcePosition(file: "", line: 0)
  /// Where the recipe gives the search.
  var position = SourcePosition(file: "", line: 0)

  /// A search.
  public init(
    _ sampler: any Sampler = TPESampler(), trials: Int? = nil, objective: [String] = [],
    direction: [Direction] = [], lag: Int? = nil, free: Bool = false, constraints: [Expectation] = [],
    pruner: (any Pruner)? = nil, steps: PruningSteps? = nil, evaluations: Int? = nil, timeout: Double? = nil,
    patience: Int? = nil, enqueue: [[String: String]] = [], duplicates: Study.DuplicatePolicy = .reuse,
    importance: any ParameterImportance = FANOVAImportance(), study: String? = nil, storage: String? = nil,
    warmStart: [String] = [], ensemble: Int? = nil
  ) {
    self.sampler = sampler
    self.trials = trials
    self.objective = objective
    self.direction = direction
    self.lag = lag
    self.free = free
    self.constraints = constraints
    self.pruner = pruner
    self.steps = steps
    self.evaluations = evaluations
    self.timeout = timeout
    self.patience = patience
    self.enqueue = enqueue
    self.duplicates = duplicates
    self.importance = importance
    self.study = study
    self.storage = storage
    self.warmStart = warmStart
    self.ensemble = ensemble
  }

  /// The number of trials in a space; nil if something else ends the search.
  func trialCount(in space: SearchSpace) -> Int? {
    if let trials { return trials }
    if let count = sampler.trialCount(in: space) { return count }
    return evaluations == nil && timeout == nil && patience == nil ? 30 : nil
  }

  /// The assignments that are tried first, NaN where nothing is said; throws what the space does not hold.
  func enqueued(in space: SearchSpace) throws(RecipeError) -> [Assignment] {
    var assignments: [Assignment] = []
    for trial in enqueue {
      var assignment = [Double](repeating: .nan, count: space.count)
      for name in trial.keys.sorted() {
        guard let index = space.index(of: name), let text = trial[name] else {
          throw .unknownPath(path: name, known: space.parameters.map(\.name))
        }
        let value: Double?
        switch space.parameters[index].distribution {
        case .choice(let names): value = names.firstIndex(of: text).map(Double.init)
        default: value = Double(text)
        }
        guard let value, space.parameters[index].distribution.contains(value) else {
          throw .outsideSpace(path: name, value: text)
        }
        assignment[index] = value
      }
      assignments.append(assignment)
    }
    return assignments
  }

  /// The study that carries the search out.
  func study(in space: SearchSpace, directions: [Direction], seed: UInt64) -> Study {
    var study = Study(
      space: space, sampler: sampler, directions: directions,
      budget: StudyBudget(
        trials: trialCount(in: space), evaluations: evaluations.map(Double.init), seconds: timeout,
        patience: patience),
      knowledge: free ? .all : .lag(lag ?? sampler.naturalLag), pruner: pruner, seed: seed)
    study.pruningSteps = steps
    study.duplicates = duplicates
    study.enqueued = (try? enqueued(in: space)) ?? []
    return study
  }
}
