import Foundation
import Testing

@Suite("Pages from the command line")
struct PageCommandTests {
  @Test("Errors in the Swift cells of an included file stand at their places there")
  func includedCells() throws {
    let folder = try Workspace.folder(
      "includes",
      files: [
        "lectern.yml": "",
        "a.md": "# A\n\n```{swift}\nlet a = 1\n```\n\n{{< include parts/b.md >}}\n\n`{swift} a + b`\n",
        "parts/b.md": "## B\n\n```{swift}\nlet b = a + 1\nprecondition(b < 2)\n```\n",
      ])
    let trap = try Command.run(["render", "a.md", "--output", "out"], in: folder)
    #expect(trap.status == 1)
    #expect(trap.error.contains("parts/b.md:5:1: error: fatal error: Precondition failed"), "\(trap.error)")
    let results = try #require(Workspace.text("out/a.results.json", in: folder))
    #expect(results.contains("\"file\": \"parts/b.md\""))
    let page = try #require(Workspace.text("out/a.html", in: folder))
    #expect(page.contains("5 | precondition(b &lt; 2)"))
    try "## B\n\n```{swift}\nlet b: String = a\n```\n".write(
      to: folder.appendingPathComponent("parts/b.md"), atomically: true, encoding: .utf8)
    let check = try Command.run(["check", "a.md"], in: folder)
    #expect(
      check.error.contains("parts/b.md:4:17: error: cannot convert value of type 'Int'"), "\(check.error)")
  }

  @Test("Documents of a folder name each other, in the order of their project")
  func neighbors() throws {
    let folder = try Workspace.folder(
      "neighbors",
      files: [
        "lectern.yml": "title: Both\norder: [z, a]\ndefaults: {lang: de}\n",
        "a.md": "---\ntitle: Later\nnumber-sections: true\n---\n# One {#sec-one}\n\n@z#eq-z\n",
        "z.md": "---\ntitle: Sooner\n---\n$$x$$ {#eq-z}\n\n@a#sec-one\n",
      ])
    let run = try Command.run(["render", ".", "--output", "out"], in: folder)
    #expect(run.status == 0, "\(run.error)")
    let first = try #require(Workspace.text("out/z.html", in: folder))
    let second = try #require(Workspace.text("out/a.html", in: folder))
    #expect(first.contains("<html lang=\"de\">"))
    #expect(first.contains("<a class=\"next\" rel=\"next\" href=\"a.html\"><span>Next</span> Later</a>"))
    #expect(
      second.contains("<a class=\"previous\" rel=\"prev\" href=\"z.html\"><span>Previous</span> Sooner</a>"))
    #expect(
      first.contains(
        "<a class=\"reference\" href=\"a.html#sec-one\">Section\u{A0}1</a> of <cite>Later</cite>"))
    #expect(
      second.contains(
        "<a class=\"reference\" href=\"z.html#eq-z\">Equation\u{A0}(1)</a> of <cite>Sooner</cite>"))
    let index = try #require(Workspace.text("out/index.html", in: folder))
    #expect(index.contains("<h1>Both</h1>"))
    let places = ["z.html", "a.html"].compactMap { index.range(of: "<a href=\"\($0)\"")?.lowerBound }
    #expect(places.count == 2 && places == places.sorted())
    // Alone, a page is the same as among the others.
    try Command.run(["render", "a.md", "--output", "alone"], in: folder)
    #expect(Workspace.text("alone/a.html", in: folder) == second)
  }

  @Test("A profile changes what documents declare")
  func profiles() throws {
    let folder = try Workspace.folder(
      "profiles",
      files: [
        "lectern.yml": "profiles: {quick: {params: {epochs: 20}}}\n",
        "a.md": "---\nparams: {epochs: 300}\n---\n`{value} params.epochs`\n",
      ])
    try Command.run(["render", "a.md", "--profile", "quick", "--output", "out"], in: folder)
    let page = try #require(Workspace.text("out/a.html", in: folder))
    #expect(
      page.contains("<span class=\"value\">20</span>") && page.contains("<th scope=\"row\">Profile</th>"))
    let unknown = try Command.run(["render", "a.md", "--profile", "quik"], in: folder)
    #expect(unknown.status == 2)
    #expect(unknown.error.contains("lectern.yml has no profile \"quik\" (did you mean \"quick\"?)"))
  }

  @Test("A page gives back the files it was made of, and they give the page")
  func extraction() throws {
    let folder = try Workspace.folder(
      "extraction",
      files: [
        "lectern.yml": "defaults: {toc: true}\n", "notes/part.md": "## Part\n",
        "notes/a.md":
          "---\ntitle: A\nbibliography: ../x.bib\nparams: {n: 1}\n---\n[@a], `{value} params.n`\n\n{{< include part.md >}}\n\n```{table}\n#| label: tbl-a\ncsv: t.csv\n```\n",
        "notes/t.csv": "x,y\n1,2\n", "x.bib": "@book{a, title={T}, author={Ada B}, year=2000}\n",
      ])
    let render = try Command.run(["render", "notes/a.md", "-P", "n=7", "--output", "out"], in: folder)
    #expect(render.status == 0, "\(render.error)")
    let extract = try Command.run(["extract", "out/a.html", "copy"], in: folder)
    #expect(extract.status == 0, "\(extract.error)")
    #expect(extract.output.hasSuffix("lectern render copy/notes/a.md -P 'n=7'\n"))
    for path in ["lectern.yml", "notes/a.md", "notes/part.md", "notes/t.csv", "x.bib"] {
      #expect(Workspace.text("copy/\(path)", in: folder) == Workspace.text(path, in: folder), "\(path)")
    }
    try Command.run(["render", "copy/notes/a.md", "-P", "n=7", "--output", "again"], in: folder)
    #expect(Workspace.text("again/a.html", in: folder) == Workspace.text("out/a.html", in: folder))
    // What lies there and is another file stays.
    try "mine".write(to: folder.appendingPathComponent("copy/notes/t.csv"), atomically: true, encoding: .utf8)
    let refused = try Command.run(["extract", "out/a.html", "copy"], in: folder)
    #expect(refused.status == 1 && Workspace.text("copy/notes/t.csv", in: folder) == "mine")
    let foreign = try Command.run(["extract", "notes/t.csv", "copy"], in: folder)
    #expect(foreign.status == 1 && foreign.error.contains("it is no page of Lectern"))
  }

  @Test("The commit stands on the page only if it is asked for")
  func stamp() throws {
    let folder = try Workspace.folder("stamp", files: ["a.md": "Text.\n"])
    func git(_ arguments: [String]) throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments =
        [
          "git", "-C", folder.path, "-c", "user.name=a", "-c", "user.email=a@b.de", "-c",
          "commit.gpgsign=false",
        ] + arguments
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
    }
    let outside = try Command.run(
      ["render", "a.md", "--stamp", "--output", "/tmp/lectern-stamp-out"], in: folder)
    try git(["init", "-q"])
    try git(["add", "a.md"])
    try git(["commit", "-qm", "a"])
    try Command.run(["render", "a.md", "--output", "plain"], in: folder)
    #expect(Workspace.text("plain/a.html", in: folder)?.contains("Commit") == false)
    let stamped = try Command.run(["render", "a.md", "--stamp", "--output", "stamped"], in: folder)
    // Where git is missing, the message says so.
    guard stamped.status == 0 else {
      #expect(outside.error.contains("--stamp found no commit of git"))
      return
    }
    let page = try #require(Workspace.text("stamped/a.html", in: folder))
    #expect(page.contains(/<th scope="row">Commit<\/th><td><code>[0-9a-f]{40}<\/code>/))
    #expect(page.contains(/"clean": (true|false)/))
  }

  @Test("Unknown templates and formats are told with the ones there are")
  func unknownTemplates() throws {
    let folder = try Workspace.folder(
      "templates",
      files: [
        "lectern.yml": "", "a.md": "---\ntemplate: lectur\n---\nText.\n", "b.md": "Text.\n",
        "templates/mine/style.css": "p { color: red; }\n",
      ])
    let check = try Command.run(["check", "a.md"], in: folder)
    #expect(check.status == 1)
    #expect(
      check.error.contains("a.md:2:11: error: there is no template \"lectur\" (did you mean \"lecture\"?)"))
    let format = try Command.run(["render", "b.md", "--format", "slide"], in: folder)
    #expect(format.status == 2 && format.error.contains("did you mean \"slides\"?"))
    // A folder of the project may hold a style sheet alone.
    let mine = try Command.run(["render", "b.md", "--template", "mine", "--output", "out"], in: folder)
    #expect(
      mine.status == 0 && Workspace.text("out/b.html", in: folder)?.contains("p { color: red; }") == true)
  }

  @Test("Without a browser a page is not printed, and the message says what is missing")
  func noBrowser() throws {
    let folder = try Workspace.folder("no-browser", files: ["lectern.yml": "", "a.md": "Text.\n"])
    let run = try Command.run(
      ["render", "a.md", "--pdf", "--output", "out"], in: folder, environment: ["PATH": "/nowhere"])
    #expect(run.status == 2)
    #expect(run.error.contains("--pdf needs an installed Chromium"), "\(run.error)")
    #expect(run.error.contains("install the Debian package chromium"))
  }

  @Test("The templates are listed, with those of the project")
  func listed() throws {
    let folder = try Workspace.folder("listed", files: ["lectern.yml": "", "templates/mine/style.css": ""])
    let run = try Command.run(["list", "templates"], in: folder)
    let names = run.output.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    #expect(names == ["lecture", "mine", "paper", "report", "site", "slides"])
    #expect(try Command.run(["list", "cell-options"], in: folder).output.contains("code-line-numbers"))
    #expect(try Command.run(["list", "front-matter"], in: folder).output.contains("math-macros"))
  }

  @Test("All problems of a document come at once, in the order of its lines")
  func allProblems() throws {
    let folder = try Workspace.folder(
      "problems",
      files: [
        "a.md": """
        ---
        titel: x
        bibliography: x.bib
        ---

        # A

        ### Deep

        $$ x

        @fig-none and [@none] and [a](none.html) and ![](x.png)

        ```{swift}
        #| lable: a
        let x: Int = "a"
        ```

        ::: {.callout-note}

        ```
        never closed
        """, "x.bib": "",
      ])
    let run = try Command.run(["check", "a.md"], in: folder)
    let lines = run.error.split(separator: "\n").compactMap { line -> Int? in
      line.hasPrefix("a.md:") ? Int(line.split(separator: ":")[1]) : nil
    }
    #expect(lines == [2, 8, 10, 12, 12, 12, 12, 12, 15, 16, 19, 21], "\(run.error)")
    for hint in ["did you mean \"title\"?", "did you mean \"label\"?"] { #expect(run.error.contains(hint)) }
  }
}
