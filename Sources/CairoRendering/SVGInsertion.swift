import Plotting

/// What takes the place of a shape in Cairo's SVG.
enum SVGInsertion {
  /// Text as outlines that are defined once.
  case text(SVGTextElement)
  /// An image, as a PNG file.
  case image([UInt8], area: Rectangle, isSmooth: Bool, opacity: Int)
  /// A color seen through an image of opacities, as a PNG file.
  case mask([UInt8], number: Int, area: Rectangle, color: Color, opacity: Int)

  /// Appends the element of a figure of a label.
  func write(to text: inout SVGText, id: String) {
    switch self {
    case .text(let element): element.write(to: &text)
    case .image(let file, let area, let isSmooth, let opacity):
      SVGInsertion.write(file, area, style: isSmooth ? "" : "image-rendering:pixelated", opacity, to: &text)
    case .mask(let file, let number, let area, let color, let opacity):
      text.append("<mask id=\"\(id)-m\(number)\">\n")
      SVGInsertion.write(file, area, style: "", 100, to: &text)
      text.append("</mask>\n<path d=\"")
      text.append("M")
      text.append(points: area.x)
      text.append(" ")
      text.append(points: area.y)
      text.append("h")
      text.append(points: area.width)
      text.append("v")
      text.append(points: area.height)
      text.append("h")
      text.append(points: -area.width)
      text.append("z\" mask=\"url(#\(id)-m\(number))\" style=\"fill:")
      text.append(color: color)
      if opacity != 100 {
        text.append(";fill-opacity:")
        text.append(units: opacity, decimals: 2)
      }
      text.append("\"/>\n")
    }
  }

  private static func write(
    _ file: [UInt8], _ area: Rectangle, style: String, _ opacity: Int, to text: inout SVGText
  ) {
    text.append("<image")
    for (name, value) in [("x", area.x), ("y", area.y), ("width", area.width), ("height", area.height)] {
      text.append(" \(name)=\"")
      text.append(points: value)
      text.append("\"")
    }
    text.append(" preserveAspectRatio=\"none\"")
    if opacity != 100 {
      text.append(" opacity=\"")
      text.append(units: opacity, decimals: 2)
      text.append("\"")
    }
    if !style.isEmpty {
      text.append(" style=\"")
      text.append(style)
      text.append("\"")
    }
    text.append(" href=\"data:image/png;base64,")
    text.append(base64: file)
    text.append("\"/>\n")
  }
}

/// A line of text as uses of glyphs, in thousandths of the font size.
struct SVGTextElement {
  var color: Color
  /// In hundredths.
  var opacity: Int
  /// The place of the baseline's start, before it is turned.
  var position: Point
  /// Degrees counterclockwise.
  var rotation: Double
  var runs: [Run]

  /// Glyphs of one size.
  struct Run {
    var size: Double
    /// From the place of the text, along the turned axes.
    var offset: Point
    /// Ids of the glyphs with their places in thousandths of the size.
    var glyphs: [(id: String, x: Int)]
  }

  func write(to text: inout SVGText) {
    for run in runs where !run.glyphs.isEmpty {
      text.append("<g transform=\"translate(")
      if rotation == 0 {
        text.append(points: position.x + run.offset.x, position.y + run.offset.y)
      } else {
        text.append(points: position.x, position.y)
        text.append(")rotate(")
        text.append(points: -rotation)
        if run.offset != Point(0, 0) {
          text.append(")translate(")
          text.append(points: run.offset.x, run.offset.y)
        }
      }
      text.append(")scale(")
      text.append(units: SVGText.hundredths(run.size), decimals: 5)
      text.append(")\">")
      for (id, x) in run.glyphs {
        text.append("<use href=\"#")
        text.append(id)
        if x != 0 {
          text.append("\" x=\"")
          text.append(integer: x)
        }
        text.append("\"/>")
      }
      text.append("</g>\n")
    }
  }
}

extension SVGText {
  /// Two numbers with what must stand between them.
  mutating func append(points x: Double, _ y: Double) {
    append(points: x)
    append(" ")
    append(points: y)
  }

  /// Bytes in Base64.
  mutating func append(base64 bytes: [UInt8]) {
    let alphabet: [UInt8] = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var index = 0
    while index < bytes.count {
      let count = min(3, bytes.count - index)
      let first = Int(bytes[index]) << 16
      let value =
        first | (count > 1 ? Int(bytes[index + 1]) << 8 : 0) | (count > 2 ? Int(bytes[index + 2]) : 0)
      for place in 0..<4 {
        append(place <= count ? alphabet[value >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
      index += 3
    }
  }
}
