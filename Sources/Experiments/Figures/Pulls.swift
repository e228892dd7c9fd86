import Components
import Plotting
import Tensors

extension Plot {
  /// The distribution of pulls, differences in units of their errors, with the standard normal distribution that
  /// honest errors give.
  public static func pulls(_ pulls: [Double]) -> Plot {
    let finite = pulls.filter(\.isFinite)
    let reach = max(3.5, min(finite.map(\.magnitude).max() ?? 0, 10))
    let mean = finite.isEmpty ? .nan : Statistics.mean(finite)
    let deviation = finite.count > 1 ? Statistics.standardDeviation(finite) : .nan
    let name = "pulls: mean \(ValueFormat.decimals(mean, 2)), deviation \(ValueFormat.decimals(deviation, 2))"
    return Plot(x: .linear("pull"), y: .linear("density")) {
      HistogramMark(of: finite, isDensity: true, series: name)
      LineMark(over: -reach...reach, series: "standard normal", stroke: .dashed, color: .text) {
        Double.exp(-$0 * $0 / 2) * 0.3989422804014327
      }
    }
  }
}

extension ResultView {
  /// Pulls of predictions where the errors of the data are known, or of all fits of a closure test.
  static let pulls = ResultView(
    name: "pulls", help: "Differences in units of their errors.", needs: [.values, .errors],
    example: {
      var numbers = ExampleNumbers(7)
      return .plot(.pulls(numbers.normal(400, mean: 0.1, deviation: 1.1)))
    }
  ) { result in
    if let level = result.closure.last {
      let pulls = level.fits.flatMap { fit in
        zip(zip(fit.mean, level.law.values), fit.deviation).map { $1 > 0 ? ($0.0 - $0.1) / $1 : .nan }
      }
      return .figure(
        .plot(.pulls(pulls)),
        caption:
          "Distance of the fits' means from the law at level \(level.level), in units of the replicas' spread."
      )
    }
    guard let predictions = result.predictions, let errors = predictions.data.errors,
      let (_, truth, predicted) = predictions.firstValues
    else { return nil }
    let pulls = zip(zip(predicted, truth), errors).map { $1 > 0 ? ($0.0 - $0.1) / $1 : .nan }
    return .figure(
      .plot(.pulls(pulls)),
      caption: "Residuals of the \(predictions.part) part in units of the data's errors.")
  }
}
