import Plotting

extension ResultView {
  /// Training and validation loss by epoch, the restored epoch marked.
  static let lossCurves = ResultView(
    name: "loss-curves", help: "Training and validation loss by epoch.", isDefault: true
  ) { result in
    let history = result.history
    guard history.epochs > 1 else { return nil }
    let epochs = (1...history.epochs).map(Double.init)
    let losses = history.trainingLoss + history.validationLoss
    // A logarithm shows a fall over decades, and nothing where a loss is not above zero.
    let isLog = losses.allSatisfy { $0 > 0 } && (losses.max() ?? 1) > 8 * (losses.min() ?? 1)
    let restored = history.bestEpoch < history.epochs
    let plot = Plot(
      x: .linear("epoch", limits: nil), y: isLog ? .log("loss", limits: nil) : .linear("loss", limits: nil)
    ) {
      LineMark(x: epochs, y: history.trainingLoss, series: "training")
      if !history.validationLoss.isEmpty {
        LineMark(x: epochs, y: history.validationLoss, series: "validation")
      }
      if restored { RuleMark(x: Double(history.bestEpoch), label: "restored epoch") }
    }
    let caption =
      "Loss of the \(history.validationLoss.isEmpty ? "training part" : "training and the validation part") by epoch"
      + (restored ? "; the dashed line marks the epoch whose parameters were restored." : ".")
    return .figure(.plot(plot), caption: caption)
  }
}
