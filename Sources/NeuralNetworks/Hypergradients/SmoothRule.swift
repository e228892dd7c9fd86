import Tensors

/// A rule whose steps have derivatives by the parameters and by its own settings.
protocol SmoothRule: UpdateRule {
  /// What the derivatives of its steps remember, for a number of parameters.
  func tangentSteps(count: Int) -> any TangentSteps
}

/// A step of training with the derivatives of all that goes into it, for each of some hyperparameters.
struct TangentStep {
  /// The number of the step, from one.
  var number: Int
  /// The step size and its derivative by the base of the schedule.
  var rate: Double
  var rateSlope: Double
  /// The parameters before the step.
  var point: [Double]
  /// The gradient, penalties included.
  var gradient: [Double]
  /// Whether decay applies to each parameter.
  var isPenalized: [Bool]
  /// The hyperparameters.
  var settings: [SmoothSetting]
  /// The derivative of the gradient by each of them.
  var gradientTangents: [[Double]]

  /// The derivative of the step size by a hyperparameter.
  func rateTangent(_ setting: Int) -> Double { settings[setting] == .learningRate ? rateSlope : 0 }
}

/// The derivatives of the steps of a rule, forward.
protocol TangentSteps {
  /// Moves the derivative of the parameters by each hyperparameter over a step: `Z ← ∂Φ/∂w Z + ∂Φ/∂λ`.
  mutating func move(_ tangents: inout [[Double]], over step: TangentStep)
}

extension StochasticGradientDescent: SmoothRule {
  func tangentSteps(count: Int) -> any TangentSteps { DescentTangents(rule: self, count: count) }
}

extension Adam: SmoothRule {
  func tangentSteps(count: Int) -> any TangentSteps { AdamTangents(rule: self, decay: nil, count: count) }
}

extension AdamW: SmoothRule {
  func tangentSteps(count: Int) -> any TangentSteps {
    AdamTangents(rule: adam, decay: weightDecay, count: count)
  }
}

/// `v ← m v − η g`, `p ← p + v` and its variants.
private struct DescentTangents: TangentSteps {
  let rule: StochasticGradientDescent
  let count: Int
  var velocity: [Double] = []
  var velocityTangents: [[Double]] = []

  init(rule: StochasticGradientDescent, count: Int) {
    self.rule = rule
    self.count = count
  }

  mutating func move(_ tangents: inout [[Double]], over step: TangentStep) {
    if velocity.isEmpty {
      velocity = [Double](repeating: 0, count: count)
      velocityTangents = tangents.map { _ in velocity }
    }
    let (m, rate) = (rule.momentum, step.rate)
    for (number, setting) in step.settings.enumerated() {
      let rateTangent = step.rateTangent(number)
      let momentumTangent = setting == .momentum ? 1.0 : 0
      for index in 0..<count {
        let (g, gTangent) = (step.gradient[index], step.gradientTangents[number][index])
        let (v, vTangent) = (velocity[index], velocityTangents[number][index])
        // Of the step of the gradient alone, and of what is kept.
        let (own, ownTangent) =
          rule.isRateRemembered ? (-rate * g, -rateTangent * g - rate * gTangent) : (g, gTangent)
        let next = m * v + own
        let nextTangent = momentumTangent * v + m * vTangent + ownTangent
        velocityTangents[number][index] = nextTangent
        let move = rule.isNesterov ? m * next + own : next
        let moveTangent =
          rule.isNesterov ? momentumTangent * next + m * nextTangent + ownTangent : nextTangent
        tangents[number][index] +=
          rule.isRateRemembered ? moveTangent : -rateTangent * move - rate * moveTangent
      }
    }
    for index in 0..<count {
      let g = step.gradient[index]
      velocity[index] = m * velocity[index] + (rule.isRateRemembered ? -rate * g : g)
    }
  }
}

/// `p ← p − η λ p` of weights, then `p ← p − α m / (√v + ε)` with running means m and v.
private struct AdamTangents: TangentSteps {
  let rule: Adam
  /// The share by which weights shrink beside the step; nil if the rule lets none shrink.
  let decay: Double?
  let count: Int
  var mean: [Double]
  var square: [Double]
  var largest: [Double]
  var meanTangents: [[Double]] = []
  var squareTangents: [[Double]] = []
  var largestTangents: [[Double]] = []

  init(rule: Adam, decay: Double?, count: Int) {
    self.rule = rule
    self.decay = decay
    self.count = count
    mean = [Double](repeating: 0, count: count)
    (square, largest) = (mean, mean)
  }

  mutating func move(_ tangents: inout [[Double]], over step: TangentStep) {
    if meanTangents.isEmpty {
      meanTangents = tangents.map { _ in [Double](repeating: 0, count: count) }
      (squareTangents, largestTangents) = (meanTangents, meanTangents)
    }
    let t = Double(step.number)
    let root = (1 - Double.pow(rule.beta2, t)).squareRoot()
    let correction = root / (1 - Double.pow(rule.beta1, t))
    let epsilon = rule.epsilonPlacement == .besideCorrected ? rule.epsilon * root : rule.epsilon
    for index in 0..<count {
      let g = step.gradient[index]
      let m = rule.beta1 * mean[index] + (1 - rule.beta1) * g
      let v = rule.beta2 * square[index] + (1 - rule.beta2) * g * g
      let isLargest = v >= largest[index]
      let bound = rule.isAMSGrad ? max(v, largest[index]) : v
      let deviation = bound.squareRoot()
      let denominator = deviation + epsilon
      for (number, setting) in step.settings.enumerated() {
        let gTangent = step.gradientTangents[number][index]
        let mTangent = rule.beta1 * meanTangents[number][index] + (1 - rule.beta1) * gTangent
        let vTangent =
          rule.beta2 * squareTangents[number][index] + (1 - rule.beta2) * 2 * g * gTangent
        let boundTangent = rule.isAMSGrad && !isLargest ? largestTangents[number][index] : vTangent
        meanTangents[number][index] = mTangent
        squareTangents[number][index] = vTangent
        largestTangents[number][index] = boundTangent
        let rateTangent = step.rateTangent(number)
        var z = tangents[number][index]
        if let decay, step.isPenalized[index] {
          let own = setting == .weightDecay ? step.rate : 0
          z -= (rateTangent * decay + own) * step.point[index] + step.rate * decay * z
        }
        // A gradient that has always been zero moves nothing, and its root has no slope.
        let deviationTangent = deviation > 0 ? boundTangent / (2 * deviation) : 0
        let quotientTangent = (mTangent - m / denominator * deviationTangent) / denominator
        z -= correction * (rateTangent * m / denominator + step.rate * quotientTangent)
        tangents[number][index] = z
      }
      (mean[index], square[index], largest[index]) = (m, v, bound)
    }
  }
}
