import Plotting

extension Plot {
  /// How much each feature matters, the most important first, with errors where they are known.
  ///
  /// Of many features the first `most` are shown.
  public static func featureImportances(
    names: [String], _ importances: [Double], errors: [Double] = [], label: String = "importance",
    most: Int = 20
  ) -> Plot {
    let names = distinctNames(names, count: importances.count)
    let shown = order(importances).prefix(max(most, 1))
    return bars(
      names: shown.map { names[$0] }, shown.map { importances[$0] },
      errors: errors.isEmpty ? [] : shown.map { $0 < errors.count ? errors[$0] : .nan }, label: label)
  }

  /// How much each feature matters by several measurements, as permutations of its column (Breiman 2001): bars are means,
  /// error bars standard deviations, dots the measurements.
  public static func featureImportances(
    names: [String], repeats: [[Double]], label: String = "loss of score by permuting", most: Int = 20
  ) -> Plot {
    let names = distinctNames(names, count: repeats.count)
    let finite = repeats.map { $0.filter { $0.magnitude < 1e150 } }
    let means = finite.map { $0.isEmpty ? .nan : $0.reduce(0, +) / Double($0.count) }
    let deviations = zip(finite, means).map { values, mean in
      (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(values.count - 1, 1))).squareRoot()
    }
    let shown = Array(order(means).prefix(max(most, 1)))
    var plot = bars(
      names: shown.map { names[$0] }, shown.map { means[$0] }, errors: shown.map { deviations[$0] },
      label: label)
    let dots = shown.enumerated().flatMap { place, feature in finite[feature].map { ($0, Double(place)) } }
    plot.marks.append(PointMark(x: dots.map(\.0), y: dots.map(\.1), size: 3, color: .text, symbol: .circle))
    return plot
  }

  /// Bars on their side, in the order given.
  private static func bars(
    names: [String], _ values: [Double], errors: [Double], label: String
  ) -> Plot {
    Plot(
      x: .linear(label), y: .categories(""),
      size: FigureSize(width: 5.6, height: min(max(0.27 * Double(values.count) + 0.8, 2), 7))
    ) {
      BarMark(
        categories: names, heights: values, errors: errors, orientation: .horizontal, color: .series(0))
    }
  }

  /// The places of values in falling order; those that are no numbers are last, equal ones in their order.
  private static func order(_ values: [Double]) -> [Int] {
    values.indices.sorted { first, second in
      let (a, b) = (values[first], values[second])
      if a.isNaN || b.isNaN { return a.isNaN == b.isNaN ? first < second : b.isNaN }
      return a == b ? first < second : a > b
    }
  }
}

extension ResultView {
  /// How much each feature matters.
  static let featureImportances = ResultView(
    name: "feature-importances", help: "How much each feature matters, with errors.",
    example: {
      var numbers = ExampleNumbers(81)
      let means = [0.02, 0.21, 0.11, 0.004, 0.3, 0.06]
      return .plot(
        .featureImportances(
          names: ["age (a)", "income (kEUR)", "rooms", "latitude", "distance to the sea (km)", "population"],
          repeats: means.map { numbers.normal(8, mean: $0, deviation: 0.02) }))
    })
}
