import Components
import Tensors

/// Blackens a square at a random place of every image (DeVries and Taylor 2017); the center of the square may be any
/// pixel, so that parts of it may lie outside.
public struct Cutout: ImageAugmentation {
  /// The edge of the square in pixels.
  public var size: Int

  /// Blackening.
  public init(_ size: Int) { self.size = size }

  private static let sizeParameter = Parameter<Int>(
    "size", default: 2, "at least 1", help: "The edge of the square in pixels."
  ) { $0 >= 1 }
  static let component = Component<any Augmentation>(
    "cutout", help: "Blackens a square of every image.", swift: "Cutout(_ size)", parameters: [sizeParameter]
  ) { Cutout($0[sizeParameter]) }

  func change(_ image: inout ImagePixels, using stream: inout RandomStream) {
    let top = stream.integer(below: image.height) - size / 2
    let left = stream.integer(below: image.width) - size / 2
    for row in max(top, 0)..<max(min(top + size, image.height), 0) {
      for column in max(left, 0)..<max(min(left + size, image.width), 0) {
        for channel in 0..<image.channels {
          image.values[(row * image.width + column) * image.channels + channel] = 0
        }
      }
    }
  }
}
