import Components
import Plotting
import Tensors
import Validation

extension Plot {
  /// A classifier's scores for one class with whether each example is of that class.
  public struct ScoredPart: Sendable {
    /// The entry of the legend.
    public var name: String
    /// A score for each example, high for the class.
    public var scores: [Double]
    /// Whether each example is of the class.
    public var isPositive: [Bool]

    /// Scores with their truth.
    public init(_ name: String, scores: [Double], isPositive: [Bool]) {
      self.name = name
      self.scores = scores
      self.isPositive = isPositive
    }
  }

  /// The receiver operating characteristic of each part: the share of the class that is found against the share of
  /// the others that is taken for it, for every threshold.
  ///
  /// The names tell the areas below the curves.
  public static func rocCurve(_ parts: [ScoredPart]) -> Plot {
    frame {
      for part in parts {
        let ranked = RankedScores(part.scores, part.isPositive)
        let (x, y) = ranked.characteristic
        LineMark(x: x, y: y, series: "\(part.name), area \(ValueFormat.decimals(ranked.area, 3))")
      }
    }
  }

  /// The mean characteristic over folds with a band of one standard deviation, averaged at equal shares of false
  /// alarms.
  public static func rocCurve(folds: [ScoredPart]) -> Plot {
    let ranked = folds.map { RankedScores($0.scores, $0.isPositive) }.filter { !$0.area.isNaN }
    let places = (0...100).map { Double($0) / 100 }
    let curves = ranked.map { fold in
      places.map { $0 == 0 ? 0 : interpolated(fold.characteristic.x, fold.characteristic.y, at: $0) }
    }
    let columns = places.indices.map { place in curves.map { $0[place] } }
    let means = columns.map { Statistics.mean($0) }
    let spreads = columns.map { $0.count > 1 ? Statistics.standardDeviation($0) : 0 }
    let areas = ranked.map(\.area)
    let area =
      areas.count > 1
      ? ValueFormat.uncertain(Statistics.mean(areas), Statistics.standardDeviation(areas))
      : ValueFormat.decimals(areas.first ?? .nan, 3)
    return frame {
      if !ranked.isEmpty {
        BandMark(
          x: places, lower: zip(means, spreads).map { max($0 - $1, 0) },
          upper: zip(means, spreads).map { min($0 + $1, 1) },
          series: "mean of \(ranked.count) folds, area \(area)")
        for curve in curves { LineMark(x: places, y: curve, color: .muted, width: 0.5) }
        LineMark(x: places, y: means, series: "mean of \(ranked.count) folds, area \(area)")
      }
    }
  }

  private static func frame(@MarkBuilder marks: () -> [any Mark]) -> Plot {
    Plot(
      x: .linear("false positive rate", limits: 0...1), y: .linear("true positive rate", limits: 0...1.02),
      legend: .inside, size: FigureSize(width: 5, height: 4.2)
    ) {
      LineMark(x: [0, 1], y: [0, 1], stroke: .dashed, color: .muted, width: 1)
      marks()
    }
  }
}

extension PartPredictions {
  /// The scores of each class against all others; of two classes only the second.
  var scoredClasses: [Plot.ScoredPart] {
    guard let probabilities, let truth = data.classes, let names = data.classNames else { return [] }
    let shown = names.count == 2 ? [1] : Array(names.indices)
    return shown.map { number in
      Plot.ScoredPart(
        names[number], scores: probabilities.map { number < $0.count ? $0[number] : .nan },
        isPositive: truth.map { $0 == number })
    }
  }
}

extension ResultView {
  /// The receiver operating characteristic of every class.
  static let rocCurve = ResultView(
    name: "roc", help: "The receiver operating characteristic of every class.", needs: [.fewClasses],
    example: {
      var numbers = ExampleNumbers(2)
      let folds = (0..<5).map { fold in
        let truth = numbers.uniform(80).map { $0 < 0.4 }
        let noise = numbers.normal(80, deviation: 0.8)
        return Plot.ScoredPart("fold", scores: zip(truth, noise).map { ($0 ? 1 : 0) + $1 }, isPositive: truth)
      }
      return .plot(.rocCurve(folds: folds))
    }
  ) { result in
    guard let predictions = result.predictions else { return nil }
    let parts = predictions.scoredClasses
    guard !parts.isEmpty, parts.count <= 8 else { return nil }
    return .figure(
      .plot(.rocCurve(parts)),
      caption: "Receiver operating characteristic on the \(predictions.part) part; the dashed line is chance."
    )
  }
}
