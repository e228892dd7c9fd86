/// An image as a grid of pixels, rows from the top.
public struct PixelImage: Codable, Hashable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Red, green, blue and opacity of each pixel, four bytes each; colors are not multiplied with the opacity.
  public let bytes: [UInt8]
  /// Whether a renderer shades between pixels instead of showing squares.
  public let isSmooth: Bool

  /// An image of opaque or transparent pixels; missing bytes are transparent, more are left out.
  public init(width: Int, height: Int, bytes: [UInt8], isSmooth: Bool = false) {
    self.width = max(width, 0)
    self.height = max(height, 0)
    let count = 4 * self.width * self.height
    self.bytes = Array(bytes.prefix(count)) + [UInt8](repeating: 0, count: max(0, count - bytes.count))
    self.isSmooth = isSmooth
  }
}
