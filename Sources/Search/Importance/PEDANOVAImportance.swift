import Components
import Tensors

/// How differently the best trials are spread from all trials along each hyperparameter (Watanabe and others 2023): the
/// Pearson divergence of two densities, ∫ p (q/p − 1)², without any model of the objective.
public struct PEDANOVAImportance: ParameterImportance {
  /// The share of trials that count as the best.
  public var quantile: Double

  /// The divergence of the best trials.
  public init(quantile: Double = 0.1) { self.quantile = quantile }

  private static let quantileParameter = Parameter<Double>(
    "quantile", default: 0.1, "above 0 and below 1", help: "The share of trials that count as the best."
  ) { $0 > 0 && $0 < 1 }
  static let component = Component<any ParameterImportance>(
    "ped-anova", help: "How differently the best trials are spread from all.",
    swift: "PEDANOVAImportance(quantile)", parameters: [quantileParameter]
  ) { PEDANOVAImportance(quantile: $0[quantileParameter]) }

  public func importances(of sample: ImportanceSample, using stream: inout RandomStream) -> [Double] {
    let count = sample.losses.count
    guard count > 1 else { return [Double](repeating: 0, count: sample.space.count) }
    let order = sample.losses.indices.sorted { (sample.losses[$0], $0) < (sample.losses[$1], $1) }
    let bestCount = max(2, Int((quantile * Double(count)).rounded(.up)))
    // Trials as good as the last of the best count, too.
    let bound = sample.losses[order[min(bestCount, count) - 1]]
    let best = order.filter { sample.losses[$0] <= bound }
    return sample.space.parameters.indices.map { parameter in
      guard !sample.space.parameters[parameter].distribution.isFixed else { return 0 }
      let all = density(sample.losses.indices.map { sample.places[$0][parameter] }, sample, parameter)
      let top = density(best.map { sample.places[$0][parameter] }, sample, parameter)
      return zip(all, top).reduce(0) { sum, pair in
        let ratio = pair.1 / pair.0 - 1
        return sum + pair.0 * ratio * ratio
      }
    }.normalizedImportances()
  }

  /// The shares of 50 cells of the unit interval under normal kernels of Scott's width, or of the choices, each counted
  /// once before any trial.
  private func density(_ places: [Double], _ sample: ImportanceSample, _ parameter: Int) -> [Double] {
    if let choices = sample.choiceCount(parameter) {
      var counts = [Double](repeating: 1 / Double(choices), count: choices)
      for place in places { counts[min(Int(place * Double(choices)), choices - 1)] += 1 }
      return counts.map { $0 / Double(places.count + 1) }
    }
    let cells = 50
    let deviation = places.count > 1 ? Statistics.standardDeviation(places) : 0
    // n to the power of −1/5
    let scott = 1.059 * deviation * Double.exp(-0.2 * Double.log(Double(places.count)))
    let width = max(scott, 0.5 / Double(cells))
    var shares = [Double](repeating: 1 / Double(cells), count: cells)
    for place in places {
      let below = NormalDistribution.cumulative(-place / width)
      let inside = NormalDistribution.cumulative((1 - place) / width) - below
      var last = below
      for cell in 0..<cells {
        let next = NormalDistribution.cumulative((Double(cell + 1) / Double(cells) - place) / width)
        shares[cell] += (next - last) / inside
        last = next
      }
    }
    return shares.map { $0 / Double(places.count + 1) }
  }
}
