import Components
import Tensors

/// Decides what to try next.
///
/// A sampler is a description; a proposer carries it out in one search.
public protocol Sampler: Sendable {
  /// Starts a search.
  func proposer(for problem: SearchProblem) -> any Proposer
  /// Throws what keeps the sampler from searching such a space.
  func check(_ problem: SearchProblem) throws(SamplerError)
  /// How many trials a proposal need not know when nothing else is said.
  var naturalLag: Int { get }
  /// How many trials there are when nothing else is said; nil if it is not the sampler that knows.
  func trialCount(in space: SearchSpace) -> Int?
  /// Whether trials go on with the training of others.
  var inheritsTraining: Bool { get }
}

extension Sampler {
  public func check(_ problem: SearchProblem) throws(SamplerError) {}
  public var naturalLag: Int { 8 }
  public func trialCount(in space: SearchSpace) -> Int? { nil }
  public var inheritsTraining: Bool { false }
}

/// What a sampler has to solve.
public struct SearchProblem: Sendable {
  /// What is searched.
  public var space: SearchSpace
  /// Whether the objectives should be small or large.
  public var directions: [Direction]
  /// The seed of the search.
  public var seed: UInt64
  /// How many trials a proposal does not know yet.
  public var lag: Int
  /// How many trials there will be at most; nil if that is not known.
  public var trialCount: Int?
  /// How much training a whole evaluation has.
  public var fullResource: Int
  /// Whether trials are compared at the largest amount of training that enough of them reached.
  public var modelsLargestBudget = false

  /// A problem.
  public init(
    space: SearchSpace, directions: [Direction] = [.minimize], seed: UInt64, lag: Int = 0,
    trialCount: Int? = nil, fullResource: Int = 1
  ) {
    self.fullResource = fullResource
    self.space = space
    self.directions = directions
    self.seed = seed
    self.lag = lag
    self.trialCount = trialCount
  }

  /// The random numbers of a trial's proposal.
  public func stream(_ number: Int) -> RandomStream { RandomStream(seed: seed, .sampler, number) }
}

/// Proposes the trials of one search, in order.
///
/// It may keep what it has worked out, but all it keeps must follow from the history: another proposer that is given the
/// same history proposes the same. So a search that was interrupted goes on as if it had not been.
public protocol Proposer {
  /// Proposes values for a trial, whose random numbers `stream` gives; the history holds all trials before it.
  mutating func propose(_ number: Int, given history: TrialHistory, using stream: inout RandomStream)
    -> Proposal
}

/// What is to be tried next.
public enum Proposal: Sendable, Hashable {
  /// Values for every hyperparameter; those of choices that are not made do not count.
  case trial(Assignment, Training? = nil)
  /// Nothing before all trials are known.
  case wait
  /// Nothing more.
  case finished

  /// How far a trial is trained, where that is not to the end.
  public struct Training: Sendable, Hashable {
    /// The trial whose training it goes on with; nil for one that begins anew.
    public var parent: Int?
    /// How far it is trained.
    public var resource: Int

    /// A part of a training.
    public init(parent: Int?, resource: Int) {
      self.parent = parent
      self.resource = resource
    }
  }
}

/// What keeps a sampler from searching a space.
public enum SamplerError: Error, Equatable, Sendable {
  case choicesUnsupported(sampler: String, parameter: String)
  case gridNeedsPoints(parameter: String)
  case gridTooLarge(points: Double)
  case oneObjectiveOnly(sampler: String, objectives: Int)
  case gradientNeeded(sampler: String)
  case emptySpace
  case noNumbers(sampler: String)
}

extension SamplerError: Explained {
  public var sentence: String {
    switch self {
    case .choicesUnsupported(let sampler, let parameter):
      "\(sampler) has no order for the choices of \(parameter)"
    case .gridNeedsPoints(let parameter): "the grid has no number of points for \(parameter)"
    case .gridTooLarge(let points): "the grid has \(points) points"
    case .oneObjectiveOnly(let sampler, let objectives):
      "\(sampler) looks for one objective, but there are \(objectives)"
    case .gradientNeeded(let sampler): "\(sampler) needs the derivative of the objective"
    case .emptySpace: "there is no hyperparameter to search"
    case .noNumbers(let sampler): "\(sampler) moves numbers, but all hyperparameters are choices"
    }
  }

  public var hint: String? {
    switch self {
    case .choicesUnsupported, .noNumbers: "tpe, genetic and random search choices, too"
    case .gridNeedsPoints: "say `grid(points: 5)`"
    case .gridTooLarge: "take fewer points, or random search"
    case .oneObjectiveOnly: "nsga-ii and tpe look for several at once"
    case .gradientNeeded: "hyperparameters that the loss depends on smoothly have one, such as a weight decay"
    case .emptySpace: "give a hyperparameter as `!log-uniform [1e-4, 1e-1]`, for example"
    }
  }
}

/// All samplers: what `sampler:` can name.
public enum Samplers {
  /// The samplers by name.
  public static let catalog = Catalog<any Sampler>(
    "sampler", [TPESampler.component, RandomSampler.component])
}
