import Plotting
import Tensors

extension Plot {
  /// Bias and variance of the fits of a closure test for each level, in units of the data's errors.
  public static func biasVariance(
    levels: [String], bias: [Double], variance: [Double], biasErrors: [Double] = [],
    varianceErrors: [Double] = []
  ) -> Plot {
    Plot(x: .categories(""), y: .linear("in units of the data's errors")) {
      BarMark(categories: levels, heights: bias, series: "bias", errors: biasErrors)
      BarMark(categories: levels, heights: variance, series: "variance", errors: varianceErrors)
    }
  }
}

extension ResultView {
  /// Bias and variance of each level.
  static let biasVariance = ResultView(
    name: "bias-variance", help: "Bias and variance of each level of the closure test.", needs: [.closure],
    example: {
      .plot(
        .biasVariance(
          levels: ["level 0", "level 1", "level 2"], bias: [0.02, 0.19, 0.2], variance: [0.01, 0.02, 0.19],
          biasErrors: [0, 0.03, 0.03], varianceErrors: [0, 0.005, 0.02]))
    }
  ) { result in
    guard !result.closure.isEmpty else { return nil }
    let places = result.closure.flatMap { level in
      let own = [(name: "level \(level.level)", path: "closure.level\(level.level)")]
      let outside = (name: "\(own[0].name), out of sample", path: "\(own[0].path).out-of-sample")
      return level.outOfSample == nil ? own : own + [outside]
    }
    func column(_ name: String) -> [Double] {
      places.map { result.values["\($0.path).\(name)"]?.number ?? .nan }
    }
    func errors(_ name: String) -> [Double] { column("\(name).error").map { $0.isFinite ? $0 : 0 } }
    let plot = Plot.biasVariance(
      levels: places.map(\.name), bias: column("bias"), variance: column("variance"),
      biasErrors: errors("bias"), varianceErrors: errors("variance"))
    return .figure(.plot(plot), caption: "Bias and variance of each level, with their errors over the fits.")
  }
}
