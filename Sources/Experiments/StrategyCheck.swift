import Components
import Datasets
import NeuralNetworks
import Search

/// Checks that a strategy goes with its data, without training: what would otherwise be noticed late or never.
struct StrategyCheck {
  private let experiment: Experiment
  private let recipe: RecipeNode

  init(_ experiment: Experiment, _ recipe: RecipeNode) {
    self.experiment = experiment
    self.recipe = recipe
  }

  /// Throws the first problem of the strategy for an assignment.
  func check(_ assignment: Assignment) throws {
    let strategy = try experiment.strategy(assignment)
    let features = strategy.preparations.reduce(experiment.data.features) { $1.outputFeatures(for: $0) }
    if let column = features.first(where: { $0.categories != nil }) {
      throw Problem(
        DatasetError.categoriesWithoutEncoding(column: column.name),
        at: recipe["data"]?.position ?? recipe.position)
    }
    let loss = strategy.settings.loss
    let lossPosition = recipe["train"]?["loss"]?.position ?? recipe["train"]?.position ?? recipe.position
    if loss.takesClasses, experiment.data.classes == nil {
      throw Problem(RecipeError.taskNeedsClasses(name: loss.name), at: lossPosition)
    }
    if !loss.takesClasses, experiment.data.classes != nil {
      throw Problem(RecipeError.taskNeedsNumbers(name: loss.name), at: lossPosition)
    }
    let units = try strategy.network.outputCount(inputs: features.count)
    if let last = strategy.network.layers.last as? Dense, last.activation == .softmax, loss.takesClasses {
      throw Problem(RecipeError.softmaxBeforeCrossEntropy, at: lastLayerPosition)
    }
    let wanted = experiment.data.outputCount
    guard units == wanted else {
      throw Problem(
        loss.takesClasses
          ? RecipeError.unitsDifferFromClasses(units: units, classes: wanted)
          : .unitsDifferFromTargets(units: units, targets: wanted), at: lastLayerPosition)
    }
    if let minimizer = strategy.settings.optimizer as? any Minimizer {
      let count = try strategy.network.parameterCount(inputs: features.count)
      do throws(NetworkError) { try minimizer.check(parameterCount: count) } catch {
        throw Problem(error, at: recipe["train"]?["optimizer"]?.position ?? recipe.position)
      }
    }
  }

  private var lastLayerPosition: SourcePosition {
    guard let model = recipe["model"] else { return recipe.position }
    if case .list(let layers) = model.kind, let last = layers.last { return last.position }
    return model.position
  }
}
