import Foundation
import Testing

@Suite("The same document gives the same bytes")
struct DeterminismTests {
  /// Everything that could depend on threads: a search with cross-validation, a closure test, cells and figures.
  private static let whole = """
    ---
    title: Everything
    seed: 11
    ---

    ```{experiment}
    #| label: moons
    data: {generate: two-moons, samples: 120, noise: 0.2}
    split: {test: 0.25, validation: 0.2, stratify: true}
    prepare: [standardize]
    model: [dense(!log-int [2, 8], tanh), dropout(0.1), dense(2)]
    train:
      loss: cross-entropy
      optimizer: adam
      learning-rate: !log-uniform [1e-3, 1e-1]
      epochs: 4
      batch-size: 16
    evaluate: [accuracy]
    validate: {k-fold: 3, stratified: true}
    search: {sampler: tpe, trials: 14, objective: accuracy}
    ```

    ```{experiment}
    #| label: law
    data:
      law: "x^0.7*(1-x)^3"
      points: {range: [0.05, 0.95], count: 24}
      noise: {relative: 0.05}
    model: [dense(5, tanh), dense(1)]
    train: {loss: mse, optimizer: adam, epochs: 8, batch-size: full}
    closure-test: {levels: [0, 1, 2], replicas: 4, fits: 3}
    ```

    ```{plot}
    #| label: fig-search
    result: moons
    kind: search-history
    ```

    ```{swift}
    #| label: cell
    let law = { (x: Double) in x.squareRoot() * (1 - x) }
    let data = Dataset.sampled(law, at: .linear(0.01...0.99, count: 40), noise: .relative(0.05), seed: 7)
    let network = Sequential { Dense(8, activation: .tanh); Dense(1) }
    let fit = try network.fit(data, loss: .meanSquaredError, optimizer: .adam(learningRate: 0.01), epochs: 30)
    record("loss", fit.history.trainingLoss.last ?? 0)
    record("accuracy", try result("moons").value("test.accuracy"))
    print(["b": 1, "a": 2, "c": 3], Set([3, 1, 2]))
    fit.plot(over: data)
    ```

    The best of `{value} moons.search.trials` trials reaches `{value} moons.test.accuracy | 3`; $a^2$; @fig-search.

    """

  /// The page and the results of a document in a folder.
  private static func bytes(_ name: String, in folder: URL) throws -> [Data] {
    try ["html", "results.json"].map { ending in
      try #require(Workspace.bytes("\(name).\(ending)", in: folder), "\(name).\(ending) is written")
    }
  }

  /// Renders a text as `document.md` in a folder of its own.
  private static func render(_ text: String, in name: String, _ arguments: String...) throws -> [Data] {
    let folder = try Workspace.folder("determinism/\(name)", files: ["document.md": text])
    let run = try Command.run(["render", "document.md", "--output", "out"] + arguments, in: folder)
    #expect(run.error == "document.md: ok (0.00 s)\n")
    return try bytes("document", in: folder.appendingPathComponent("out"))
  }

  @Test("Threads, runs, folders and file names outside of the document change nothing")
  func threads() throws {
    let name = "threads"
    let one = try Self.render(Self.whole, in: name, "--threads", "1")
    #expect(try Self.render(Self.whole, in: name, "--threads", "2") == one)
    #expect(try Self.render(Self.whole, in: name, "--threads", "4") == one)
    #expect(try Self.render(Self.whole, in: name) == one)
    // From another working directory, with an absolute path and another time zone and language.
    let folder = Workspace.root.appendingPathComponent("determinism/\(name)")
    let run = try Command.run(
      ["render", folder.appendingPathComponent("document.md").path, "--output", "elsewhere"],
      in: Workspace.root.appendingPathComponent("determinism"),
      environment: ["TZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "NO_COLOR": "1"])
    #expect(run.status == 0)
    let elsewhere = Workspace.root.appendingPathComponent("determinism/elsewhere")
    #expect(try Self.bytes("document", in: elsewhere) == one)
  }

  @Test("Two documents at once equal each alone")
  func together() throws {
    let other = Self.whole.replacing("seed: 11", with: "seed: 12")
    let folder = try Workspace.folder(
      "determinism/together", files: ["first.md": Self.whole, "second.md": other])
    let both = try Command.run(
      ["render", "first.md", "second.md", "--output", "both", "--jobs", "2"], in: folder)
    #expect(both.error == "first.md: ok (0.00 s)\nsecond.md: ok (0.00 s)\n")
    for name in ["first", "second"] {
      try Command.run(["render", "\(name).md", "--output", "alone", "--jobs", "1"], in: folder)
      let alone = try Self.bytes(name, in: folder.appendingPathComponent("alone"))
      #expect(try Self.bytes(name, in: folder.appendingPathComponent("both")) == alone)
    }
  }

  @Test("Moving and renaming blocks changes no value")
  func moved() throws {
    func block(_ label: String, _ seedless: String) -> String {
      "```{experiment}\n#| label: \(label)\n\(seedless)\n```\n\n"
    }
    let moons = """
      data: {generate: two-moons, samples: 100, noise: 0.2}
      split: {test: 0.25}
      model: [dense(4, tanh), dense(2)]
      train: {loss: cross-entropy, optimizer: adam, epochs: 3, batch-size: 16}
      """
    let sine = """
      data: {generate: sine, samples: 60}
      split: {test: 0.25}
      model: [dense(4, tanh), dense(1)]
      train: {loss: mse, optimizer: adam, epochs: 3}
      """
    func values(_ text: String, _ name: String) throws -> [String: NSDictionary] {
      let bytes = try Self.render("---\nseed: 5\n---\n\n" + text, in: name)
      let json = try JSONSerialization.jsonObject(with: bytes[1]) as? [String: Any]
      let cells = try #require(json?["cells"] as? [[String: Any]])
      return Dictionary(
        uniqueKeysWithValues: cells.compactMap { cell in
          guard let label = cell["label"] as? String, let values = cell["values"] as? NSDictionary else {
            return nil
          }
          return (label, values)
        })
    }
    let before = try values(block("moons", moons) + block("sine", sine), "moved-before")
    let after = try values(
      "# Text\n\n" + block("sinus", sine) + "More.\n\n" + block("luna", moons), "moved-after")
    #expect(before["moons"] != nil)
    #expect(before["moons"] == after["luna"])
    #expect(before["sine"] == after["sinus"])
  }

  @Test("The first lecture has the same bytes with one and with two threads")
  func lecture() throws {
    let lectures = Fixture.folder.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("lectures")
    guard FileManager.default.fileExists(atPath: lectures.appendingPathComponent("first-network.md").path)
    else {
      return
    }
    let folder = try Workspace.folder("determinism/lecture")
    let document = "lectures/first-network.md"
    try FileManager.default.copyItem(at: lectures, to: folder.appendingPathComponent("lectures"))
    var all: [[Data]] = []
    for threads in ["1", "2"] {
      let run = try Command.run(
        ["render", document, "--threads", threads, "--output", threads], in: folder)
      #expect(run.error == "\(document): ok (0.00 s)\n")
      all.append(try Self.bytes("first-network", in: folder.appendingPathComponent(threads)))
    }
    #expect(all[0] == all[1])
  }
}
