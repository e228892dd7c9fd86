/// A path, made short: relative coordinates in whole units, repeated letters left out.
///
/// Steps are differences of rounded places, so that rounding does not add up.
struct SVGPath {
  private var text: SVGText
  private let decimals: Int
  private var isEmpty = true
  private var previous: UInt8 = 32
  private(set) var x = 0
  private(set) var y = 0
  private var startX = 0
  private var startY = 0
  /// A move that nothing follows draws nothing: Cairo ends every closed path with one.
  private var pendingMove: (x: Int, y: Int)?

  /// A path whose units have so many decimals, written at the end of a text.
  init(onto text: SVGText = SVGText(), decimals: Int) {
    self.text = text
    self.decimals = decimals
  }

  /// The text with the path.
  var written: SVGText { text }

  mutating func move(to x: Int, _ y: Int) { pendingMove = (x, y) }

  mutating func line(to x: Int, _ y: Int) {
    movePending()
    let (dx, dy) = (x - self.x, y - self.y)
    if dy == 0 {
      emit(UInt8(ascii: "h"), dx)
    } else if dx == 0 {
      emit(UInt8(ascii: "v"), dy)
    } else {
      emit(UInt8(ascii: "l"), dx, dy)
    }
    (self.x, self.y) = (x, y)
  }

  mutating func curve(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, to x: Int, _ y: Int) {
    movePending()
    emit(UInt8(ascii: "c"), x1 - self.x, y1 - self.y)
    number(x2 - self.x, isFirst: false)
    number(y2 - self.y, isFirst: false)
    number(x - self.x, isFirst: false)
    number(y - self.y, isFirst: false)
    (self.x, self.y) = (x, y)
  }

  /// A curve of second degree.
  mutating func curve(_ x1: Int, _ y1: Int, to x: Int, _ y: Int) {
    movePending()
    emit(UInt8(ascii: "q"), x1 - self.x, y1 - self.y)
    number(x - self.x, isFirst: false)
    number(y - self.y, isFirst: false)
    (self.x, self.y) = (x, y)
  }

  /// A curve of second degree that goes on without a corner.
  mutating func smoothCurve(to x: Int, _ y: Int) {
    movePending()
    emit(UInt8(ascii: "t"), x - self.x, y - self.y)
    (self.x, self.y) = (x, y)
  }

  mutating func close() {
    movePending()
    text.append(UInt8(ascii: "z"))
    previous = UInt8(ascii: "z")
    (x, y) = (startX, startY)
  }

  private mutating func movePending() {
    guard let move = pendingMove else { return }
    pendingMove = nil
    if isEmpty {
      emit(UInt8(ascii: "M"), move.x, move.y)
    } else {
      emit(UInt8(ascii: "m"), move.x - x, move.y - y)
    }
    isEmpty = false
    (x, y) = move
    (startX, startY) = move
  }

  private mutating func emit(_ command: UInt8, _ first: Int, _ second: Int? = nil) {
    // Places after a relative move are read as lines, those after an absolute one too, but as absolute ones.
    let isImplied =
      command == previous && command != UInt8(ascii: "m")
      || command == UInt8(ascii: "l") && previous == UInt8(ascii: "m")
    if !isImplied { text.append(command) }
    previous = command
    number(first, isFirst: !isImplied)
    if let second { number(second, isFirst: false) }
  }

  private mutating func number(_ value: Int, isFirst: Bool) {
    if value >= 0, !isFirst { text.append(UInt8(ascii: " ")) }
    text.append(units: value, decimals: decimals)
  }
}

extension SVGPath {
  /// Appends the path that Cairo wrote, in its absolute commands M, L, C, H, V and Z, in hundredths.
  static func append(_ path: UnsafeRawBufferPointer, to text: inout SVGText) {
    var writer = SVGPath(onto: text, decimals: 2)
    // One owner of the bytes, so that they are not copied.
    text = SVGText()
    var reader = NumberReader(path)
    while let command = reader.letter() {
      switch command {
      case UInt8(ascii: "M"): writer.move(to: reader.hundredths(), reader.hundredths())
      case UInt8(ascii: "L"): writer.line(to: reader.hundredths(), reader.hundredths())
      case UInt8(ascii: "H"): writer.line(to: reader.hundredths(), writer.y)
      case UInt8(ascii: "V"): writer.line(to: writer.x, reader.hundredths())
      case UInt8(ascii: "C"):
        let (x1, y1) = (reader.hundredths(), reader.hundredths())
        let (x2, y2) = (reader.hundredths(), reader.hundredths())
        writer.curve(x1, y1, x2, y2, to: reader.hundredths(), reader.hundredths())
      case UInt8(ascii: "Z"), UInt8(ascii: "z"): writer.close()
      default: break
      }
    }
    text = writer.written
  }
}

extension SVGPath {
  /// Whether a path that Cairo wrote is one rectangle with upright sides.
  static func isUpright(_ path: UnsafeRawBufferPointer) -> Bool {
    guard path.count < 128 else { return false }
    var reader = NumberReader(path)
    var places: [(x: Int, y: Int)] = []
    for expected in "MLLLZ".utf8 {
      guard reader.letter() == expected else { return false }
      if expected != UInt8(ascii: "Z") { places.append((reader.hundredths(), reader.hundredths())) }
    }
    // Cairo ends with a move that draws nothing.
    _ = reader.letter()
    return reader.letter() == nil && places[0].y == places[1].y && places[1].x == places[2].x
      && places[2].y == places[3].y && places[3].x == places[0].x
  }
}

/// Reads the letters and decimals that Cairo writes.
struct NumberReader {
  private let bytes: UnsafeRawBufferPointer
  private var index = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The next letter; nil at the end.
  mutating func letter() -> UInt8? {
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte | 32 >= UInt8(ascii: "a"), byte | 32 <= UInt8(ascii: "z") { return byte }
    }
    return nil
  }

  /// The next decimal in hundredths, halves rounded away from zero; 0 where there is none.
  mutating func hundredths() -> Int { number()?.hundredths ?? 0 }

  /// The next decimal in hundredths, and whether a percent sign follows; nil where there is none.
  mutating func number() -> (hundredths: Int, isPercentage: Bool)? {
    while index < bytes.count, bytes[index] == 32 || bytes[index] == 10 || bytes[index] == UInt8(ascii: ",") {
      index += 1
    }
    let start = index
    let isNegative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    var value = 0
    while let digit = digit(), value < 1_000_000_000_000 { value = value * 10 + digit }
    value *= 100
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      if let digit = digit() { value += digit * 10 }
      if let digit = digit() { value += digit }
      if let digit = digit(), digit >= 5 { value += 1 }
      while digit() != nil {}
    }
    guard index > start else { return nil }
    let isPercentage = index < bytes.count && bytes[index] == UInt8(ascii: "%")
    if isPercentage { index += 1 }
    return (isNegative ? -value : value, isPercentage)
  }

  private mutating func digit() -> Int? {
    guard index < bytes.count, case let value = Int(bytes[index]) - 48, value >= 0, value < 10 else {
      return nil
    }
    index += 1
    return value
  }
}
