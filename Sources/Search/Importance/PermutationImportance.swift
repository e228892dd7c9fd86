import Components
import Tensors

/// How much worse a model of the objective predicts the trials when the values of one hyperparameter are shuffled among them
/// (Breiman 2001).
public struct PermutationImportance: ParameterImportance {
  /// The number of trees of the model.
  public var trees: Int
  /// How often each is shuffled.
  public var repeats: Int

  /// Importances by shuffling.
  public init(trees: Int = 64, repeats: Int = 10) {
    self.trees = trees
    self.repeats = repeats
  }

  private static let treesParameter = Parameter<Int>(
    "trees", default: 64, "at least 1", help: "The number of trees of the model."
  ) { $0 >= 1 }
  private static let repeatsParameter = Parameter<Int>(
    "repeats", default: 10, "at least 1", help: "How often each is shuffled."
  ) { $0 >= 1 }
  static let component = Component<any ParameterImportance>(
    "permutation", help: "How much worse a model predicts when each is shuffled.",
    swift: "PermutationImportance(trees, repeats)", parameters: [treesParameter, repeatsParameter]
  ) { PermutationImportance(trees: $0[treesParameter], repeats: $0[repeatsParameter]) }

  public func importances(of sample: ImportanceSample, using stream: inout RandomStream) -> [Double] {
    let count = sample.losses.count
    guard count > 1 else { return [Double](repeating: 0, count: sample.space.count) }
    let forest = RegressionForest(sample, trees: trees, using: &stream)
    func error(_ places: [[Double]]) -> Double {
      zip(places, sample.losses).reduce(0) { sum, trial in
        let difference = forest.prediction(trial.0) - trial.1
        return sum + difference * difference
      } / Double(count)
    }
    let before = error(sample.places)
    return sample.space.parameters.indices.map { parameter in
      guard !sample.space.parameters[parameter].distribution.isFixed else { return 0 }
      var increase = 0.0
      for _ in 0..<repeats {
        let order = stream.permutation(count)
        var places = sample.places
        for row in 0..<count { places[row][parameter] = sample.places[order[row]][parameter] }
        increase += error(places) - before
      }
      return increase / Double(repeats)
    }.normalizedImportances()
  }
}
