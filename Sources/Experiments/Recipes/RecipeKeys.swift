import Components
import Plotting

/// The keys of a recipe with the parameters of those that are maps: what lists and the guide show.
public enum RecipeKeys {
  /// The keys in the order of a recipe.
  public static let descriptions: [ComponentDescription] = [
    .init(name: "like", help: "Another block whose recipe this one starts from.", parameters: []),
    .init(name: "data", help: "Where the examples come from.", parameters: []),
    section(SplitSection.component),
    .init(
      name: "prepare", help: "What is done to the features, learned from the training part.", parameters: []),
    .init(name: "model", help: "A list of layers, a learner, or one of gan and recursive.", parameters: []),
    .init(
      name: "train", help: "How the network is trained.", parameters: TrainSection.parameters,
      swift: TrainSection.swiftForm),
    section(TrainSection.stopping, of: "train"),
    section(GANSection.component, of: "model"),
    .init(
      name: "train (gan)", help: "How two networks are trained.", parameters: GANSection.parameters,
      swift: GANSection.swiftForm),
    section(RecursiveSection.component, of: "model"),
    section(EvaluateSection.component),
    .init(
      name: ValidateSection.name, help: "How the strategy is cross-validated: one of the splitters.",
      parameters: []),
    section(SearchSection.component), section(ClosureSection.component),
    section(ForecastSection.component), section(LearningCurveSection.component),
    ValidationCurveSection.description, section(DiagnoseSection.component),
    .init(name: "variants", help: "Named variants: maps from paths to values.", parameters: []),
    section(CompareSection.component), section(SeedsSection.component),
    .init(
      name: "seed", help: "The seed of everything random; that of the document unless given.", parameters: []),
    .init(name: "precision", help: "The numbers of networks: float, or double.", parameters: []),
    .init(name: "expect", help: "What must hold: a map from paths to conditions.", parameters: []),
    .init(name: "show", help: "The figures and tables at the block, or none.", parameters: []),
    .init(
      name: "export", help: "The files that are written: any of model, predictions and folds.", parameters: []
    ),
  ]

  /// What two networks that learn against each other can make small.
  public static let lossesOfGANs = GANSection.losses.descriptions

  /// What a generator can begin with.
  public static let latentDistributions = LatentSection.catalog.descriptions

  private static func section<Product>(
    _ component: Component<Product>, of key: String? = nil
  ) -> ComponentDescription {
    let name = key.map { "\($0).\(component.name)" } ?? component.name
    return .init(
      name: name, help: component.help, parameters: component.parameters, swift: component.swiftForm)
  }
}

extension RecipeKeys {
  /// Where Swift puts the keys that are no parameters of one initializer.
  private static let places: [String: String] = [
    "data": "Experiment(data:)", "prepare": "Strategy(preparations:)",
    "model": "Strategy(network:) or Strategy(learner:)",
    "evaluate.metrics": "Experiment(metrics:)", "variants": "Experiment(variants:)",
    "seed": "Experiment(seed:)",
    "precision": "TrainingSettings(precision:)", "train.learning-rate": "Adam(learningRate:)",
    "train.weight-decay": "Penalty(l2:)", "train.l1": "Penalty(l1:)",
    "train (gan).optimizer": "GANTrainer(generatorOptimizer:, discriminatorOptimizer:)",
    "train (gan).learning-rate": "Adam(learningRate:)", "model.recursive.head": "Strategy(network:)",
    "validate": "Experiment(validate:)", "split.column": "ExperimentData.divided(by:)",
    "validation-curve.repeats": "ValidationCurvePlan(_:values:repeats:strategy:)",
    "train.early-stopping.monitor": "the validation loss, always",
  ]

  /// The keys of documents that say what is shown, or that Swift says by its own means.
  private static let keysOfDocuments: Set<String> = ["like", "expect", "show", "export"]

  /// Every key with the argument of Swift that says the same, and its default.
  public static var swiftTable: Table {
    let rows = descriptions.filter { !keysOfDocuments.contains($0.name) }.flatMap {
      section -> [[Table.Cell]] in
      guard !section.parameters.isEmpty else {
        return [[.text(section.name), .text(places[section.name] ?? ""), .text("")]]
      }
      return section.parameters.map { parameter in
        let key = "\(section.name).\(parameter.name)"
        let argument = section.swiftForm.flatMap { form in
          form.holds(parameter.name) ? "\(form.type)(\(form.label(of: parameter.name) ?? "_"):)" : nil
        }
        return [
          .text(key), .text(places[key] ?? argument ?? ""), .text(parameter.defaultText ?? "must be given"),
        ]
      }
    }
    return Table(columns: ["recipe", "Swift", "default"], rows: rows, hasRowHeaders: true)
  }
}
