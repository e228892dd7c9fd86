import Kernels
import Tensors

/// The numbers of one step: flat vectors of `count` elements each.
public struct ParameterUpdate<Scalar: Real> {
  /// The parameters, to be changed.
  public let parameters: UnsafeMutablePointer<Scalar>
  /// The gradient of the loss.
  public let gradients: UnsafeMutablePointer<Scalar>
  /// What the rule remembers: `stateCount` vectors one after the other, zero at first.
  public let state: UnsafeMutablePointer<Scalar>
  /// The length of each vector.
  public let count: Int
  /// The number of the step, from one.
  public let step: Int
  /// The step size, as the schedule says.
  public let learningRate: Double
  /// What penalties and clipping do to the gradient in the pass of the rule.
  ///
  /// Borrowed from the adjustment, as a reference would make every call of a rule look for metadata.
  private let runs: UnsafeBufferPointer<AdjustedRun>

  /// The numbers of one step; an adjustment of the gradient must live until it has been taken.
  public init(
    parameters: UnsafeMutablePointer<Scalar>, gradients: UnsafeMutablePointer<Scalar>,
    state: UnsafeMutablePointer<Scalar>, count: Int, step: Int, learningRate: Double,
    adjustment: GradientAdjustment<Scalar>? = nil
  ) {
    self.parameters = parameters
    self.gradients = gradients
    self.state = state
    self.count = count
    self.step = step
    self.learningRate = learningRate
    if let adjustment {
      runs = adjustment.runs(parameters, gradients)
    } else {
      runs = UnsafeBufferPointer(start: nil, count: 0)
    }
  }

  /// What a kernel works on; penalized parameters shrink by a share first.
  func vectors(shrinkage: Double = 0) -> StepVectors {
    StepVectors(
      parameters: parameters, gradients: gradients, state: state, count: count, runs: runs,
      shrinkage: shrinkage)
  }

  /// Sets a vector of the state to a number before the first step.
  func begin(state number: Scalar, vector: Int = 0) {
    guard step == 1, number != 0 else { return }
    let first = state + vector * count
    for index in 0..<count { first[index] = number }
  }
}
