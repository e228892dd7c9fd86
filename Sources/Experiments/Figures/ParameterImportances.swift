import Plotting

extension Plot {
  /// How much of the objective's variance each hyperparameter explains, the most important on top.
  public static func parameterImportances(
    names: [String], shares: [Double], errors: [Double] = [], label: String = "importance"
  ) -> Plot {
    let count = min(names.count, shares.count)
    let order = (0..<count).sorted { (first, second) in
      let (a, b) = (shares[first], shares[second])
      if a.isNaN || b.isNaN { return a.isNaN == b.isNaN ? first < second : b.isNaN }
      return a == b ? first < second : a > b
    }
    let height = 0.28 * Double(max(count, 1)) + 0.8
    return Plot(
      x: .linear(label), y: .categories(""), size: FigureSize(width: 6.4, height: min(max(height, 1.8), 8))
    ) {
      BarMark(
        categories: order.map { names[$0] }, heights: order.map { shares[$0] },
        errors: errors.count >= count ? order.map { errors[$0] } : [], orientation: .horizontal,
        color: .series(0))
    }
  }
}

extension ResultView {
  /// The importance of every hyperparameter.
  static let parameterImportances = ResultView(
    name: "parameter-importances", help: "How much of the objective each hyperparameter explains.",
    needs: [.search],
    example: {
      .plot(
        .parameterImportances(
          names: ["model.0.units", "train.learning-rate", "model.1.rate"], shares: [0.21, 0.68, 0.11],
          errors: [0.04, 0.06, 0.03]))
    }
  ) { result in
    let names = result.experiment.space.parameters.map(\.name)
    let shares = names.map { result.values["search.importances.\($0)"]?.number ?? 0 }
    guard result.experiment.search != nil, shares.contains(where: { $0 > 0 }) else { return nil }
    return .figure(
      .plot(.parameterImportances(names: names, shares: shares)),
      caption: "How much each hyperparameter mattered for the objective of the search, in sum one.")
  }
}
