import Components
import Tensors

/// Turns images around their center by up to so many degrees, in either direction.
public struct Rotate: ImageAugmentation {
  /// The largest angle in degrees.
  public var degrees: Double

  /// Turning.
  public init(_ degrees: Double) { self.degrees = degrees }

  private static let degreesParameter = Parameter<Double>(
    "degrees", default: 10, "between 0 and 180", help: "The largest angle."
  ) { (0...180).contains($0) }
  static let component = Component<any Augmentation>(
    "rotate", help: "Turns images around their center.", swift: "Rotate(_ degrees)",
    parameters: [degreesParameter]
  ) { Rotate($0[degreesParameter]) }

  func change(_ image: inout ImagePixels, using stream: inout RandomStream) {
    let angle = stream.uniform(-degrees, degrees) * .pi / 180
    let (cosine, sine) = (Double.cos(angle), Double.sin(angle))
    image.resample { (cosine * $0 + sine * $1, cosine * $1 - sine * $0) }
  }
}
