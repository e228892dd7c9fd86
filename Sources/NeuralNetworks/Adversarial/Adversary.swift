import Autodiff
import Components
import Kernels
import Tensors

/// One of two adversaries: the program of its objective, and the steps of its own part of the parameters.
final class Adversary<Scalar: Real> {
  let objective: AdversarialObjective
  let inputs: BatchInputs<Scalar>
  let groups: Int
  private let run: ProgramRun<Scalar>
  private let layout: ParameterLayout
  private let parameters: WorkMemory<Scalar>
  private let gradients: WorkMemory<Scalar>
  private let dropoutKeys: [UInt64]
  private let batchSize: Int
  private let rule: any UpdateRule
  private let adjustment: GradientAdjustment<Scalar>
  private let state: WorkMemory<Scalar>
  /// The place of the trained blocks in the flat vector.
  private let range: Range<Int>
  private var step = 0

  init(
    _ objective: AdversarialObjective, _ rule: any UpdateRule, _ parameters: WorkMemory<Scalar>,
    _ gradients: WorkMemory<Scalar>, dropoutKeys: [UInt64], batchSize: Int
  ) {
    self.objective = objective
    self.rule = rule
    self.parameters = parameters
    self.gradients = gradients
    self.dropoutKeys = dropoutKeys
    self.batchSize = batchSize
    let program = Planner.program(
      for: objective.trace, outputs: [objective.total], gradients: objective.gradients, batchSize: batchSize,
      of: Scalar.self)
    groups = program.groups
    let layout = program.parameters
    self.layout = layout
    run = ProgramRun(program, parameters: parameters, gradients: gradients, dropoutKeys: dropoutKeys)
    inputs = BatchInputs(run)
    let trained = objective.blocks.filter { objective.trace.blocks[$0].isTrained }
    let first = trained.first.map { layout.offsets[$0] } ?? 0
    let range =
      first..<trained.reduce(first) { last, block in
        last + (layout.shapes[block].count + Scalar.laneCount - 1) / Scalar.laneCount * Scalar.laneCount
      }
    self.range = range
    let runs = trained.map { block in
      ParameterRun(
        offset: layout.offsets[block] - first, count: layout.shapes[block].count,
        isPenalized: objective.trace.blocks[block].isPenalized)
    }
    adjustment = GradientAdjustment(runs, for: rule)
    state = WorkMemory(count: range.count * rule.stateCount)
  }

  /// Where the latent numbers of a batch lie, and how many a sample has.
  var latent: (base: UnsafeMutablePointer<Scalar>, count: Int)? {
    run.input("latent").map { ($0, objective.latentShape.count) }
  }

  /// Where the places between samples of the data and generated ones lie; nil if the objective has none.
  var interpolation: (base: UnsafeMutablePointer<Scalar>, count: Int)? {
    run.input("interpolation").map { ($0, 1) }
  }

  /// Computes the loss of the batch that has been laid into the inputs, and changes the side's own parameters
  /// and states.
  func takeStep(_ epoch: Int, pool: (any WorkerPool)?) throws(NetworkError) -> Double {
    step += 1
    run.replay(step: step, pool: pool)
    let loss = Double(run.output(0)[0])
    guard loss.isFinite else { throw diverged(epoch) }
    for block in objective.blocks where !objective.trace.blocks[block].isTrained {
      let offset = layout.offsets[block]
      (parameters.base + offset).update(from: gradients.base + offset, count: layout.shapes[block].count)
    }
    rule.step(
      ParameterUpdate(
        parameters: parameters.base + range.lowerBound, gradients: gradients.base + range.lowerBound,
        state: state.base, count: range.count, step: step, learningRate: rule.learningRate,
        adjustment: adjustment))
    return loss
  }

  /// Runs the layers one by one on the batch that went wrong, to name the first whose output is no number.
  private func diverged(_ epoch: Int) -> NetworkError {
    let trace = objective.trace
    let leaves = trace.leaves.filter { $0.path.count > 1 }
    let outputs = leaves.map { Variable(graph: trace, index: $0.output) }
    let program = Planner.program(for: trace, outputs: outputs, batchSize: batchSize, of: Scalar.self)
    let check = ProgramRun(program, parameters: parameters, dropoutKeys: dropoutKeys)
    let lanes = groups * Scalar.laneCount
    if let latent, let target = check.input("latent") {
      target.update(from: latent.base, count: latent.count * lanes)
    }
    if let share = inputs.share, let target = check.input("share") {
      target.update(from: share, count: lanes)
    }
    check.replay(step: step)
    let bad = leaves.indices.first { index in
      let values = UnsafeBufferPointer(start: check.output(index), count: outputs[index].shape.count * lanes)
      return !values.allSatisfy(\.isFinite)
    }
    let place = bad.map { index in
      let side: AdversarialObjective.Side = leaves[index].path[0] == 0 ? .generator : .discriminator
      return LayerPlace(path: Array(leaves[index].path.dropFirst()), name: leaves[index].name).named(in: side)
    }
    return .diverged(epoch: epoch, layer: place)
  }
}
