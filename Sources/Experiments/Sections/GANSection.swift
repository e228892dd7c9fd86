import Components
import Datasets
import NeuralNetworks
import Validation

/// A generator and a discriminator with how they are trained and scored.
public struct AdversarialPlan: Sendable {
  /// Trains both.
  public var trainer: GANTrainer
  /// How generated samples are scored.
  public var metrics: [any SampleMetric]
  /// Transformations of the samples that are learned from the training part.
  public var preparations: [any Preparation]

  /// Two networks; without metrics, those that suit the data.
  public init(
    _ trainer: GANTrainer, preparations: [any Preparation] = [], metrics: [any SampleMetric] = []
  ) {
    self.trainer = trainer
    self.preparations = preparations
    self.metrics = metrics
  }
}

/// What a generator begins with, as a recipe tells it: `normal(8)` or `uniform(8)`.
enum LatentSection {
  private static let dimension = Parameter<Int>("dimension", "at least 1", help: "How many numbers.") {
    $0 >= 1
  }
  static let catalog = Catalog<Latent>(
    "latent distribution",
    [
      Component(
        "normal", help: "Numbers of the standard normal distribution.", swift: ".normal(dimension)",
        parameters: [dimension]
      ) {
        .normal(dimension: $0[dimension])
      },
      Component(
        "uniform", help: "Numbers between −1 and 1.", swift: ".uniform(dimension)", parameters: [dimension]
      ) {
        .uniform(dimension: $0[dimension])
      },
    ])
}

/// The key `gan` of `model`, and the keys of `train` for it.
enum GANSection {
  static let latent = Parameter<RecipeNode>(
    "latent", help: "What the generator begins with, as in normal(8).")
  static let generator = Parameter<RecipeNode>("generator", help: "The layers that make samples.")
  static let discriminator = Parameter<RecipeNode>("discriminator", help: "The layers that tell them apart.")

  /// Both networks and the latent numbers.
  struct Networks {
    var latent: Latent
    var generator: Sequential
    var discriminator: Sequential
  }

  static let component = Component<Networks>(
    "gan", help: "A generator and a discriminator.",
    swift: "GANTrainer(latent, generator, discriminator)", parameters: [latent, generator, discriminator]
  ) { arguments in
    Networks(
      latent: try LatentSection.catalog.decode(arguments[latent]),
      generator: try network(arguments[generator]), discriminator: try network(arguments[discriminator]))
  }

  private static func network(_ node: RecipeNode) throws -> Sequential {
    guard case .list(let items) = node.kind else { return Sequential([try Layers.catalog.decode(node)]) }
    return Sequential(try items.map { try Layers.catalog.decode($0) })
  }

  // MARK: Training

  private static let penalty = Parameter<Double>(
    "gradient-penalty", default: 10, "at least 0", help: "How much slopes other than one count."
  ) { $0 >= 0 }
  static let losses = Catalog<GANLoss>(
    "loss of a GAN",
    [
      Component("non-saturating", help: "The cross-entropy of logits.", swift: ".nonSaturating") { _ in
        .nonSaturating
      },
      Component(
        "wasserstein", help: "The Wasserstein distance with a penalty of slopes.",
        swift: ".wasserstein(gradient-penalty)", parameters: [penalty]
      ) {
        .wasserstein(gradientPenalty: $0[penalty])
      },
      Component("least-squares", help: "Squared distances from 1 and 0.", swift: ".leastSquares") { _ in
        .leastSquares
      },
    ])

  static let loss = Parameter<RecipeNode?>(
    "loss", default: nil, help: "What both make small: non-saturating, wasserstein or least-squares.")
  static let optimizer = Parameter<RecipeNode?>("optimizer", default: nil, help: "The rule of both.")
  static let generatorOptimizer = Parameter<RecipeNode?>(
    "generator-optimizer", default: nil, help: "The rule of the generator.")
  static let discriminatorOptimizer = Parameter<RecipeNode?>(
    "discriminator-optimizer", default: nil, help: "The rule of the discriminator.")
  static let learningRate = Parameter<Double?>(
    "learning-rate", default: .some(nil), "above 0 and finite", help: "The step size of both."
  ) { $0.map { $0 > 0 && $0.isFinite } ?? true }
  static let discriminatorSteps = Parameter<Int>(
    "discriminator-steps", default: 1, "at least 1",
    help: "The steps of the discriminator before each one of the generator."
  ) { $0 >= 1 }
  static let epochs = Parameter<Int>(
    "epochs", default: 100, "at least 1", help: "The passes over the training part."
  ) { $0 >= 1 }
  static let batchSize = Parameter<BatchSize>(
    "batch-size", default: .automatic, "at least 1, or full", help: "The samples of a step."
  ) { size in if case .samples(let count) = size { count >= 1 } else { true } }
  static let initializer = Parameter<RecipeNode?>("initializer", default: nil, help: "How weights begin.")
  static let snapshots = Parameter<[Int]>(
    "snapshots", default: [4], "whole numbers of at least 0",
    help: "The epochs behind which samples are kept, or how many of them."
  ) { $0.allSatisfy { $0 >= 0 } }

  static let parameters: [any AnyParameter] = [
    loss, optimizer, generatorOptimizer, discriminatorOptimizer, learningRate, discriminatorSteps, epochs,
    batchSize, initializer, snapshots,
  ]

  /// How Swift writes the keys.
  static let swiftForm: SwiftForm =
    "GANTrainer(loss, generator-optimizer, discriminator-optimizer, discriminator-steps, epochs, batch-size, initializer, snapshots)"

  /// The trainer of two networks; throws the first problem.
  static func trainer(_ networks: Networks, _ node: RecipeNode, precision: Precision) throws -> GANTrainer {
    try Component<GANTrainer>("train", help: "How both are trained.", parameters: parameters) { arguments in
      var trainer = GANTrainer(
        generator: networks.generator, discriminator: networks.discriminator, latent: networks.latent,
        loss: try arguments[loss].map { try losses.decode($0) } ?? .nonSaturating,
        discriminatorSteps: arguments[discriminatorSteps], epochs: arguments[epochs],
        batchSize: arguments[batchSize], precision: precision)
      trainer.generatorOptimizer = try rule(
        generatorOptimizer, arguments, otherwise: trainer.generatorOptimizer)
      trainer.discriminatorOptimizer = try rule(
        discriminatorOptimizer, arguments, otherwise: trainer.discriminatorOptimizer)
      if let start = try arguments[initializer].map({ try Initializers.catalog.decode($0) }) {
        trainer.initializer = start
      }
      trainer.snapshots = SnapshotEpochs.epochs(arguments[snapshots], of: arguments[epochs])
      return trainer
    }.decode(map: node)
  }

  private static func rule(
    _ own: Parameter<RecipeNode?>, _ arguments: Arguments, otherwise standard: any UpdateRule
  ) throws -> any UpdateRule {
    let node = arguments[own] ?? arguments[optimizer]
    var optimizer: any Optimizer = standard
    if let node { optimizer = try Optimizers.catalog.decode(node) }
    if let rate = arguments[learningRate] {
      if let node, case .call(_, let given) = node.kind,
        given.contains(where: { $0.label == learningRate.name })
      {
        throw Problem(
          RecipeError.conflict("learning-rate", "optimizer", reason: "both give the step size"),
          at: arguments.given[learningRate.name]?.position ?? arguments.position)
      }
      optimizer.learningRate = rate
    }
    guard let rule = optimizer as? any UpdateRule else {
      throw Problem(
        RecipeError.unsupported(name: optimizer.name, reason: "makes one loss small, and here are two"),
        at: node?.position ?? arguments.position)
    }
    return rule
  }
}
