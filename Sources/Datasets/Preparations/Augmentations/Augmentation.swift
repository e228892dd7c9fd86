import Components
import Tensors

/// A random change of training samples, drawn anew in every epoch.
public protocol Augmentation: Sendable {
  /// Throws if the change cannot be made to such data.
  func check(_ data: DataOutline) throws(DatasetError)
  /// Changes all samples of an epoch; each draws from a stream of its own under the key.
  func change(_ samples: inout EpochSamples, key: UInt64)
}

/// All augmentations: what `augment: […]` can name.
public enum Augmentations {
  /// The augmentations by name.
  public static let catalog = Catalog<any Augmentation>(
    "augmentation",
    [
      Shift.component, Rotate.component, Zoom.component, Flip.component, Noise.component, Cutout.component,
      Mixup.component,
    ])
}

/// Changes training samples anew in every epoch, one augmentation behind the other; every other part stays as it is.
///
/// Preparations in front of it have done their work once, those behind it do it in every epoch.
public struct Augment: Preparation, FittedPreparation {
  /// The changes in their order.
  public var steps: [any Augmentation]

  /// Changes in their order.
  public init(_ steps: [any Augmentation]) { self.steps = steps }

  private static let stepsParameter = Parameter<[RecipeNode]>(
    "steps", "at least one", help: "The changes in their order, as in [shift(2), rotate(10)]."
  ) { !$0.isEmpty }
  static let component = Component<any Preparation>(
    "augment", help: "Random changes of the training samples, others in every epoch.",
    swift: "Augment(_ steps)", parameters: [stepsParameter]
  ) { Augment(try $0[stepsParameter].map { try Augmentations.catalog.decode($0) }) }

  public func outline(_ data: DataOutline) throws(DatasetError) -> DataOutline {
    for step in steps { try step.check(data) }
    var result = data
    result.isAugmented = true
    return result
  }

  public func fitted(to training: Dataset) -> any FittedPreparation { self }

  public func apply(to data: Dataset) -> Dataset { data }

  func change(_ samples: inout EpochSamples, key: UInt64) {
    for (index, step) in steps.enumerated() {
      step.change(&samples, key: RandomStream(under: key, index).key)
    }
  }
}
