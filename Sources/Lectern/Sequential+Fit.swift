import Datasets
import NeuralNetworks
import Plotting
import Tensors

extension Sequential {
  /// Trains the network on data and returns it with its history.
  ///
  /// The same seed gives the same bits.
  ///
  /// A `validation` share of the data is kept aside for early stopping and for schedules that watch it; where one is
  /// needed and none is given, it is a fifth.
  public func fit(
    _ data: Dataset, loss: some Loss, optimizer: some Optimizer = Adam(),
    schedule: some Schedule = ConstantSchedule(), penalty: Penalty = .none, gradientClip: GradientClip? = nil,
    averaging: Double? = nil, epochs: Int = 100, batchSize: BatchSize = .automatic, validation: Double? = nil,
    earlyStopping: EarlyStopping? = nil,
    initializer: some Initializer = GlorotInitializer(), precision: Precision = .float, seed: UInt64 = 0
  ) throws -> TrainedNetwork {
    let data = loss.takesClasses ? data.classified() : data
    let trainer = Trainer(
      TrainingSettings(
        loss: loss, optimizer: optimizer, schedule: schedule, penalty: penalty, gradientClip: gradientClip,
        averaging: averaging, epochs: epochs, batchSize: batchSize, initializer: initializer,
        earlyStopping: earlyStopping, precision: precision))
    let key = FitKey(seed: seed)
    let needsValidation = earlyStopping != nil || schedule.needsValidation
    guard let share = validation ?? (needsValidation ? 0.2 : nil) else {
      return try trainer.fit(self, training: data, key: key)
    }
    var stream = RandomStream(seed: seed, .validation, 0)
    let (kept, rest) = Split.keep(
      share, of: Array(0..<data.count), classes: nil, isShuffled: true, using: &stream)
    return try trainer.fit(self, training: data.subset(rest), validation: data.subset(kept), key: key)
  }
}

extension TrainedNetwork {
  /// The data of one feature with the network's curve through them.
  public func plot(over data: Dataset) -> Plot {
    let x = data.inputs.elements
    let y = data.targetValues.elements
    let (low, high) = (x.min() ?? 0, x.max() ?? 1)
    let points = (0...200).map { low + (high - low) * Double($0) / 200 }
    let curve = predict(Tensor(points, shape: [points.count, 1])).elements
    return Plot(x: .linear(data.features.first?.name ?? "x", limits: nil), y: .linear("y", limits: nil)) {
      if let errors = data.errors {
        ErrorBarMark(x: x, y: y, error: errors, series: "data", color: .muted)
      } else {
        PointMark(x: x, y: y, series: "data", color: .muted)
      }
      LineMark(x: points, y: curve, series: "network")
    }
  }
}

extension TrainingHistory {
  /// The training and the validation loss by epoch.
  public func plot() -> Plot {
    let epochs = trainingLoss.indices.map { Double($0 + 1) }
    return Plot(x: .linear("epoch", limits: nil), y: .log("loss", limits: nil)) {
      LineMark(x: epochs, y: trainingLoss, series: "training")
      if !validationLoss.isEmpty { LineMark(x: epochs, y: validationLoss, series: "validation") }
    }
  }
}
