import Components
import Documents
import Execution
import Foundation
import Testing

@Suite("Checking a document before it runs")
struct PlanTests {
  private static let experiment = """
    ```{experiment}
    #| label: moons
    data: {generate: two-moons, samples: 100}
    model: [dense(2)]
    train: {loss: cross-entropy, optimizer: adam, epochs: 2}
    ```

    """

  /// The problems of a document whose first seven lines are an experiment.
  private static func problems(_ text: String, overrides: [(name: String, value: String)] = []) -> [String] {
    let document = DocumentReader.read(text: experiment + "\n" + text, file: "a.md")
    return Plan(document, folder: "/nowhere", overrides: overrides).problems.map(\.description)
  }

  @Test(
    "A plot that cannot be drawn is named at its key",
    arguments: [
      ("result: mons\nkind: fit", "a.md:9:9: error: no cell is labeled \"mons\" (did you mean \"moons\"?)"),
      (
        "result: moons\nkind: loss-curvs",
        "a.md:10:7: error: unknown kind of plot \"loss-curvs\" (did you mean \"loss-curves\"?)"
      ),
      ("result: moons", "a.md:9:1: error: plot needs the key \"kind\""),
      ("title: x", "a.md:9:1: error: a plot needs one of the keys result, data"),
      ("data: a.csv\nx: n", "a.md:9:1: error: plot needs the key \"y\""),
      ("data: a.csv\nx: n\ny: m", "a.md:9:7: error: the file \"a.csv\" does not exist"),
      (
        "data: a.csv\nx: n\ny: m\nmark: lines",
        "a.md:12:7: error: \"mark\" must be one of: line, step, point, bar,"
      ),
      ("resutl: moons", "a.md:9:1: error: unknown key \"resutl\" in plot (did you mean \"result\"?)"),
    ])
  func plots(_ recipe: String, _ expected: String) {
    let found = Self.problems("```{plot}\n\(recipe)\n```\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(expected) == true, "\(found)")
  }

  @Test(
    "A table that cannot be made is named at its key",
    arguments: [
      ("result: suns", "a.md:9:9: error: no cell is labeled \"suns\" (known: moons)"),
      ("rows: folds", "a.md:9:1: error: a table needs one of the keys result, csv, values"),
      ("csv: a.csv", "a.md:9:6: error: the file \"a.csv\" does not exist"),
      (
        "result: moons\nrows: fold",
        "a.md:10:7: error: \"rows\" must be one of: results, variants, parts, folds, trials, levels"
      ),
      ("result: moons\ndigits: 99", "a.md:10:9: error: \"digits\" must be from 0 to 12, not 99"),
    ])
  func tables(_ recipe: String, _ expected: String) {
    let found = Self.problems("```{table}\n\(recipe)\n```\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(expected) == true, "\(found)")
  }

  @Test("A number has no values within it")
  func innerValues() {
    #expect(
      Self.problems("`{value} moons.train.loss.x` `{value} moons.train.loss.history.0`\n")
        == ["a.md:8:1: error: \"moons\" has no value \"train.loss.x\" (did you mean \"train.loss\"?)"])
  }

  @Test("Inline values are checked against labels, recipes and parameters")
  func inlineValues() {
    #expect(
      Self.problems("`{value} moons.epochs` `{value} suns.x` `{value} moons.test.x` `{value} params.x`\n")
        == [
          "a.md:8:24: error: no cell is labeled \"suns\" (known: moons, params)",
          "a.md:8:41: error: \"moons\" has no value \"test.x\"",
          "a.md:8:64: error: the document has no parameter \"x\"",
        ])
  }

  @Test("A parameter that the document does not have is an error")
  func parameters() {
    #expect(
      Self.problems("Text.\n", overrides: [("epoch", "3")]) == [
        "a.md:1:1: error: the document has no parameter \"epoch\""
      ])
  }
}

@Suite("Projects")
struct ProjectTests {
  /// A folder that only this test uses.
  private static func folder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lectern-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("a/b"), withIntermediateDirectories: true)
    return folder.path
  }

  private static func write(_ path: String) throws {
    try Data().write(to: URL(fileURLWithPath: path))
  }

  @Test("The root is the nearest folder with a mark, otherwise the document's own")
  func root() throws {
    let plain = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: plain) }
    #expect(Project(of: "\(plain)/a/b/x.md").root == "\(plain)/a/b")
    // What is a root when a run begins stays one to its end, whatever folders it makes.
    try FileManager.default.createDirectory(
      atPath: "\(plain)/a/.lectern", withIntermediateDirectories: true)
    #expect(Project(of: "\(plain)/a/b/x.md").root == "\(plain)/a/b")
    let marked = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: marked) }
    try Self.write("\(marked)/lectern.yml")
    try FileManager.default.createDirectory(
      atPath: "\(marked)/c/.lectern/d", withIntermediateDirectories: true)
    #expect(Project(of: "\(marked)/a/b/x.md").root == marked)
    #expect(Project(of: "\(marked)/a/b").root == marked)
    #expect(Project(of: "\(marked)/c/x.md").root == "\(marked)/c")
    #expect(Project(of: "\(marked)/c/x.md").storage == "\(marked)/c/.lectern")
  }

  @Test("Reports name files below the root, and elsewhere by their names")
  func paths() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Self.write("\(folder)/a/b/x.md")
    try Self.write("\(folder)/lectern.yml")
    let paths = ReportPaths(document: "\(folder)/a/./b/x.md")
    #expect(paths.document == "a/b/x.md")
    #expect(paths.shown("\(folder)/a/./b/x.md") == "a/b/x.md")
    #expect(paths.shown("data.csv") == "a/b/data.csv")
    #expect(paths.shown("../data/data.csv") == "a/data/data.csv")
    #expect(paths.shown("/etc/passwd") == "passwd")
  }
}
