import Plotting

extension Plot {
  /// A law, its pseudo-data with errors, and the mean of the fitted replicas with a band of one standard deviation.
  public static func closureTest(
    x: [Double], law: [Double], data: [Double], errors: [Double], mean: [Double], deviation: [Double],
    title: String? = nil
  ) -> Plot {
    Plot(title: title, x: .linear("x"), y: .linear("f(x)")) {
      BandMark(
        x: x, lower: zip(mean, deviation).map { $0 - $1 }, upper: zip(mean, deviation).map { $0 + $1 },
        series: "replicas", color: .series(1))
      ErrorBarMark(x: x, y: data, error: errors, series: "data", color: .muted)
      LineMark(x: x, y: mean, series: "replicas", color: .series(1))
      LineMark(x: x, y: law, series: "law", stroke: .dashed, color: .text)
    }
  }
}

extension ResultView {
  /// The law, the data of the first fit, and the band of its replicas, a panel a level.
  static let closureTest = ResultView(
    name: "closure-test", help: "The law, its pseudo-data and the band of the replicas.", isDefault: true,
    needs: [.closure],
    example: {
      let x = (1...20).map { Double($0) / 21 }
      var numbers = ExampleNumbers(23)
      let noise = numbers.normal(20, deviation: 0.04)
      let law = x.map { $0 * (1 - $0) * 4 }
      return .plot(
        .closureTest(
          x: x, law: law, data: zip(law, noise).map { $0 * (1 + $1) }, errors: law.map { $0 * 0.04 },
          mean: zip(law, x).map { $0 + 0.02 * ($1 - 0.5) }, deviation: law.map { $0 * 0.04 }, title: "level 2"
        ))
    }
  ) { result in
    guard !result.closure.isEmpty else { return nil }
    let plots = result.closure.compactMap { level in
      level.fits.first.map { fit in
        Plot.closureTest(
          x: level.law.points, law: level.law.values, data: fit.data, errors: level.law.errors,
          mean: fit.mean,
          deviation: fit.deviation, title: "level \(level.level)")
      }
    }
    let caption =
      "The law, the pseudo-data of the first fit, and the mean of its replicas with one standard deviation."
    guard plots.count > 1 else { return plots.first.map { .figure(.plot($0), caption: caption) } }
    return .figure(.grid(PlotGrid(columns: min(plots.count, 2), plots: plots)), caption: caption)
  }
}
