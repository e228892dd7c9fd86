import Plotting

extension Plot {
  /// The share of a class among examples with about equal predicted probability, with binomial errors; calibrated
  /// probabilities lie on the diagonal.
  public static func calibration(_ parts: [ScoredPart], bins: Int = 10) -> Plot {
    Plot(
      x: .linear("predicted probability", limits: 0...1), y: .linear("observed share", limits: 0...1.02),
      size: FigureSize(width: 5, height: 4.2)
    ) {
      LineMark(x: [0, 1], y: [0, 1], stroke: .dashed, color: .muted, width: 1)
      for part in parts {
        let rows = binned(part, max(bins, 1))
        LineMark(x: rows.map(\.mean), y: rows.map(\.share), series: part.name)
        ErrorBarMark(x: rows.map(\.mean), y: rows.map(\.share), error: rows.map(\.error), series: part.name)
      }
    }
  }

  private static func binned(
    _ part: ScoredPart, _ count: Int
  ) -> [(mean: Double, share: Double, error: Double)] {
    var sums = [(scores: Double, hits: Double, number: Double)](repeating: (0, 0, 0), count: count)
    for (score, isPositive) in zip(part.scores, part.isPositive) where score >= 0 && score <= 1 {
      let bin = min(Int(score * Double(count)), count - 1)
      sums[bin].scores += score
      sums[bin].hits += isPositive ? 1 : 0
      sums[bin].number += 1
    }
    return sums.filter { $0.number > 0 }.map { sum in
      let share = sum.hits / sum.number
      return (sum.scores / sum.number, share, (share * (1 - share) / sum.number).squareRoot())
    }
  }
}

extension ResultView {
  /// Observed shares against predicted probabilities.
  static let calibration = ResultView(
    name: "calibration", help: "Observed shares of a class against its predicted probability.",
    needs: [.fewClasses],
    example: {
      var numbers = ExampleNumbers(4)
      let scores = numbers.uniform(600)
      let draws = numbers.uniform(600)
      return .plot(
        .calibration([
          .init("network", scores: scores, isPositive: zip(scores, draws).map { $1 < $0 * $0 * (3 - 2 * $0) })
        ]))
    }
  ) { result in
    guard let predictions = result.predictions else { return nil }
    let parts = predictions.scoredClasses
    guard !parts.isEmpty, parts.count <= 8 else { return nil }
    return .figure(
      .plot(.calibration(parts)),
      caption: "Calibration on the \(predictions.part) part; the dashed line is perfect.")
  }
}
