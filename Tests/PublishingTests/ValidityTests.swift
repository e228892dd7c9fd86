import CairoRendering
import Components
import Documents
import Execution
import Foundation
import Plotting
import Publishing
import Testing

@Suite("Pages are valid and accessible")
struct ValidityTests {
  /// Every construction that an author can write.
  static let everything = """
    ---
    title: "All *things* & more"
    subtitle: "A $x^2$"
    author: [Ada, Bob]
    date: 2026-01-02
    abstract: |
      About $x$.

      Second paragraph.
    keywords: [a, "b<c"]
    categories: [d]
    description: "what it is"
    license: MIT
    toc: true
    number-sections: true
    draft: true
    ---

    # First {#sec-first}

    Text[^n] with [a span]{.mark #sp}, [an aside $y$]{.aside}, `code`, a [link](https://example.org), @sec-first,
    @eq-a, @fig-c, @tbl-g, @lst-l, @thm-t and ~~gone~~.

    [^n]: A *note*.

        With two paragraphs.

    $$ a = \\frac{1}{2} $$ {#eq-a}

    ## Lists

    - item[^m]
      1. one
      2. two
    - [ ] todo
    - [x] done

    [^m]: In a list.

    Term
    : What it means.

    > A quotation.

    | a | b |
    |:--|--:|
    | 1 | 2 |

    : Numbers {#tbl-p}

    +------+-------+
    | a    | b     |
    +:=====+======:+
    | - x  | para  |
    | - y  |       |
    |      | para  |
    +------+-------+

    : Blocks {#tbl-g}

    ## Divisions

    ::: {.callout-note title="A *title*"}
    Text.
    :::

    ::: {.callout-warning}
    ### Its title
    Text.
    :::

    ::: {#thm-t .theorem name="Ada"}
    Text $z$.
    :::

    ::: {#exr-e .exercise}
    What?

    ::: {.solution}
    That.
    :::
    :::

    ::: {#alg-a .algorithm}
    ## Search
    1. Begin
       - deeper $k$
    2. End
    :::

    ::: {.panel-tabset}
    ## One
    First.

    ## Two
    Second.
    :::

    ::: {.columns}
    ::: {.column width="40%"}
    Left.
    :::
    ::: {.column width="60%"}
    Right.
    :::
    :::

    ::: {.incremental}
    - a
    - b
    :::

    . . .

    ::: {.notes}
    Say this.
    :::

    ::: {#fig-c layout-ncol=2}
    ```{plot}
    #| label: fig-c-a
    #| fig-cap: Left
    ```

    ```{plot}
    #| label: fig-c-b
    #| fig-cap: Right
    #| downloads: [csv]
    ```

    Both.
    :::

    {{< pagebreak >}}

    ## Code

    ```{.swift #lst-l lst-cap="A listing" code-line-numbers="2"}
    let a = 1 // <1>
    let b = 2
    ```

    1. The first.

    ```{swift}
    #| label: cell
    #| code-fold: true
    #| output-fold: true
    print("x")
    ```

    <details><summary>Raw</summary><p>HTML</p></details>
    """

  /// A page of a text in a template: plots give a figure, experiments a table and settings.
  static func page(
    _ text: String = everything, template: String, format: FrontMatter.Format? = nil
  ) throws -> Page {
    var settings = DocumentReader.Settings()
    settings.format = format
    let document = DocumentReader.read(text: text, file: "a.md", settings: settings)
    let cells = document.cells.map { cell -> ExecutedCell in
      var executed = ExecutedCell(cell: cell, status: .ok, outputs: [.text("out"), .value("3")])
      if cell.kind == .plot {
        let figure = Figure.plot(
          Plot(title: "T", x: .linear("x"), y: .linear("y")) { LineMark(x: [1, 2], y: [1, 2]) })
        executed.outputs = [
          .figure(LabeledFigure(label: cell.label, figure: figure, caption: nil, alternativeText: nil)),
          .settings([Setting(path: "a", value: "b", isGiven: true)]),
          .table(
            LabeledTable(
              label: nil, table: Table(columns: [.init("a"), .init("b")], rows: [[.text("x"), .real(1)]]),
              caption: "T")),
        ]
        executed.expectations = [
          ExpectationResult(path: "a", expected: ">= 1", actual: .real(2), passed: true)
        ]
      }
      return executed
    }
    let executed = ExecutedDocument(
      document: document, seed: 1, cells: cells, inlineTexts: [:], problems: document.problems)
    let renderer = try SVGRenderer()
    let template = try PageTemplate.named(template, projectRoot: nil)
    return try PageComposer(template: template) { labeled, id in
      var glyphs = GlyphSheet()
      let drawing = PlotLayout(measurer: renderer.measurer).drawing(of: labeled.figure, size: nil)
      let svg = renderer.render(drawing, id: id, title: "T", description: "A line", sharing: &glyphs)
      let narrow = renderer.render(
        drawing, id: "\(id)-narrow", title: "T", description: "A line", sharing: &glyphs)
      return RenderedFigure(svg: svg, narrowSVG: narrow, glyphs: glyphs, data: labeled.figure.dataTable)
    }.page(of: executed)
  }

  @Test("The checker finds what is wrong, and nothing else")
  func checker() {
    for page in HTMLChecker.goodExamples { #expect(HTMLChecker.violations(in: page) == []) }
    for example in HTMLChecker.badExamples {
      let found = HTMLChecker.violations(in: example.html).map(\.rule)
      #expect(found.contains(example.rule), "\(example.rule) in \(example.html)")
    }
  }

  @Test("Every template", arguments: ["lecture", "report", "paper", "slides"])
  func templates(name: String) throws {
    let page = try Self.page(template: name, format: name == "slides" ? .slides : nil)
    #expect(page.problems.filter { $0.severity == .error } == [])
    for violation in HTMLChecker.violations(in: page.html) { Issue.record("\(violation)") }
  }

  @Test("Pages for paper")
  func paper() throws {
    let page = try Self.page(template: "lecture", format: .htmlPrint)
    for violation in HTMLChecker.violations(in: page.html) { Issue.record("\(violation)") }
    #expect(page.html.contains("<section class=\"link-notes\">"))
  }

  @Test("The index of a folder")
  func index() throws {
    let summary = try Self.page(template: "lecture").summary
    let items = [
      SiteIndex.Item(address: "a.html", name: "a", summary: summary, isOK: true),
      SiteIndex.Item(address: "b<.html", name: "b & c", summary: nil, isOK: false),
    ]
    let html = try SiteIndex(title: "All <things>", items: items).html(
      template: PageTemplate.named("site", projectRoot: nil))
    for violation in HTMLChecker.violations(in: html) { Issue.record("\(violation)") }
    #expect(html.contains("<span class=\"status\">failed</span>"))
    #expect(html.contains("All &lt;things&gt;"))
  }

  @Test("A page that failed")
  func failed() throws {
    for name in ["lecture", "slides"] {
      let page = try Self.page(
        "# A\n\n@fig-none\n\n$\\frac{$\n\n```{swift}\nx\n", template: name,
        format: name == "slides" ? .slides : nil)
      #expect(page.problems.count { $0.severity == .error } >= 3)
      for violation in HTMLChecker.violations(in: page.html) { Issue.record("\(violation)") }
    }
  }

  @Test("Colors of texts have a contrast of 4.5 to their grounds, in light and dark")
  func contrast() throws {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let colors = try String(contentsOf: root.appending(path: "templates/base/colors.css"), encoding: .utf8)
    #expect(HTMLChecker.contrastViolations(inStyle: colors) == [])
    for (style, name) in HTMLChecker.badStyles {
      let found = HTMLChecker.contrastViolations(inStyle: style)
      #expect(found.count == 1 && found.first?.message.contains(name) == true, "\(name)")
    }
  }
}
