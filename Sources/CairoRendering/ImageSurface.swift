import CCairo
import Plotting

/// Pixels as Cairo has them.
final class ImageSurface {
  let pointer: OpaquePointer

  /// A canvas of pixels; nil if Cairo cannot make it.
  init?(width: Int, height: Int, format: cairo_format_t) {
    guard let width = Int32(exactly: width), let height = Int32(exactly: height),
      let pointer = cairo_image_surface_create(format, width, height)
    else { return nil }
    self.pointer = pointer
    guard cairo_surface_status(pointer) == CAIRO_STATUS_SUCCESS else { return nil }
  }

  /// The pixels of an image.
  convenience init?(_ image: PixelImage) {
    var isOpaque = true
    for index in stride(from: 3, to: image.bytes.count, by: 4) where image.bytes[index] != 255 {
      isOpaque = false
    }
    self.init(
      width: image.width, height: image.height, format: isOpaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32)
    fill { row, target in
      let pixels = UnsafeMutableRawPointer(target).assumingMemoryBound(to: UInt32.self)
      for column in 0..<image.width {
        let start = 4 * (row * image.width + column)
        let alpha = UInt32(image.bytes[start + 3])
        // Cairo's colors are multiplied with the opacity.
        func part(_ offset: Int) -> UInt32 { (UInt32(image.bytes[start + offset]) * alpha + 127) / 255 }
        pixels[column] = alpha << 24 | part(0) << 16 | part(1) << 8 | part(2)
      }
    }
  }

  /// The opacities of a mask.
  convenience init?(_ mask: DotMask) {
    self.init(width: mask.width, height: mask.height, format: CAIRO_FORMAT_A8)
    mask.bytes.withUnsafeBufferPointer { bytes in
      fill { row, target in
        for column in 0..<mask.width { target[column] = bytes[row * mask.width + column] }
      }
    }
  }

  /// The image as a PNG file.
  var png: [UInt8]? {
    let stream = ByteStream()
    let status = stream.read { cairo_surface_write_to_png_stream(pointer, $0, $1) }
    return status == CAIRO_STATUS_SUCCESS ? stream.bytes : nil
  }

  private func fill(_ row: (Int, UnsafeMutablePointer<UInt8>) -> Void) {
    cairo_surface_flush(pointer)
    guard let data = cairo_image_surface_get_data(pointer) else { return }
    let stride = Int(cairo_image_surface_get_stride(pointer))
    for index in 0..<Int(cairo_image_surface_get_height(pointer)) { row(index, data + index * stride) }
    cairo_surface_mark_dirty(pointer)
  }

  deinit { cairo_surface_destroy(pointer) }
}

/// The bytes that Cairo writes.
final class ByteStream {
  private(set) var bytes: [UInt8] = []

  /// Runs a closure with Cairo's way of writing; what it makes must end before the stream does.
  func read<Result>(_ body: (cairo_write_func_t, UnsafeMutableRawPointer) -> Result) -> Result {
    body(
      { closure, bytes, count in
        guard let closure, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
        let stream = Unmanaged<ByteStream>.fromOpaque(closure).takeUnretainedValue()
        stream.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
      }, Unmanaged.passUnretained(self).toOpaque())
  }
}
