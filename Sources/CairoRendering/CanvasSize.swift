import Plotting

/// Which sizes files can have.
enum CanvasSize {
  /// PDF knows no greater page: 200 inches.
  private static let mostPoints = 14_400.0
  /// Cairo's images have no more rows or columns.
  private static let mostPixels = 32_767.0

  /// Throws if a drawing has no extent or more than a page can have.
  static func check(_ drawing: Drawing) throws(RenderingError) {
    try check(width: drawing.width, height: drawing.height)
  }

  /// Throws before a figure is laid out at such a size.
  static func check(_ size: FigureSize) throws(RenderingError) {
    try check(width: size.width * 72, height: size.height * 72)
  }

  private static func check(width: Double, height: Double) throws(RenderingError) {
    let isPossible = { (length: Double) in length > 0 && length <= mostPoints }
    guard isPossible(width), isPossible(height) else {
      throw .impossibleSize(width: width, height: height)
    }
  }

  /// The rows and columns of an image.
  static func pixels(
    of drawing: Drawing, dotsPerInch: Double
  ) throws(RenderingError) -> (width: Int, height: Int) {
    try check(drawing)
    guard dotsPerInch > 0 else { throw .impossibleResolution(dotsPerInch) }
    let width = (drawing.width * dotsPerInch / 72).rounded(.up)
    let height = (drawing.height * dotsPerInch / 72).rounded(.up)
    guard width <= mostPixels, height <= mostPixels, width * height <= 400e6 else {
      throw .impossibleResolution(dotsPerInch)
    }
    return (Int(width), Int(height))
  }
}
