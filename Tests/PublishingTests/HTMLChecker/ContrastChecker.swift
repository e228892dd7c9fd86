/// Reads the custom properties of a style sheet and compares texts with their grounds.
struct ContrastChecker {
  /// The custom properties of a scheme with their places.
  typealias Scheme = [String: (value: String, offset: Int)]

  let css: [UInt8]

  /// The grounds, and the texts that stand on them; a dash at the end stands for any name.
  static let pairs: [(ground: String, texts: [String])] = [
    ("--paper", ["--ink", "--quiet", "--link", "--error", "--warning", "--good", "--hl-"]),
    ("--box", ["--ink", "--quiet", "--link", "--hl-"]),
    ("--error-box", ["--error"]),
    ("--warning-box", ["--warning"]),
  ]

  /// Texts that contrast too little with their grounds.
  func violations() -> [HTMLChecker.Violation] {
    var problems = Problems()
    let text = withoutComments()
    var light: Scheme = [:]
    var dark: Scheme = [:]
    for (prelude, block) in blocks(of: text, 0..<text.count) {
      if isRoot(prelude) {
        read(text, block, into: &light)
      } else if prelude.hasPrefix("@media"), prelude.contains("prefers-color-scheme") {
        let isDark = prelude.contains("dark")
        for (inner, innerBlock) in blocks(of: text, block) where isRoot(inner) {
          if isDark { read(text, innerBlock, into: &dark) } else { read(text, innerBlock, into: &light) }
        }
      }
    }
    check(light, name: "light", &problems)
    if !dark.isEmpty { check(light.merging(dark) { $1 }, name: "dark", &problems) }
    return problems.violations(in: css)
  }

  func isRoot(_ prelude: String) -> Bool {
    prelude.split(separator: ",").contains { [":root", "html"].contains(String($0).trimmed) }
  }

  func withoutComments() -> [UInt8] {
    var text = css
    var place = 0
    while place + 1 < text.count {
      guard text[place] == .slash, text[place + 1] == UInt8(ascii: "*") else {
        place += 1
        continue
      }
      let start = place
      place += 2
      while place + 1 < text.count, text[place] != UInt8(ascii: "*") || text[place + 1] != .slash {
        place += 1
      }
      place = min(place + 2, text.count)
      for index in start..<place where text[index] != .newline { text[index] = 32 }
    }
    return text
  }

  /// The blocks of a piece of a style sheet with what stands before them.
  func blocks(of text: [UInt8], _ range: Range<Int>) -> [(prelude: String, block: Range<Int>)] {
    var result: [(prelude: String, block: Range<Int>)] = []
    var (start, depth, opening) = (range.lowerBound, 0, 0)
    for place in range {
      switch text[place] {
      case UInt8(ascii: "{"):
        if depth == 0 { opening = place }
        depth += 1
      case UInt8(ascii: "}"):
        depth = max(depth - 1, 0)
        guard depth == 0 else { continue }
        if opening >= start {
          let prelude = String(decoding: text[start..<opening], as: UTF8.self).lowercased().trimmed
          result.append((prelude, opening + 1..<place))
        }
        start = place + 1
      case UInt8(ascii: ";") where depth == 0: start = place + 1
      default: break
      }
    }
    return result
  }

  func read(_ text: [UInt8], _ range: Range<Int>, into scheme: inout Scheme) {
    for piece in text[range].split(separator: UInt8(ascii: ";")) {
      guard let colon = piece.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let name = String(decoding: piece[..<colon], as: UTF8.self).trimmed
      guard name.hasPrefix("--") else { continue }
      let value = String(decoding: piece[(colon + 1)...], as: UTF8.self).trimmed
      let offset = piece.firstIndex { !$0.isBlank } ?? piece.startIndex
      scheme[name] = (value, offset)
    }
  }

  func check(_ scheme: Scheme, name: String, _ problems: inout Problems) {
    for (ground, texts) in Self.pairs {
      guard let under = scheme[ground] else { continue }
      guard let underColor = color(under.value, scheme) else {
        problems.add("contrast", at: under.offset, "\(ground) is no color (\(name)): \(under.value)")
        continue
      }
      let names = texts.flatMap { text in
        text.hasSuffix("-") ? scheme.keys.filter { $0.hasPrefix(text) }.sorted() : [text]
      }
      for text in names {
        guard let over = scheme[text] else { continue }
        guard let overColor = color(over.value, scheme) else {
          problems.add("contrast", at: over.offset, "\(text) is no color (\(name)): \(over.value)")
          continue
        }
        let contrast = Self.contrast(overColor, underColor)
        if contrast < 4.5 {
          let rounded = (contrast * 100).rounded(.down) / 100
          problems.add(
            "contrast", at: over.offset, "\(text) on \(ground) has a contrast of \(rounded) (\(name))")
        }
      }
    }
  }

  /// The parts of a color from 0 to 1.
  func color(_ text: String, _ scheme: Scheme, depth: Int = 0) -> [Double]? {
    let text = text.lowercased()
    if text == "white" { return [1, 1, 1] }
    if text == "black" { return [0, 0, 0] }
    if text.hasPrefix("var("), text.hasSuffix(")"), depth < 5 {
      let name = text.dropFirst(4).dropLast().split(separator: ",").first.map { String($0).trimmed } ?? ""
      return scheme[name].flatMap { color($0.value, scheme, depth: depth + 1) }
    }
    if text.hasPrefix("rgb("), text.hasSuffix(")") {
      let parts = text.dropFirst(4).dropLast().split { $0 == "," || $0 == " " }.compactMap { Double($0) }
      return parts.count == 3 ? parts.map { $0 / 255 } : nil
    }
    guard text.hasPrefix("#") else { return nil }
    let digits = text.dropFirst().compactMap(\.hexDigitValue).map(Double.init)
    guard digits.count == text.utf8.count - 1 else { return nil }
    switch digits.count {
    case 3: return digits.map { $0 * 17 / 255 }
    case 6: return [0, 2, 4].map { (digits[$0] * 16 + digits[$0 + 1]) / 255 }
    default: return nil
    }
  }

  /// The contrast of two colors as WCAG defines it.
  static func contrast(_ first: [Double], _ second: [Double]) -> Double {
    let (one, other) = (luminance(first), luminance(second))
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }

  static func luminance(_ color: [Double]) -> Double {
    let linear = color.map { $0 <= 0.04045 ? $0 / 12.92 : power(($0 + 0.055) / 1.055) }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  /// A number from 0 to 1 to the power of 2.4: its square by the fifth root of its square.
  static func power(_ base: Double) -> Double {
    let square = base * base
    var root = 1.0
    for _ in 0..<60 { root -= (root - square / (root * root * root * root)) / 5 }
    return square * root
  }
}
