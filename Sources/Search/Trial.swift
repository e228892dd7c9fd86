/// One try of a search: its assignment and what came of it.
public struct Trial: Sendable, Hashable {
  /// The number, from zero.
  public var number: Int
  /// A value for every hyperparameter.
  public var assignment: Assignment
  /// The objective; NaN if the try failed.
  public var value: Double
  /// The objective of each part, such as a fold, in order.
  public var parts: [Double]
  /// By how much constraints are missed; 0 if all hold.
  public var violation: Double

  /// A try.
  package init(
    number: Int, assignment: Assignment, value: Double, parts: [Double], violation: Double = 0
  ) {
    self.number = number
    self.assignment = assignment
    self.value = value
    self.parts = parts
    self.violation = violation
  }

  /// Whether all constraints hold.
  public var isFeasible: Bool { violation == 0 }
}

/// What came of a try.
public struct TrialOutcome: Sendable, Hashable {
  /// The objective; NaN if the try failed.
  public var value: Double
  /// The objective of each part, such as a fold, in order.
  public var parts: [Double]
  /// By how much constraints are missed; 0 if all hold.
  public var violation: Double

  /// An outcome.
  public init(value: Double, parts: [Double] = [], violation: Double = 0) {
    self.value = value
    self.parts = parts
    self.violation = violation
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
