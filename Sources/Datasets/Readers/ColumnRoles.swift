/// What the columns of a table are for.
public struct ColumnRoles: Sendable, Hashable {
  /// The columns to predict.
  public var targets: [String]
  /// The columns to learn from; nil for all others.
  public var features: [String]?
  /// Columns to leave out.
  public var drop: [String]
  /// How much each example counts.
  public var weight: String?
  /// The group of each example.
  public var group: String?
  /// The standard deviation of each target's noise.
  public var error: String?

  /// Columns with their roles.
  public init(
    targets: [String], features: [String]? = nil, drop: [String] = [], weight: String? = nil,
    group: String? = nil, error: String? = nil
  ) {
    self.targets = targets
    self.features = features
    self.drop = drop
    self.weight = weight
    self.group = group
    self.error = error
  }

  /// The columns that are no features, with what they are.
  var taken: [(name: String, role: String)] {
    targets.map { ($0, "target") }
      + [(weight, "weight"), (group, "group"), (error, "error")].compactMap { name, role in
        name.map { ($0, role) }
      }
  }
}
