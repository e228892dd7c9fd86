import Components
import Tensors

/// A hyperparameter: where its values come from.
public enum Distribution: Sendable, Hashable {
  /// A number of an interval, uniform itself or in its logarithm.
  case real(low: Double, high: Double, isLog: Bool)
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

    /// A hyperparameter.
    public init(name: String, distribution: Distribution) {
      self.name = name
      self.distribution = distribution
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
  /// An assignment as recorded values: choices by their names.
  public func recorded(_ assignment: Assignment) -> [(name: String, value: RecordedValue)] {
    zip(parameters, assignment).map { parameter, value in
      switch parameter.distribution {
      case .real: (parameter.name, .real(value))
      case .integer: (parameter.name, .integer(Int(value)))
      case .choice(let names): (parameter.name, .text(names[Int(value)]))
      }
    }
  }
}

extension Distribution {
  /// Draws from the distribution itself, without any history.
  func draw(using stream: inout RandomStream) -> Double {
    switch self {
    case .real(let low, let high, let isLog):
      guard isLog else { return min(stream.uniform(low, high), high) }
      return min(max(Double.exp(stream.uniform(Double.log(low), Double.log(high))), low), high)
    case .integer(let low, let high, let step, let isLog):
      guard isLog else { return Double(low + step * stream.integer(below: (high - low) / step + 1)) }
      let draw = Double.exp(stream.uniform(Double.log(Double(low) - 0.5), Double.log(Double(high) + 0.5)))
      return min(max(draw.rounded(.toNearestOrAwayFromZero), Double(low)), Double(high))
    case .choice(let names): return Double(stream.integer(below: names.count))
    }
  }
}
