import Plotting

extension PlotGrid {
  /// A series with its forecast, and the error of forecasts by the number of steps beside that of the last value going on.
  public static func forecast(
    series: [Double], times: [Double]? = nil, name: String = "value", timeName: String = "time", start: Int,
    forecast: [Double], errors: [Double] = [], persistence: [Double] = []
  ) -> PlotGrid {
    let all = times ?? series.indices.map(Double.init)
    let step = all.count > 1 ? all[all.count - 1] - all[all.count - 2] : 1
    func time(_ index: Int) -> Double {
      index < all.count ? all[index] : (all.last ?? 0) + step * Double(index - all.count + 1)
    }
    // As much of the past as of the future, and some more.
    let first = max(0, start - max(5 * forecast.count, 40))
    let last = min(series.count, start + forecast.count)
    let future = Plot(x: .linear(timeName), y: .linear(name)) {
      LineMark(x: (first..<last).map(time), y: Array(series[first..<last]), series: name, color: .muted)
      if start < series.count { RuleMark(x: time(start), label: "end of training") }
      LineMark(x: forecast.indices.map { time(start + $0) }, y: forecast, series: "forecast")
    }
    guard !errors.isEmpty else { return PlotGrid(columns: 1, plots: [future], ratio: 1.6) }
    let steps = errors.indices.map { Double($0 + 1) }
    let error = Plot(x: .linear("steps ahead"), y: .linear("RMSE")) {
      LineMark(x: steps, y: errors, series: "forecast")
      LineMark(x: steps, y: persistence, series: "last value", stroke: .dashed, color: .text)
    }
    return PlotGrid(columns: 1, plots: [future, error], ratio: 1.9)
  }
}

extension ResultView {
  /// How the series goes on.
  static let forecast = ResultView(
    name: "forecast", help: "How the series goes on, and the error by the number of steps.", isDefault: true,
    needs: [.forecast],
    example: {
      let series = (0..<120).map { 50 + 40 * (Double($0 % 11) - 5).magnitude / 5 }
      return .grid(
        .forecast(
          series: series, name: "sunspots", timeName: "year", start: 100,
          forecast: series[100..<111].map { $0 * 0.9 + 3 }, errors: (1...11).map { 4 + Double($0) },
          persistence: (1...11).map { 10 + 3 * Double($0) }))
    }
  ) { result in
    guard let forecast = result.forecast, let series = result.experiment.data.series else { return nil }
    let grid = PlotGrid.forecast(
      series: series.values, times: series.times, name: series.name,
      timeName: series.times == nil ? "number" : "time", start: forecast.start, forecast: forecast.points,
      errors: forecast.errors, persistence: forecast.persistence)
    let errors =
      forecast.errors.isEmpty
      ? "."
      : "; below, the error of forecasts from every later beginning beside that of the last known value."
    return .figure(.grid(grid), caption: "The series and its forecast behind what was learned\(errors)")
  }
}
