import Tensors

/// A training part on its way through preparations: what they have learned, and what training sees.
public struct PreparedTraining: Sendable {
  /// The preparations with everything learned.
  public private(set) var steps: [any FittedPreparation] = []
  /// The prepared examples.
  public private(set) var data: Dataset
  /// The examples in the order of the prepared ones, their targets in the units of the data.
  public private(set) var examples: Dataset
  /// The examples in front of the first augmentation, and the preparations from it on.
  private var augmented: (data: Dataset, steps: [any FittedPreparation])?

  init(data: Dataset) {
    self.data = data
    examples = data
  }

  mutating func append(_ step: any FittedPreparation, using stream: inout RandomStream) {
    steps.append(step)
    if augmented == nil, step is Augment { augmented = (data, []) }
    augmented?.steps.append(step)
    let result = step.applyInTraining(to: data, using: &stream)
    // What resampling makes belongs to classes, which have no units.
    if result.count != data.count { examples = result }
    data = result
  }

  /// Whether every epoch sees other examples.
  public var isAugmented: Bool { augmented != nil }

  /// What an epoch sees, given the targets of the prepared examples as numbers.
  ///
  /// The key is that of the epoch's stream: the same one gives the same samples.
  public func samples(targets: Tensor<Double>, key: UInt64) -> EpochSamples {
    guard let (data, steps) = augmented else { return EpochSamples(inputs: data.inputs, targets: targets) }
    var samples = EpochSamples(inputs: data.inputs, targets: targets)
    var current = data
    for (index, step) in steps.enumerated() {
      if let augment = step as? Augment {
        samples.inputs = current.inputs
        augment.change(&samples, key: RandomStream(under: key, index).key)
        current.inputs = samples.inputs
      } else {
        current = step.apply(to: current)
      }
    }
    samples.inputs = current.inputs
    return samples
  }
}

/// What training sees in an epoch in place of the examples themselves.
public struct EpochSamples: Sendable, Equatable {
  /// The features of each sample.
  public var inputs: Tensor<Double>
  /// The targets as numbers, samples × outputs.
  public var targets: Tensor<Double>

  /// Samples.
  public init(inputs: Tensor<Double>, targets: Tensor<Double>) {
    self.inputs = inputs
    self.targets = targets
  }
}
