import Components
import Plotting

extension Plot {
  /// The share of the variance that each principal component has, and that of all up to it; the rule is a threshold.
  public static func explainedVariance(_ shares: [Double], threshold: Double? = nil) -> Plot {
    var sum = 0.0
    let cumulative = shares.map { share -> Double in
      sum += share.isFinite ? max(share, 0) : 0
      return min(sum, 1)
    }
    let reached = threshold.flatMap { threshold in cumulative.firstIndex { $0 >= threshold } }
    let rule = threshold.map { threshold -> RuleMark in
      let percent = ValueFormat.short(threshold * 100) + " %"
      let count = reached.map { $0 == 0 ? ": 1 component" : ": \($0 + 1) components" } ?? ""
      return RuleMark(y: threshold, label: percent + count)
    }
    return Plot(
      x: .categories("component"), y: .linear("share of the variance", limits: 0...1.04), legend: .above,
      size: FigureSize(width: 5.6, height: 3.6)
    ) {
      BarMark(
        categories: shares.indices.map { "\($0 + 1)" }, heights: shares, series: "each component",
        color: .series(0))
      if let rule { rule }
      LineMark(x: shares.indices.map(Double.init), y: cumulative, series: "all up to it", color: .series(1))
      if shares.count <= 40 {
        PointMark(
          x: shares.indices.map(Double.init), y: cumulative, series: "all up to it", color: .series(1))
      }
    }
  }
}

extension ResultView {
  /// The variance that principal components have.
  static let explainedVariance = ResultView(
    name: "explained-variance", help: "The share of the variance of each principal component.",
    example: {
      .plot(
        .explainedVariance(
          [0.44, 0.19, 0.094, 0.066, 0.055, 0.04, 0.023, 0.016, 0.014, 0.012], threshold: 0.9))
    })
}
