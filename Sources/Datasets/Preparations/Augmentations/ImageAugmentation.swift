import Tensors

/// An augmentation of images: samples of height × width × channels.
protocol ImageAugmentation: Augmentation {
  /// Changes one image.
  func change(_ image: inout ImagePixels, using stream: inout RandomStream)
}

extension ImageAugmentation {
  public func check(_ data: DataOutline) throws(DatasetError) {
    guard data.sampleShape.dimensions.count == 3 else {
      throw .notImages(shape: data.sampleShape.dimensions)
    }
  }

  public func change(_ samples: inout EpochSamples, key: UInt64) {
    let axes = samples.inputs.shape.dimensions
    guard axes.count == 4 else { return }
    let size = axes[1] * axes[2] * axes[3]
    for row in 0..<samples.inputs.rows {
      var stream = RandomStream(under: key, row)
      var image = ImagePixels(
        height: axes[1], width: axes[2], channels: axes[3],
        values: Array(samples.inputs.elements[row * size..<(row + 1) * size]))
      change(&image, using: &stream)
      samples.inputs.elements.replaceSubrange(row * size..<(row + 1) * size, with: image.values)
    }
  }
}

/// The pixels of an image, row by row, the channels of a pixel side by side.
struct ImagePixels {
  let height: Int
  let width: Int
  let channels: Int
  var values: [Double]

  /// Sets every pixel to what the image holds at another place, given by distances from the center; 0 beyond the edge.
  ///
  /// Between pixels the value is bilinear.
  mutating func resample(_ source: (_ x: Double, _ y: Double) -> (x: Double, y: Double)) {
    let old = values
    let (centerX, centerY) = (Double(width - 1) / 2, Double(height - 1) / 2)
    func pixel(_ row: Int, _ column: Int, _ channel: Int) -> Double {
      guard row >= 0, row < height, column >= 0, column < width else { return 0 }
      return old[(row * width + column) * channels + channel]
    }
    for row in 0..<height {
      for column in 0..<width {
        let place = source(Double(column) - centerX, Double(row) - centerY)
        let (x, y) = (place.x + centerX, place.y + centerY)
        let (left, top) = (x.rounded(.down), y.rounded(.down))
        let isInside = left > -2 && top > -2 && left < Double(width) + 1 && top < Double(height) + 1
        let (i, j, u, v) = isInside ? (Int(top), Int(left), x - left, y - top) : (-2, -2, 0, 0)
        for channel in 0..<channels {
          let upper = pixel(i, j, channel) * (1 - u) + pixel(i, j + 1, channel) * u
          let lower = pixel(i + 1, j, channel) * (1 - u) + pixel(i + 1, j + 1, channel) * u
          values[(row * width + column) * channels + channel] = upper * (1 - v) + lower * v
        }
      }
    }
  }
}
