import Components
import Tensors

/// Examples to learn from: a row of features and a target for each.
public struct Dataset: Sendable, Equatable {
  /// A column of features.
  public struct Feature: Sendable, Equatable {
    /// The name in the header.
    public var name: String
    /// The names of the categories if the column held text; its numbers count into them.
    public var categories: [String]?
    /// Whether the column held dates; its numbers are days since the first of January 1970.
    public var isDate: Bool

    /// A column of numbers, of categories, or of dates.
    public init(name: String, categories: [String]? = nil, isDate: Bool = false) {
      self.name = name
      self.categories = categories
      self.isDate = isDate
    }
  }

  /// What is to be predicted.
  public enum Targets: Sendable, Equatable {
    /// The number of each example's class, and the names of the classes.
    case classes([Int], names: [String])
    /// Numbers: examples × targets, and the names of the targets.
    case values(Tensor<Double>, names: [String])
  }

  /// What the columns of `inputs` are.
  public var features: [Feature]
  /// The features: examples × columns.
  public var inputs: Tensor<Double>
  /// What is to be predicted.
  public var targets: Targets
  /// The standard deviation of each target value's noise, where it is known.
  public var errors: [Double]?
  /// The covariance of the target values, examples × examples, where it is known.
  public var covariance: Tensor<Double>?
  /// How much each example counts in training; nil for all the same.
  public var weights: [Double]?
  /// The number of the group that each example belongs to; examples of a group stay together in folds.
  public var groups: [Int]?
  /// The names of the groups, which their numbers count into; nil where they have none.
  public var groupNames: [String]?
  /// Where the examples come from if they are windows of a series.
  public var series: SeriesWindows?
  /// What the first number of each row of a sample stands for, if samples are trees or texts.
  public var vocabulary: [String]?
  /// The part that each example belongs to, where the data say so themselves; nil where parts are drawn.
  public var parts: [Part]?

  /// Examples with their targets.
  public init(
    features: [Feature], inputs: Tensor<Double>, targets: Targets, errors: [Double]? = nil,
    covariance: Tensor<Double>? = nil, weights: [Double]? = nil, groups: [Int]? = nil,
    groupNames: [String]? = nil, series: SeriesWindows? = nil, vocabulary: [String]? = nil,
    parts: [Part]? = nil
  ) {
    self.features = features
    self.inputs = inputs
    self.targets = targets
    self.errors = errors
    self.covariance = covariance
    self.weights = weights
    self.groups = groups
    self.groupNames = groupNames
    self.series = series
    self.vocabulary = vocabulary
    self.parts = parts
  }

  /// The shape of one example's features: one axis unless the inputs have more.
  public var sampleShape: Shape { Shape(Array(inputs.shape.dimensions.dropFirst())) }

  /// The number of examples.
  public var count: Int { inputs.rows }

  /// The number of each example's class, if the targets are classes.
  public var classes: [Int]? {
    guard case .classes(let classes, _) = targets else { return nil }
    return classes
  }

  /// The names of the classes, if the targets are classes.
  public var classNames: [String]? {
    guard case .classes(_, let names) = targets else { return nil }
    return names
  }

  /// The numbers a model has to give for an example: one a class, or one a target.
  public var outputCount: Int {
    switch targets {
    case .classes(_, let names): names.count
    case .values(let values, _): values.columns
    }
  }

  /// The targets as numbers, examples × outputs: classes become ones among zeros.
  public var targetValues: Tensor<Double> {
    switch targets {
    case .values(let values, _): return values
    case .classes(let classes, let names):
      var result = Tensor<Double>(repeating: 0, shape: [classes.count, names.count])
      for (row, number) in classes.enumerated() { result[row, number] = 1 }
      return result
    }
  }

  /// The examples of the given numbers, in their order.
  public func subset(_ indices: [Int]) -> Dataset {
    var result = self
    result.inputs = inputs.rows(indices)
    switch targets {
    case .classes(let classes, let names):
      result.targets = .classes(indices.map { classes[$0] }, names: names)
    case .values(let values, let names): result.targets = .values(values.rows(indices), names: names)
    }
    result.errors = errors.map { errors in indices.map { errors[$0] } }
    result.weights = weights.map { weights in indices.map { weights[$0] } }
    result.groups = groups.map { groups in indices.map { groups[$0] } }
    result.series = series?.subset(indices)
    result.parts = parts.map { parts in indices.map { parts[$0] } }
    result.covariance = covariance.map { covariance in
      Tensor(
        indices.flatMap { row in indices.map { covariance[row, $0] } }, shape: [indices.count, indices.count])
    }
    return result
  }

  /// The same examples with other target values.
  public func replacingTargets(_ values: [Double]) -> Dataset {
    var result = self
    if case .values(let old, let names) = targets {
      result.targets = .values(Tensor(values, shape: old.shape), names: names)
    }
    return result
  }

  /// The same examples with classes of the values of their only target, in rising order.
  ///
  /// Only whole numbers name classes; other values stay values.
  public func classified() -> Dataset {
    guard case .values(let values, _) = targets, values.columns == 1,
      values.elements.allSatisfy({ $0 == $0.rounded() })
    else { return self }
    let distinct = Array(Set(values.elements)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    var result = self
    result.targets = .classes(
      values.elements.map { numbers[$0] ?? 0 }, names: distinct.map(\.recipeText))
    return result
  }
}
