import Components
import Datasets
import NeuralNetworks
import Tensors
import Validation

extension Experiment {
  /// An experiment of two networks that learn against each other.
  init(
    label: String, _ plan: AdversarialPlan, _ data: Dataset, redraw: (@Sendable (UInt64) throws -> Dataset)?,
    _ split: Split, seed: UInt64
  ) {
    // What is asked about a strategy is asked of the generator.
    let strategy = Strategy(
      preparations: plan.preparations, network: plan.trainer.generator,
      settings: TrainingSettings(loss: MeanSquaredError(), epochs: plan.trainer.epochs))
    self.init(
      label: label, data: data, law: nil, redraw: redraw, split: split, metrics: [], seed: seed,
      splitter: nil, search: nil, closure: nil, forecast: nil, adversary: plan,
      blueprint: StrategyBlueprint { _ in strategy }, defaultLoss: MeanSquaredError())
  }

  /// What keeps networks, settings and data from going together, without training.
  func adversarialProblems(_ plan: AdversarialPlan, _ recipe: RecipeNode) -> [Problem] {
    let networks = (recipe["model"]?["gan"] ?? recipe["model"] ?? recipe).position
    let training = (recipe["train"] ?? recipe).position
    let (rest, test) = parts()
    if hasTest, test.isEmpty || rest.isEmpty {
      let part = test.isEmpty ? "test" : "training"
      return [Problem(DatasetError.tooFewExamples(part: part, count: 0), at: training)]
    }
    do {
      let check = PreparationCheck(recipe)
      _ = try check.outline(plan.preparations, of: DataOutline(data))
      if let number = plan.preparations.firstIndex(where: { $0 is Augment }) {
        throw Problem(
          RecipeError.unsupported(name: "augment", reason: "changes nothing for a generator"),
          at: check.position(ofPreparation: number))
      }
      let stream = RandomStream(seed: key.seed(for: .resampling), .resampling, 0, 0)
      let prepared = Preparations.fit(plan.preparations, to: data.subset(rest), using: stream)
      try plan.trainer.check(prepared.data.inputs)
    } catch let problem as Problem {
      return [problem]
    } catch let error as NetworkError {
      switch error {
      case .batchLargerThanData, .badSetting: return [Problem(error, at: training)]
      default: return [Problem(error, at: networks)]
      }
    } catch {
      return [Problem(at: networks, message: "\(error)")]
    }
    return []
  }
}
