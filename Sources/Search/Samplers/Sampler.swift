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
}

extension Sampler {
  public func check(_ problem: SearchProblem) throws(SamplerError) {}
  public var naturalLag: Int { 8 }
  public func trialCount(in space: SearchSpace) -> Int? { nil }
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
  /// Whether the objective knows its derivative by the hyperparameters.
  public var hasGradient = false
  /// The hyperparameters that cannot change while a training goes on.
  public var frozen: Set<Int> = []
  /// How many trials come before the first proposal because they were asked for.
  public var enqueuedCount = 0

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
  case trial(Assignment, Trial.Training? = nil)
  /// Nothing before all trials are known.
  case wait
  /// Nothing more.
  case finished
}

/// What keeps a sampler from searching a space.
public enum SamplerError: Error, Equatable, Sendable {
  case choicesUnsupported(sampler: String, parameter: String)
  case gridNeedsPoints(parameter: String)
  case gridTooLarge(points: Double)
  case oneObjectiveOnly(sampler: String, objectives: Int)
  case gradientNeeded(sampler: String)
  case notSmooth(sampler: String, parameter: String)
  case noGradient(sampler: String, of: String, supported: [String])
  case trainingNeeded(sampler: String, stages: Int)
  case emptySpace
  case noNumbers(sampler: String)
}

extension SamplerError: Explained {
  public var sentence: String {
    switch self {
    case .choicesUnsupported(let sampler, let parameter):
      "\(sampler) has no order for the choices of \(parameter)"
    case .gridNeedsPoints(let parameter): "the grid has no number of points for \(parameter)"
    case .gridTooLarge(let points):
      "the grid has \(Int(exactly: points).map { "\($0)" } ?? "\(points)") points"
    case .oneObjectiveOnly(let sampler, let objectives):
      "\(sampler) looks for one objective, but there are \(objectives)"
    case .gradientNeeded(let sampler): "\(sampler) needs the derivative of the objective"
    case .notSmooth(let sampler, let parameter):
      "\(sampler) goes down slopes, but the values of \(parameter) have steps between them"
    case .noGradient(let sampler, let what, _):
      "\(sampler) needs derivatives, but knows none by or of \(what) here"
    case .trainingNeeded(let sampler, let stages):
      "\(sampler) stops trainings on the way, but they have no \(stages) epochs"
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
    case .notSmooth: "tpe, genetic and random search whole numbers, too"
    case .noGradient(_, _, let supported):
      supported.isEmpty
        ? "tpe needs no derivatives" : "it knows those of \(supported.joined(separator: ", "))"
    case .trainingNeeded: "train a network for more epochs, or take fewer stages"
    case .emptySpace: "give a hyperparameter as `!log-uniform [1e-4, 1e-1]`, for example"
    }
  }
}

/// All samplers: what `sampler:` can name.
public enum Samplers {
  /// The samplers by name.
  public static let catalog: Catalog<any Sampler> = Catalog(
    "sampler",
    [
      TPESampler.component, RandomSampler.component, GridSampler.component, SobolSampler.component,
      HaltonSampler.component, GeneticSampler.component,
      NSGA2Sampler.component, DifferentialEvolutionSampler.component, SimulatedAnnealingSampler.component,
      NelderMeadSampler.component, GaussianProcessSampler.component, CMAESSampler.component,
      CostFrugalSampler.component, BlendSampler.component, PopulationSampler.component,
      HypergradientSampler.component,
    ])
}
