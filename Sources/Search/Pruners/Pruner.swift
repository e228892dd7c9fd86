import Components

/// Decides which trials are worth going on.
///
/// A trial reports its objective step by step: behind every fold, or behind every amount of training.
public protocol Pruner: Sendable {
  /// Whether a trial should be given up after its last report. Of other trials only those are known that its proposal
  /// knew.
  func prunes(_ trial: RunningTrial, given known: KnownTrials) -> Bool
  /// Stages of training between which trials wait for each other; nil if each runs through.
  var halving: Halving? { get }
  /// What its steps are when nothing else is said.
  var naturalSteps: PruningSteps { get }
  /// Whether it compares trials part by part, so that a trial of one part is never given up.
  var comparesParts: Bool { get }
  /// Whether samplers compare trials at the largest amount of training that enough of them reached.
  var modelsLargestBudget: Bool { get }
}

extension Pruner {
  public func prunes(_ trial: RunningTrial, given known: KnownTrials) -> Bool { false }
  public var halving: Halving? { nil }
  public var naturalSteps: PruningSteps { .folds }
  public var comparesParts: Bool { false }
  public var modelsLargestBudget: Bool { false }
}

/// All pruners: what `pruner:` can name.
public enum Pruners {
  /// The pruners by name; `none` stands for none.
  public static let catalog: Catalog<any Pruner> = Catalog(
    "pruner",
    [
      PercentilePruner.medianComponent, PercentilePruner.component, PatientPruner.component,
      ThresholdPruner.component, WilcoxonPruner.component, HalvingPruner.successiveHalving,
      HalvingPruner.asha, HalvingPruner.hyperband, HalvingPruner.bohb,
    ])
}

/// What a trial is stopped between.
public enum PruningSteps: String, Sendable, CaseIterable {
  /// The parts of a trial, such as folds, in the same order for all trials.
  case folds
  /// Amounts of training.
  case epochs
}

/// A trial that runs: what it has reported, small values being good.
public struct RunningTrial: Sendable {
  /// The number.
  public var number: Int
  /// The objective behind every step so far.
  public var reports: [Trial.Report]
  /// The objective of every part so far, if steps are parts.
  public var parts: [Double]
  /// How many steps there are in all.
  public var stepCount: Int
  /// Whether the objective as it is written should be small or large.
  public var direction: Direction

  /// A trial on its way.
  public init(
    number: Int, reports: [Trial.Report], parts: [Double] = [], stepCount: Int,
    direction: Direction = .minimize
  ) {
    self.direction = direction
    self.number = number
    self.reports = reports
    self.parts = parts
    self.stepCount = stepCount
  }
}

/// The trials that a decision may know, small values being good.
public struct KnownTrials: Sendable {
  private let history: TrialHistory
  private let eventCount: Int

  /// The trials whose outcome the first events of a history told.
  public init(_ history: TrialHistory, eventCount: Int? = nil) {
    self.history = history
    self.eventCount = eventCount ?? history.events.count
  }

  /// The rows of trials that ended, without failed ones, each once.
  public var rows: [Int] {
    history.events.prefix(eventCount).filter {
      history.state($0) == .completed || history.state($0) == .pruned
    }
  }

  /// The rows of trials that were evaluated to the end.
  public var completed: [Int] { rows.filter { history.state($0) == .completed } }

  /// The objective of a trial behind a step; nil if it did not get there.
  public func report(_ row: Int, step: Int) -> Double? {
    history.reports(row).first { $0.step == step }?.value
  }

  /// All reports of a trial.
  public func reports(_ row: Int) -> [Trial.Report] { history.reports(row) }

  /// The objective of every part of a trial.
  public func parts(_ row: Int) -> [Double] { history.parts(row) }

  /// The completed trial with the least loss that keeps all constraints; the first of equals.
  public var best: Int? {
    let ranked = completed.compactMap { row in TrialRank(row, in: history).map { ($0, row) } }
    return ranked.min { $0.0 < $1.0 }?.1
  }
}

/// Stages of training: of the trials that reach one, a share goes on to the next.
public struct Halving: Sendable, Hashable {
  /// A series of stages.
  public struct Bracket: Sendable, Hashable {
    /// How many trials start; nil for as many as there are.
    public var trialCount: Int?
    /// The amount of training at each stage, rising to the full one.
    public var resources: [Int]

    /// A bracket.
    public init(trialCount: Int?, resources: [Int]) {
      self.trialCount = trialCount
      self.resources = resources
    }
  }

  /// The share that goes on is one in so many.
  public var factor: Int
  /// The least amount of training.
  public var minimumResource: Int
  /// Whether a stage waits until all of its trials are there.
  public var kind: Kind

  /// How trials go on.
  public enum Kind: Sendable, Hashable {
    /// All trials of a stage are compared at once.
    case synchronous
    /// A trial goes on as soon as it is among the best of those that are there.
    case asynchronous
    /// Several brackets of synchronous stages, from many short ones to few long ones.
    case hyperband
  }

  /// Stages.
  public init(kind: Kind, factor: Int, minimumResource: Int) {
    self.kind = kind
    self.factor = factor
    self.minimumResource = minimumResource
  }

  /// The brackets of a search with a full amount of training.
  public func brackets(_ fullResource: Int) -> [Bracket] {
    kind == .hyperband ? hyperband(fullResource) : [Bracket(trialCount: nil, resources: stages(fullResource))]
  }

  /// The stages from the least amount of training to the full one, each `factor` times the one before.
  public func stages(_ fullResource: Int) -> [Int] {
    var resource = min(max(minimumResource, 1), fullResource)
    var stages: [Int] = []
    while resource < fullResource {
      stages.append(resource)
      resource *= factor
    }
    return stages + [fullResource]
  }

  /// The brackets of Hyperband (Li and others 2018): with s_max = ⌊log_η(R/r)⌋, bracket s starts
  /// ⌈(s_max + 1)/(s + 1) · η^s⌉ trials with R/η^s.
  private func hyperband(_ fullResource: Int) -> [Bracket] {
    var most = 0
    var reach = max(minimumResource, 1)
    while reach * factor <= fullResource {
      reach *= factor
      most += 1
    }
    return (0...most).reversed().map { s in
      let power = (0..<s).reduce(1) { product, _ in product * factor }
      let count = ((most + 1) * power + s) / (s + 1)
      var divisor = power
      var resources: [Int] = []
      for _ in 0...s {
        resources.append(max(1, fullResource / divisor))
        divisor /= factor
      }
      return Bracket(trialCount: count, resources: resources)
    }
  }
}
