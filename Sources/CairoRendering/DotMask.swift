import Plotting

/// Many dots as one image of opacities: where dots overlap, one covers the other.
///
/// Opacities have sixteen steps, which nobody sees at printed size, but which make files small.
struct DotMask {
  /// The area that the image covers, a whole number of pixels.
  let area: Rectangle
  /// Pixels in a row.
  let width: Int
  /// Rows.
  let height: Int
  /// A byte for each pixel, rows from the top.
  private(set) var bytes: [UInt8]

  /// No image has more pixels in a row or column.
  private static let mostPixels = 20_000

  /// The dots that reach into an area, at so many pixels a point; nil if there are none.
  init?(_ points: [Point], diameter: Double, in clip: Rectangle, resolution: Double) {
    let radius = diameter / 2
    var (left, top, right, bottom) = (Double.infinity, Double.infinity, -Double.infinity, -Double.infinity)
    for point in points where point.x.isFinite && point.y.isFinite {
      left = min(left, point.x)
      top = min(top, point.y)
      right = max(right, point.x)
      bottom = max(bottom, point.y)
    }
    guard left <= right, radius > 0, resolution > 0 else { return nil }
    let dots = Rectangle(x: left, y: top, width: right - left, height: bottom - top).inset(by: -radius)
    let visible = dots.intersection(clip)
    let width = (visible.width * resolution).rounded(.up)
    let height = (visible.height * resolution).rounded(.up)
    let most = Double(DotMask.mostPixels)
    guard width >= 1, height >= 1, width <= most, height <= most else { return nil }
    self.width = Int(width)
    self.height = Int(height)
    area = Rectangle(x: visible.x, y: visible.y, width: width / resolution, height: height / resolution)
    bytes = [UInt8](repeating: 0, count: Int(width) * Int(height))
    stamp(points, radius: radius * resolution, resolution: resolution)
  }

  private mutating func stamp(_ points: [Point], radius: Double, resolution: Double) {
    let stamps = Stamps(radius: radius)
    let (width, height, side) = (width, height, stamps.side)
    let origin = (x: area.x, y: area.y)
    bytes.withUnsafeMutableBufferPointer { pixels in
      stamps.bytes.withUnsafeBufferPointer { stamp in
        for point in points {
          let x = (point.x - origin.x) * resolution
          let y = (point.y - origin.y) * resolution
          guard x > -radius - 1, y > -radius - 1, x < Double(width) + radius + 1,
            y < Double(height) + radius + 1
          else { continue }
          let place = stamps.place(x: x, y: y)
          let columns = max(0, -place.column)..<max(max(0, -place.column), min(side, width - place.column))
          let rows = max(0, -place.row)..<max(max(0, -place.row), min(side, height - place.row))
          for row in rows {
            let source = place.offset + row * side
            let target = (place.row + row) * width + place.column
            for column in columns {
              pixels[target + column] = max(pixels[target + column], stamp[source + column])
            }
          }
        }
      }
    }
  }

  /// A dot at sixteen places within a pixel.
  private struct Stamps {
    /// Pixels in a row and rows of a stamp.
    let side: Int
    private(set) var bytes: [UInt8] = []
    private let steps = 4

    init(radius: Double) {
      side = Int((2 * radius).rounded(.up)) + 2
      for vertical in 0..<steps {
        for horizontal in 0..<steps {
          let x = Double(side) / 2 - 0.5 + (Double(horizontal) + 0.5) / Double(steps)
          let y = Double(side) / 2 - 0.5 + (Double(vertical) + 0.5) / Double(steps)
          for row in 0..<side {
            for column in 0..<side {
              let (dx, dy) = (Double(column) + 0.5 - x, Double(row) + 0.5 - y)
              let cover = min(max(radius + 0.5 - (dx * dx + dy * dy).squareRoot(), 0), 1)
              bytes.append(UInt8((cover * 15).rounded()) * 17)
            }
          }
        }
      }
    }

    /// The pixel of a stamp's corner, and where the stamp begins, for a dot at a place in pixels.
    func place(x: Double, y: Double) -> (column: Int, row: Int, offset: Int) {
      // The middle of a stamp is at half a pixel less, plus the step.
      let (left, top) = (x - Double(side) / 2 + 0.5, y - Double(side) / 2 + 0.5)
      let (column, row) = (left.rounded(.down), top.rounded(.down))
      let horizontal = min(Int((left - column) * Double(steps)), steps - 1)
      let vertical = min(Int((top - row) * Double(steps)), steps - 1)
      return (Int(column), Int(row), (vertical * steps + horizontal) * side * side)
    }
  }
}
