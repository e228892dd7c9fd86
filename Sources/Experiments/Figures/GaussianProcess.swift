import Plotting
import Tensors

extension PlotGrid {
  /// A Gaussian process along one hyperparameter: above, its mean with a band of two standard deviations and the
  /// observations; below, the acquisition function with its maximum.
  public static func gaussianProcess(
    parameter: String, x: [Double], mean: [Double], deviation: [Double], observedX: [Double],
    observedY: [Double],
    acquisition: [Double], acquisitionName: String = "expected improvement", objective: String = "objective",
    truth: [Double] = []
  ) -> PlotGrid {
    let best = acquisition.indices.filter { acquisition[$0].isFinite }.max {
      acquisition[$0] < acquisition[$1]
    }
    return PlotGrid(
      columns: 1,
      plots: [
        Plot(x: .linear(parameter), y: .linear(objective), legend: .above) {
          BandMark(
            x: x, lower: zip(mean, deviation).map { $0 - 2 * $1 },
            upper: zip(mean, deviation).map { $0 + 2 * $1 },
            series: "mean ± 2 σ")
          LineMark(x: x, y: mean, series: "mean ± 2 σ")
          if !truth.isEmpty { LineMark(x: x, y: truth, series: "truth", stroke: .dashed, color: .text) }
          PointMark(x: observedX, y: observedY, series: "observations", size: 6, color: .series(1))
        },
        Plot(x: .linear(parameter), y: .linear(acquisitionName)) {
          AreaMark(x: x, y: acquisition, color: .series(2))
          if let best, best < x.count { RuleMark(x: x[best], label: "next") }
        },
      ], sharesX: true, ratio: 2.4)
  }
}

extension ResultView {
  /// Mean, band and acquisition function of a Gaussian process.
  static let gaussianProcess = ResultView(
    name: "gaussian-process", help: "Mean, band and acquisition function of a Gaussian process.",
    example: {
      let x = (0...120).map { Double($0) / 12 }
      let observed = [1.0, 2.5, 4.2, 7.5, 9.0]
      func nearest(_ place: Double) -> Double { observed.map { ($0 - place).magnitude }.min() ?? 1 }
      let mean = x.map { Double.sin($0) + 0.1 * $0 }
      let deviation = x.map { 0.35 * nearest($0) }
      return .grid(
        .gaussianProcess(
          parameter: "x", x: x, mean: mean, deviation: deviation, observedX: observed,
          observedY: observed.map { Double.sin($0) + 0.1 * $0 },
          acquisition: zip(mean, deviation).map { max($0 + $1 - 1.2, 0) }))
    })
}
