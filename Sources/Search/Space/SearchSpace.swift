import Components

/// The hyperparameters of a search in the order of their names' places in the recipe.
public struct SearchSpace: Sendable, Hashable {
  /// A hyperparameter by its path, as in `train.learning-rate`.
  public struct Parameter: Sendable, Hashable {
    /// The path.
    public var name: String
    /// Where values come from.
    public var distribution: Distribution
    /// The choice of another hyperparameter that it belongs to; nil for one that always counts.
    public var condition: Condition?

    /// A hyperparameter.
    public init(name: String, distribution: Distribution, condition: Condition? = nil) {
      self.name = name
      self.distribution = distribution
      self.condition = condition
    }
  }

  /// A choice that must be made for a hyperparameter to count.
  public struct Condition: Sendable, Hashable {
    /// The place of the hyperparameter that chooses.
    public var parameter: Int
    /// The number of the choice.
    public var choice: Int

    /// A choice.
    public init(parameter: Int, choice: Int) {
      self.parameter = parameter
      self.choice = choice
    }
  }

  /// The hyperparameters; one that belongs to a choice stands behind the one that chooses.
  public var parameters: [Parameter]

  /// A space.
  public init(_ parameters: [Parameter]) { self.parameters = parameters }

  /// The place of a hyperparameter.
  public func index(of name: String) -> Int? { parameters.firstIndex { $0.name == name } }

  /// The number of hyperparameters.
  public var count: Int { parameters.count }
}

/// A value for every hyperparameter of a space: numbers as they are, choices by their number, NaN for what belongs to a
/// choice that was not made.
public typealias Assignment = [Double]

extension SearchSpace {
  /// An assignment as recorded values: choices by their names, and nothing for what belongs to a choice that was not made.
  public func recorded(_ assignment: Assignment) -> [(name: String, value: RecordedValue)] {
    parameters.indices.filter { isActive($0, in: assignment) }.map { index in
      let (parameter, value) = (parameters[index], assignment[index])
      switch parameter.distribution {
      case .real, .normal: return (parameter.name, .real(value))
      case .integer: return (parameter.name, .integer(Int(value)))
      case .choice(let names): return (parameter.name, .text(names[Int(value)]))
      }
    }
  }

  /// Whether a hyperparameter counts and has a value: it belongs to no choice, or to one that was made.
  public func isActive(_ index: Int, in assignment: Assignment) -> Bool {
    guard !assignment[index].isNaN else { return false }
    guard let condition = parameters[index].condition else { return true }
    return isActive(condition.parameter, in: assignment)
      && Int(assignment[condition.parameter]) == condition.choice
  }

  /// An assignment without values of what belongs to choices that were not made.
  public func normalized(_ assignment: Assignment) -> Assignment {
    var result = assignment
    for index in parameters.indices where !isActive(index, in: result) { result[index] = .nan }
    return result
  }

  /// Whether an assignment has a value of every hyperparameter that counts, and no other.
  public func contains(_ assignment: Assignment) -> Bool {
    guard assignment.count == count else { return false }
    return parameters.indices.allSatisfy { index in
      let condition = parameters[index].condition
      let counts = condition.map { isMade($0, in: assignment) } ?? true
      return counts ? parameters[index].distribution.contains(assignment[index]) : assignment[index].isNaN
    }
  }

  private func isMade(_ condition: Condition, in assignment: Assignment) -> Bool {
    isActive(condition.parameter, in: assignment)
      && Int(assignment[condition.parameter]) == condition.choice
  }

  /// A trial of another version of the space in this one: values by name, NaN for what it did not have yet.
  ///
  /// Nil if it has a value that this space does not hold.
  public func projected(_ assignment: Assignment, from other: SearchSpace) -> Assignment? {
    guard self != other else { return assignment }
    var result = [Double](repeating: .nan, count: count)
    for (index, parameter) in parameters.enumerated() {
      guard let place = other.index(of: parameter.name), other.isActive(place, in: assignment) else {
        continue
      }
      var value = assignment[place]
      if case .choice(let names) = parameter.distribution {
        guard case .choice(let old) = other.parameters[place].distribution,
          let choice = names.firstIndex(of: old[Int(value)])
        else { return nil }
        value = Double(choice)
      }
      guard parameter.distribution.contains(value) else { return nil }
      result[index] = value
    }
    return result
  }
}
