import Components
import Documents
import Execution
import Foundation
import Plotting
import Publishing
import Testing

/// A page of a text whose cells gave what a function says.
func authoredPage(
  _ text: String, file: String = "a.md", format: FrontMatter.Format? = nil,
  context: PageContext = PageContext(),
  outputs: (Cell) -> [CellOutput] = { _ in [] }
) throws -> Page {
  var settings = DocumentReader.Settings()
  settings.format = format
  let document = DocumentReader.read(text: text, file: file, settings: settings)
  let cells = document.cells.map { ExecutedCell(cell: $0, status: .ok, outputs: outputs($0)) }
  let executed = ExecutedDocument(
    document: document, seed: 0, cells: cells, inlineTexts: [:], problems: document.problems)
  let name = document.frontMatter.format == .slides ? "slides" : "lecture"
  return try PageComposer(
    template: PageTemplate.named(name, projectRoot: nil), context: context, figures: SampleDocument.drawing
  ).page(of: executed)
}

/// What stands between `<main>` and its end, or on the slides.
func authoredBody(_ page: Page) -> String {
  let begin = page.html.range(of: "<main")?.lowerBound ?? page.html.startIndex
  let end = page.html.range(of: "</main>")?.lowerBound ?? page.html.endIndex
  return String(page.html[begin..<end])
}

@Suite("What authors write")
struct AuthoringTests {
  private func figure(_ caption: String? = nil) -> CellOutput {
    let plot = Plot(x: .linear("x", limits: nil), y: .linear("y", limits: nil)) {}
    return .figure(
      LabeledFigure(label: nil, figure: .plot(plot), caption: caption, alternativeText: "A line"))
  }

  @Test("Figures of a cell with a caption each have one number and letters")
  func subfigures() throws {
    let page = try authoredPage(
      """
      See @fig-p, @fig-p-a and [-@fig-p-b].

      ```{swift}
      #| label: fig-p
      #| fig-cap: Both
      #| fig-subcap: [The *left*, The right]
      #| layout-ncol: 2
      x
      ```
      """
    ) { _ in [figure(), figure()] }
    #expect(page.problems == [])
    let body = authoredBody(page)
    for part in [
      "href=\"#fig-p\">Figure\u{A0}1</a>", "href=\"#fig-p-a\">Figure\u{A0}1\u{A0}(a)</a>",
      "href=\"#fig-p-b\">1\u{A0}(b)</a>", "<figure class=\"group\" id=\"fig-p\">", "<figure id=\"fig-p-a\"",
      "<span class=\"label\">(a)</span> The <em>left</em>", "<span class=\"label\">Figure 1</span>: Both",
    ] { #expect(body.contains(part), "\(part)") }
  }

  @Test("A division makes figures of images and cells a group, and its last paragraph the caption")
  func groups() throws {
    let page = try authoredPage(
      """
      ::: {#fig-g layout-ncol=2}
      ![Left](https://a.de/x.png){#fig-l fig-alt="one"}

      ![Right](https://a.de/y.png){#fig-r}

      Both *sides*.
      :::

      ![Alone](https://a.de/z.png){#fig-z}

      @fig-l and @fig-z.
      """)
    let body = authoredBody(page)
    #expect(page.problems == [])
    #expect(
      body.contains(
        "</div><figcaption><span class=\"label\">Figure 1</span>: Both <em>sides</em>.</figcaption></figure>")
    )
    #expect(body.contains("alt=\"one\"") && body.contains("<span class=\"label\">(b)</span> Right"))
    #expect(body.contains(">Figure\u{A0}1\u{A0}(a)</a>") && body.contains(">Figure\u{A0}2</a>"))
  }

  @Test("Numbers within sections")
  func chapters() throws {
    let page = try authoredPage(
      "---\ncrossref: {chapters: true}\n---\n# A\n$$x$$ {#eq-x}\n\n# B\n$$y$$ {#eq-y}\n\n$$z$$ {#eq-z}\n\n@eq-x @eq-y @eq-z\n"
    )
    for text in ["Equation\u{A0}(1.1)", "Equation\u{A0}(2.1)", "Equation\u{A0}(2.2)"] {
      #expect(authoredBody(page).contains(text))
    }
  }

  @Test("Notes stand behind the paragraph that calls them")
  func notes() throws {
    let page = try authoredPage(
      "One[^a] two.\n\n- item[^b]\n\n| x[^c] |\n|---|\n| y |\n\nEnd.\n\n[^a]: A *b*.\n[^b]: C $x$.\n[^c]: D.\n"
    )
    let body = authoredBody(page)
    #expect(
      body.contains(
        "two.</p><div class=\"side-note\" role=\"note\" id=\"fn:1\"><span class=\"note-number\">1</span> A <em>b</em>.</div>"
      ))
    #expect(body.contains("id=\"fn:2\"><span class=\"note-number\">2</span> C <span class=\"katex\">"))
    #expect(body.contains(/<\/table><\/div><div class="side-note" role="note" id="fn:3">/))
    #expect(!body.contains("class=\"footnotes\""))
    // A page without a title or a heading has no first heading.
    #expect(HTMLChecker.violations(in: page.html).map(\.rule).filter { $0 != "page-has-heading-one" } == [])
  }

  @Test("The contents hold no links, notes and ids of headings; headings keep off the ids of the page")
  func contents() throws {
    let page = try authoredPage(
      "---\ntoc: true\n---\n# Text [a](https://b.de)[^n] @sec-x [s]{#s} {#sec-x}\n\n# Text\n\n[^n]: x\n")
    let contents = try #require(
      page.html.firstMatch(of: /<nav class="contents"[\s\S]*?<\/nav>/).map { String($0.0) })
    #expect(contents.contains("<a href=\"#sec-x\">Text a "))
    #expect(contents.contains("<a href=\"#text-2\">Text</a>"))
    #expect(HTMLChecker.violations(in: page.html).filter { $0.rule != "multiple-h1" } == [])
  }

  @Test("Marks in code are explained by the list behind it; copies leave them out")
  func annotations() throws {
    let body = authoredBody(
      try authoredPage("```swift\nlet a = 1 // <1>\nlet b = \"// <2>\"\n```\n\n1. One.\n\n3. Three.\n"))
    #expect(
      body.contains(
        "<span class=\"hl-number\">1</span> <span class=\"annotation\" title=\"See note 1\">1</span>"))
    #expect(body.contains("// &lt;2&gt;") && body.contains("<ol class=\"annotations\">"))
  }

  @Test("Comments are for authors")
  func comments() throws {
    let page = try authoredPage("a <!-- secret --> b\n\n<!--\nsecret\n\n```\nsecret\n-->\n\nc <!-- open\n")
    #expect(!authoredBody(page).contains("secret"))
    #expect(page.problems.map(\.message) == ["the comment <!-- is never closed"])
  }

  @Test("The empty corner of a table is the head of nothing")
  func corners() throws {
    let table = Table(columns: [.init(""), .init("a")], rows: [[.text("b"), .real(1)]])
    let body = authoredBody(
      try authoredPage("# A\n\n|   | a |\n|---|---|\n| b | 1 |\n\n```{swift}\nx\n```\n") { _ in
        [.table(LabeledTable(label: nil, table: table, caption: nil))]
      })
    #expect(
      !body.contains(/<th[^>]*>\s*<\/th>/) && body.components(separatedBy: "<th scope=\"col\"").count == 3)
  }

  @Test("Captions cite, and hold formulas")
  func captions() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "@book{a, title={T}, year=2001, author={Ada B}}\n@book{c, title={U}, year=2002, author={Bob C}}"
      .write(
        to: folder.appending(path: "x.bib"), atomically: true, encoding: .utf8)
    let page = try authoredPage(
      "---\nbibliography: x.bib\n---\n```{swift}\n#| label: fig-a\n#| fig-cap: \"As in [@c], $x$\"\ny\n```\n\nAnd [@a].\n",
      file: folder.appending(path: "a.md").path
    ) { _ in [figure("As in [@c], $x$")] }
    let body = authoredBody(page)
    #expect(page.problems == [])
    #expect(body.contains("As in <span class=\"citation\""))
    #expect(body.contains("[<a href=\"#ref-c\">1</a>]") && body.contains("[<a href=\"#ref-a\">2</a>]"))
  }

  @Test("References into other documents say their numbers and their titles")
  func foreignReferences() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let other = "---\ntitle: The *second*\nnumber-sections: true\n---\n# A {#sec-a}\n$$x$$\n\n$$y$$ {#eq-y}\n"
    try other.write(to: folder.appending(path: "b.md"), atomically: true, encoding: .utf8)
    var context = PageContext()
    context.library = DocumentLibrary { path in
      SourceFile.text(at: path).map {
        Plan(DocumentReader.read(text: $0, file: path), folder: folder.path)
      }
    }
    let page = try authoredPage(
      "@b#eq-y, [-@b#sec-a], @b#eq-z and @c#fig-x.\n", file: folder.appending(path: "a.md").path,
      context: context)
    let body = authoredBody(page)
    #expect(
      body.contains(
        "<a class=\"reference\" href=\"b.html#eq-y\">Equation\u{A0}(1)</a> of <cite>The second</cite>"))
    #expect(body.contains("<a class=\"reference\" href=\"b.html#sec-a\">1</a>,"))
    #expect(
      page.problems.map(\.message) == [
        "the document \"b\" has no \"eq-z\"", "there is no document \"c.md\"",
      ])
    #expect(page.problems.first?.hint == "did you mean \"eq-y\"?")
  }

  @Test("Cells show their fences, fold, and are listings")
  func cells() throws {
    let body = authoredBody(
      try authoredPage(
        "@lst-a\n\n```{swift}\n#| label: lst-a\n#| lst-cap: Code\n#| echo: fenced\n#| code-line-numbers: \"1\"\nx\n```\n"
      ))
    #expect(body.contains("<span class=\"label\">Listing 1</span>: Code"))
    #expect(body.contains("#| label: lst-a") && !body.contains("echo: fenced"))
    #expect(body.contains("<span class=\"highlighted\">"))
  }

  @Test("A lecture of 150 formulas and 12 figures takes at most 1.3 MB")
  func size() throws {
    // What lectures on learning write: two short ones in the text for each that is displayed.
    let inline = [
      "x_{#}", "\\eta = 10^{-#}", "w_{ij}^{(#)}", "\\hat y_{#}", "\\nabla_w L", "g(z) = \\max(0, z)",
      "n \\to \\infty",
      "\\lambda \\lVert w \\rVert^2", "p_{#} \\in [0, 1]", "\\mathbb{E}[x^{#}]",
    ]
    let displayed = [
      "L(w) = \\frac{1}{n} \\sum_{i=1}^{n} (y_i - f(x_i; w))^2 + #",
      "a^{(l+1)} = g\\Bigl( \\sum_j w_{ij}^{(l)} a_j^{(l)} + b_{#} \\Bigr)",
      "w \\leftarrow w - \\eta_{#} \\nabla_w L(w)", "p_k = \\frac{e^{z_k}}{\\sum_c e^{z_c}}, \\quad k = #",
      "\\hat m_t = \\frac{m_t}{1 - \\beta_{#}^t}",
    ]
    var text = "---\ntitle: Size\ntoc: true\n---\n"
    for number in 0..<50 {
      let parts = [inline[number % 10], inline[(number * 7 + 3) % 10], displayed[number % 5]].map {
        $0.replacing("#", with: "\(number)")
      }
      text += "\nWith $\(parts[0])$ and $\(parts[1])$ the loss falls:\n\n$$\(parts[2])$$\n"
      if number % 4 == 0, number < 48 {
        text += "\n```{plot}\n#| label: fig-\(number)\n#| fig-cap: Loss\n```\n"
      }
    }
    let page = try FigurePageTests.page(of: text, epochs: 200, curves: 2)
    #expect(page.problems == [])
    #expect(page.html.components(separatedBy: "<figure id=").count == 13)
    #expect(page.html.components(separatedBy: "<span class=\"katex\">").count == 151)
    #expect(page.html.utf8.count <= 1_300_000, "\(page.html.utf8.count)")
  }
}
