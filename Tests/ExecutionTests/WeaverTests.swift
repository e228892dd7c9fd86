import Components
import Documents
import Execution
import Testing

@Suite("Weaving cells into one program")
struct WeaverTests {
  /// The program of a document without what every program begins with.
  private static func program(
    _ text: String, parameters: [(name: String, value: RecordedValue)] = []
  ) -> WovenProgram {
    let document = DocumentReader.read(text: text, file: "a.md")
    let cells = document.cells.map { (line: $0.position.line, part: Weaver.Part.cell($0)) }
    let values = document.inlineValues.compactMap { value -> (line: Int, part: Weaver.Part)? in
      guard case .swift(let expression, _) = value.content else { return nil }
      return (value.position.line, .inline(value, expression: expression))
    }
    let parts = (cells + values).sorted { $0.line < $1.line }.map(\.part)
    var program = Weaver.program(parts, file: "notes/a.md", parameters: parameters)
    program.text = String(program.text.dropFirst(Weaver.prelude.count))
      .replacing(String(repeating: " ", count: WovenProgram.firstGeneratedColumn - 1), with: "→")
    return program
  }

  @Test("Each cell opens a scope for those below it; the last expression is shown")
  func scopes() {
    let program = Self.program("```{swift}\nlet x = 1\n```\n\n```{swift}\nlet x = x + 1\n  x * 2\n```\n")
    #expect(
      program.text == """
        do {
        do {
        CellProgram.begin(0)
        CellProgram.at(2)
        #sourceLocation(file: "notes/a.md", line: 2)
        let x = 1
        #sourceLocation()
        CellProgram.end(0)
        do {
        CellProgram.begin(1)
        CellProgram.at(6)
        #sourceLocation(file: "notes/a.md", line: 6)
        let x = x + 1
        #sourceLocation()
        CellProgram.at(7)
        #sourceLocation(file: "notes/a.md", line: 6)
        →CellProgram.showLast(
          x * 2
        →)
        #sourceLocation()
        CellProgram.end(1)
        }
        }
        } catch { CellProgram.fail(error) }

        """)
    #expect(program.problems == [])
    #expect(
      program.regions == [
        .init(lines: 2...2, column: 1, isVariable: true), .init(lines: 6...6, column: 1, isVariable: true),
        .init(lines: 7...7, column: 3),
      ])
  }

  @Test("Types and extensions alone, and imports anywhere, go to file scope")
  func fileScope() {
    let program = Self.program(
      "```{swift}\nstruct A {}\nextension A {}\n```\n\n```{swift}\nimport Foundation\nf()\n```\n")
    #expect(
      program.text == """
        #sourceLocation(file: "notes/a.md", line: 2)
        struct A {}
        #sourceLocation()
        #sourceLocation(file: "notes/a.md", line: 3)
        extension A {}
        #sourceLocation()
        #sourceLocation(file: "notes/a.md", line: 7)
        import Foundation
        #sourceLocation()
        do {
        CellProgram.begin(0)
        CellProgram.end(0)
        do {
        CellProgram.begin(1)
        CellProgram.at(8)
        #sourceLocation(file: "notes/a.md", line: 7)
        →CellProgram.showLast(
        f()
        →)
        #sourceLocation()
        CellProgram.end(1)
        }
        } catch { CellProgram.fail(error) }

        """)
  }

  @Test("An inline expression keeps its line and its column")
  func inline() {
    let program = Self.program("```{swift}\nlet n = 3\n```\n\nThere are `{swift} n * 2` of them.\n")
    #expect(
      program.text.hasSuffix(
        """
        CellProgram.at(5)
        #sourceLocation(file: "notes/a.md", line: 4)
        →CellProgram.inline(0,
                           n * 2
        →)
        #sourceLocation()
        }
        } catch { CellProgram.fail(error) }

        """), "\(program.text)")
    #expect(program.inlineValues.map(\.position.column) == [11])
    #expect(program.regions.last == .init(lines: 5...5, column: 20))
  }

  @Test("Parameters are members of params, in Swift's spelling")
  func parameters() {
    let program = Self.program(
      "```{swift}\n```\n",
      parameters: [("hidden-units", .integer(3)), ("name", .text("a \"b\"")), ("rate", .real(0.5))])
    #expect(
      program.text.hasPrefix(
        """
        struct DocumentParameters {
          let hiddenUnits = 3
          let name = "a \\"b\\""
          let rate = 0.5
        }
        let params = DocumentParameters()
        do {

        """), "\(program.text)")
  }

  @Test("An extension beside statements is a problem at its place")
  func mixed() {
    let program = Self.program("```{swift}\nlet x = 1\n  extension Int {}\n```\n")
    #expect(
      program.problems.map(\.description) == [
        "a.md:3:3: error: an extension cannot stand beside statements (give it a cell of its own)"
      ])
  }

  @Test("What the compiler says is brought to the author's text")
  func compilerOutput() {
    let program = Self.program("```{swift}\nlet x = 1\nf(\n  x)\n```\n")
    func problems(_ text: String) -> [String] {
      CompilerOutput(text, program: program, file: "a.md", name: "notes/a.md").problems.map(\.description)
    }
    #expect(
      problems("notes/a.md:3:1: error: cannot find 'f' in scope\n1 | f(\n  | `- error: cannot find\n")
        == ["a.md:3:1: error: cannot find 'f' in scope"])
    #expect(
      problems("notes/a.md:4:3: warning: odd [#no-usage]\nnotes/a.md:4:3: note: here\n")
        == ["a.md:4:3: warning: odd"])
    #expect(
      problems("notes/a.md:2:5: warning: initialization of immutable value 'x' was never used; consider")
        == [])
    #expect(problems("notes/a.md:2:513: error: ambiguous") == ["a.md:3:1: error: ambiguous"])
    #expect(problems("notes/a.md:5:500: error: ambiguous") == ["a.md:3:1: error: ambiguous"])
    #expect(problems("notes/a.md:2:513: warning: will never be executed") == [])
    #expect(problems("/tmp/cells.swift:90:1: warning: generated") == [])
    #expect(problems("/tmp/cells.swift:90:1: error: generated") == ["a.md:4:1: error: generated"])
    let both = "/tmp/cells.swift:90:1: error: generated\nnotes/a.md:3:1: error: real\n"
    #expect(problems(both + both) == ["a.md:3:1: error: real"])
  }

  @Test("A bracket that nothing closes is named instead of the program's end")
  func bracket() {
    let program = Self.program("```{swift}\nfor i in 1...3 {\n  print(i)\n```\n")
    let output = CompilerOutput(
      "/tmp/cells.swift:90:1: error: expected '}' at end of brace statement\n", program: program,
      file: "a.md",
      name: "notes/a.md")
    #expect(output.problems.map(\.description) == ["a.md:2:16: error: the bracket { is never closed"])
  }

  @Test("Calls that give something else in every run are named with their seeded forms")
  func randomness() {
    func problems(_ source: String) -> [String] {
      let document = DocumentReader.read(text: "```{swift}\n\(source)\n```\n", file: "a.md")
      return document.cells.flatMap(RandomnessCheck.problems).map(\.description)
    }
    let numbers = "(draw from a seeded stream, as in RandomStream(seed: 1, .noise).uniform())"
    let orders = "(use a seeded stream, as in RandomStream(seed: 1, .noise).shuffle(&elements))"
    #expect(
      problems("let x = 1\n  + Double.random(in: 0...1)") == [
        "a.md:3:12: warning: in every run Double.random gives something else, and the report with it \(numbers)"
      ])
    #expect(
      problems("a.shuffled()") == [
        "a.md:2:3: warning: in every run shuffled() gives something else, and the report with it \(orders)"
      ])
    #expect(problems("Date(); UUID()").count == 2)
    #expect(
      problems("Double.random(in: 0...1, using: &g); a.shuffled(using: &g); // Date()\nlet s = \"UUID()\"")
        == [])
    #expect(problems("Date(timeIntervalSince1970: 0); struct Date {}; calendar.Date()") == [])
  }
}
