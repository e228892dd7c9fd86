import Components
import Tensors

/// The share of the objective's variance over the whole space that a hyperparameter explains by itself (Hutter, Hoos and
/// Leyton-Brown 2014), by a forest on the trials.
///
/// Volumes are those of the scale that was searched: a hyperparameter that is uniform in its logarithm is weighed by it, so
/// that its last decade counts no more than the first.
public struct FANOVAImportance: ParameterImportance {
  /// The number of trees.
  public var trees: Int

  /// Functional analysis of variance.
  public init(trees: Int = 64) { self.trees = trees }

  private static let treesParameter = Parameter<Int>(
    "trees", default: 64, "at least 1", help: "The number of trees."
  ) { $0 >= 1 }
  static let component = Component<any ParameterImportance>(
    "fanova", help: "The share of the variance that each explains by itself.",
    swift: "FANOVAImportance(trees)",
    parameters: [treesParameter]
  ) { FANOVAImportance(trees: $0[treesParameter]) }

  public func importances(of sample: ImportanceSample, using stream: inout RandomStream) -> [Double] {
    guard sample.losses.count > 1 else { return [Double](repeating: 0, count: sample.space.count) }
    let forest = RegressionForest(sample, trees: trees, using: &stream)
    var shares = [Double](repeating: 0, count: sample.space.count)
    for leaves in forest.trees {
      let volumes = leaves.map { leaf in shares.indices.reduce(1) { $0 * leaf.width($1) } }
      let mean = zip(leaves, volumes).reduce(0) { $0 + $1.0.value * $1.1 }
      let variance = zip(leaves, volumes).reduce(0) { sum, leaf in
        sum + leaf.1 * (leaf.0.value - mean) * (leaf.0.value - mean)
      }
      guard variance > 0 else { continue }
      for parameter in shares.indices where !sample.space.parameters[parameter].distribution.isFixed {
        shares[parameter] += marginalVariance(leaves, volumes, mean, parameter) / variance
      }
    }
    return shares.normalizedImportances()
  }

  /// The variance of the mean over all other hyperparameters, along one.
  private func marginalVariance(
    _ leaves: [RegressionForest.Leaf], _ volumes: [Double], _ mean: Double, _ parameter: Int
  ) -> Double {
    let options = leaves[0].options[parameter].count
    if options > 0 {
      return (0..<options).reduce(0) { sum, option in
        var marginal = 0.0
        for (leaf, volume) in zip(leaves, volumes) where leaf.options[parameter][option] {
          marginal += leaf.value * volume / leaf.width(parameter)
        }
        return sum + (marginal - mean) * (marginal - mean) / Double(options)
      }
    }
    let edges = Array(Set(leaves.flatMap { [$0.low[parameter], $0.high[parameter]] })).sorted()
    return zip(edges, edges.dropFirst()).reduce(0) { sum, cell in
      var marginal = 0.0
      for (leaf, volume) in zip(leaves, volumes)
      where leaf.low[parameter] <= cell.0 && leaf.high[parameter] >= cell.1 {
        marginal += leaf.value * volume / leaf.width(parameter)
      }
      return sum + (marginal - mean) * (marginal - mean) * (cell.1 - cell.0)
    }
  }
}
