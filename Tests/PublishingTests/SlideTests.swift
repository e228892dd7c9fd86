import Components
import Documents
import Execution
import Foundation
import Plotting
import Publishing
import Testing

@Suite("Slides")
struct SlideTests {
  private func slides(_ text: String) throws -> (page: Page, slides: [String]) {
    let page = try authoredPage(text, format: .slides)
    let sections = authoredBody(page).components(separatedBy: "<section class=\"slide").dropFirst()
    return (page, sections.map { "<section class=\"slide" + $0 })
  }

  @Test("The second level begins slides, the first one sections with an outline")
  func levels() throws {
    let (page, slides) = try slides(
      "---\ntitle: Talk\nauthor: Ada\n---\n# One\n\nIntro.\n\n## A\n\nText.\n\n### Deeper\n\nMore.\n\n## B\n\nText.\n\n# Two\n\n## C\n\nText.\n"
    )
    #expect(page.problems == [])
    #expect(slides.count == 7)
    #expect(slides[0].contains("title-slide") && slides[0].contains("<h1>Talk</h1>"))
    #expect(
      slides[1].contains("outline-slide")
        && slides[1].contains("<li class=\"current\" aria-current=\"true\"><a href=\"#one\">"))
    #expect(slides[2].contains("<p class=\"slide-title\">One</p>") && slides[2].contains("Intro."))
    #expect(slides[3].contains("aria-labelledby=\"a\"") && slides[3].contains(">Deeper</h4>"))
    #expect(slides[5].contains("outline-slide") && slides[6].contains(">C</h3>"))
    #expect(HTMLChecker.violations(in: page.html) == [])
  }

  @Test("A level that the author names begins slides")
  func slideLevel() throws {
    #expect(try slides("---\nslide-level: 1\n---\n# One\n\n## A\n\nx\n\n# Two\n\ny\n").slides.count == 2)
    #expect(try slides("# One\n\nx\n\n# Two\n\ny\n").slides.count == 2)
    #expect(try slides("No heading at all.\n").slides.count == 1)
  }

  @Test("Pauses and incremental lists are steps, notes are for the presenter")
  func steps() throws {
    let (page, slides) = try slides(
      "# A\n\nfirst\n\n. . .\n\nsecond\n\n. . .\n\n::: {.incremental}\n- x\n  - y\n\n- z\n:::\n\n- w\n\n::: {.notes}\nSay it.\n:::\n"
    )
    let slide = try #require(slides.first)
    #expect(slide.components(separatedBy: "<div class=\"step\">").count == 3)
    #expect(slide.components(separatedBy: "<li class=\"step\">").count == 4)
    #expect(slide.components(separatedBy: "<li>").count == 2)
    #expect(slide.contains("<div class=\"notes\" role=\"note\">"))
    #expect(HTMLChecker.violations(in: page.html) == [])
    // The same source as a handout has no steps and no notes.
    let handout = authoredBody(
      try authoredPage("# A\n\nfirst\n\n. . .\n\nsecond\n\n::: {.notes}\nSay it.\n:::\n"))
    #expect(
      !handout.contains("class=\"step\"") && !handout.contains("<p>Say it.") && !handout.contains(". . ."))
  }

  @Test(
    "Outputs stand where the author wants them",
    arguments: [
      ("fragment", "<div class=\"step\">\n<pre class=\"output\""),
      ("column", "<div class=\"column\">\n<pre class=\"output\""),
      ("column-fragment", "<div class=\"column step\">\n<pre class=\"output\""),
      ("slide", "<p class=\"slide-title\">A</p>\n<pre class=\"output\""),
    ])
  func outputs(location: String, html: String) throws {
    let text = "# A\n\n```{swift}\n#| output-location: \(location)\nx\n```\n"
    let page = try authoredPage(text, format: .slides) { _ in [.text("out")] }
    #expect(authoredBody(page).contains(html))
  }

  @Test("A slide that does not fit is a warning at its heading")
  func fit() throws {
    let long = String(
      repeating: "A sentence that takes about one line of a slide when it is shown. ", count: 30)
    let code = "```swift\n" + String(repeating: "let a = 1\n", count: 30) + "```\n"
    let list = (0..<20).map { "- item \($0)\n" }.joined()
    let (page, _) = try slides(
      "# Fine\n\nShort.\n\n# Long\n\n\(long)\n\n# Code\n\n\(code)\n\n# List\n\n\(list)\n\n# Last\n\n$$x$$\n")
    #expect(page.problems.map(\.line) == [5, 9, 45])
    #expect(
      page.problems.allSatisfy { $0.severity == .warning && $0.message.contains("as high as the screen") })
  }
}

@Suite("The index of a folder")
struct SiteIndexTests {
  @Test(
    "Reports are found by their words, section by section; nothing of figures and formulas is looked through")
  func search() throws {
    let page = try authoredPage(
      "---\ntitle: A *title*\nkeywords: [k]\ndescription: About & more\n---\nBefore.\n\n# Sect <b>ion</b>\n\nWords $x^2$ & `code`.\n\n```{swift}\n#| label: fig-a\n1\n```\n"
    ) { _ in
      [.text("printed")]
    }
    let html = try SiteIndex(
      title: "T", items: [.init(address: "a.html", name: "a", summary: page.summary, isOK: true)]
    ).html(template: PageTemplate.named("site", projectRoot: nil))
    #expect(html.contains("[\"\", \"\", \"Before.\"]"))
    let section = try #require(html.firstMatch(of: /\["sect[^\]]*\]/).map { String($0.0) })
    #expect(section.contains("Words") && section.contains("& code") && section.contains("printed"))
    #expect(html.contains("<a href=\"a.html\">A title</a>") && html.contains("About &amp; more"))
  }
}

@Suite("What was written cannot become script")
struct InjectionTests {
  private static let attack =
    "</title></style></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'><b onmouseover=alert(1)>"

  /// The tags of a page that could run something, its own script left out.
  private func dangers(_ html: String) -> [String] {
    let scripts = html.components(separatedBy: "<script").count - 1
    let handlers = html.replacing(/"[^"]*"/, with: "\"\"").matches(of: /<[a-zA-Z][^<>]*\son[a-z]+\s*=[^<>]*>/)
      .map { String($0.0) }
    return handlers + (scripts == 2 ? [] : ["\(scripts) scripts"])
      + html.matches(of: /href="javascript:[^"]*"/).map { String($0.0) }
  }

  @Test("In the front matter")
  func frontMatter() throws {
    let quoted = Self.attack.replacing("'", with: "''")
    // Titles are Markdown, which may hold tags of the author's; other texts may not.
    let keys = ["author", "date", "description", "license"].map { "\($0): '\(quoted)'\n" }
    let lists = ["keywords", "categories"].map { "\($0): ['\(quoted)']\n" }
    for template in ["lecture", "report", "paper"] {
      let page = try ValidityTests.page(
        "---\ntitle: x\n\((keys + lists).joined())---\n# A\n", template: template)
      #expect(dangers(page.html) == [], "\(template)")
    }
  }

  @Test("In data, results and names")
  func data() throws {
    let table = Table(columns: [.init(Self.attack)], rows: [[.text(Self.attack)]], caption: nil)
    let text =
      "```{swift}\n#| label: tbl-a\n#| tbl-cap: x\n1\n```\n\n```swift\n\(Self.attack)\n```\n\n`\(Self.attack)`\n"
    let page = try authoredPage(text) { _ in
      [
        .text(Self.attack), .value(Self.attack), .paragraph(Self.attack),
        .table(LabeledTable(label: "tbl-a", table: table, caption: nil)),
        .settings([Setting(path: Self.attack, value: Self.attack, isGiven: true)]),
      ]
    }
    #expect(dangers(page.html) == [])
  }

  @Test("In bibliographies")
  func bibliography() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let fields = ["title", "author", "journal", "year", "publisher", "note"].map {
      "\($0) = {\(Self.attack)}"
    }
    let works =
      "@article{a, \(fields.joined(separator: ", ")), url = {javascript:alert(1)}, doi = {\"><script>}}\n"
      + "@misc{b, title={T}, url = {https://a.b/\"onclick=\"alert(1)}, eprint={\"><script>}, archiveprefix={arXiv}}\n"
    try works.write(to: folder.appending(path: "x.bib"), atomically: true, encoding: .utf8)
    let page = try authoredPage(
      "---\nbibliography: x.bib\n---\n[@a; @b, \(Self.attack.replacing("@", with: ""))]\n",
      file: folder.appending(path: "a.md").path)
    #expect(dangers(page.html) == [])
  }

  @Test("In the index of a folder")
  func index() throws {
    let page = try authoredPage(
      "---\ntitle: x\nauthor: '\(Self.attack.replacing("'", with: "''"))'\nkeywords: ['\(Self.attack.replacing("'", with: "''"))']\n---\n`\(Self.attack)`\n"
    )
    let html = try SiteIndex(
      title: Self.attack,
      items: [.init(address: Self.attack, name: Self.attack, summary: page.summary, isOK: true)]
    ).html(template: PageTemplate.named("site", projectRoot: nil))
    #expect(dangers(html) == [])
  }
}
