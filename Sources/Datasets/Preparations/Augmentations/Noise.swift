import Components
import Tensors

/// Adds normal noise to every feature of images and tables alike, in the units that features have there.
public struct Noise: Augmentation {
  /// The standard deviation.
  public var deviation: Double

  /// Noise.
  public init(_ deviation: Double) { self.deviation = deviation }

  private static let deviationParameter = Parameter<Double>(
    "deviation", default: 0.05, "at least 0 and finite", help: "The standard deviation."
  ) { $0 >= 0 && $0.isFinite }
  static let component = Component<any Augmentation>(
    "noise", help: "Adds normal noise to every feature.", swift: "Noise(_ deviation)",
    parameters: [deviationParameter]
  ) { Noise($0[deviationParameter]) }

  public func check(_ data: DataOutline) throws(DatasetError) { try data.requireNumbers() }

  public func change(_ samples: inout EpochSamples, key: UInt64) {
    let width = samples.inputs.columns
    for row in 0..<samples.inputs.rows {
      var stream = RandomStream(under: key, row)
      for index in row * width..<(row + 1) * width {
        samples.inputs.elements[index] += deviation * stream.normal()
      }
    }
  }
}
