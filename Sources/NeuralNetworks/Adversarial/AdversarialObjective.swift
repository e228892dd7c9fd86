import Autodiff
import Tensors

/// What one of two adversaries makes small, written down with both networks.
///
/// The generator's blocks come first and the discriminator's follow, so that the objectives of both have one
/// layout of parameters, in which each network's trained blocks lie together.
package struct AdversarialObjective {
  /// One of two adversaries.
  package enum Side: String, Sendable { case generator, discriminator }

  /// The graph of both networks.
  package let trace: NetworkTrace
  /// The mean over the samples of the batch.
  package let total: Variable
  /// The gradients of the side's own parameters and what its own states become; none of the other side's.
  package let gradients: [Variable?]
  /// The shape of a sample's latent numbers.
  let latentShape: Shape
  /// The blocks of the side.
  let blocks: Range<Int>

  /// The objective of a side for data of a shape.
  package init(_ side: Side, of trainer: GANTrainer, sampleShape: Shape) throws(NetworkError) {
    let trace = NetworkTrace(isTraining: true)
    latentShape = [trainer.latent.dimension]
    let latent = trace.input("latent", latentShape)
    let generated = try trace.add(trainer.generator, latent).reshaped(to: sampleShape)
    let generatorBlockCount = trace.blocks.count
    let critic = Critic(trainer.discriminator, trace)
    // First of its uses: the layers are listed with what they give for generated samples.
    let generatedScore = try critic.score(generated)
    blocks = side == .generator ? 0..<generatorBlockCount : generatorBlockCount..<trace.blocks.count
    var loss: Variable
    var updates: [(block: Int, node: Int)]
    switch side {
    case .generator:
      loss = trainer.loss.ofGenerator(generated: generatedScore)
      updates = trace.updates
    case .discriminator:
      let x = trace.input("x", sampleShape)
      loss = trainer.loss.ofDiscriminator(real: try critic.score(x), generated: generatedScore)
      updates = trace.updates
      let weight = trainer.loss.gradientPenalty
      if weight > 0 { loss = loss + weight * (try critic.slopePenalty(between: x, generated)) }
    }
    total = (loss * trace.share).summedOverSamples()
    gradients = Self.gradients(of: total, updates, blocks, in: trace)
    self.trace = trace
  }

  /// The derivatives for the trained blocks of a range; of states, the mean of what their uses make of them.
  private static func gradients(
    of total: Variable, _ updates: [(block: Int, node: Int)], _ blocks: Range<Int>, in trace: NetworkTrace
  ) -> [Variable?] {
    var result = [Variable?](repeating: nil, count: trace.blocks.count)
    let trained = blocks.filter { trace.blocks[$0].isTrained }
    let derivatives = total.gradients(withRespectTo: trained.map { trace.parameters[$0] })
    for (block, derivative) in zip(trained, derivatives) { result[block] = derivative }
    for block in blocks where !trace.blocks[block].isTrained {
      let values = updates.filter { $0.block == block }.map { Variable(graph: trace, index: $0.node) }
      let sum = values.dropFirst().reduce(values.first ?? trace.parameters[block]) { $0 + $1 }
      result[block] = values.count > 1 ? (1 / Double(values.count)) * sum : sum
    }
    return result
  }
}

/// A discriminator that is used several times with the same parameters.
private struct Critic {
  private let layers: SharedLayers
  private let trace: NetworkTrace

  init(_ network: Sequential, _ trace: NetworkTrace) {
    layers = SharedLayers([network])
    self.trace = trace
  }

  /// The one number that the discriminator gives for a sample.
  func score(_ x: Variable) throws(NetworkError) -> Variable {
    try layers.trace(x, in: trace).reshaped(to: [])
  }

  /// `(‖∂D/∂x̂‖₂ − 1)²` at a random point between two samples; see ``GANLoss/wasserstein(gradientPenalty:)``.
  func slopePenalty(between x: Variable, _ generated: Variable) throws(NetworkError) -> Variable {
    let share = trace.input("interpolation", [])
    let point = share * x + (1 - share) * generated
    let slope = try score(point).gradients(withRespectTo: [point])[0]
    // The root of exactly zero would have no derivative.
    let norm = (slope.map(.square).summedOverElements() + 1e-12).map(.squareRoot)
    return (norm - 1).map(.square)
  }
}
