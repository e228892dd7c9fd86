import Components
import Datasets
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
    let strategy = try experiment.strategy(assignment)
    let prepared = try PreparationCheck(recipe).outline(strategy.preparations, of: outline)
    let loss = strategy.settings.loss
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
    let units = try outputCount(of: strategy.network, sample: prepared.sampleShape)
    if let last = strategy.network.layers.last as? Dense, last.activation == .softmax, loss.takesClasses {
      throw Problem(RecipeError.softmaxBeforeCrossEntropy, at: lastLayerPosition)
    }
    let wanted = loss.outputCount(targets: experiment.data.outputCount)
    guard units == wanted else {
      throw Problem(
        loss.takesClasses
          ? RecipeError.unitsDifferFromClasses(units: units, classes: wanted)
          : .unitsDifferFromTargets(units: units, targets: wanted), at: lastLayerPosition)
    }
    if !prepared.isResampled { try checkBatchSize(strategy) }
    if let minimizer = strategy.settings.optimizer as? any Minimizer {
      let count = try strategy.network.parameterCount(for: prepared.sampleShape)
      do throws(NetworkError) { try minimizer.check(parameterCount: count) } catch {
        throw Problem(error, at: recipe["train"]?["optimizer"]?.position ?? recipe.position)
      }
    }
  }

  /// Throws if a batch is larger than the smallest training part: that of a fold, or of the last fit.
  private func checkBatchSize(_ strategy: Strategy) throws {
    guard case .samples(let size) = strategy.settings.batchSize else { return }
    // Folds that cannot be made are a problem of their own.
    let count = (try? experiment.smallestTraining()) ?? experiment.parts().rest.count
    let smallest = count - (strategy.validation.map { Int((Double(count) * $0).rounded()) } ?? 0)
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
