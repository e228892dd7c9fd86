import Plotting

extension ResultView {
  /// The law, the data of the first fit, and the band of its replicas, a panel a level.
  static let closureTest = ResultView(
    name: "closure-test", help: "The law, its pseudo-data and the band of the replicas.", isDefault: true,
    needs: [.closure]
  ) { result in
    guard !result.closure.isEmpty else { return nil }
    let plots = result.closure.compactMap { level -> Plot? in
      guard let fit = level.fits.first else { return nil }
      let points = level.law.points
      let (mean, deviation) = (fit.mean, fit.deviation)
      return Plot(
        title: "level \(level.level)", x: .linear("x", limits: nil), y: .linear("f(x)", limits: nil)
      ) {
        BandMark(
          x: points, lower: zip(mean, deviation).map { $0 - $1 }, upper: zip(mean, deviation).map { $0 + $1 },
          series: "replicas", color: .series(1))
        ErrorBarMark(x: points, y: fit.data, error: level.law.errors, series: "data", color: .muted)
        LineMark(x: points, y: mean, series: "replicas", color: .series(1))
        LineMark(x: points, y: level.law.values, series: "law", stroke: .dashed, color: .text)
      }
    }
    let caption =
      "The law, the pseudo-data of the first fit, and the mean of its replicas with one standard deviation."
    guard plots.count > 1 else { return plots.first.map { .figure(.plot($0), caption: caption) } }
    return .figure(
      .grid(PlotGrid(title: nil, columns: min(plots.count, 2), plots: plots)), caption: caption)
  }
}
