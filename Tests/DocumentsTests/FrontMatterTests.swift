import Components
import Documents
import Testing

@Suite("Front matter")
struct FrontMatterTests {
  private func problems(_ text: String) -> [String] {
    DocumentReader.read(text: text, file: "a.md").problems.map(\.description)
  }

  @Test("All kinds of keys are typed")
  func keys() {
    let matter = DocumentReader.read(
      text: """
        ---
        title: "Two moons: a start"
        author: [Ada Example, Bob]
        date: 2026-03-01
        toc: true
        seed: 42
        params: {epochs: 300, rate: 0.5, name: x, depth: {default: 2, range: [1, 5]}}
        math-macros: {R: '\\mathbb{R}'}
        ---
        Text.
        """, file: "a.md"
    ).frontMatter
    #expect(matter.title == "Two moons: a start" && matter.authors == ["Ada Example", "Bob"])
    #expect(matter.date == "2026-03-01" && matter.toc && matter.seed == 42)
    #expect(matter.params.map(\.name) == ["epochs", "rate", "name", "depth"])
    #expect(matter.params.map(\.value) == [.integer(300), .real(0.5), .text("x"), .integer(2)])
    #expect(matter.parameter("depth")?.range == 1...5)
    #expect(matter.mathMacros == [FrontMatter.MathMacro(name: "\\R", body: "\\mathbb{R}")])
  }

  @Test("Slips are found at their places")
  func slips() {
    #expect(
      problems("---\ntitel: x\ndate: today\ntoc: 3\nseed: -1\n---\n") == [
        "a.md:2:1: error: unknown key \"titel\" in the front matter (did you mean \"title\"?)",
        "a.md:3:7: error: the date \"today\" changes from day to day, and the report with it "
          + "(write the day, as in 2026-03-01)",
        "a.md:4:6: error: \"toc\" must be true or false, not the number 3",
        "a.md:5:7: error: \"seed\" must be a whole number from 0, not the number -1",
      ])
    #expect(
      problems("---\nexecute: {cache: true}\nformat: revealjs\n---\n") == [
        "a.md:2:11: warning: \"cache\" has no effect: values are cached by their content",
        "a.md:3:9: warning: the format \"revealjs\" is called slides here (write format: slides)",
      ])
    #expect(
      problems("---\nparams: {depth: {default: 9, range: [1, 5]}}\n---\n")
        == ["a.md:2:27: error: the parameter \"depth\" must lie in [1, 5], not at the number 9"])
    #expect(problems("---\ntitle: x\n") == ["a.md:1:1: error: the front matter has no closing ---"])
  }

  @Test("A parameter is overridden by a value of its type")
  func overriding() throws {
    let position = SourcePosition(file: "a.md", line: 1)
    let parameter = DocumentParameter(name: "depth", value: .integer(2), range: 1...5, position: position)
    #expect(try parameter.overridden(by: "3").value == .integer(3))
    #expect(throws: DocumentError.parameterType(name: "depth", expected: "a whole number", found: "\"x\"")) {
      try parameter.overridden(by: "x")
    }
    #expect(throws: DocumentError.parameterRange(name: "depth", range: "[1, 5]", found: "9")) {
      try parameter.overridden(by: "9")
    }
  }
}
