/// Breaks the texts of diagrams into lines of nearly equal width.
struct DiagramText {
  let setter: Typesetter
  /// What a word may take before it is broken.
  private static let mostWordWidth = 180.0

  /// Lines of a text no wider than asked, unless a word is; there are no more of them than needed.
  func lines(_ source: String, size: Double, within width: Double) -> Typesetter.Lines {
    let text = source.split(whereSeparator: \.isWhitespace).flatMap { pieces(of: String($0), size) }
      .joined(separator: " ")
    let words = text.split(separator: " ").map { self.width(String($0), size) }
    let available = max(width, words.max() ?? 0) + 0.01
    let lines = setter.lines(text, size: size, within: available)
    guard lines.labels.count > 1 else { return lines }
    var balanced = max((words.max() ?? 0) + 0.01, self.width(text, size) / Double(lines.labels.count))
    while balanced < available {
      let candidate = setter.lines(text, size: size, within: balanced)
      if candidate.labels.count <= lines.labels.count { return candidate }
      balanced *= 1.05
    }
    return lines
  }

  private func width(_ text: String, _ size: Double) -> Double { setter.width(of: Label(text), size: size) }

  /// A word, broken where it is too long; formulas are left whole.
  private func pieces(of word: String, _ size: Double) -> [String] {
    guard width(word, size) > Self.mostWordWidth, !word.contains(where: { "\\$^_".contains($0) }) else {
      return [word]
    }
    var pieces: [String] = [""]
    for character in word {
      if width(pieces[pieces.count - 1] + String(character), size) > Self.mostWordWidth { pieces.append("") }
      pieces[pieces.count - 1].append(character)
    }
    return pieces
  }
}
