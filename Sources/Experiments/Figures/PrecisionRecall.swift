import Components
import Plotting

extension Plot {
  /// Precision against recall of each part for every threshold; the names tell the average precision.
  public static func precisionRecall(_ parts: [ScoredPart]) -> Plot {
    Plot(
      x: .linear("recall", limits: 0...1), y: .linear("precision", limits: 0...1.02),
      size: FigureSize(width: 5, height: 4.2)
    ) {
      for part in parts {
        let ranked = RankedScores(part.scores, part.isPositive)
        let (recall, precision) = ranked.precisionRecall
        let average = ValueFormat.decimals(ranked.averagePrecision, 3)
        StepMark(
          x: [0] + recall, y: (precision.first.map { [$0] } ?? []) + precision,
          series: "\(part.name), average \(average)", change: .before)
      }
      if parts.count == 1, let part = parts.first, !part.isPositive.isEmpty {
        let share = Double(part.isPositive.filter(\.self).count) / Double(part.isPositive.count)
        RuleMark(y: share, label: "chance")
      }
    }
  }
}

extension ResultView {
  /// Precision against recall of every class.
  static let precisionRecall = ResultView(
    name: "precision-recall", help: "Precision against recall of every class.", needs: [.fewClasses],
    example: {
      var numbers = ExampleNumbers(3)
      let truth = numbers.uniform(150).map { $0 < 0.3 }
      let noise = numbers.normal(150, deviation: 0.7)
      return .plot(
        .precisionRecall([
          .init("network", scores: zip(truth, noise).map { ($0 ? 1 : 0) + $1 }, isPositive: truth)
        ]))
    }
  ) { result in
    guard let predictions = result.predictions else { return nil }
    let parts = predictions.scoredClasses
    guard !parts.isEmpty, parts.count <= 8 else { return nil }
    return .figure(
      .plot(.precisionRecall(parts)), caption: "Precision against recall on the \(predictions.part) part.")
  }
}
