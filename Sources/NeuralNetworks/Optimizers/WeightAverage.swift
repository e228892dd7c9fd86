import Kernels
import Tensors

/// A moving mean of parameters, `a ← μ a + (1 − μ) p` behind every step, which often generalizes better than the last
/// parameters (Polyak and Juditsky 1992; Keras' `ema_momentum`).
///
/// It begins with the parameters behind the first step. Use: `update` behind every step of the optimizer, `swap` before
/// the network is scored or kept, and `swap` again before training goes on.
public final class WeightAverage<Scalar: Real> {
  /// μ, how much of the mean is kept in a step.
  public let momentum: Double
  private let averages: WorkMemory<Scalar>
  private var hasBegun = false

  /// A mean of so many parameters.
  public init(momentum: Double, count: Int) {
    self.momentum = momentum
    averages = WorkMemory(count: Scalar.groups(for: count) * Scalar.laneCount)
  }

  /// Takes the parameters behind a step in.
  public func update(_ parameters: UnsafePointer<Scalar>) {
    // Before the first step there is nothing worth keeping.
    Scalar.averageStep(
      averages.base, parameters, count: averages.count, momentum: hasBegun ? Scalar(momentum) : 0)
    hasBegun = true
  }

  /// Exchanges the parameters and their mean; does nothing before the first step.
  public func swap(_ parameters: UnsafeMutablePointer<Scalar>) {
    guard hasBegun else { return }
    for index in 0..<averages.count {
      let value = parameters[index]
      parameters[index] = averages.base[index]
      averages.base[index] = value
    }
  }

  /// The mean's memory, or nil before the first step.
  func snapshot() -> [Double]? {
    hasBegun ? (0..<averages.count).map { Double(averages.base[$0]) } : nil
  }

  /// Goes on from what was kept.
  func restore(_ values: [Double]) {
    for (index, value) in values.prefix(averages.count).enumerated() { averages.base[index] = Scalar(value) }
    hasBegun = true
  }
}
