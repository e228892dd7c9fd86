import Tensors

/// A hyperparameter: where its values come from.
public enum Distribution: Sendable, Hashable {
  /// A number of an interval, uniform itself or in its logarithm; with a step, one of the numbers that steps from the
  /// least reach (then not in its logarithm).
  case real(low: Double, high: Double, step: Double? = nil, isLog: Bool)
  /// A number of the normal distribution, within four standard deviations of its mean.
  case normal(mean: Double, deviation: Double)
  /// A whole number of an interval in steps that reach its end, or uniform in its logarithm (then the step is one).
  case integer(low: Int, high: Int, step: Int, isLog: Bool)
  /// One of several things without an order, by their names.
  case choice([String])
}

extension Distribution {
  /// Whether equal factors are equally far apart.
  public var isLogarithmic: Bool {
    switch self {
    case .real(_, _, _, let isLog), .integer(_, _, _, let isLog): isLog
    case .normal, .choice: false
    }
  }

  /// Whether there is but one value, so that nothing is searched.
  public var isFixed: Bool { valueCount == 1 }

  /// How many values there are; nil for the numbers of an interval.
  public var valueCount: Int? {
    switch self {
    case .real(let low, let high, nil, _): low == high ? 1 : nil
    case .real(let low, let high, let step?, _): Int(((high - low) / step + 1e-9).rounded(.down)) + 1
    case .normal: nil
    case .integer(let low, let high, let step, _): (high - low) / step + 1
    case .choice(let names): names.count
    }
  }

  /// Whether a number is one of the values.
  public func contains(_ value: Double) -> Bool {
    switch self {
    case .real(let low, let high, let step, _):
      guard value >= low, value <= high else { return false }
      guard let step else { return true }
      let steps = (value - low) / step
      return (steps - steps.rounded()).magnitude < 1e-6
    case .normal(let mean, let deviation): return (value - mean).magnitude <= 4 * deviation
    case .integer(let low, let high, let step, _):
      guard let whole = Int(exactly: value) else { return false }
      return whole >= low && whole <= high && (whole - low) % step == 0
    case .choice(let names): return Int(exactly: value).map(names.indices.contains) ?? false
    }
  }

  /// The ends of the interval on which all values are equally likely: in the logarithm, and half a step beyond the ends
  /// of what has steps; nil for choices.
  var scaledBounds: (low: Double, high: Double)? {
    switch self {
    case .real(let low, let high, nil, let isLog):
      return isLog ? (Double.log(low), Double.log(high)) : (low, high)
    case .real(let low, _, let step?, _):
      return (low - step / 2, low + step * (Double(valueCount ?? 1) - 0.5))
    case .normal(let mean, let deviation): return (mean - 4 * deviation, mean + 4 * deviation)
    case .integer(let low, let high, let step, let isLog):
      let (least, most) = (Double(low) - Double(step) / 2, Double(high) + Double(step) / 2)
      return isLog ? (Double.log(least), Double.log(most)) : (least, most)
    case .choice: return nil
    }
  }

  /// The step between neighboring values before any logarithm; nil if there is none.
  var step: Double? {
    switch self {
    case .real(_, _, let step, _): step
    case .integer(_, _, let step, _): Double(step)
    case .normal, .choice: nil
    }
  }

  /// The derivative by the scale on which values are equally likely, given that by the value itself.
  public func scaledDerivative(_ derivative: Double, at value: Double) -> Double {
    isLogarithmic ? value * derivative : derivative
  }

  /// The place of a value on the scale of `scaledBounds`.
  func scaled(_ value: Double) -> Double { isLogarithmic ? Double.log(value) : value }

  /// The value nearest to a place on that scale.
  func value(scaled place: Double) -> Double {
    switch self {
    case .real(let low, let high, nil, let isLog):
      return min(max(isLog ? Double.exp(place) : place, low), high)
    case .real(let low, _, let step?, _):
      let steps = ((place - low) / step).rounded(.toNearestOrAwayFromZero)
      return low + step * min(max(steps, 0), Double((valueCount ?? 1) - 1))
    case .normal(let mean, let deviation):
      return min(max(place, mean - 4 * deviation), mean + 4 * deviation)
    case .integer(let low, let high, let step, let isLog):
      let value = isLog ? Double.exp(place) : place
      let steps = ((value - Double(low)) / Double(step)).rounded(.toNearestOrAwayFromZero)
      return min(max(Double(low) + Double(step) * steps, Double(low)), Double(high))
    case .choice(let names):
      return min(max(place.rounded(.toNearestOrAwayFromZero), 0), Double(names.count - 1))
    }
  }

  /// Draws from the distribution itself, without any history.
  func draw(using stream: inout RandomStream) -> Double {
    switch self {
    case .real(let low, let high, nil, let isLog):
      guard isLog else { return min(stream.uniform(low, high), high) }
      return min(max(Double.exp(stream.uniform(Double.log(low), Double.log(high))), low), high)
    case .real(let low, _, let step?, _):
      return low + step * Double(stream.integer(below: valueCount ?? 1))
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

// The unit interval: what methods of geometry and of points spread evenly work on.
extension Distribution {
  /// Where a value stands among the values, from 0 to 1: the probability of a smaller one, in the middle of its own.
  public func unit(of value: Double) -> Double {
    switch self {
    case .normal(let mean, let deviation):
      return NormalDistribution.cumulative((value - mean) / deviation)
    case .choice(let names): return (value + 0.5) / Double(names.count)
    case .real, .integer:
      guard let (low, high) = scaledBounds, high > low else { return 0.5 }
      return min(max((scaled(value) - low) / (high - low), 0), 1)
    }
  }

  /// The value that stands at a place between 0 and 1.
  public func value(atUnit place: Double) -> Double {
    let place = min(max(place, 0), 1)
    switch self {
    case .normal(let mean, let deviation):
      return mean + deviation * min(max(NormalDistribution.quantile(place), -4), 4)
    case .choice(let names): return min((place * Double(names.count)).rounded(.down), Double(names.count - 1))
    case .real, .integer:
      guard let (low, high) = scaledBounds else { return 0 }
      return value(scaled: low + place * (high - low))
    }
  }
}
