import Plotting
import Tensors

extension PlotGrid {
  /// One step of the tree-structured Parzen estimator along one hyperparameter: above, the densities l of good and g
  /// of the other trials with the trials as marks; below, what is expected of each value, and the value chosen.
  ///
  /// With the share γ of good trials the expected improvement is proportional to `(γ + (1 − γ) g/l)⁻¹` (Bergstra,
  /// Bardenet, Bengio, Kégl 2011, equation 4).
  public static func parzenEstimators(
    parameter: String, x: [Double], good: [Double], other: [Double], share: Double, goodTrials: [Double] = [],
    otherTrials: [Double] = [], chosen: Double? = nil, isLogarithmic: Bool = false
  ) -> PlotGrid {
    let improvement = zip(good, other).map { l, g in l > 0 ? 1 / (share + (1 - share) * g / l) : 0 }
    let axis = isLogarithmic ? Plot.Axis.log(parameter) : .linear(parameter)
    let greatest = max((good + other).filter(\.isFinite).max() ?? 1, 1e-12)
    return PlotGrid(
      columns: 1,
      plots: [
        Plot(x: axis, y: .linear("density"), legend: .above) {
          LineMark(x: x, y: good, series: "l, good trials")
          LineMark(x: x, y: other, series: "g, other trials")
          SegmentMark(
            x: goodTrials, y: goodTrials.map { _ in 0 }, endX: goodTrials,
            endY: goodTrials.map { _ in 0.07 * greatest },
            series: "l, good trials", width: 1.2)
          SegmentMark(
            x: otherTrials, y: otherTrials.map { _ in 0 }, endX: otherTrials,
            endY: otherTrials.map { _ in 0.07 * greatest },
            series: "g, other trials", width: 1.2)
        },
        Plot(x: axis, y: .linear("expected improvement")) {
          AreaMark(x: x, y: improvement, color: .series(2))
          if let chosen { RuleMark(x: chosen, label: "chosen") }
        },
      ], sharesX: true, ratio: 2.4)
  }
}

extension ResultView {
  /// The densities and the expected improvement of one step of TPE.
  static let parzenEstimators = ResultView(
    name: "tpe", help: "The densities l and g and the expected improvement of one step of TPE.",
    example: {
      let x = (0...100).map { Double($0) / 100 }
      func bump(_ x: Double, _ center: Double, _ width: Double) -> Double {
        Double.exp(-(x - center) * (x - center) / (2 * width * width)) / (width * 2.5066282746310002)
      }
      let (good, other) = ([0.28, 0.34, 0.41], [0.05, 0.15, 0.55, 0.63, 0.7, 0.82, 0.95])
      func density(_ trials: [Double], _ width: Double) -> [Double] {
        x.map { place in
          (trials.reduce(0) { $0 + bump(place, $1, width) } + 1) / Double(trials.count + 1)
        }
      }
      return .grid(
        .parzenEstimators(
          parameter: "learning rate (log_{10})", x: x, good: density(good, 0.07), other: density(other, 0.1),
          share: 0.3, goodTrials: good, otherTrials: other, chosen: 0.35))
    })
}
