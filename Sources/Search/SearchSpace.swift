import Components
import Tensors

/// A hyperparameter: where its values come from.
public enum Distribution: Sendable, Hashable {
  /// A number of an interval, uniform itself or in its logarithm.
  case real(low: Double, high: Double, isLog: Bool)
  /// A number of the normal distribution, within four standard deviations of its mean.
  case normal(mean: Double, deviation: Double)
  /// A whole number of an interval in steps that reach its end, or uniform in its logarithm (then the step is one).
  case integer(low: Int, high: Int, step: Int, isLog: Bool)
  /// One of several things without an order, by their names.
  case choice([String])
}

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

  /// The hyperparameters.
  public var parameters: [Parameter]

  /// A space.
  public init(_ parameters: [Parameter]) { self.parameters = parameters }
}

/// A value for every hyperparameter of a space: numbers as they are, choices by their number.
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

  /// Whether a hyperparameter counts: it belongs to no choice, or to one that was made.
  public func isActive(_ index: Int, in assignment: Assignment) -> Bool {
    guard let condition = parameters[index].condition else { return true }
    return Int(assignment[condition.parameter]) == condition.choice
      && isActive(condition.parameter, in: assignment)
  }
}

extension Distribution {
  /// Draws from the distribution itself, without any history.
  func draw(using stream: inout RandomStream) -> Double {
    switch self {
    case .real(let low, let high, let isLog):
      guard isLog else { return min(stream.uniform(low, high), high) }
      return min(max(Double.exp(stream.uniform(Double.log(low), Double.log(high))), low), high)
    case .normal(let mean, let deviation):
      return mean + deviation * min(max(stream.normal(), -4), 4)
    case .integer(let low, let high, let step, let isLog):
      guard isLog else { return Double(low + step * stream.integer(below: (high - low) / step + 1)) }
      let draw = Double.exp(stream.uniform(Double.log(Double(low) - 0.5), Double.log(Double(high) + 0.5)))
      return min(max(draw.rounded(.toNearestOrAwayFromZero), Double(low)), Double(high))
    case .choice(let names): return Double(stream.integer(below: names.count))
    }
  }
}
