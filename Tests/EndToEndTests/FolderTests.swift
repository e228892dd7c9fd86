import Foundation
import Testing

@Suite("Folders of documents")
struct FolderTests {
  @Test("A folder gives a report for each document and a page that lists them; hidden folders are left out")
  func folder() throws {
    let folder = try Workspace.folder(
      "folder",
      files: [
        "notes/b.md": "---\ntitle: The *second* note\n---\n\nText.\n",
        "notes/a.md": "---\ntitle: The first note\n---\n\nText.\n",
        "notes/deep/c.md": "# Untitled\n\n@fig-none\n",
        "notes/.lectern/x.md": "Hidden.\n", "notes/.git/y.md": "Hidden.\n",
        "notes/data.txt": "No document.\n",
      ])
    let run = try Command.run(["render", "notes", "--output", "out"], in: folder)
    #expect(
      run.error == """
        notes/a.md: ok (0.00 s)
        notes/b.md: ok (0.00 s)
        notes/deep/c.md:3:1: error: unresolved reference "@fig-none"
        notes/deep/c.md: failed (0.00 s)

        """)
    #expect(run.status == 1)
    #expect(
      Self.files(in: folder.appendingPathComponent("out")) == [
        "a.html", "a.results.json", "a.timings.json", "b.html", "b.results.json", "b.timings.json",
        "deep/c.html", "deep/c.results.json", "deep/c.timings.json", "index.html",
      ])
    let index = try #require(Workspace.text("out/index.html", in: folder))
    let links = [
      "<a href=\"a.html\">The first note</a>", "<a href=\"b.html\">The second note</a>",
      "<a href=\"deep/c.html\">Untitled</a> <span class=\"status\">failed</span>",
    ]
    for link in links {
      let isListed = index.contains(link)
      #expect(isListed, "\(link) stands in the index")
    }
  }

  @Test("Without a folder for reports they go to output/ in the root of the project")
  func standardFolder() throws {
    let folder = try Workspace.folder(
      "standard", files: ["lectern.yml": "", "notes/a.md": "Text.\n", "notes/b.md": "More.\n"])
    let run = try Command.run(["render", "a.md"], in: folder.appendingPathComponent("notes"))
    #expect(run.error == "a.md: ok (0.00 s)\n")
    #expect(
      Self.files(in: folder.appendingPathComponent("output")) == [
        "a.html", "a.results.json", "a.timings.json",
      ])
    let results = try #require(Workspace.text("output/a.results.json", in: folder))
    let isRelative = results.contains("\"document\": \"notes/a.md\"")
    #expect(isRelative, "results name the document below the project's root")
  }

  @Test("A failing document stops the others only when asked")
  func failFast() throws {
    let folder = try Workspace.folder(
      "fail-fast", files: ["n/a.md": "@fig-none\n", "n/b.md": "Text.\n", "n/c.md": "Text.\n"])
    let stopped = try Command.run(
      ["render", "n", "--fail-fast", "--jobs", "1", "--output", "out"], in: folder)
    #expect(stopped.status == 1)
    #expect(
      stopped.error == """
        n/a.md:1:1: error: unresolved reference "@fig-none"
        n/a.md: failed (0.00 s)

        """)
  }

  @Test("A path with blanks, quotes and letters of other languages changes nothing")
  func oddPath() throws {
    let folder = try Workspace.folder(
      "odd path/a \"b\" ü", files: ["m y.md": "```{swift}\nlet x: String = 3\n```\n"])
    let run = try Command.run(["render", "m y.md", "--output", "o u t"], in: folder)
    #expect(
      run.error == """
        m y.md:2:17: error: cannot convert value of type 'Int' to specified type 'String'
        m y.md: failed (0.00 s)

        """)
    #expect(Workspace.bytes("o u t/m y.html", in: folder) != nil)
  }

  @Test("A folder that cannot be written to is named")
  func cannotWrite() throws {
    let folder = try Workspace.folder("cannot-write", files: ["a.md": "Text.\n", "out": "A file.\n"])
    let run = try Command.run(["render", "a.md", "--output", "out"], in: folder)
    #expect(run.status == 1)
    #expect(
      run.error == """
        a.md:1:1: error: the file "out/a.html" cannot be written
        a.md: failed (0.00 s)

        """)
  }

  @Test("A page of prose is whole without its script and needs nothing from the network")
  func prose() throws {
    let folder = try Workspace.folder(
      "prose",
      files: [
        "document.md": "# Words\n\nA [link](https://example.org), $a^2 + \\sqrt{b}$ and ![x](y.png).\n"
      ])
    try Command.run(["render", "document.md", "--output", "out"], in: folder)
    let page = try #require(Workspace.text("out/document.html", in: folder))
    let scripts = page.ranges(of: /<script[^>]*>/).map { String(page[$0]) }
    #expect(scripts == ["<script type=\"application/json\" id=\"provenance\">", "<script>"])
    // Nothing of the text is made by the script, which stands behind it.
    #expect(page.hasSuffix("</script>\n</body>\n</html>\n"))
    let body = page.split(separator: "<script", maxSplits: 1).first ?? ""
    let sources = body.matches(of: /(?:src|srcset|xlink:href)="([^"]*)"|url\(([^)]*)\)|@import/)
      .map { String($0.output.0) }
    let isFetched = sources.contains {
      !$0.contains("data:") && ($0.contains("//") || $0.hasPrefix("@import"))
    }
    #expect(!isFetched)
    let links = body.matches(of: /<link[^>]*>/).map { String($0.output) }
    #expect(links.allSatisfy { !$0.contains("http") })
  }

  /// The files below a folder, sorted.
  private static func files(in folder: URL) -> [String] {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    return paths.filter { path in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(
        atPath: folder.appendingPathComponent(path).path, isDirectory: &isFolder)
      return !isFolder.boolValue
    }.sorted()
  }
}
