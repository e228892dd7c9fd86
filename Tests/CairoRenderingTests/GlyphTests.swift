import CairoRendering
import Plotting
import Testing

@Suite("Letters of figures")
struct GlyphTests {
  @Test("A character that the font lacks is a box of fixed width, and named once")
  func missing() throws {
    let measurer = try CairoTextMeasurer()
    for text in ["時", "👍🏽", "👩‍👩‍👧", "\u{10ffff}"] {
      #expect((measurer.width(of: text, size: 10) - 6).magnitude < 1e-9, "\(text)")
      #expect(
        try svg(of: text).contains("<path id=\"f-Gbox\" d=\"M60 0v-720h480v720zm50-50h380v-620h-380z\"/>"))
    }
    #expect(try missingCharacters(in: "時 χ 時間 👍🏽a") == ["時", "間", "👍🏽"])
    #expect(try missingCharacters(in: "naïve e\u{301} \u{7}\t\n שלום العربية x\u{200d}y\u{fe0f}").isEmpty)
  }

  @Test("Characters without extent take none, control characters that of a space")
  func invisible() throws {
    let measurer = try CairoTextMeasurer()
    let width = measurer.width(of: "ab", size: 10)
    for text in ["a\u{200d}b", "a\u{200b}b", "a\u{fe0f}b", "a\u{20d0}b", "\u{feff}ab", "\u{202e}ab"] {
      #expect((measurer.width(of: text, size: 10) - width).magnitude < 1e-9)
    }
    for text in ["a\tb", "a\nb", "a\u{0}b", "a\u{7f}b", "a\u{2028}b", "a\r\nb"] {
      let spaces = text.unicodeScalars.count == 4 ? "a  b" : "a b"
      #expect((measurer.width(of: text, size: 10) - measurer.width(of: spaces, size: 10)).magnitude < 1e-9)
    }
    #expect(measurer.width(of: "e\u{301}", size: 10) == measurer.width(of: "é", size: 10))
  }

  @Test("Letters that are read from the right stand in their order, numbers in theirs")
  func fromRight() throws {
    #expect(try glyphs(of: "אב") == ["G5d1", "G5d0"])
    #expect(try glyphs(of: "a אב b") == ["G61", "G5d1", "G5d0", "G62"])
    #expect(try glyphs(of: "אב 12 ג") == ["G5d2", "G31", "G32", "G5d1", "G5d0"])
    #expect(try glyphs(of: "א (1)") == ["G5d0", "G28", "G31", "G29"])
  }

  @Test("Sizes share the outlines of letters, and figures those of a sheet")
  func sheet() throws {
    let renderer = try SVGRenderer()
    var sheet = GlyphSheet()
    #expect(sheet.svg.isEmpty)
    let first = renderer.render(
      drawing("loss", sizes: [9, 12]), id: "f", title: "t", description: "d", sharing: &sheet)
    #expect(!first.contains("<defs>") && first.contains("<use href=\"#G6c\"/>"))
    let one = sheet
    _ = renderer.render(drawing("sol", sizes: [7]), id: "g", title: "t", description: "d", sharing: &sheet)
    #expect(sheet == one && one.svg.matches(of: /<path id=/).count == 3)
    let own = renderer.render(drawing("loss", sizes: [9, 12]), id: "f", title: "t", description: "d")
    #expect(own.matches(of: /<path id=/).count == 3)
  }

  @Test("Texts of no size, far away or without glyphs are no trap")
  func odd() throws {
    let renderer = try SVGRenderer()
    for text in ["", " ", "\u{200d}", "\n"] {
      #expect(
        !renderer.render(drawing(text, sizes: [0, 9]), id: "f", title: "", description: "").contains("<use"))
    }
    #expect(!renderer.render(drawing("a", sizes: [0]), id: "f", title: "", description: "").contains("<use"))
    let odd = Drawing(width: 0, height: 0)
    #expect(renderer.render(odd, id: "f", title: "\u{1}<", description: "").contains("> &lt;</title>"))
  }

  private func drawing(_ text: String, sizes: [Double] = [10]) -> Drawing {
    var drawing = Drawing(width: 100, height: 50)
    drawing.layers = [
      .init(
        shapes: sizes.map {
          DrawnShape(.text(DrawnText(Label(text), at: Point(50, 20), anchor: .middle, size: $0)))
        })
    ]
    return drawing
  }

  private func svg(of text: String) throws -> String {
    try SVGRenderer().render(drawing(text), id: "f", title: "t", description: "d")
  }

  private func missingCharacters(in text: String) throws -> [Character] {
    try SVGRenderer().missingCharacters(in: drawing(text))
  }

  /// The names of the glyphs from the left.
  private func glyphs(of text: String) throws -> [String] {
    try svg(of: text).matches(of: /<use href="#f-([^"]*)"/).map { String($0.1) }
  }
}
