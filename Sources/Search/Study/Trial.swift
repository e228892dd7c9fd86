/// One try of a search: its assignment and what came of it.
public struct Trial: Codable, Sendable, Hashable {
  /// How a try stands.
  public enum State: String, Codable, Sendable, CaseIterable {
    /// It has been proposed.
    case running
    /// It was evaluated to the end.
    case completed
    /// It was given up because others do better.
    case pruned
    /// It could not be evaluated, or its objective is not a number.
    case failed
  }

  /// What is known of a try on its way: the objective behind a step, which is a fold or an amount of training.
  public struct Report: Codable, Sendable, Hashable {
    /// The step, from one: the number of folds, or the amount of training.
    public var step: Int
    /// The objective of what has been evaluated.
    public var value: Double

    /// The objective behind a step.
    public init(step: Int, value: Double) {
      self.step = step
      self.value = value
    }
  }

  /// How far a try is trained, where that is not to the end at once.
  public struct Training: Codable, Sendable, Hashable {
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

  /// The number, from zero.
  public var number: Int
  /// A value for every hyperparameter.
  public var assignment: Assignment
  /// How it stands.
  public var state: State
  /// The objectives, of a pruned one those of its last report; NaN if the try failed.
  public var values: [Double]
  /// The first objective of each part, such as a fold, in order.
  public var parts: [Double]
  /// What was known on the way, in order of the steps; empty if nobody asked.
  public var reports: [Report]
  /// By how much constraints are missed; 0 if all hold.
  public var violation: Double
  /// Why it failed; nil if it did not.
  public var failure: String?
  /// The trials that its proposal knew and earlier ones did not, in the order in which they ended; nil in a search whose
  /// lag says that.
  public var seen: [Int]?
  /// What its evaluation cost; 1 if nobody counted.
  public var cost = 1.0
  /// The derivative of the first objective by each hyperparameter on its scale; nil if nobody computed it.
  public var gradient: [Double]?
  /// How far it was trained, and whose training it went on with; nil if it was trained by itself.
  public var training: Training?

  /// A try.
  package init(
    number: Int, assignment: Assignment, state: State? = nil, values: [Double], parts: [Double] = [],
    reports: [Report] = [], violation: Double = 0, failure: String? = nil, seen: [Int]? = nil
  ) {
    self.number = number
    self.assignment = assignment
    self.state = state ?? (values.contains { $0.isNaN } || values.isEmpty ? .failed : .completed)
    self.values = values
    self.parts = parts
    self.reports = reports
    self.violation = violation
    self.failure = failure
    self.seen = seen
  }

  /// A try with one objective.
  package init(
    number: Int, assignment: Assignment, value: Double, parts: [Double], violation: Double = 0
  ) {
    self.init(
      number: number, assignment: assignment, values: [value], parts: parts, violation: violation)
  }

  /// The first objective; NaN if the try failed.
  public var value: Double { values.first ?? .nan }

  /// Whether all constraints hold.
  public var isFeasible: Bool { violation == 0 }
}

extension Trial {
  /// Whether everything is the same; what is not a number is the same as itself.
  public static func == (a: Trial, b: Trial) -> Bool {
    func same(_ first: [Double], _ second: [Double]) -> Bool {
      first.count == second.count && zip(first, second).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
    }
    return a.number == b.number && a.state == b.state && same(a.assignment, b.assignment)
      && same(a.values, b.values) && same(a.parts, b.parts) && a.reports.map(\.step) == b.reports.map(\.step)
      && same(a.reports.map(\.value), b.reports.map(\.value)) && same([a.violation], [b.violation])
      && a.failure == b.failure && a.seen == b.seen && same([a.cost], [b.cost])
      && same(a.gradient ?? [], b.gradient ?? []) && a.training == b.training
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(number)
    hasher.combine(state)
  }
}

/// What came of a try.
public struct TrialOutcome: Sendable, Hashable {
  /// The objectives; NaN if the try failed.
  public var values: [Double]
  /// The first objective of each part, such as a fold, in order.
  public var parts: [Double]
  /// By how much constraints are missed; 0 if all hold.
  public var violation: Double
  /// What the evaluation cost, in floating-point operations for example; samplers that mind the cost compare it.
  public var cost: Double
  /// The derivative of the first objective by each hyperparameter, by its logarithm where that is its scale; nil if it is
  /// not computed.
  public var gradient: [Double]?

  /// An outcome of one objective.
  public init(
    value: Double, parts: [Double] = [], violation: Double = 0, cost: Double = 1, gradient: [Double]? = nil
  ) {
    self.init(values: [value], parts: parts, violation: violation, cost: cost, gradient: gradient)
  }

  /// An outcome of several objectives.
  public init(
    values: [Double], parts: [Double] = [], violation: Double = 0, cost: Double = 1,
    gradient: [Double]? = nil
  ) {
    self.values = values
    self.parts = parts
    self.violation = violation
    self.cost = cost
    self.gradient = gradient
  }
}

/// Whether small or large values of the objective are wanted.
public enum Direction: String, Sendable, CaseIterable {
  case minimize, maximize

  /// Whether one value is better than another; NaN is worse than everything.
  public func isBetter(_ first: Double, than second: Double) -> Bool {
    if first.isNaN { return false }
    if second.isNaN { return true }
    return self == .minimize ? first < second : first > second
  }
}
