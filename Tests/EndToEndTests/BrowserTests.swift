import Foundation
import Testing

/// Pages as Chromium lays them out, where one is installed.
@Suite("Pages in a browser", .enabled(if: Chromium.path != nil, "needs Chromium"), .serialized)
struct BrowserTests {
  private static let document = """
    ---
    title: A page in a browser
    author: Ada
    date: 2026-01-02
    toc: true
    ---

    # First

    Text with a note[^n], a [link](https://example.org/a-rather-long-address-that-nobody-breaks) and @eq-a.

    [^n]: In the margin, or below.

    $$ L(w) = \\frac{1}{n} \\sum_{i=1}^{n} (y_i - f(x_i; w))^2 + \\lambda \\lVert w \\rVert^2 + \\lambda \\lVert w \\rVert^2 + \\lambda \\lVert w \\rVert^2 $$ {#eq-a}

    ```swift
    let line = "a line of code that is longer than any phone is wide, and longer than the column of text, too"
    ```

    | a column | another column | a third column | a fourth column | a fifth column | a sixth column |
    |---|---|---|---|---|---|
    | a long text in a cell | a long text in a cell | a long text in a cell | a long text in a cell | more | more |

    ```{plot}
    #| label: fig-a
    #| fig-cap: A line
    data: t.csv
    mark: line
    x: x
    y: y
    ```

    # Second

    ::: {.panel-tabset}
    ## One
    First tab.
    ## Two
    Second tab.
    :::
    """

  private func folder(_ name: String) throws -> URL {
    try Workspace.folder(
      name, files: ["lectern.yml": "", "a.md": Self.document, "t.csv": "x,y\n1,2\n2,1\n3,4\n"])
  }

  @Test(
    "Nothing is wider than the window, on phones and desks, in light and dark",
    arguments: ["lecture", "report", "paper", "slides"], [390, 1400])
  func widths(template: String, width: Int) throws {
    let folder = try folder("browser-\(template)-\(width)")
    let format = template == "slides" ? ["--format", "slides"] : ["--template", template]
    try Command.run(["render", "a.md", "--output", "out"] + format, in: folder)
    let page = folder.appendingPathComponent("out/a.html")
    // What the browser found is written into the page, which it then prints.
    let probe = """
      <script>addEventListener("load", function () {
        var root = document.documentElement;
        document.body.setAttribute("data-found", [root.scrollWidth <= innerWidth, getComputedStyle(document.body).backgroundColor,
          getComputedStyle(document.body).color, document.querySelectorAll("svg").length > 0,
          [...document.querySelectorAll("main p")].some(p => p.getBoundingClientRect().height > 0)].join("|"));
      });</script></body>
      """
    let html = try String(contentsOf: page, encoding: .utf8).replacing("</body>", with: probe)
    try html.write(to: page, atomically: true, encoding: .utf8)
    var grounds: Set<String> = []
    for dark in [false, true] {
      let scheme =
        dark ? ["--blink-settings=preferredColorScheme=0"] : ["--blink-settings=preferredColorScheme=1"]
      let dom = try Chromium.run(
        ["--dump-dom", "--window-size=\(width),900"] + scheme + [page.absoluteString], in: folder)
      let found = try #require(
        dom.firstMatch(of: /data-found="([^"]*)"/).map { String($0.1).split(separator: "|") })
      #expect(found.count == 5)
      #expect(found.first == "true", "wider than the window")
      #expect(found.dropFirst(3).allSatisfy { $0 == "true" })
      #expect(found[1] != found[2])
      grounds.insert(String(found[1]))
    }
    #expect(grounds.count == 2, "dark is a design of its own")
  }

  @Test("A reference shows what it names, code has a button, and the source can be had")
  func script() throws {
    let folder = try folder("browser-script")
    try Command.run(["render", "a.md", "--output", "out"], in: folder)
    let page = folder.appendingPathComponent("out/a.html")
    let probe = """
      <script>
        document.querySelector("a.reference").dispatchEvent(new MouseEvent("mouseenter"));
        setTimeout(function () {
          var preview = document.querySelector(".preview");
          document.body.setAttribute("data-found", [!!preview && preview.textContent.length > 0,
            document.querySelectorAll("button.copy").length, document.querySelector("button.source").hidden].join("|"));
        }, 600);
      </script></body>
      """
    let html = try String(contentsOf: page, encoding: .utf8).replacing("</body>", with: probe)
    try html.write(to: page, atomically: true, encoding: .utf8)
    let dom = try Chromium.run(["--dump-dom", "--virtual-time-budget=3000", page.absoluteString], in: folder)
    #expect(dom.firstMatch(of: /data-found="([^"]*)"/).map { String($0.1) } == "true|1|false")
  }

  @Test("Pages print, slides a page each")
  func print() throws {
    let folder = try folder("browser-print")
    try Command.run(["render", "a.md", "--output", "out", "--pdf"], in: folder)
    let run = try Command.run(
      ["render", "a.md", "--format", "slides", "--output", "slides", "--pdf"], in: folder)
    #expect(run.status == 0, "\(run.error)")
    let pages = try FileManager.default.contents(atPath: folder.appendingPathComponent("slides/a.pdf").path)
      .map { String(decoding: $0, as: UTF8.self).matches(of: /\/Type ?\/Page[^s]/).count }
    let html = try #require(Workspace.text("slides/a.html", in: folder))
    #expect(pages == html.components(separatedBy: "<section class=\"slide").count - 1)
    let page = try #require(
      FileManager.default.contents(atPath: folder.appendingPathComponent("out/a.pdf").path))
    #expect(page.starts(with: Data("%PDF".utf8)))
  }
}

/// The browser of this machine, if there is one.
enum Chromium {
  static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/chromium" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// What a run prints.
  static func run(_ arguments: [String], in folder: URL) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "")
    process.arguments =
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--user-data-dir=\(folder.path)/.browser",
      ] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
