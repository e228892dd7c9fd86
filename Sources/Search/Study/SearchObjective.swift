import Components

/// What a search evaluates: a trial in parts, such as folds, each a task of its own, which may be trained by and by.
public protocol SearchObjective<Part>: Sendable {
  /// What is known of a part: enough to go on where its training stopped.
  associatedtype Part: Sendable
  /// The number of parts of a trial.
  var partCount: Int { get }
  /// How much training a whole evaluation has, in epochs for example; 1 if it cannot be cut.
  var fullResource: Int { get }
  /// Whether its outcomes tell the derivative by the hyperparameters.
  var hasGradient: Bool { get }
  /// The hyperparameters that cannot change while a training goes on, such as the number of units.
  var frozenHyperparameters: Set<Int> { get }
  /// Evaluates a part of a trial as far as is asked, from where an earlier evaluation stopped if that is at hand.
  func evaluate(_ evaluation: Evaluation, resuming earlier: Part?) throws -> Part
  /// What the first parts of a trial give together; nil stands for one that failed.
  func outcome(of parts: [Part?]) -> TrialOutcome
  /// A part as a value that other processes can read; nil if parts stay within one.
  func recorded(_ part: Part) -> RecordedValue?
  /// Reads such a value.
  func part(recorded value: RecordedValue) -> Part?
}

extension SearchObjective {
  public var fullResource: Int { 1 }
  public var hasGradient: Bool { false }
  public var frozenHyperparameters: Set<Int> { [] }
  public func recorded(_ part: Part) -> RecordedValue? { nil }
  public func part(recorded value: RecordedValue) -> Part? { nil }
}

/// One task of a search.
public struct Evaluation: Sendable, Hashable {
  /// What a training has behind it when it goes on with other values: those it had, as far as it had them.
  public struct Stage: Sendable, Hashable {
    /// A value for every hyperparameter.
    public var assignment: Assignment
    /// How far it was trained with them.
    public var resource: Int

    /// A training as far as some amount.
    public init(assignment: Assignment, resource: Int) {
      self.assignment = assignment
      self.resource = resource
    }
  }

  /// The number of the trial.
  public var trial: Int
  /// A value for every hyperparameter.
  public var assignment: Assignment
  /// Which part is evaluated.
  public var part: Int
  /// How far it is to be trained.
  public var resource: Int
  /// How far a whole evaluation is trained.
  public var fullResource: Int
  /// The trainings that it goes on with, the first one first: where no earlier part is at hand, they are done again.
  public var lineage: [Stage] = []

  /// A task.
  public init(trial: Int, assignment: Assignment, part: Int = 0, resource: Int = 1, fullResource: Int = 1) {
    self.trial = trial
    self.assignment = assignment
    self.part = part
    self.resource = resource
    self.fullResource = fullResource
  }

  /// Whether the evaluation is a whole one.
  public var isFull: Bool { resource >= fullResource }
}

/// An objective made of closures.
public struct ClosureObjective<Part: Sendable>: SearchObjective {
  public let partCount: Int
  public let hasGradient: Bool
  private let evaluation: @Sendable (Assignment, Int) throws -> Part
  private let combination: @Sendable ([Part?]) -> TrialOutcome

  /// Parts that are evaluated by a closure and made an outcome by another, which may tell the derivative.
  public init(
    parts: Int = 1, hasGradient: Bool = false, evaluate: @escaping @Sendable (Assignment, Int) throws -> Part,
    outcome: @escaping @Sendable ([Part?]) -> TrialOutcome
  ) {
    partCount = parts
    self.hasGradient = hasGradient
    evaluation = evaluate
    combination = outcome
  }

  public func evaluate(_ evaluation: Evaluation, resuming earlier: Part?) throws -> Part {
    try self.evaluation(evaluation.assignment, evaluation.part)
  }

  public func outcome(of parts: [Part?]) -> TrialOutcome { combination(parts) }
}
