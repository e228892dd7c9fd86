/// The text of a path, made short: relative coordinates in hundredths of a point, repeated letters left out.
///
/// Steps are differences of rounded places, so that rounding does not add up.
struct SVGPath {
  private var result = ""
  private var previous: Character = " "
  private var x = 0
  private var y = 0
  private var startX = 0
  private var startY = 0

  /// The path that Cairo wrote, in its absolute commands M, L, C, H, V and Z.
  static func shortened(_ path: String) -> String {
    var writer = SVGPath()
    let words = path.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "," })
    var index = words.startIndex
    var pendingMove: (Int, Int)?
    func number(_ offset: Int) -> Int {
      guard index + offset < words.count, let value = Double(words[index + offset]), value.magnitude < 1e9
      else {
        return 0
      }
      return Int((value * 100).rounded())
    }
    while index < words.count {
      let command = words[index]
      index += 1
      // A move that nothing follows draws nothing: Cairo ends every closed path with one.
      if command != "M", let move = pendingMove {
        writer.move(to: move)
        pendingMove = nil
      }
      switch command {
      case "M":
        pendingMove = (number(0), number(1))
        index += 2
      case "L":
        writer.line(to: (number(0), number(1)))
        index += 2
      case "H":
        writer.line(to: (number(0), writer.y))
        index += 1
      case "V":
        writer.line(to: (writer.x, number(0)))
        index += 1
      case "C":
        writer.curve([number(0), number(1), number(2), number(3), number(4), number(5)])
        index += 6
      case "Z", "z": writer.close()
      default: break
      }
    }
    return writer.result
  }

  private mutating func move(to place: (Int, Int)) {
    emit(result.isEmpty ? "M" : "m", result.isEmpty ? [place.0, place.1] : [place.0 - x, place.1 - y])
    (x, y) = place
    (startX, startY) = place
  }

  private mutating func line(to place: (Int, Int)) {
    let dx = place.0 - x
    let dy = place.1 - y
    if dy == 0 { emit("h", [dx]) } else if dx == 0 { emit("v", [dy]) } else { emit("l", [dx, dy]) }
    (x, y) = place
  }

  private mutating func curve(_ values: [Int]) {
    emit("c", values.indices.map { values[$0] - ($0 % 2 == 0 ? x : y) })
    x = values[4]
    y = values[5]
  }

  private mutating func close() {
    emit("z", [])
    (x, y) = (startX, startY)
  }

  private mutating func emit(_ command: Character, _ values: [Int]) {
    // Places after a relative move are read as lines, those after an absolute one too, but as absolute ones.
    let isImplied =
      command == previous && command != "m" && command != "z" || command == "l" && previous == "m"
    if !isImplied { result.append(command) }
    previous = command
    for (index, value) in values.enumerated() {
      let needsSpace = value >= 0 && (index > 0 || isImplied)
      result += (needsSpace ? " " : "") + SVGPath.text(value)
    }
  }

  /// Hundredths as a decimal without a leading zero.
  private static func text(_ hundredths: Int) -> String {
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    var text = hundredths < 0 ? "-" : ""
    if whole > 0 || rest == 0 { text += "\(whole)" }
    if rest > 0 { text += rest % 10 == 0 ? ".\(rest / 10)" : ".\(rest < 10 ? "0" : "")\(rest)" }
    return text
  }
}
