import Foundation
import Testing

@Suite("Ctrl-C")
struct InterruptTests {
  @Test("An interrupt ends a render and its Swift cells at once and leaves nothing behind")
  func interrupt() throws {
    let folder = try Workspace.folder(
      "interrupt",
      files: [
        "document.md": """
        ```{swift}
        import Foundation
        try Data("\\(getpid())".utf8).write(to: URL(fileURLWithPath: "\(Self.mark.path)"))
        Thread.sleep(forTimeInterval: 60)
        ```
        """
      ])
    try? FileManager.default.removeItem(at: Self.mark)
    let before = Self.cellFolders()
    let (process, _, _) = try Command.start(["render", "document.md", "--output", "out"], in: folder)
    let child = try #require(Self.waitForChild(), "the cell runs")
    kill(process.processIdentifier, SIGINT)
    let start = ContinuousClock().now
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(start.duration(to: ContinuousClock().now) < .seconds(5))
    #expect(Self.isGone(child), "the program of the cells has ended")
    #expect(Self.cellFolders().subtracting(before).isEmpty, "the folder of the cells is removed")
    #expect(Workspace.bytes("out/document.html", in: folder) == nil)
  }

  /// Where the cell writes the number of its process.
  private static let mark = Workspace.root.appendingPathComponent("interrupt-\(getpid())")

  private static func waitForChild() -> pid_t? {
    for _ in 0..<400 {
      if let text = try? String(contentsOf: mark, encoding: .utf8), let number = pid_t(text) { return number }
      usleep(25_000)
    }
    return nil
  }

  private static func isGone(_ process: pid_t) -> Bool {
    for _ in 0..<100 {
      if kill(process, 0) == -1, errno == ESRCH { return true }
      usleep(20_000)
    }
    return false
  }

  /// The folders of Swift cells that sleep here; those of other tests come and go.
  private static func cellFolders() -> Set<String> {
    let storage = Workspace.root.appendingPathComponent(".lectern").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: storage)) ?? []
    let cells = names.filter { $0.hasPrefix("cells-") }.filter { name in
      let source = try? String(contentsOfFile: "\(storage)/\(name)/cells.swift", encoding: .utf8)
      return source?.contains("Thread.sleep(forTimeInterval: 60)") == true
    }
    return Set(cells)
  }
}
