import Components
import Datasets
import Tensors

/// A model that is fitted in one step: no epochs, no batches, no learning rate.
public protocol Learner: Sendable {
  /// The name in recipes.
  var name: String { get }
  /// What it can predict.
  var targets: LearnerTargets { get }
  /// The same learner with other settings, one step in either direction: what a diagnosis tries.
  var variations: [LearnerVariation] { get }
  /// Fits a training part whose features are numbers without gaps.
  func fit(_ data: Dataset) -> any FittedLearner
}

/// What a learner can predict.
public enum LearnerTargets: Sendable, Hashable {
  case values, classes, either
}

extension Learner {
  public var targets: LearnerTargets { .either }
}

/// A fitted learner.
///
/// Its predictions are values, or for classes their probabilities.
public protocol FittedLearner: Model {
  /// The numbers it has learned; those of its examples are not counted.
  var parameterCount: Int { get }
}

/// All learners: what `model:` can name in place of layers.
public enum Learners {
  /// The learners by name.
  public static let catalog = Catalog<any Learner>(
    "learner",
    [
      Baseline.component, LinearRegression.component, Ridge.component, LogisticRegression.component,
      NearestNeighbors.component,
    ])
}
