import Plotting
import Tensors

extension Plot {
  /// Scores by the number of training examples, with one standard deviation over repetitions, and the validation
  /// score extrapolated by a power law to `reach` times the most examples.
  ///
  /// `training` and `validation` hold for each size the scores of all repetitions.
  public static func learningCurve(
    sizes: [Double], training: [[Double]], validation: [[Double]], score: String, reach: Double = 4
  ) -> Plot {
    let means = validation.map { $0.isEmpty ? .nan : Statistics.mean($0) }
    let law = PowerLaw(fitting: zip(sizes, means).filter { $0.0 > 0 && $0.1.isFinite })
    let largest = sizes.max() ?? 1
    let further = (0...40).map { largest * Double.exp(Double.log(max(reach, 1)) * Double($0) / 40) }
    return Plot(x: .log("training examples"), y: .linear(score)) {
      spread(sizes, training, "training")
      spread(sizes, validation, "validation")
      if let law, reach > 1 {
        LineMark(
          x: further, y: further.map(law.value), series: "extrapolated", stroke: .dashed, color: .muted)
        if law.limit.isFinite, law.exponent > 0.06 {
          RuleMark(y: law.limit, label: "limit of the power law")
        }
      }
    }
  }

  /// The mean over repetitions with a band of one standard deviation.
  @MarkBuilder static func spread(_ x: [Double], _ values: [[Double]], _ name: String) -> [any Mark] {
    let means = values.map { $0.isEmpty ? .nan : Statistics.mean($0) }
    let spreads = values.map { $0.count > 1 ? Statistics.standardDeviation($0) : 0 }
    if spreads.contains(where: { $0 > 0 }) {
      BandMark(
        x: x, lower: zip(means, spreads).map { $0 - $1 }, upper: zip(means, spreads).map { $0 + $1 },
        series: name)
    }
    LineMark(x: x, y: means, series: name)
    PointMark(x: x, y: means, series: name)
  }
}

/// `y(n) = a + b n^(−c)`, the usual law of learning curves (Viering and Loog 2022).
struct PowerLaw {
  /// a: what unlimited data would give.
  let limit: Double
  /// b.
  let factor: Double
  /// c.
  let exponent: Double

  /// The law with the least squared distance: a and b in closed form for each of a hundred exponents.
  init?(fitting points: [(x: Double, y: Double)]) {
    guard points.count >= 3 else { return nil }
    var best: (error: Double, limit: Double, factor: Double, exponent: Double)?
    for step in 1...100 {
      let exponent = 0.02 * Double(step)
      let powers = points.map { Double.exp(-exponent * Double.log($0.x)) }
      let meanPower = powers.reduce(0, +) / Double(powers.count)
      let meanY = points.reduce(0) { $0 + $1.y } / Double(points.count)
      var covariance = 0.0
      var variance = 0.0
      for (power, point) in zip(powers, points) {
        covariance += (power - meanPower) * (point.y - meanY)
        variance += (power - meanPower) * (power - meanPower)
      }
      guard variance > 0 else { continue }
      let factor = covariance / variance
      let limit = meanY - factor * meanPower
      var error = 0.0
      for (power, point) in zip(powers, points) {
        let residual = limit + factor * power - point.y
        error += residual * residual
      }
      if error < best?.error ?? .infinity { best = (error, limit, factor, exponent) }
    }
    guard let best else { return nil }
    (limit, factor, exponent) = (best.limit, best.factor, best.exponent)
  }

  func value(_ x: Double) -> Double { limit + factor * Double.exp(-exponent * Double.log(x)) }
}

extension ResultView {
  /// Scores by the number of training examples.
  static let learningCurve = ResultView(
    name: "learning-curve", help: "Scores by the number of training examples, extrapolated.",
    example: {
      var numbers = ExampleNumbers(30)
      let sizes = [50.0, 100, 200, 400, 800]
      func scores(_ center: Double) -> [Double] { numbers.normal(5, mean: center, deviation: 0.01) }
      return .plot(
        .learningCurve(
          sizes: sizes, training: sizes.map { scores(0.93 + 0.5 / $0) },
          validation: sizes.map { scores(0.93 - 1.2 / $0.squareRoot()) }, score: "accuracy"))
    })
}
