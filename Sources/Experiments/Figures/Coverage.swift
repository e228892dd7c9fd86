import Plotting
import Tensors

extension Plot {
  /// The share of points whose truth lies within so many of their own standard deviations, against the share that a
  /// normal distribution has there; honest uncertainties lie on the dashed line, values below it are too small.
  ///
  /// `pulls` are distances from the truth in units of the predicted deviation.
  public static func coverage(pulls: [Double]) -> Plot {
    let sizes = pulls.filter(\.isFinite).map(\.magnitude).sorted()
    let reach = (0...120).map { Double($0) / 40 }
    let nominal = reach.map { Double.erf($0 / 2.0.squareRoot()) }
    func observed(_ bound: Double) -> Double {
      guard !sizes.isEmpty else { return .nan }
      return Double(sizes.partitioningIndex { $0 >= bound }) / Double(sizes.count)
    }
    let marked = [1.0, 2.0]
    return Plot(
      x: .linear("within so many standard deviations", limits: 0...3),
      y: .linear("share of points", limits: 0...1.02)
    ) {
      LineMark(x: reach, y: nominal, series: "normal distribution", stroke: .dashed, color: .text)
      StepMark(x: reach, y: reach.map(observed), series: "observed")
      PointMark(x: marked, y: marked.map(observed), series: "observed", size: 6)
      TextMark(
        x: marked, y: marked.map(observed),
        texts: marked.map { "\\xi_{\(Int($0))\\sigma} = \(observed($0).text(digits: 3))" })
    }
  }
}

extension Array where Element == Double {
  /// The first place in a sorted list from which on a condition holds, by bisection.
  func partitioningIndex(_ holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension ResultView {
  /// The coverage of the replicas' uncertainties at level 2.
  static let coverage = ResultView(
    name: "coverage", help: "How often the law lies within the uncertainties of the fits.",
    needs: [.closureLevel2],
    example: {
      var numbers = ExampleNumbers(32)
      return .plot(.coverage(pulls: numbers.normal(500, deviation: 1.15)))
    }
  ) { result in
    guard let level = result.closure.first(where: { $0.level == 2 }) else { return nil }
    let pulls = level.fits.flatMap { fit in
      zip(zip(fit.mean, level.law.values), fit.deviation).map { $1 > 0 ? ($0.0 - $0.1) / $1 : .nan }
    }
    return .figure(
      .plot(.coverage(pulls: pulls)),
      caption:
        "The share of points whose law lies within so many standard deviations of the replicas, at level 2.")
  }
}
