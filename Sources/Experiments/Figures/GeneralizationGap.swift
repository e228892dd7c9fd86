import Plotting

extension Plot {
  /// Validation minus training loss by epoch: what the network knows about its training part alone.
  public static func generalizationGap(training: [Double], validation: [Double]) -> Plot {
    let gap = zip(validation, training).map { $0 - $1 }
    let epochs = gap.indices.map { Double($0 + 1) }
    return Plot(x: .linear("epoch"), y: .linear("validation − training loss")) {
      RuleMark(y: 0)
      LineMark(x: epochs, y: gap, color: .series(0))
    }
  }
}

extension ResultView {
  /// Validation minus training loss by epoch.
  static let generalizationGap = ResultView(
    name: "generalization-gap", help: "Validation minus training loss by epoch.",
    needs: [.epochs, .validation],
    example: {
      let epochs = (1...80).map(Double.init)
      return .plot(
        .generalizationGap(
          training: epochs.map { 0.9 / (1 + $0 / 6) },
          validation: epochs.map { 0.9 / (1 + $0 / 6) + 0.002 * $0 }))
    }
  ) { result in
    let history = result.history
    guard history.epochs > 1, !history.validationLoss.isEmpty else { return nil }
    return .figure(
      .plot(.generalizationGap(training: history.trainingLoss, validation: history.validationLoss)),
      caption: "Validation minus training loss by epoch.")
  }
}
