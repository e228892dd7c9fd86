import Tensors

/// What a quasi-Newton method has learned about the second derivatives from its steps.
protocol CurvatureModel: Codable, Sendable {
  /// Whether nothing is known.
  var isEmpty: Bool { get }
  /// The inverse second derivatives times a vector.
  func product(_ vector: [Double]) -> [Double]
  /// Learns from a step s and the change y of the gradient along it, s · y > 0.
  mutating func learn(step: [Double], change: [Double])
  /// Forgets everything.
  mutating func forget()
}

/// What both quasi-Newton methods are told.
struct QuasiNewtonSettings: Codable, Hashable {
  var learningRate: Double
  var toleranceGradient: Double
  var toleranceChange: Double
  var lineSearch: LineSearch
}

/// A minimization by quasi-Newton steps: a line search along `−H g`, where H models the inverse second derivatives.
struct QuasiNewtonMinimization<Model: CurvatureModel>: Minimization {
  private(set) var parameters: [Double]
  private(set) var value = Double.nan
  private(set) var iterations = 0
  private var gradient: [Double]
  private var model: Model
  private let settings: QuasiNewtonSettings

  init(from start: [Double], _ model: Model, _ settings: QuasiNewtonSettings) {
    parameters = start
    gradient = [Double](repeating: 0, count: start.count)
    self.model = model
    self.settings = settings
  }

  mutating func iterate(_ objective: some Objective) -> Bool {
    if iterations == 0 { value = objective.value(at: parameters, gradient: &gradient) }
    iterations += 1
    guard value.isFinite, Vectors.largest(gradient) > settings.toleranceGradient else { return false }
    var direction = Vectors.scaled(model.product(gradient), by: -1)
    var slope = Vectors.dot(direction, gradient)
    if !(slope < 0) {
      model.forget()
      direction = Vectors.scaled(gradient, by: -1)
      slope = -Vectors.dot(gradient, gradient)
    }
    let next = point(objective, along: direction, slope)
    guard next.step > 0, next.value.isFinite else {
      // A direction that leads nowhere may come from old curvature; that of the gradient is tried next.
      if model.isEmpty { return false }
      model.forget()
      return true
    }
    return move(direction, to: next)
  }

  /// The point that the line search chooses.
  private func point(_ objective: some Objective, along direction: [Double], _ slope: Double) -> LinePoint {
    func evaluate(_ step: Double) -> LinePoint {
      var place = parameters
      Vectors.add(direction, times: step, to: &place)
      var gradient = gradient
      let value = objective.value(at: place, gradient: &gradient)
      return LinePoint(step: step, value: value, slope: Vectors.dot(direction, gradient), gradient: gradient)
    }
    // Nothing is known about the scale at first: a step whose elements add up to at most the rate.
    var first = settings.learningRate
    if model.isEmpty {
      let sum = gradient.reduce(0) { $0 + abs($1) }
      first *= min(1, 1 / sum)
    }
    guard settings.lineSearch == .strongWolfe else { return evaluate(first) }
    return WolfeSearch.search(
      from: LinePoint(step: 0, value: value, slope: slope, gradient: gradient), firstStep: first,
      tolerance: settings.toleranceChange / Vectors.largest(direction), evaluate)
  }

  /// Takes a step and learns from it; false if it was too small to go on.
  private mutating func move(_ direction: [Double], to next: LinePoint) -> Bool {
    let step = Vectors.scaled(direction, by: next.step)
    let change = Vectors.difference(next.gradient, gradient)
    Vectors.add(step, times: 1, to: &parameters)
    let fall = value - next.value
    value = next.value
    gradient = next.gradient
    // Curvature along the step that is not clearly above zero teaches nothing.
    if Vectors.dot(step, change) > .ulpOfOne * Vectors.dot(change, change) {
      model.learn(step: step, change: change)
    }
    return Vectors.largest(gradient) > settings.toleranceGradient
      && Vectors.largest(step) > settings.toleranceChange && abs(fall) >= settings.toleranceChange
  }
}
