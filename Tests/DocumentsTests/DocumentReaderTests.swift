import Components
import Documents
import Testing

@Suite("Documents")
struct DocumentReaderTests {
  private func read(_ text: String) -> Document { DocumentReader.read(text: text, file: "a.md") }
  private func problems(_ text: String) -> [String] { read(text).problems.map(\.description) }

  @Test("Fences become cells and listings with their places")
  func fences() throws {
    let document = read(
      """
      Text.

      ```{swift}
      #| label: one
      #| echo: false
      let x = 1
      x
      ```
      ```swift
      shown
      ```
      ````markdown
      ```{python}
      ```
      ````
      ```{plot}
      result: moons
      ```
      """)
    #expect(document.problems.isEmpty)
    let cells = document.cells
    #expect(cells.map(\.label) == ["one", "plot-1"])
    #expect(cells.map(\.isLabeled) == [true, false])
    #expect(cells[0].source == "let x = 1\nx")
    #expect(cells[0].position == SourcePosition(file: "a.md", line: 3, column: 1))
    #expect(cells[0].sourceLine == 6)
    #expect(cells[0].options.echo == false)
    #expect(cells[1].recipe?["result"]?.position == SourcePosition(file: "a.md", line: 17, column: 9))
    let listings = document.blocks.compactMap { block -> Listing? in
      if case .listing(let listing) = block { return listing }
      return nil
    }
    #expect(listings.map(\.language) == ["swift", "markdown"])
    #expect(listings.map(\.code) == ["shown", "```{python}\n```"])
  }

  @Test("Fences in list items lose their indentation, and recipes keep their columns")
  func fencesInLists() {
    let document = read("- item\n\n    ```{experiment}\n    #| label: a\n    data: f(1)\n    ```\n")
    #expect(document.problems.isEmpty)
    #expect(document.cells.first?.source == "data: f(1)")
    #expect(
      document.cells.first?.recipe?["data"]?.position == SourcePosition(file: "a.md", line: 5, column: 11))
    #expect(document.cells.first?.position.column == 5)
    #expect(read("text\n\n    ```{swift}\n    x\n    ```\n").cells.isEmpty)
    #expect(read("<!--\n```{swift}\n```\n-->\n").cells.isEmpty)
  }

  @Test("Problems of fences")
  func fenceProblems() {
    #expect(
      problems("a\n\n```{swift}\nlet x = 1\n")
        == ["a.md:3:1: error: the fence ``` is never closed (close it with ``` on a line of its own)"])
    #expect(
      problems("```{python}\n```\n") == [
        "a.md:1:1: error: cells in python do not run here "
          + "(write it as {swift} or as an {experiment}, or show it with ```python without braces)"
      ])
    #expect(
      problems("```{mermaid}\n```\n")
        == ["a.md:1:1: error: cells in mermaid do not run here (draw it with {diagram})"])
    #expect(
      problems("```{experimnt}\n```\n")
        == ["a.md:1:1: error: unknown kind of cell {experimnt} (did you mean {experiment}?)"])
  }

  @Test("Problems of options name line and column")
  func optionProblems() {
    #expect(
      problems("```{swift}\n#| ecoh: false\n#| eval: 3\n#| fig.width: 4\n#| fig-width: 40\n```\n") == [
        "a.md:2:4: error: unknown cell option \"ecoh\" (did you mean \"echo\"?)",
        "a.md:3:10: error: \"eval\" must be true or false, not the number 3",
        "a.md:4:4: warning: the option \"fig.width\" is written with a dot (write \"fig-width\")",
        "a.md:5:15: error: \"fig-width\" must be from 1 to 20 inches, not the number 40",
      ])
    #expect(
      problems("```{swift}\n#| error: sometimes\n```\n")
        == [
          "a.md:2:11: error: \"error\" must be one of: false, true, expected, not \"sometimes\""
        ])
  }

  @Test("Labels are unique, well formed, and every experiment has one")
  func labels() {
    #expect(
      problems("```{swift}\n#| label: a\n```\n```{swift}\n#| label: a\n```\n```{swift}\n#| label: A b\n```\n")
        == [
          "a.md:5:11: error: the label \"a\" is taken by the cell on line 2",
          "a.md:8:11: error: \"A b\" is not a label (labels are made of a-z, 0-9 and hyphens and begin with a letter)",
        ])
    #expect(
      problems("```{experiment}\ndata: x\n```\n")
        == ["a.md:1:1: error: the experiment has no label (add a line such as #| label: moons)"])
    #expect(
      problems("```{experiment}\n#| label: a\n#| seed: 1\nseed: 2\n```\n")
        == ["a.md:4:1: error: the seed is given both as an option and in the recipe"])
  }

  @Test("Options are typed, and the front matter's defaults hold for all cells")
  func options() throws {
    let document = read(
      """
      ---
      execute: {echo: false, timeout: 9}
      ---
      ```{swift}
      #| label: fig-a
      #| fig-cap: "A: b"
      #| error: expected
      #| code-fold: show
      #| downloads: [pdf, csv]
      #| inputs: data.csv
      #| seed: 18446744073709551615
      ```
      """)
    #expect(document.problems.isEmpty)
    let options = try #require(document.cells.first?.options)
    #expect(options.echo == false && options.timeout == 9)
    #expect(options.figureCaption == "A: b" && options.error == .expected && options.codeFold == .open)
    #expect(options.downloads == [.pdf, .csv] && options.inputs == ["data.csv"])
    #expect(options.seed == .max)
    #expect(options.positions["seed"] == SourcePosition(file: "a.md", line: 11, column: 10))
  }
}
