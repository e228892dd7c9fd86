import Components
import Tensors

/// Makes images larger or smaller by up to a share.
public struct Zoom: ImageAugmentation {
  /// The largest share: 0.1 scales between 0.9 and 1.1.
  public var share: Double

  /// Scaling.
  public init(_ share: Double) { self.share = share }

  private static let shareParameter = Parameter<Double>(
    "share", default: 0.1, "at least 0 and below 1", help: "The largest share: 0.1 is between 0.9 and 1.1."
  ) { (0..<1).contains($0) }
  static let component = Component<any Augmentation>(
    "zoom", help: "Makes images larger or smaller.", swift: "Zoom(_ share)", parameters: [shareParameter]
  ) { Zoom($0[shareParameter]) }

  func change(_ image: inout ImagePixels, using stream: inout RandomStream) {
    let factor = 1 + stream.uniform(-share, share)
    image.resample { ($0 / factor, $1 / factor) }
  }
}
