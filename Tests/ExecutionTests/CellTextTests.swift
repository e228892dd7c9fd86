import Execution
import Testing

@Suite("What a cell printed")
struct CellTextTests {
  @Test("What the runtime adds when it stops is not the author's output")
  func trap() {
    let text = CellText(
      "before\nCells/a.md:7: Fatal error: Index out of range\n\nStack dump:\n0. Program arguments: …\n")
    #expect(text.output == "before")
    #expect(text.fatalError == "Index out of range")
  }

  @Test("Messages of preconditions and assertions are kept whole")
  func precondition() {
    #expect(CellText("a.md:3: Precondition failed: odd\n").fatalError == "Precondition failed: odd")
    #expect(CellText("a.md:3: Assertion failed\n").fatalError == "Assertion failed")
    #expect(CellText("a.md:3: Fatal error\n").fatalError == "")
  }

  @Test("Of very much output a page shows the beginning")
  func shown() {
    let lines = (0..<50_000).map { "line \($0)" }.joined(separator: "\n") + "\n"
    let shown = CellText(lines).shown
    #expect(shown.utf8.count < 100_100)
    #expect(shown.hasSuffix("line 10099\n… and 39900 more lines"))
    #expect(CellText("short\n").shown == "short\n")
  }

  @Test("Ordinary output stays as it is")
  func ordinary() {
    let text = CellText("one\n\n  two\n")
    #expect(text.output == "one\n\n  two\n")
    #expect(text.fatalError == nil)
    #expect(CellText("").output == "")
  }
}
