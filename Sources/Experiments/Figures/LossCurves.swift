import NeuralNetworks
import Plotting

extension Plot {
  /// Training and validation loss by epoch: with a window also their moving averages, and the restored epoch.
  ///
  /// The vertical axis is logarithmic where losses fall over a decade.
  public static func lossCurves(
    training: [Double], validation: [Double] = [], window: Int = 1, restored: Int? = nil
  ) -> Plot {
    let losses = (training + validation).filter(\.isFinite)
    // A logarithm shows a fall over decades, and nothing where a loss is not above zero.
    let isLog = losses.allSatisfy { $0 > 0 } && (losses.max() ?? 1) > 8 * (losses.min() ?? 1)
    return Plot(x: .linear("epoch"), y: isLog ? .log("loss") : .linear("loss")) {
      if let restored { RuleMark(x: Double(restored), label: "restored epoch") }
      line(training, "training")
      if !validation.isEmpty, window > 1 {
        // The raw curve stands back behind its average.
        LineMark(x: epochs(validation), y: validation, color: .muted, width: 0.6)
        line(movingAverage(validation, window), "validation, mean of \(window) epochs")
      } else if !validation.isEmpty {
        line(validation, "validation")
      }
    }
  }

  /// Training and validation loss of several repetitions by epoch: the mean of each, with one standard deviation on both
  /// sides as a band.
  public static func lossCurves(trainings: [[Double]], validations: [[Double]] = []) -> Plot {
    let losses = (trainings + validations).flatMap(\.self).filter(\.isFinite)
    let isLog = losses.allSatisfy { $0 > 0 } && (losses.max() ?? 1) > 8 * (losses.min() ?? 1)
    return Plot(x: .linear("epoch"), y: isLog ? .log("loss") : .linear("loss")) {
      for mark in bandedCurve(trainings, "training", isLog: isLog) { mark }
      for mark in bandedCurve(validations, "validation", isLog: isLog) { mark }
    }
  }

  /// The mean of curves with their standard deviation as a band, as far as all of them go.
  static func bandedCurve(_ curves: [[Double]], _ name: String, isLog: Bool = false) -> [any Mark] {
    let (mean, deviation) = SeedSummary.spread(of: curves)
    guard !mean.isEmpty else { return [] }
    // On a logarithmic axis a band ends at the smallest value where it would reach zero.
    let least = curves.map { $0.prefix(mean.count).min() ?? 0 }.min() ?? 0
    let lower = zip(mean, deviation).map { isLog && $0 - $1 <= 0 ? least : $0 - $1 }
    return [
      BandMark(x: epochs(mean), lower: lower, upper: zip(mean, deviation).map(+), series: name),
      line(mean, name),
    ]
  }

  private static func epochs(_ values: [Double]) -> [Double] { values.indices.map { Double($0 + 1) } }

  private static func line(_ values: [Double], _ name: String) -> LineMark {
    LineMark(x: epochs(values), y: values, series: name)
  }

  /// The mean of each value and those before it in a window, as early stopping watches it.
  static func movingAverage(_ values: [Double], _ window: Int) -> [Double] {
    values.indices.map { index in
      let part = values[max(0, index - window + 1)...index]
      return part.reduce(0, +) / Double(part.count)
    }
  }
}

extension ResultView {
  /// Training and validation loss by epoch, the restored epoch marked.
  static let lossCurves = ResultView(
    name: "loss-curves", help: "Training and validation loss by epoch.", isDefault: true, needs: [.epochs],
    example: {
      var numbers = ExampleNumbers(10)
      let noise = numbers.normal(120, deviation: 0.01)
      let epochs = (1...120).map(Double.init)
      return .plot(
        .lossCurves(
          training: epochs.map { 0.9 / (1 + $0 / 6) + 0.02 },
          validation: zip(epochs, noise).map { 0.9 / (1 + $0 / 5) + 0.06 + 0.0006 * max(0, $0 - 60) + $1 },
          window: 10, restored: 74))
    }
  ) { result in
    let history = result.history
    guard history.epochs > 1 else { return nil }
    if let gan = result.gan { return .adversarialLosses(gan) }
    let histories = result.repetitions.map(\.history)
    guard histories.count < 2 else {
      let plot = Plot.lossCurves(
        trainings: histories.map(\.trainingLoss),
        validations: history.validationLoss.isEmpty ? [] : histories.map(\.validationLoss))
      return .figure(
        .plot(plot),
        caption:
          "Loss by epoch: the mean of \(histories.count) repetitions with one standard deviation as a band.")
    }
    let restored = history.bestEpoch < history.epochs
    let window = result.earlyStopping?.window ?? 1
    let plot = Plot.lossCurves(
      training: history.trainingLoss, validation: history.validationLoss, window: window,
      restored: restored ? history.bestEpoch : nil)
    let caption =
      "Loss of the \(history.validationLoss.isEmpty ? "training part" : "training and the validation part") by epoch"
      + (window > 1 && !history.validationLoss.isEmpty
        ? ", the validation loss as the mean of \(window) epochs that early stopping watches" : "")
      + (restored ? "; the dashed line marks the epoch whose parameters were restored." : ".")
    return .figure(.plot(plot), caption: caption)
  }
}

extension ExperimentResult {
  /// The early stopping of the final fit.
  var earlyStopping: EarlyStopping? {
    (try? experiment.strategy(best?.assignment ?? []))?.estimator.settings?.earlyStopping
  }
}

extension ResultView.Content {
  /// The losses of two networks that learn against each other.
  fileprivate static func adversarialLosses(_ gan: TrainedGAN) -> Self {
    let epochs = gan.generatorLosses.indices.map { Double($0 + 1) }
    let plot = Plot(x: .linear("epoch"), y: .linear("loss")) {
      LineMark(x: epochs, y: gan.generatorLosses, series: "generator")
      LineMark(x: epochs, y: gan.discriminatorLosses, series: "discriminator")
    }
    return .figure(.plot(plot), caption: "Mean losses of the generator and of the discriminator by epoch.")
  }
}
