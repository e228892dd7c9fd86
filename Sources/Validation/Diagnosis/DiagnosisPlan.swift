/// How the practical methodology is run on data and a strategy.
public struct DiagnosisPlan: Sendable, Hashable {
  /// How often data are divided, where no cross-validation says it.
  public var repeats: Int
  /// What is looked at; nil for the first metric.
  public var metric: String?
  /// What would be good enough; nil for what the best of all models reaches.
  public var goal: Double?
  /// Whether changes of the strategy are tried.
  public var triesChanges: Bool

  /// A diagnosis.
  public init(repeats: Int = 5, metric: String? = nil, goal: Double? = nil, triesChanges: Bool = true) {
    self.repeats = repeats
    self.metric = metric
    self.goal = goal
    self.triesChanges = triesChanges
  }
}
