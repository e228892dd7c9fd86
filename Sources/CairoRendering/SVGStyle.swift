import Plotting

/// The style declarations that Cairo writes, made short: no defaults, numbers rounded, colors as custom properties
/// of the page.
struct SVGStyle {
  /// The declarations, with semicolons between them.
  private(set) var text = SVGText()
  /// The number of what takes the place of the shape.
  private(set) var insertion: Int?

  /// Whether the outline is drawn.
  private(set) var hasStroke = false

  /// Reads declarations as an attribute `style` has them.
  mutating func add(declarations bytes: UnsafeRawBufferPointer) {
    var start = 0
    while start < bytes.count {
      var colon = start
      while colon < bytes.count, bytes[colon] != UInt8(ascii: ":") { colon += 1 }
      var end = min(colon + 1, bytes.count)
      while end < bytes.count, bytes[end] != UInt8(ascii: ";") { end += 1 }
      while start < colon, bytes[start] <= 32 { start += 1 }
      if colon < end { add(bytes[part: start..<colon], bytes[part: (colon + 1)..<end]) }
      start = end + 1
    }
  }

  /// Adds a declaration, unless it says what holds where nothing is said.
  mutating func add(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
    if SVGStyle.isDefault(name, value) { return }
    if name.equals("stroke") { hasStroke = true }
    if value.hasPrefix("rgb(") {
      addColor(name, value)
      return
    }
    begin(name)
    guard let first = value.first, first >= UInt8(ascii: "0"), first <= UInt8(ascii: "9") else {
      text.append(value)
      return
    }
    var reader = NumberReader(value)
    var isFirst = true
    while let number = reader.number() {
      if !isFirst { text.append(UInt8(ascii: ",")) }
      isFirst = false
      text.append(units: number.hundredths, decimals: 2)
    }
  }

  private mutating func addColor(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
    var reader = NumberReader(value[part: 4..<value.count])
    func part() -> Int {
      guard let (hundredths, isPercentage) = reader.number() else { return -1 }
      return isPercentage ? (hundredths * 255 + 5000) / 10000 : (hundredths + 50) / 100
    }
    let (red, green, blue) = (part(), part(), part())
    switch SentinelColors.meaning(red: red, green: green, blue: blue) {
    case .insertion(let number): insertion = number
    case .role(let color):
      begin(name)
      text.append(color: color)
    case nil:
      begin(name)
      text.append(value)
    }
  }

  private mutating func begin(_ name: UnsafeRawBufferPointer) {
    if !text.bytes.isEmpty { text.append(UInt8(ascii: ";")) }
    text.append(name)
    text.append(UInt8(ascii: ":"))
  }

  /// What the outer element says already, or what holds where nothing is said.
  private static func isDefault(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool {
    if name.equals("fill") || name.equals("stroke") { return value.equals("none") }
    if name.equals("fill-rule") { return value.equals("nonzero") }
    if name.equals("fill-opacity") || name.equals("stroke-opacity") || name.equals("stroke-width") {
      return value.equals("1")
    }
    if name.equals("stroke-linecap") { return value.equals("butt") }
    if name.equals("stroke-linejoin") { return value.equals("round") }
    return name.equals("stroke-miterlimit")
  }
}

extension SVGText {
  /// A color as a custom property of the page, with its value on a white page for others.
  mutating func append(color: Color) {
    if case .ramp(let ramp, _) = color, !ramp.isThemed { return append(Palette.light.hex(color)) }
    append("var(")
    append(color.customProperty)
    append(",")
    append(Palette.light.hex(color))
    append(")")
  }
}
