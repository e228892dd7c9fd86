import Components
import Tensors

/// Moves images by up to so many pixels along both axes; what comes in is 0.
public struct Shift: ImageAugmentation {
  /// The largest way along an axis in pixels.
  public var pixels: Double

  /// Moving.
  public init(_ pixels: Double) { self.pixels = pixels }

  private static let pixelsParameter = Parameter<Double>(
    "pixels", default: 1, "at least 0 and finite", help: "The largest way along an axis."
  ) { $0 >= 0 && $0.isFinite }
  static let component = Component<any Augmentation>(
    "shift", help: "Moves images along both axes.", swift: "Shift(_ pixels)", parameters: [pixelsParameter]
  ) { Shift($0[pixelsParameter]) }

  func change(_ image: inout ImagePixels, using stream: inout RandomStream) {
    let (right, down) = (stream.uniform(-pixels, pixels), stream.uniform(-pixels, pixels))
    image.resample { ($0 - right, $1 - down) }
  }
}
