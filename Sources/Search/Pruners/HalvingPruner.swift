import Components

/// Trains all trials a little, the best share of them more, and so on (Jamieson and Talwalkar 2016): trials of a stage wait
/// for each other, pause and go on where they stopped.
public struct HalvingPruner: Pruner {
  /// How trials go on.
  public var kind: Halving.Kind
  /// The share that goes on is one in so many.
  public var factor: Int
  /// The least amount of training, in epochs.
  public var minimumResource: Int
  /// Whether samplers learn from the largest amount of training that enough trials reached, as in BOHB.
  public var modelsLargestBudget: Bool

  /// Stages of training.
  public init(
    _ kind: Halving.Kind, factor: Int = 3, minimumResource: Int = 1, modelsLargestBudget: Bool = false
  ) {
    self.kind = kind
    self.factor = factor
    self.minimumResource = minimumResource
    self.modelsLargestBudget = modelsLargestBudget
  }

  public var halving: Halving? {
    Halving(kind: kind, factor: factor, minimumResource: minimumResource)
  }

  public var naturalSteps: PruningSteps { .epochs }

  private static func factorParameter(_ standard: Int) -> Parameter<Int> {
    Parameter<Int>(
      "factor", default: standard, "at least 2", help: "One trial in so many goes on to the next stage."
    ) { $0 >= 2 }
  }
  private static let resourceParameter = Parameter<Int>(
    "min-epochs", default: 1, "at least 1", help: "The epochs of the first stage."
  ) { $0 >= 1 }

  private static func component(
    _ name: String, _ kind: Halving.Kind, factor standard: Int, swift: SwiftForm, models: Bool = false,
    help: String
  ) -> Component<any Pruner> {
    let factor = factorParameter(standard)
    return Component<any Pruner>(
      name, help: help, swift: swift, parameters: [factor, resourceParameter]
    ) {
      HalvingPruner(
        kind, factor: $0[factor], minimumResource: $0[resourceParameter], modelsLargestBudget: models)
    }
  }

  static let successiveHalving: Component<any Pruner> = component(
    "successive-halving", .synchronous, factor: 4,
    swift: "HalvingPruner(.synchronous, factor, minimumResource min-epochs)",
    help: "Trains all a little, the best share more; the trials of a stage wait for each other.")
  static let asha: Component<any Pruner> = component(
    "asha", .asynchronous, factor: 4,
    swift: "HalvingPruner(.asynchronous, factor, minimumResource min-epochs)",
    help: "Halving without waiting: trials pause, and go on when they are among the best.")
  static let hyperband: Component<any Pruner> = component(
    "hyperband", .hyperband, factor: 3,
    swift: "HalvingPruner(.hyperband, factor, minimumResource min-epochs)",
    help: "Halving in several brackets, from many short trials to few long ones.")
  static let bohb: Component<any Pruner> = component(
    "bohb", .hyperband, factor: 3,
    swift: "HalvingPruner(.hyperband, factor, minimumResource min-epochs, modelsLargestBudget: true)",
    models: true, help: "Hyperband whose sampler learns from the longest trainings that there are enough of.")
}
