import Autodiff
import Foundation
import Kernels
import Tensors

/// What changes the parameters of a training: a rule with its state, schedule, penalties and clipping, or a minimization
/// of the loss of all data.
final class ParameterUpdater<Scalar: Real> {
  private let parameters: WorkMemory<Scalar>
  private let gradients: WorkMemory<Scalar>
  private let state: WorkMemory<Scalar>
  private let optimizer: any Optimizer
  /// The optimizer if it is a rule: to ask for each step would allocate each time.
  private let rule: (any UpdateRule)?
  /// The length of the part of the vectors that is trained.
  private let count: Int
  private let runs: [ParameterRun]
  private let penalty: Penalty
  private let adjustment: GradientAdjustment<Scalar>
  private var schedule: any Schedule
  private let average: WeightAverage<Scalar>?
  private var showsAverage = false
  private let stream: RandomStream
  private var minimization: (any Minimization)?
  /// Whether a minimization has nothing more to gain.
  private(set) var hasConverged = false
  /// The step size of the last step.
  private(set) var lastRate = 0.0

  init(
    _ settings: TrainingSettings, _ runs: [ParameterRun], count: Int, parameters: WorkMemory<Scalar>,
    gradients: WorkMemory<Scalar>, stream: RandomStream
  ) {
    self.count = count
    self.parameters = parameters
    self.gradients = gradients
    self.runs = runs
    self.stream = stream
    optimizer = settings.optimizer
    rule = settings.optimizer as? any UpdateRule
    penalty = settings.penalty
    schedule = settings.schedule
    adjustment = GradientAdjustment(
      runs, penalty: settings.penalty, clip: settings.gradientClip, for: settings.optimizer)
    average = settings.averaging.map { WeightAverage(momentum: $0, count: count) }
    state = WorkMemory(count: count * (rule?.stateCount ?? 0))
  }

  /// Puts the parameters that steps are taken from in place.
  func beginEpoch() {
    if showsAverage { average?.swap(parameters.base) }
    showsAverage = false
  }

  /// Puts the parameters that are scored and kept in place: the moving mean, if there is one.
  func endEpoch() {
    average?.swap(parameters.base)
    showsAverage = average != nil
  }

  /// The step size of a moment, and its derivative by the base of the schedule, in which every schedule is linear.
  func rate(at progress: TrainingProgress) -> (rate: Double, slope: Double) {
    let base = optimizer.learningRate
    let rate = schedule.rate(base: base, at: progress)
    return (rate, (schedule.rate(base: 2 * base, at: progress) - rate) / base)
  }

  /// Tells the schedule the validation loss of an epoch.
  func observe(validationLoss: Double) { schedule.observe(validationLoss: validationLoss) }

  /// Changes the parameters once; `replay` computes the loss of the batch and its gradient for those in memory.
  func update(step: Int, at progress: TrainingProgress, replay: () -> Double) {
    if let rule {
      lastRate = schedule.rate(base: rule.learningRate, at: progress)
      rule.step(
        ParameterUpdate(
          parameters: parameters.base, gradients: gradients.base, state: state.base, count: count,
          step: step, learningRate: lastRate,
          adjustment: adjustment))
    } else if let minimizer = optimizer as? any Minimizer {
      iterate(minimizer, replay)
    }
    average?.update(parameters.base)
  }

  /// What has to be kept so that steps go on as if nothing had happened.
  func snapshot() throws -> UpdaterState {
    UpdaterState(
      state: (0..<state.count).map { Double(state.base[$0]) }, average: average?.snapshot(),
      minimization: try minimization.map { try JSONEncoder().encode($0) })
  }

  /// Goes on from what was kept behind an epoch; the schedule is shown the losses so far.
  func restore(_ kept: UpdaterState, validationLosses: [Double]) throws {
    guard state.count == kept.state.count, (average == nil) == (kept.average == nil) else {
      throw NetworkError.checkpointOfAnotherTraining(what: "optimizer")
    }
    for index in 0..<state.count { state.base[index] = Scalar(kept.state[index]) }
    if let values = kept.average {
      average?.restore(values)
      showsAverage = true
    }
    for loss in validationLosses { schedule.observe(validationLoss: loss) }
    if let data = kept.minimization, let minimizer = optimizer as? any Minimizer {
      minimization = try Self.decode(
        type(of: minimizer.minimization(from: [], using: stream)) as any Minimization.Type, data)
    }
  }

  private static func decode(_ type: any Minimization.Type, _ data: Data) throws -> any Minimization {
    try JSONDecoder().decode(type, from: data)
  }

  private func iterate(_ minimizer: any Minimizer, _ replay: () -> Double) {
    withoutActuallyEscaping(replay) { replay in
      let objective = BatchObjective(
        runs: runs, penalty: penalty, parameters: parameters, gradients: gradients, replay: replay)
      var current = minimization ?? minimizer.minimization(from: objective.point, using: stream)
      hasConverged = !current.iterate(objective)
      objective.place(current.parameters)
      minimization = current
    }
  }
}

/// What an optimizer remembers, as numbers that read back as the same bits.
struct UpdaterState: Codable, Sendable, Hashable {
  var state: [Double]
  var average: [Double]?
  var minimization: Data?
}

/// The loss of a batch and its penalties as a function of the parameters, without the gaps of their layout.
struct BatchObjective<Scalar: Real>: Objective {
  let runs: [ParameterRun]
  let penalty: Penalty
  let parameters: WorkMemory<Scalar>
  let gradients: WorkMemory<Scalar>
  /// Computes the loss and its gradient for the parameters in memory.
  let replay: () -> Double

  /// The parameters in memory.
  var point: [Double] { values(of: parameters) }

  /// Writes parameters into memory.
  func place(_ point: [Double]) {
    var rest = point[...]
    for run in runs {
      for (index, value) in rest.prefix(run.count).enumerated() {
        parameters.base[run.offset + index] = Scalar(value)
      }
      rest = rest.dropFirst(run.count)
    }
  }

  func value(at point: [Double]) -> Double {
    place(point)
    return replay() + penaltyValue(point)
  }

  func value(at point: [Double], gradient: inout [Double]) -> Double {
    let value = value(at: point)
    gradient = values(of: gradients)
    guard penalty != .none else { return value }
    forEachPenalized { index in
      let weight = point[index]
      let sign: Double = weight > 0 ? 1 : weight < 0 ? -1 : 0
      gradient[index] += penalty.l2 * weight + penalty.l1 * sign
    }
    return value
  }

  private func penaltyValue(_ point: [Double]) -> Double {
    guard penalty != .none else { return 0 }
    var (squares, sizes) = (0.0, 0.0)
    forEachPenalized { index in
      squares += point[index] * point[index]
      sizes += abs(point[index])
    }
    return penalty.l2 / 2 * squares + penalty.l1 * sizes
  }

  private func forEachPenalized(_ body: (Int) -> Void) {
    var first = 0
    for run in runs {
      if run.isPenalized { for index in first..<first + run.count { body(index) } }
      first += run.count
    }
  }

  private func values(of memory: WorkMemory<Scalar>) -> [Double] {
    runs.flatMap { run in (0..<run.count).map { Double(memory.base[run.offset + $0]) } }
  }
}
