import Components

/// How far a quasi-Newton method goes along its direction.
public enum LineSearch: String, NamedChoice, Codable {
  /// Until the strong Wolfe conditions hold: the value falls enough and the slope flattens (c₁ = 10⁻⁴, c₂ = 0.9).
  case strongWolfe = "strong-wolfe"
  /// As far as the step size says.
  case fixed
}

/// A point on the line.
struct LinePoint {
  /// How far along the direction.
  var step: Double
  var value: Double
  /// The derivative along the direction.
  var slope: Double
  var gradient: [Double]
}

/// A search along a direction for a point at which the strong Wolfe conditions hold (Nocedal and Wright, Numerical
/// Optimization, algorithms 3.5 and 3.6, with cubic interpolation by their equation 3.59).
struct WolfeSearch {
  private static let c1 = 1e-4
  private static let c2 = 0.9
  private static let mostEvaluations = 25

  private let start: LinePoint
  /// The shortest interval worth dividing.
  private let tolerance: Double
  private let evaluate: (Double) -> LinePoint
  private var evaluations = 0

  /// A search from a point whose slope is below zero.
  private init(_ start: LinePoint, tolerance: Double, _ evaluate: @escaping (Double) -> LinePoint) {
    self.start = start
    self.tolerance = tolerance
    self.evaluate = evaluate
  }

  /// The point that a search finds, which begins with a step; that of step zero if no lower value is found.
  static func search(
    from start: LinePoint, firstStep: Double, tolerance: Double, _ evaluate: (Double) -> LinePoint
  ) -> LinePoint {
    withoutActuallyEscaping(evaluate) { evaluate in
      var search = WolfeSearch(start, tolerance: tolerance, evaluate)
      return search.run(firstStep)
    }
  }

  private mutating func point(at step: Double) -> LinePoint {
    evaluations += 1
    return evaluate(step)
  }

  /// Whether the value is above the line of sufficient fall, or no value at all.
  private func isHigh(_ point: LinePoint) -> Bool {
    !(point.value <= start.value + Self.c1 * point.step * start.slope)
  }

  private func isFlat(_ point: LinePoint) -> Bool { abs(point.slope) <= -Self.c2 * start.slope }

  /// Goes on until an interval is found that holds a good point.
  private mutating func run(_ firstStep: Double) -> LinePoint {
    var previous = start
    var current = point(at: firstStep)
    while true {
      if isHigh(current) || (evaluations > 1 && current.value >= previous.value) {
        return divide(low: previous, high: current)
      }
      if isFlat(current) { return current }
      if !(current.slope < 0) { return divide(low: current, high: previous) }
      guard evaluations < Self.mostEvaluations else { return current }
      let next = Self.cubicMinimum(previous, current)
      let least = current.step + 0.01 * (current.step - previous.step)
      let most = current.step * 10
      let step = next.isNaN ? most : min(max(next, least), most)
      previous = current
      current = point(at: step)
    }
  }

  /// Divides an interval: `low` has the lowest value found so far and slopes towards `high`.
  private mutating func divide(low: LinePoint, high: LinePoint) -> LinePoint {
    var (low, high) = (low, high)
    var width = Double.infinity
    while evaluations < Self.mostEvaluations, abs(high.step - low.step) >= tolerance {
      let length = abs(high.step - low.step)
      let (left, right) = (min(low.step, high.step), max(low.step, high.step))
      let guess = Self.cubicMinimum(low, high)
      // Where interpolation is no help, or shortens the interval too slowly, it is halved.
      let isSlow = length > 0.66 * width
      let middle = left + length / 2
      let step = guess.isNaN || isSlow ? middle : min(max(guess, left + 0.1 * length), right - 0.1 * length)
      width = length
      let trial = point(at: step)
      if isHigh(trial) || trial.value >= low.value {
        high = trial
      } else {
        if isFlat(trial) { return trial }
        if trial.slope * (high.step - low.step) >= 0 { high = low }
        low = trial
      }
    }
    return low
  }

  /// Where the cubic through two points with their slopes is lowest; NaN if there is no such place.
  private static func cubicMinimum(_ a: LinePoint, _ b: LinePoint) -> Double {
    let secant = a.slope + b.slope - 3 * (a.value - b.value) / (a.step - b.step)
    let square = secant * secant - a.slope * b.slope
    guard square >= 0 else { return .nan }
    let root = b.step >= a.step ? square.squareRoot() : -square.squareRoot()
    return b.step - (b.step - a.step) * (b.slope + root - secant) / (b.slope - a.slope + 2 * root)
  }
}
