import Components

/// Gives up a trial only if it has not become better for some steps, and if another pruner agrees.
public struct PatientPruner: Pruner {
  /// Who else has to agree; nil for nobody.
  public var pruner: (any Pruner)?
  /// The number of steps without an improvement.
  public var patience: Int
  /// What counts as an improvement.
  public var minimumChange: Double

  /// A patient pruner.
  public init(_ pruner: (any Pruner)? = nil, patience: Int, minimumChange: Double = 0) {
    self.pruner = pruner
    self.patience = patience
    self.minimumChange = minimumChange
  }

  private static let prunerParameter = Parameter<RecipeNode?>(
    "pruner", default: nil, help: "Who else has to agree.")
  private static let patienceParameter = Parameter<Int>(
    "patience", default: 3, "at least 0", help: "Steps without an improvement."
  ) { $0 >= 0 }
  private static let changeParameter = Parameter<Double>(
    "min-delta", default: 0, "at least 0", help: "What counts as an improvement."
  ) { $0 >= 0 }
  static let component = Component<any Pruner>(
    "patient", help: "Gives up trials that have not become better for some steps.",
    swift: "PatientPruner(_ pruner, patience, minimumChange min-delta)",
    parameters: [prunerParameter, patienceParameter, changeParameter]
  ) {
    PatientPruner(
      try $0[prunerParameter].map { try Pruners.catalog.decode($0) }, patience: $0[patienceParameter],
      minimumChange: $0[changeParameter])
  }

  public func prunes(_ trial: RunningTrial, given known: KnownTrials) -> Bool {
    let values = trial.reports.map { $0.value.isNaN ? .infinity : $0.value }
    guard values.count > patience + 1 else { return false }
    let before = values.dropLast(patience + 1).min() ?? .infinity
    let after = values.suffix(patience + 1).min() ?? .infinity
    guard before + minimumChange < after else { return false }
    return pruner?.prunes(trial, given: known) ?? true
  }

  public var comparesParts: Bool { pruner?.comparesParts ?? false }

  public var naturalSteps: PruningSteps { pruner?.naturalSteps ?? .epochs }
}
