import Components
import Datasets
import Tensors
import Validation

/// How a series goes on behind what was learned, and how well that is known wherever the series itself goes on.
public struct Forecast: Sendable {
  /// The place in the series of the first value that is forecast.
  public let start: Int
  /// The forecast values.
  public let points: [Double]
  /// The root of the mean squared error for each number of steps, over all beginnings behind the cut whose steps are all
  /// known; empty if there are none.
  public let errors: [Double]
  /// The same for the last known value going on.
  public let persistence: [Double]

  /// The paths of the values.
  static let paths = [
    "forecast.values", "forecast.rmse.values", "forecast.persistence.values", "forecast.mse",
    "forecast.skill",
  ]

  /// Forecasts from a place of the series on.
  init(
    _ plan: ForecastPlan, of series: SeriesWindows, in data: Dataset, from start: Int,
    by fitted: FittedStrategy
  ) {
    self.start = start
    let forecaster = Forecaster(plan: plan, series: series, data: data, fitted: fitted)
    points = forecaster.forecasts(from: [start])[0]
    let last = series.values.count - plan.steps
    let beginnings = start <= last ? Array(start...last) : []
    let forecasts = forecaster.forecasts(from: beginnings)
    func errors(_ forecast: (Int, Int) -> Double) -> [Double] {
      guard !beginnings.isEmpty else { return [] }
      return (0..<plan.steps).map { step in
        let squares = beginnings.indices.map { index in
          let difference = forecast(index, step) - series.values[beginnings[index] + step]
          return difference * difference
        }
        return Statistics.mean(squares).squareRoot()
      }
    }
    self.errors = errors { forecasts[$0][$1] }
    persistence = errors { index, _ in series.values[beginnings[index] - 1] }
  }

  /// The values of the result.
  var values: [String: RecordedValue] {
    func meanSquare(_ errors: [Double]) -> Double {
      errors.isEmpty ? .nan : Statistics.mean(errors.map { $0 * $0 })
    }
    let (own, other) = (meanSquare(errors), meanSquare(persistence))
    return [
      "forecast.values": .reals(points), "forecast.rmse.values": .reals(errors),
      "forecast.persistence.values": .reals(persistence), "forecast.mse": .real(own),
      "forecast.skill": .real(1 - own / other),
    ]
  }
}

/// Makes forecasts of a series with a fitted strategy.
private struct Forecaster {
  let plan: ForecastPlan
  let series: SeriesWindows
  let data: Dataset
  let fitted: FittedStrategy

  /// The forecast values behind each beginning, all beginnings at once.
  func forecasts(from beginnings: [Int]) -> [[Double]] {
    guard !beginnings.isEmpty else { return [] }
    var windows = beginnings.map { Array(series.values[$0 - series.window..<$0]) }
    if plan.mode == .direct {
      let outputs = predict(windows)
      return (0..<outputs.rows).map { Array(outputs.row($0).prefix(plan.steps)) }
    }
    var result = [[Double]](repeating: [], count: beginnings.count)
    for _ in 0..<plan.steps {
      let outputs = predict(windows)
      for row in windows.indices {
        let value = outputs[row, 0]
        result[row].append(value)
        windows[row] = windows[row].dropFirst() + [value]
      }
    }
    return result
  }

  private func predict(_ windows: [[Double]]) -> Tensor<Double> {
    var examples = data.subset([Int](repeating: 0, count: windows.count))
    examples.inputs = Tensor(
      windows.flatMap(\.self), shape: Shape([windows.count] + data.sampleShape.dimensions))
    return fitted.predict(examples)
  }
}

extension Experiment {
  /// The place in the series behind what is learned: the cut of the test part, or the end.
  var forecastStart: Int {
    guard let series = data.series else { return 0 }
    let (rest, test) = parts()
    if let first = test.map({ series.starts[$0] }).min() { return first }
    return (rest.map { series.starts[$0] }.max() ?? 0) + series.window + series.horizon
  }
}
