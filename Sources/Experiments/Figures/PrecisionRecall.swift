import Components
import Plotting
import Tensors
import Validation

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

extension Plot {
  /// The mean precision over folds at equal recall with a band of one standard deviation.
  public static func precisionRecall(folds: [ScoredPart]) -> Plot {
    let ranked = folds.map { RankedScores($0.scores, $0.isPositive) }.filter { !$0.averagePrecision.isNaN }
    let places = (0...100).map { Double($0) / 100 }
    // The best precision at a recall or beyond, as interpolated curves have it.
    let curves = ranked.map { fold in
      let (recall, precision) = fold.precisionRecall
      return places.map { place in
        zip(recall, precision).filter { $0.0 >= place - 1e-12 }.map(\.1).max() ?? .nan
      }
    }
    let columns = places.indices.map { place in curves.map { $0[place] } }
    let means = columns.map { $0.isEmpty ? .nan : Statistics.mean($0) }
    let spreads = columns.map { $0.count > 1 ? Statistics.standardDeviation($0) : 0 }
    let averages = ranked.map(\.averagePrecision)
    let average =
      averages.count > 1
      ? ValueFormat.uncertain(Statistics.mean(averages), Statistics.standardDeviation(averages))
      : ValueFormat.decimals(averages.first ?? .nan, 3)
    let name = "mean of \(ranked.count) folds, average \(average)"
    return Plot(
      x: .linear("recall", limits: 0...1), y: .linear("precision", limits: 0...1.02),
      size: FigureSize(width: 5, height: 4.2)
    ) {
      if !ranked.isEmpty {
        BandMark(
          x: places, lower: zip(means, spreads).map { max($0 - $1, 0) },
          upper: zip(means, spreads).map { min($0 + $1, 1) }, series: name)
        for curve in curves { LineMark(x: places, y: curve, color: .muted, width: 0.5) }
        LineMark(x: places, y: means, series: name)
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
