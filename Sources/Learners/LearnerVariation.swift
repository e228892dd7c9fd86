/// The same learner with another setting: what a diagnosis tries.
public struct LearnerVariation: Sendable {
  /// What differs, in words.
  public let words: String
  /// Whether it can follow the data closer than before.
  public let isMoreFlexible: Bool
  /// The learner.
  public let learner: any Learner

  init(_ words: String, isMoreFlexible: Bool, _ learner: any Learner) {
    self.words = words
    self.isMoreFlexible = isMoreFlexible
    self.learner = learner
  }
}

extension Learner {
  public var variations: [LearnerVariation] { [] }
}

extension LinearRegression {
  public var variations: [LearnerVariation] {
    [LearnerVariation("a penalty on slopes", isMoreFlexible: false, Ridge(alpha: 1, intercept: intercept))]
  }
}

extension Ridge {
  public var variations: [LearnerVariation] {
    [
      LearnerVariation(
        "a tenth of the penalty", isMoreFlexible: true, Ridge(alpha: alpha / 10, intercept: intercept)),
      LearnerVariation(
        "ten times the penalty", isMoreFlexible: false, Ridge(alpha: alpha * 10, intercept: intercept)),
    ]
  }
}

extension LogisticRegression {
  public var variations: [LearnerVariation] {
    [
      LearnerVariation(
        "a tenth of the penalty", isMoreFlexible: true, LogisticRegression(c: c * 10, intercept: intercept)),
      LearnerVariation(
        "ten times the penalty", isMoreFlexible: false, LogisticRegression(c: c / 10, intercept: intercept)),
    ]
  }
}

extension NearestNeighbors {
  public var variations: [LearnerVariation] {
    [
      LearnerVariation("half the neighbors", isMoreFlexible: true, NearestNeighbors(max(count / 2, 1))),
      LearnerVariation("twice the neighbors", isMoreFlexible: false, NearestNeighbors(count * 2)),
    ]
  }
}
