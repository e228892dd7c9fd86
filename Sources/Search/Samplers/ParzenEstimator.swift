import Kernels
import Tensors

/// A density made of one kernel around each observation and a wide one for what is not known yet: the model
/// of good or of other trials in TPE.
///
/// All hyperparameters of an observation share its kernel (the multivariate form).
package struct ParzenEstimator {
  private let distributions: [Distribution]
  /// The kernels along each numeric hyperparameter, in order.
  private let numeric: [ParzenAxis]
  /// The logarithm of each kernel's probability for each option, for each choice in order.
  private let choices: [[[Double]]]
  private let weights: [Double]
  /// What the kernels of numbers without steps are summed from: a row of places and one of scales for each
  /// hyperparameter, what is constant of each kernel, and the weights, all filled up to a multiple of 8.
  private var smoothMeans: [Double] = []
  private var smoothScales: [Double] = []
  private var smoothConstants: [Double]
  private var paddedWeights: [Double]

  /// A density around observations, given in the order of their age, the oldest first.
  package init(
    _ distributions: [Distribution], observations: [Assignment], rule: ParzenRule = .optuna5
  ) {
    let count = observations.count
    var weights = (0..<count).map { ParzenRule.ageWeight($0, of: count) } + [1]
    if rule == .hyperopt, case .choice(let names)? = distributions.first {
      // Hyperopt counts every choice once before any trial.
      weights[count] = Double(names.count)
    }
    let total = weights.reduce(0, +)
    weights = weights.map { $0 / total }
    self.weights = weights
    self.distributions = distributions
    var numeric: [ParzenAxis] = []
    var choices: [[[Double]]] = []
    for (index, distribution) in distributions.enumerated() {
      let values = observations.map { $0[index] }
      if case .choice(let names) = distribution {
        choices.append(Self.choiceKernels(values, choices: names.count, rule))
      } else {
        numeric.append(ParzenAxis(distribution, values, rule: rule, axes: distributions.count))
      }
    }
    (self.numeric, self.choices) = (numeric, choices)
    let padding = [Double](repeating: 0, count: (8 - (count + 1) % 8) % 8)
    paddedWeights = weights + padding
    smoothConstants = [Double](repeating: 0, count: paddedWeights.count)
    for axis in numeric where axis.distribution.step == nil {
      smoothMeans += axis.means + padding
      smoothScales += axis.deviations.map { 1 / $0 } + padding
      for (kernel, constant) in axis.constants.enumerated() { smoothConstants[kernel] += constant }
    }
  }

  /// The logarithm of the probability that a kernel gives its own choice and each other one.
  static func choiceLogs(kernels: Int, choices: Int, _ rule: ParzenRule) -> (own: Double, other: Double) {
    if rule == .hyperopt { return (0, -.infinity) }
    let share = 1 / Double(kernels)
    let total = 1 + Double(choices) * share
    return (Double.log((1 + share) / total), Double.log(share / total))
  }

  private static func choiceKernels(_ values: [Double], choices: Int, _ rule: ParzenRule) -> [[Double]] {
    let (own, other) = choiceLogs(kernels: values.count + 1, choices: choices, rule)
    let rows = values.map { value in (0..<choices).map { Double($0) == value ? own : other } }
    return rows + [[Double](repeating: Double.log(1 / Double(choices)), count: choices)]
  }

  /// Draws an assignment: a kernel by its weight, then every hyperparameter from it.
  package func draw(using stream: inout RandomStream) -> Assignment {
    var position = stream.uniform()
    var kernel = weights.count - 1
    for (index, weight) in weights.enumerated() {
      position -= weight
      if position < 0 {
        kernel = index
        break
      }
    }
    var (number, choice) = (0, 0)
    return distributions.map { distribution in
      guard case .choice = distribution else {
        number += 1
        return numeric[number - 1].draw(kernel, using: &stream)
      }
      choice += 1
      return Self.option(choices[choice - 1][kernel], using: &stream)
    }
  }

  private static func option(_ logs: [Double], using stream: inout RandomStream) -> Double {
    var position = stream.uniform()
    for (option, logProbability) in logs.enumerated() {
      position -= Double.exp(logProbability)
      if position < 0 { return Double(option) }
    }
    return Double(logs.count - 1)
  }

  /// The logarithm of the density of an assignment.
  package func logDensity(_ assignment: Assignment) -> Double { logDensities([assignment])[0] }

  /// The logarithm of the density of assignments.
  package func logDensities(_ assignments: [Assignment]) -> [Double] {
    let rows = paddedWeights.count
    var points: [Double] = []
    var offsets: [Double]?
    if choices.count > 0 || numeric.contains(where: { $0.distribution.step != nil }) {
      offsets = [Double](repeating: 0, count: rows * assignments.count)
    }
    for (place, assignment) in assignments.enumerated() {
      var (number, choice) = (0, 0)
      for (index, value) in assignment.enumerated() {
        if case .choice = distributions[index] {
          for (kernel, logs) in choices[choice].enumerated() {
            offsets?[place * rows + kernel] += logs[Int(value)]
          }
          choice += 1
        } else {
          if distributions[index].step == nil {
            points.append(distributions[index].scaled(value))
          } else {
            numeric[number].addLogMasses(of: value) { offsets?[place * rows + $0] += $1 }
          }
          number += 1
        }
      }
    }
    var logs = [Double](repeating: 0, count: assignments.count)
    let axes = smoothMeans.count / rows
    // Kernels want addresses even of nothing.
    let (smoothMeans, smoothScales) = axes > 0 ? (smoothMeans, smoothScales) : (paddedWeights, paddedWeights)
    smoothMeans.withUnsafeBufferPointer { means in
      smoothScales.withUnsafeBufferPointer { scales in
        guard let means = means.baseAddress, let scales = scales.baseAddress else { return }
        let rowsOfMeans = (0...axes).map { means + min($0, max(axes - 1, 0)) * rows }
        let rowsOfScales = (0...axes).map { scales + min($0, max(axes - 1, 0)) * rows }
        ParzenDensities.logDensities(
          points: points, pointCount: assignments.count, axes: axes, means: rowsOfMeans,
          scales: rowsOfScales, constants: smoothConstants, weights: paddedWeights, rows: rows,
          offsets: offsets, into: &logs)
      }
    }
    return logs
  }
}
