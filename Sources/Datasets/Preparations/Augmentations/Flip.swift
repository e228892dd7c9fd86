import Components
import Tensors

/// Mirrors images, each direction with probability one half.
public struct Flip: ImageAugmentation {
  /// A direction.
  public enum Direction: String, NamedChoice {
    /// Left and right change places.
    case horizontal
    /// Top and bottom change places.
    case vertical
    /// Both, each by itself.
    case both
  }

  /// The direction.
  public var direction: Direction

  /// Mirroring.
  public init(_ direction: Direction = .horizontal) { self.direction = direction }

  private static let directionParameter = Parameter<Direction>(
    "direction", default: .horizontal, help: "What changes places.")
  static let component = Component<any Augmentation>(
    "flip", help: "Mirrors half of the images.", swift: "Flip(_ direction)", parameters: [directionParameter]
  ) { Flip($0[directionParameter]) }

  func change(_ image: inout ImagePixels, using stream: inout RandomStream) {
    let x: Double = direction != .vertical && stream.uniform() < 0.5 ? -1 : 1
    let y: Double = direction != .horizontal && stream.uniform() < 0.5 ? -1 : 1
    guard x < 0 || y < 0 else { return }
    image.resample { (x * $0, y * $1) }
  }
}
