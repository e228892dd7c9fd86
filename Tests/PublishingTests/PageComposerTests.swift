import Components
import Documents
import Execution
import Foundation
import Publishing
import Testing

@Suite("Pages")
struct PageComposerTests {
  /// The page of a text without cells.
  private func page(_ text: String) throws -> Page {
    let document = DocumentReader.read(text: text, file: "a.md")
    return try SampleDocument.page(
      ExecutedDocument(document: document, seed: 0, cells: [], inlineTexts: [:], problems: document.problems))
  }

  /// What stands between the main element's tags.
  private func body(_ text: String) throws -> String {
    let html = try page(text).html
    let start = try #require(html.range(of: "<main id=\"text\">\n"))
    let end = try #require(html.range(of: "</main>"))
    return String(html[start.upperBound..<end.lowerBound]).trimmingCharacters(in: .newlines)
  }

  @Test("A page holds everything, and is the same twice")
  func sample() throws {
    let page = try SampleDocument.page()
    if let folder = ProcessInfo.processInfo.environment["LECTERN_SAMPLE_PAGE"] {
      try page.html.write(toFile: folder, atomically: true, encoding: .utf8)
    }
    #expect(
      page.problems.map(\.description)
        == ["lectures/moons.md:63:7: error: index 7 is out of range (the array has 3 elements)"])
    for part in [
      "<html lang=\"en\">", "<h1>Two moons</h1>", "A first network, <em>checked</em> before",
      "<h2 id=\"sec-first\"><span class=\"section-number\">1</span> A first network</h2>",
      "<a class=\"reference\" href=\"#fig-moons-loss\">Figure\u{A0}1</a>",
      "<a class=\"reference\" href=\"#eq-loss\">Equation\u{A0}(1)</a>",
      "<figure id=\"fig-moons-loss\" class=\"plot\">", "0.953 ± 0.012",
      "<span class=\"hl-tag\">!log-int</span>",
      "<span class=\"hl-keyword\">try</span>", "<pre class=\"output value\" tabindex=\"0\">61</pre>",
      "This report has one error", "63 | print(values[7])\n   |       ^",
      "<strong>Skipped</strong> because an earlier cell failed.",
      "aria-label=\"Two falling curves over 300 epochs.\"",
      "<div class=\"callout note\" role=\"note\">", "src:url(data:font/woff2;base64,",
    ] {
      #expect(page.html.contains(part), "\(part)")
    }
    #expect(!page.html.contains("QZX"))
    #expect(!page.html.contains("url(fonts/"))
    #expect(page.html.utf8.count < 150_000)
    #expect(try SampleDocument.page().html == page.html)
  }

  @Test("A page without formulas is small")
  func shell() throws {
    let html = try page("Just prose.").html
    #expect(html.utf8.count < 40_000)
    #expect(!html.contains("KaTeX_"))
    #expect(!html.contains("http://") && !html.contains("https://"))
  }

  @Test(
    "What Discount must leave alone",
    arguments: [
      ("x^2 and 1/2 and (c) and \"q\" -- ...", "<p>x^2 and 1/2 and (c) and \"q\" -- ...</p>"),
      ("% no title\n% no author", "<p>% no title\n% no author</p>"),
      ("a. no list", "<p>a. no list</p>"),
      ("->not centered<-", "<p>-&gt;not centered&lt;-</p>"),
      ("~~gone~~", "<p><del>gone</del></p>"),
      ("#no heading", "<p>&#35;no heading</p>"),
      ("1) one\n2) two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
      ("one\\\ntwo", "<p>one<br/>\ntwo</p>"),
      ("[t](class:x)", "<p>[t](class:x)</p>"),
      ("x `a|*b*` y", "<p>x <code>a&#124;&#42;b&#42;</code> y</p>"),
      ("snake_case_name", "<p>snake_case_name</p>"),
      ("<section>\n*x*\n</section>", "<section>\n*x*\n</section>"),
      ("Term\n:   Definition", "<dl>\n<dt>Term</dt>\n<dd>  Definition</dd>\n</dl>"),
      (
        "a | b\n--|--:\n1 | 2",
        "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>\n<thead>\n<tr>\n"
          + "<th scope=\"col\">a </th>\n<th scope=\"col\" style=\"text-align:right;\"> b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1 </td>\n"
          + "<td style=\"text-align:right;\"> 2</td>\n</tr>\n</tbody>\n</table></div>"
      ),
    ])
  func discount(markdown: String, html: String) throws { #expect(try body(markdown) == html) }

  @Test("Code stays in its list item")
  func listItems() throws {
    #expect(
      try body("1. one\n\n   ```\n   a < b\n   ```\n\n2. two\n") == "<ol>\n<li><p>one</p>\n\n"
        + "<pre class=\"code\" tabindex=\"0\"><code>a &lt; b</code></pre>\n</li>\n<li><p>two</p></li>\n</ol>"
    )
  }

  @Test("Unresolved references name the nearest")
  func references() throws {
    let page = try page("# Loss {#sec-loss}\n\nSee @sec-lss and @fig-x, [-@sec-loss].\n")
    #expect(
      page.problems.map(\.description) == [
        "a.md:3:5: error: unresolved reference \"@sec-lss\" (did you mean \"@sec-loss\"?)",
        "a.md:3:18: error: unresolved reference \"@fig-x\"",
      ])
    #expect(page.html.contains("<span class=\"missing\" title=\"unresolved reference\">@fig-x</span>"))
    #expect(page.html.contains("This report has 2 errors"))
  }

  @Test("Problems of the text are shown where they are")
  func problemsInPlace() throws {
    let page = try page("First.\n\nSee @fig-x.\n\n```{python}\nprint(1)\n```\n\nLast.\n")
    let parts = [
      "See <span class=\"missing\"", "Unresolved reference", "hl-number\">1", "Cells in python", "Last.",
    ]
    let main = try #require(page.html.range(of: "<p>First."))
    var rest = page.html[main.upperBound...]
    for part in parts {
      let found = try #require(rest.range(of: part), "\(part)")
      rest = rest[found.upperBound...]
    }
  }

  @Test("A project's template takes the place of the program's")
  func templates() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID().uuidString)")
    let folder = root.appending(path: "templates/plain")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    try "{{plainTitle}}|{{{body}}}".write(
      to: folder.appending(path: "page.mustache"), atomically: true, encoding: .utf8)
    try "".write(to: folder.appending(path: "style.css"), atomically: true, encoding: .utf8)
    let document = DocumentReader.read(text: "---\ntitle: a < b\n---\nx & y\n", file: "a.md")
    let executed = ExecutedDocument(document: document, seed: 0, cells: [], inlineTexts: [:], problems: [])
    let template = try PageTemplate.named("plain", projectRoot: root)
    let page = try PageComposer(template: template, figures: SampleDocument.drawing).page(of: executed)
    #expect(page.html == "a &lt; b|<p>x &amp; y</p>")
    #expect(throws: PublishingError.self) { try PageTemplate.named("none", projectRoot: root) }
  }

  @Test("Theorems, exercises and groups of figures are numbered")
  func divisions() throws {
    let text =
      "::: {#thm-a name=\"Ada\"}\nx\n:::\n\n::: {.exercise #exr-b}\ny\n\n::: {.solution}\nz\n:::\n:::\n\n"
      + "::: {.notes}\nhidden\n:::\n\nSee @thm-a and [-@exr-b].\n"
    #expect(
      try body(text) == """
        <div class="numbered theorem" id="thm-a"><p class="numbered-title">Theorem 1 (Ada)</p>

        <p>x</p>

        </div>

        <div class="numbered exercise" id="exr-b"><p class="numbered-title">Exercise 1</p>

        <p>y</p>

        <details class="solution"><summary>Solution</summary>

        <p>z</p>

        </details>

        </div>

        <p>See <a class="reference" href="#thm-a">Theorem\u{A0}1</a> and <a class="reference" href="#exr-b">1</a>.</p>
        """)
  }

  @Test("A formula that cannot be read is an error at its place")
  func badFormula() throws {
    let page = try page("ok $a$\n\nbad $\\frac{a$.\n")
    #expect(page.problems.count == 1)
    #expect(page.problems.first?.line == 3 && page.problems.first?.column == 5)
    #expect(
      page.problems.first?.message.hasPrefix("the formula cannot be read: Unexpected end of input") == true)
  }

  @Test("What a document says cannot end the script or the page")
  func escaping() throws {
    let html = try page("---\ndescription: \"</title></style><script>\"\n---\n`</script><!--`\n").html
    #expect(html.contains("content=\"&lt;/title&gt;&lt;/style&gt;&lt;script&gt;\""))
    #expect(html.components(separatedBy: "</script>").count == 3)
    #expect(html.components(separatedBy: "</style>").count == 2)
  }

  @Test("A heading at the beginning of a division is its title, and no section")
  func divisionTitles() throws {
    let html = try body(
      """
      # Sections

      ::: {.callout-tip}

      ## Mind *this*

      ## A section

      :::

      ::: {#thm-a .theorem}
      ## Pythagoras
      Squares.
      :::

      ::: {.solution}
      ## By hand
      Two.
      :::

      ::: {.callout-note}
      Text first.

      ## Another section
      :::
      """)
    for part in [
      "<p class=\"callout-title\">Tip: Mind <em>this</em></p>",
      "<h2 id=\"a-section\">A section</h2>",
      "<p class=\"numbered-title\">Theorem 1 (Pythagoras)</p>",
      "<summary>Solution: By hand</summary>",
      "<p class=\"callout-title\">Note</p>", "<h2 id=\"another-section\">Another section</h2>",
    ] { #expect(html.contains(part), "\(part) in \(html)") }
  }

  @Test("Tabs need no script, and their headings are no sections")
  func tabs() throws {
    let page = try page(
      """
      ---
      toc: true
      ---

      # Languages

      ::: {.panel-tabset}
      ## Swift

      First.

      ### Inside

      ## Python *3*

      ::: {.callout-note}
      ## Second
      Text.
      :::

      :::

      ::: {.panel-tabset}
      No tabs.
      :::
      """)
    let html = page.html
    for part in [
      "<input type=\"radio\" name=\"tabset-1\" id=\"tabset-1-1\" checked><label for=\"tabset-1-1\">Swift</label>"
        + "<div class=\"tab\">",
      "</div><input type=\"radio\" name=\"tabset-1\" id=\"tabset-1-2\"><label for=\"tabset-1-2\">Python <em>3</em>"
        + "</label><div class=\"tab\">",
      "<h3 id=\"inside\">Inside</h3>", "<a href=\"#inside\">",
    ] { #expect(html.contains(part), "\(part)") }
    #expect(!html.contains("href=\"#swift\"") && !html.contains("id=\"second\""))
    let opened = html.components(separatedBy: "<div").count
    #expect(html.components(separatedBy: "</div>").count == opened)
  }

  @Test("A line behind a table that begins with a colon is its caption, which references can name")
  func tableCaptions() throws {
    let html = try body(
      """
      See @tbl-scores.

      | a | b |
      |---|--:|
      | 1 | 2 |

      : Scores of *both* with $x$ {#tbl-scores}

      | c |
      |---|
      | 3 |
      : No label

      Term
      : definition

      a | b
      : | not a table
      """)
    for part in [
      "<a class=\"reference\" href=\"#tbl-scores\">Table\u{A0}1</a>",
      "<table id=\"tbl-scores\"><caption><span class=\"label\">Table 1</span>: Scores of <em>both</em> with <span",
      "<table><caption><span class=\"label\">Table 2</span>: No label</caption>", "<dd>definition</dd>",
    ] { #expect(html.contains(part), "\(part) in \(html)") }
  }
}
