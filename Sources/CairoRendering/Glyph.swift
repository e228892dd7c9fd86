/// A character as the font of figures draws it.
struct Glyph: Sendable {
  /// The character.
  let scalar: Unicode.Scalar
  /// The number in the font; nil for what draws nothing and for characters that the font lacks.
  let index: UInt?
  /// How far the next glyph is, as a share of the font size.
  let advance: Double
  /// The outline as the text of an SVG path in thousandths of the font size; empty if it draws nothing.
  let path: String

  /// Whether the font lacks the character, so that a box stands for it.
  var isMissing: Bool { index == nil && !path.isEmpty }

  /// The part of an id that names the outline.
  ///
  /// It begins with a capital letter, which no label has.
  var name: String { isMissing ? "Gbox" : "G" + String(scalar.value, radix: 16) }
}

extension Glyph {
  /// How wide the box of a missing character is, as a share of the font size.
  static let boxWidth = 0.6

  /// The left, upper, right and lower edges of the box and of its inside, as shares of the font size.
  static let boxEdges = [(0.06, -0.72, 0.54, 0.0), (0.11, -0.67, 0.49, -0.05)]

  /// A box that stands for a character that the font lacks.
  init(missing scalar: Unicode.Scalar) {
    self.init(
      scalar: scalar, index: nil, advance: Glyph.boxWidth,
      path: "M60 0v-720h480v720zm50-50h380v-620h-380z")
  }
}

/// The advances of the characters that almost all labels are made of.
struct AdvanceTable {
  private var values = [Double](repeating: .nan, count: 128)

  mutating func set(_ advance: Double, of scalar: Unicode.Scalar) {
    if scalar.value < 128 { values[Int(scalar.value)] = advance }
  }

  /// The advance of a text; nil if the table lacks one of its characters.
  func advance(of text: String) -> Double? {
    var sum = 0.0
    for byte in text.utf8 {
      guard byte < 128 else { return nil }
      sum += values[Int(byte)]
    }
    return sum.isNaN ? nil : sum
  }
}
