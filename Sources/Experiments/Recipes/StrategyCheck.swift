import Components
import Datasets
import Learners
import NeuralNetworks
import Search
import Tensors
import Validation

/// Checks that a strategy goes with its data, without training: what would otherwise be noticed late or never.
struct StrategyCheck {
  private let experiment: Experiment
  private let recipe: RecipeNode
  /// What is known of the data before they are prepared.
  private let outline: DataOutline

  init(_ experiment: Experiment, _ recipe: RecipeNode) {
    self.experiment = experiment
    self.recipe = recipe
    outline = DataOutline(experiment.data)
  }

  /// Throws the first problem of the strategy for an assignment.
  func check(_ assignment: Assignment) throws {
    try check(try experiment.strategy(assignment))
  }

  /// Throws the first problem of a strategy.
  func check(_ strategy: Strategy) throws {
    let prepared = try PreparationCheck(recipe).outline(strategy.preparations, of: outline)
    switch strategy.estimator {
    case .learner(let learner): try check(learner, prepared)
    case .network(let network, let settings): try check(network, settings, strategy, prepared)
    }
  }

  /// Throws if a learner cannot predict such targets, or is told how to train.
  private func check(_ learner: any Learner, _ prepared: DataOutline) throws {
    let model = recipe["model"]?.position ?? recipe.position
    if let train = recipe["train"] {
      throw Problem(
        RecipeError.conflict("train", learner.name, reason: "\(learner.name) is fitted in one step"),
        at: train.position)
    }
    if learner.targets == .classes, experiment.data.classes == nil {
      throw Problem(RecipeError.taskNeedsClasses(name: learner.name), at: model)
    }
    if learner.targets == .values, experiment.data.classes != nil {
      throw Problem(RecipeError.taskNeedsNumbers(name: learner.name), at: model)
    }
    if prepared.isAugmented {
      throw Problem(
        RecipeError.unsupported(name: "augment", reason: "needs a network, which learns in epochs"),
        at: recipe["prepare"]?.position ?? recipe.position)
    }
  }

  /// Throws the first problem of a network and its training.
  private func check(
    _ network: Sequential, _ settings: TrainingSettings, _ strategy: Strategy, _ prepared: DataOutline
  ) throws {
    let loss = settings.loss
    let lossPosition = recipe["train"]?["loss"]?.position ?? recipe["train"]?.position ?? recipe.position
    if loss.targets == .classes, experiment.data.classes == nil {
      throw Problem(RecipeError.taskNeedsClasses(name: loss.name), at: lossPosition)
    }
    if !loss.takesClasses, experiment.data.classes != nil {
      throw Problem(RecipeError.taskNeedsNumbers(name: loss.name), at: lossPosition)
    }
    if loss.targets == .binary, experiment.data.classes != nil, experiment.data.outputCount != 2 {
      throw Problem(
        NetworkError.lossNeedsTwoClasses(loss: loss.name, classes: experiment.data.outputCount),
        at: lossPosition)
    }
    let units = try outputCount(of: network, sample: prepared.sampleShape)
    if let last = network.layers.last as? Dense, last.activation == .softmax, loss.takesClasses {
      throw Problem(RecipeError.softmaxBeforeCrossEntropy, at: lastLayerPosition)
    }
    let wanted = loss.outputCount(targets: experiment.data.outputCount)
    guard units == wanted else {
      throw Problem(
        loss.takesClasses
          ? RecipeError.unitsDifferFromClasses(units: units, classes: wanted)
          : .unitsDifferFromTargets(units: units, targets: wanted), at: lastLayerPosition)
    }
    if !prepared.isResampled { try checkBatchSize(settings.batchSize, strategy.validation) }
    if let minimizer = settings.optimizer as? any Minimizer {
      let count = try network.parameterCount(for: prepared.sampleShape)
      do throws(NetworkError) { try minimizer.check(parameterCount: count) } catch {
        throw Problem(error, at: recipe["train"]?["optimizer"]?.position ?? recipe.position)
      }
    }
  }

  /// Throws if a batch is larger than the smallest training part: that of a fold, or of the last fit.
  private func checkBatchSize(_ batch: BatchSize, _ validation: Double?) throws {
    guard case .samples(let size) = batch else { return }
    // Folds that cannot be made are a problem of their own.
    let count = (try? experiment.smallestTraining()) ?? experiment.parts().rest.count
    let smallest = count - (validation.map { Int((Double(count) * $0).rounded()) } ?? 0)
    guard size > smallest else { return }
    throw Problem(
      NetworkError.batchLargerThanData(batch: size, examples: smallest),
      at: recipe["train"]?["batch-size"]?.position ?? recipe.position)
  }

  /// The numbers that the network gives; a layer that cannot take its input is a problem at its place.
  private func outputCount(of network: Sequential, sample: Shape) throws -> Int {
    do {
      return try network.outputCount(for: sample)
    } catch {
      throw Problem(error, at: position(of: error))
    }
  }

  /// The place of the layer that an error names.
  private func position(of error: NetworkError) -> SourcePosition {
    let model = recipe["model"]?.position ?? recipe.position
    guard case .shapeMismatch(let layer, _, _, _) = error, let number = layer.path.first,
      case .list(let layers)? = recipe["model"]?.kind, layers.indices.contains(number)
    else { return model }
    return layers[number].position
  }

  private var lastLayerPosition: SourcePosition {
    guard let model = recipe["model"] else { return recipe.position }
    if case .list(let layers) = model.kind, let last = layers.last { return last.position }
    return model.position
  }
}
