import Documents
import Foundation
import Publishing
import Testing

@Suite("Code")
struct HighlighterTests {
  /// Colored code with its spans in a short form: `<keyword let>`.
  private func colored(_ code: String, _ language: String) -> String {
    CodeHighlighter.html(code, language: language)
      .replacing("<span class=\"hl-", with: "‹").replacing("\">", with: " ").replacing("</span>", with: "›")
  }

  @Test(
    "Swift",
    arguments: [
      ("let x = 1.5e-3 // π", "‹keyword let› x = ‹number 1.5e-3› ‹comment // π›"),
      ("f(0...9)", "‹function f›(‹number 0›...‹number 9›)"),
      ("Dense(20, activation: .tanh)", "‹type Dense›(‹number 20›, activation: .tanh)"),
      ("x.default(a)", "x.‹function default›(a)"),
      ("\"a \\(b[\"c\"]) d\" + e", "‹string &quot;a \\(b[&quot;c&quot;]) d&quot;› + e"),
      ("#\"raw \\ \" \"# x", "‹string #&quot;raw \\ &quot; &quot;#› x"),
      ("\"\"\"\na \"b\"\n\"\"\" x", "‹string &quot;&quot;&quot;\na &quot;b&quot;\n&quot;&quot;&quot;› x"),
      ("/* a /* b */ c */ @main #if x", "‹comment /* a /* b */ c */› ‹attribute @main› ‹attribute #if› x"),
      ("\"open", "‹string &quot;open›"),
      ("a < b && c", "a &lt; b &amp;&amp; c"),
    ])
  func swift(code: String, html: String) { #expect(colored(code, "swift") == html) }

  @Test(
    "Recipes",
    arguments: [
      ("epochs: 300 # more", "‹key epochs›: ‹number 300› ‹comment # more›"),
      ("- dense(!int [4, -1], tanh)", "- ‹function dense›(‹tag !int› [‹number 4›, ‹number -1›], tanh)"),
      ("\"a b\": 'c'", "‹key &quot;a b&quot;›: ‹string &#39;c&#39;›"),
      ("shuffle: true", "‹key shuffle›: ‹keyword true›"),
      ("two-moons: 1e-4", "‹key two-moons›: ‹number 1e-4›"),
    ])
  func recipes(code: String, html: String) { #expect(colored(code, "yaml") == html) }

  @Test("Other languages are colored by highlight.js, unknown ones are not")
  func others() {
    #expect(colored("return 1", "python") == "‹keyword return› ‹number 1›")
    #expect(colored("a < b", "klingon") == "a &lt; b")
  }
}

@Suite("Formulas")
struct MathTypesetterTests {
  @Test("A formula becomes HTML and MathML, the same twice")
  func formula() throws {
    let formula = Formula(tex: "\\frac{a}{b}", isDisplay: true)
    let first = try #require(try MathTypesetter().typeset([formula, formula]).first?.get())
    #expect(first.hasPrefix("<span class=\"katex-display\">"))
    #expect(first.contains("<mfrac><mi>a</mi><mi>b</mi></mfrac>"))
    #expect(try MathTypesetter().typeset([formula]).first?.get() == first)
  }

  @Test("Macros hold for their document only")
  func macros() throws {
    let formula = Formula(tex: "\\risk", isDisplay: false)
    let macro = FrontMatter.MathMacro(name: "\\risk", body: "\\frac{1}{2}")
    #expect(try MathTypesetter().typeset([formula], macros: [macro]).first?.get().contains("<mfrac>") == true)
    #expect(throws: PublishingError.self) { try MathTypesetter().typeset([formula]).first?.get() }
  }

  @Test(
    "Matrices of every kind are typeset", arguments: ["matrix", "pmatrix", "bmatrix", "vmatrix", "Vmatrix"])
  func matrices(name: String) throws {
    let formula = Formula(tex: "\\begin{\(name)} a & b \\\\ c & d \\end{\(name)}", isDisplay: true)
    #expect(try MathTypesetter().typeset([formula]).first?.get().contains("<mtable") == true)
  }

  @Test("A recursive macro ends with an error, and deep nesting does not crash")
  func limits() throws {
    let endless = Formula(tex: "\\def\\a{\\a\\a}\\a", isDisplay: false)
    #expect(throws: PublishingError.self) { try MathTypesetter().typeset([endless]).first?.get() }
    let deep = Formula(
      tex: String(repeating: "{", count: 300) + "x" + String(repeating: "}", count: 300), isDisplay: false)
    _ = try MathTypesetter().typeset([deep])
    #expect(try MathTypesetter().typeset([Formula(tex: "x", isDisplay: false)]).first?.get().isEmpty == false)
  }

  @Test("Only fonts that formulas use are embedded")
  func fonts() throws {
    func faces(_ tex: String) throws -> [String] {
      let html = try MathTypesetter().typeset([Formula(tex: tex, isDisplay: false)]).compactMap {
        try? $0.get()
      }
      return try MathStyle.css(for: html).components(separatedBy: "@font-face{font-family:").dropFirst().map {
        part in
        String(part.prefix { $0 != ";" })
      }
    }
    #expect(try faces("1 + 2") == ["KaTeX_Main"])
    #expect(try faces("x") == ["KaTeX_Main", "KaTeX_Math"])
    #expect(try faces("\\mathbb{R}\\mathcal{L}") == ["KaTeX_AMS", "KaTeX_Caligraphic", "KaTeX_Main"])
  }
}
