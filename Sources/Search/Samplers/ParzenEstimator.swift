import Tensors

/// A density made of one kernel around each observation and a wide one for what is not known yet: the model
/// of good or of other trials in TPE.
///
/// All hyperparameters of an observation share its kernel (the multivariate form).
package struct ParzenEstimator {
  private let axes: [Axis]
  /// The logarithm of each kernel's weight; the last is the prior's.
  private let logWeights: [Double]
  private let weights: [Double]

  /// The kernels along one hyperparameter.
  private enum Axis {
    /// Truncated normals.
    case numeric(ParzenAxis)
    /// The logarithm of each kernel's probability for each choice.
    case choice([[Double]])
  }

  /// A density around observations, given in the order of their age, the oldest first.
  package init(_ space: SearchSpace, observations: [Assignment]) {
    let count = observations.count
    var weights = Self.ageWeights(count) + [1]
    let total = weights.reduce(0, +)
    weights = weights.map { $0 / total }
    self.weights = weights
    logWeights = weights.map { Double.log($0) }
    axes = space.parameters.enumerated().map { index, parameter in
      let values = observations.map { $0[index] }
      if case .choice(let names) = parameter.distribution {
        return .choice(Self.choiceKernels(values, choices: names.count))
      }
      return .numeric(ParzenAxis(parameter.distribution, values))
    }
  }

  /// One for up to 24 observations; beyond, the oldest weigh less, rising in equal steps to one for the last 25.
  package static func ageWeights(_ count: Int) -> [Double] {
    guard count >= 25 else { return [Double](repeating: 1, count: count) }
    let ramp = count - 25
    return (0..<count).map { index in
      guard index < ramp else { return 1 }
      let first = 1 / Double(count)
      return ramp == 1 ? first : first + (1 - first) * Double(index) / Double(ramp - 1)
    }
  }

  private static func choiceKernels(_ values: [Double], choices: Int) -> [[Double]] {
    let kernels = Double(values.count + 1)
    let share = 1 / kernels
    let rows = values.map { value in
      (0..<choices).map { choice in
        Double.log(((Double(choice) == value ? 1 : 0) + share) / (1 + Double(choices) * share))
      }
    }
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
    return axes.map { axis in
      switch axis {
      case .numeric(let numeric): return numeric.draw(kernel, using: &stream)
      case .choice(let rows):
        var position = stream.uniform()
        for (choice, logProbability) in rows[kernel].enumerated() {
          position -= Double.exp(logProbability)
          if position < 0 { return Double(choice) }
        }
        return Double(rows[kernel].count - 1)
      }
    }
  }

  /// The logarithm of the density of an assignment.
  package func logDensity(_ assignment: Assignment) -> Double {
    var logs = logWeights
    for (axis, value) in zip(axes, assignment) {
      switch axis {
      case .numeric(let numeric): numeric.addLogDensities(of: value, to: &logs)
      case .choice(let rows): for kernel in logs.indices { logs[kernel] += rows[kernel][Int(value)] }
      }
    }
    let top = logs.max() ?? -.infinity
    guard top.isFinite else { return top }
    return top + Double.log(logs.reduce(0) { $0 + Double.exp($1 - top) })
  }
}
