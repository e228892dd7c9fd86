import Plotting

extension Plot {
  /// The learning rate by epoch.
  public static func learningRate(_ rates: [Double]) -> Plot {
    let positive = rates.filter { $0 > 0 }
    let isLog = positive.count == rates.count && (positive.max() ?? 1) > 20 * (positive.min() ?? 1)
    let epochs = rates.indices.map { Double($0 + 1) }
    return Plot(x: .linear("epoch"), y: isLog ? .log("learning rate") : .linear("learning rate")) {
      LineMark(x: epochs, y: rates, color: .series(0))
    }
  }
}

extension ResultView {
  /// The learning rate by epoch.
  static let learningRate = ResultView(
    name: "learning-rate", help: "The learning rate by epoch.", needs: [.epochs, .learningRate],
    example: { .plot(.learningRate((0..<60).map { 0.01 / Double(1 << ($0 / 10)) })) }
  ) { result in
    guard result.history.learningRates.count > 1 else { return nil }
    return .figure(
      .plot(.learningRate(result.history.learningRates)),
      caption: "The learning rate at the end of each epoch.")
  }
}
