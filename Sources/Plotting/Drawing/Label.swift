/// A label as runs of text.
///
/// Its source understands `_` and `^` with a sign, digits, a letter, a Greek name or braces, and TeX names of
/// Greek letters and a few signs: `\chi^2/N`, `x_1`, `10^{-3}`. An underscore within a word, as in
/// `learning_rate`, stays one.
public struct Label: Codable, Hashable, Sendable {
  /// Text on one height.
  public struct Run: Codable, Hashable, Sendable {
    /// Whether the text is on the baseline, below or above.
    public enum Level: String, Codable, Sendable {
      case base, lower, upper
    }

    /// The text.
    public var text: String
    /// Its height.
    public var level: Level

    /// The font size as a share of the label's.
    public var scale: Double { level == .base ? 1 : 0.72 }
    /// How far its baseline is above the label's, as a share of the label's font size.
    public var rise: Double {
      switch level {
      case .base: 0
      case .lower: -0.2
      case .upper: 0.36
      }
    }
  }

  /// The runs in their order.
  public private(set) var runs: [Run] = []

  /// The label of a source text.
  public init(_ source: String) {
    // Most labels are plain words.
    guard source.utf8.contains(where: { "\\_^$".utf8.contains($0) }) else {
      if !source.isEmpty { runs = [Run(text: source, level: .base)] }
      return
    }
    var reader = LabelReader(source)
    while let (text, level) = reader.next() { append(text, level) }
  }

  private mutating func append(_ text: String, _ level: Run.Level) {
    if let last = runs.last, last.level == level {
      runs[runs.count - 1].text += text
    } else {
      runs.append(Run(text: text, level: level))
    }
  }

  /// The label in one line of plain text: `χ^2/N`.
  public var plain: String {
    runs.map { $0.level == .base ? $0.text : ($0.level == .upper ? "^" : "_") + $0.text }.joined()
  }

  /// The label with braces around sub- and superscripts: `χ^{2}/N`.
  var marked: String {
    runs.map { $0.level == .base ? $0.text : ($0.level == .upper ? "^{" : "_{") + $0.text + "}" }.joined()
  }
}

/// Reads the source of a label piece by piece.
private struct LabelReader {
  private let characters: [Character]
  private var index = 0

  init(_ source: String) {
    // Authors who write TeX may also write its dollar signs.
    let dollars = source.filter { $0 == "$" }.count
    characters = Array(dollars >= 2 ? source.filter { $0 != "$" } : source)
  }

  mutating func next() -> (String, Label.Run.Level)? {
    guard index < characters.count else { return nil }
    let character = characters[index]
    if character == "^" || character == "_", let script = script(after: index) {
      index = script.end
      return (script.text, character == "^" ? .upper : .lower)
    }
    let piece = piece(at: index)
    index = piece.end
    return (piece.text, .base)
  }

  /// A character or a TeX name.
  private func piece(at start: Int) -> (text: String, end: Int) {
    guard characters[start] == "\\", start + 1 < characters.count else {
      return (String(characters[start]), start + 1)
    }
    var end = start + 1
    while end < characters.count, characters[end].isASCII, characters[end].isLetter { end += 1 }
    let name = String(characters[(start + 1)..<end])
    if let symbol = symbols.first(where: { $0.name == name }) { return (symbol.text, end) }
    if name.isEmpty, characters[start + 1] == "," { return ("\u{2009}", start + 2) }
    return (String(characters[start]), start + 1)
  }

  /// What is lowered or raised by the sign at an index, if it is one.
  private func script(after sign: Int) -> (text: String, end: Int)? {
    let start = sign + 1
    guard start < characters.count else { return nil }
    if characters[start] == "{" {
      guard let end = characters[start...].firstIndex(of: "}") else { return nil }
      return (text(from: start + 1, to: end), end + 1)
    }
    if characters[start] == "\\" {
      let piece = piece(at: start)
      return piece.end > start + 1 ? piece : nil
    }
    var end = start
    if "+-\u{2212}".contains(characters[end]) { end += 1 }
    let digits = end
    while end < characters.count, characters[end].isNumber { end += 1 }
    if end == digits, end == start, characters[end].isLetter || characters[end] == "*" { end += 1 }
    guard end > digits else { return nil }
    // The middle of a word is a name of code, not a script.
    if characters[sign] == "_", end < characters.count, characters[end].isLetter || characters[end] == "_" {
      return nil
    }
    return (text(from: start, to: end), end)
  }

  private func text(from start: Int, to end: Int) -> String {
    var text = ""
    var index = start
    while index < end {
      let piece = piece(at: index)
      text += piece.text == "-" ? "\u{2212}" : piece.text
      index = piece.end
    }
    return text
  }
}

/// The TeX names that labels understand.
private let symbols: [(name: String, text: String)] = [
  ("alpha", "α"), ("beta", "β"), ("gamma", "γ"), ("delta", "δ"), ("epsilon", "ε"), ("varepsilon", "ε"),
  ("zeta", "ζ"), ("eta", "η"), ("theta", "θ"), ("iota", "ι"), ("kappa", "κ"), ("lambda", "λ"), ("mu", "μ"),
  ("nu", "ν"), ("xi", "ξ"), ("pi", "π"), ("rho", "ρ"), ("sigma", "σ"), ("tau", "τ"), ("upsilon", "υ"),
  ("phi", "φ"), ("varphi", "φ"), ("chi", "χ"), ("psi", "ψ"), ("omega", "ω"), ("Gamma", "Γ"), ("Delta", "Δ"),
  ("Theta", "Θ"), ("Lambda", "Λ"), ("Xi", "Ξ"), ("Pi", "Π"), ("Sigma", "Σ"), ("Phi", "Φ"), ("Psi", "Ψ"),
  ("Omega", "Ω"), ("times", "×"), ("cdot", "·"), ("pm", "±"), ("infty", "∞"), ("ell", "ℓ"), ("partial", "∂"),
  ("nabla", "∇"), ("le", "≤"), ("ge", "≥"), ("approx", "≈"), ("to", "→"), ("degree", "°"),
]
