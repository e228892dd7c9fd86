import Components

/// How the step size changes while a training runs.
///
/// The rate of a step depends on nothing but the base rate, where the training is, and the validation losses that the
/// schedule has observed: a training that goes on later shows it the losses so far, and goes on with the same rates.
public protocol Schedule: Sendable {
  /// The name in recipes.
  var name: String { get }
  /// Whether it needs the losses of a validation part.
  var needsValidation: Bool { get }
  /// The step size at a moment of a training whose optimizer has the rate `base`.
  func rate(base: Double, at progress: TrainingProgress) -> Double
  /// Takes the validation loss of an epoch in; called once an epoch, in order.
  mutating func observe(validationLoss: Double)
}

extension Schedule {
  public var needsValidation: Bool { false }
  public mutating func observe(validationLoss: Double) {}
}

/// A moment of a training.
public struct TrainingProgress: Sendable, Hashable {
  /// The epoch, from zero.
  public var epoch: Int
  /// The step within the epoch, from zero.
  public var step: Int
  /// The steps of an epoch.
  public var stepsPerEpoch: Int
  /// The epochs that are planned.
  public var epochs: Int

  /// A moment of a training.
  public init(epoch: Int, step: Int = 0, stepsPerEpoch: Int = 1, epochs: Int) {
    self.epoch = epoch
    self.step = step
    self.stepsPerEpoch = stepsPerEpoch
    self.epochs = epochs
  }

  /// The epochs so far, the broken one by its share.
  public var time: Double { Double(epoch) + Double(step) / Double(stepsPerEpoch) }
  /// The steps so far.
  public var steps: Int { epoch * stepsPerEpoch + step }
  /// The steps that are planned.
  public var totalSteps: Int { epochs * stepsPerEpoch }
}

/// All schedules: what `schedule:` can name.
public enum Schedules {
  /// The schedules by name.
  public static let catalog = Catalog<any Schedule>(
    "schedule",
    [
      ConstantSchedule.component, StepSchedule.component, ExponentialSchedule.component,
      CosineSchedule.component, OneCycleSchedule.component, PlateauSchedule.component,
    ])

  /// A rate that may be zero.
  static func minimum(_ help: String) -> Parameter<Double> {
    Parameter("minimum", default: 0, "at least 0 and finite", help: help) { $0 >= 0 && $0.isFinite }
  }
}
