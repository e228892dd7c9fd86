import Foundation
import Testing

@Suite("lectern study")
struct StudyCommandTests {
  /// A journal with a study of trials whose value is their number, counted down.
  private static func journal(trials: Int, name: String) -> String {
    var lines = [#"{"op_code": 0, "worker_id": "a", "study_name": "\#(name)", "directions": [1]}"#]
    let distribution =
      #"{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}"#
    for number in 0..<trials {
      lines.append(
        #"{"op_code": 4, "worker_id": "a", "study_id": 0, "datetime_start": null, "state": 1, "#
          + #""value": \#(trials - number), "values": null, "distributions": {"x": "\#(distribution)"}, "#
          + #""params": {"x": 0.25}, "user_attrs": {"fold_values": [1.0, 2.5]}, "#
          + #""system_attrs": {}, "intermediate_values": {}}"#)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test("Studies are imported, listed, shown, exported and deleted")
  func lifeOfAStudy() throws {
    let folder = try Workspace.folder(
      "study", files: ["lectern.yml": "", "a.log": Self.journal(trials: 3, name: "a")])
    #expect(try Command.run(["study", "import", "a.log"], in: folder).output == "a: 3 trials\n")
    let list = try Command.run(["study", "list"], in: folder)
    #expect(list.output == "a  minimize  3 trials (3 completed)  best 1.0 (trial 2)\n")
    let shown = try Command.run(["study", "show", "a"], in: folder).output
    #expect(shown.hasSuffix("trial  value  x\n2      1.0    0.25\n1      2.0    0.25\n0      3.0    0.25\n"))
    let csv = try Command.run(["study", "export", "a", "--format", "csv"], in: folder).output
    let head = "number,state,value,x,fold-1,fold-2\n"
    #expect(csv == head + (0..<3).map { "\($0),completed,\(3 - $0).0,0.25,1.0,2.5\n" }.joined())
    try Command.run(["study", "export", "a", "--format", "journal", "-o", "b.log"], in: folder)
    let again = try Command.run(["study", "export", "a", "--storage", "b.log"], in: folder).output
    #expect(try again == Command.run(["study", "export", "a"], in: folder).output)
    let wrong = try Command.run(["study", "delete", "b"], in: folder)
    #expect(wrong.status == 2)
    #expect(wrong.error.contains("there is no study \"b\""))
    #expect(try Command.run(["study", "delete", "a"], in: folder).status == 0)
    #expect(try Command.run(["study", "list"], in: folder).output.isEmpty)
  }

  @Test("Two processes that write at once lose nothing")
  func twoProcesses() throws {
    let folder = try Workspace.folder(
      "study-processes",
      files: ["a.log": Self.journal(trials: 200, name: "a"), "b.log": Self.journal(trials: 200, name: "b")])
    let processes = try ["a", "b"].map { name in
      try Command.start(["study", "import", "\(name).log", "--storage", "both.db"], in: folder).process
    }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    for name in ["a", "b"] {
      let arguments = ["study", "export", name, "--format", "csv", "--storage", "both.db"]
      let rows = try Command.run(arguments, in: folder).output.split(separator: "\n").dropFirst()
      #expect(rows.map { $0.prefix { $0 != "," } } == (0..<200).map { "\($0)" })
    }
  }

  /// A report with a search that takes a second or two.
  private static let report = """
    ```{experiment}
    #| label: moons
    data: {generate: two-moons, samples: 200}
    split: {test: 0.25}
    model: [dense(!log-int [4, 32], relu), dense(2)]
    train: {epochs: 1000, batch-size: 16, learning-rate: !log-uniform [1e-4, 1e-1]}
    validate: {k-fold: 3}
    evaluate: [accuracy]
    search: {trials: 16, study: moons}
    ```
    """

  private static func results(_ folder: URL) throws -> String {
    try String(contentsOf: folder.appendingPathComponent("output/report.results.json"), encoding: .utf8)
  }

  @Test(
    "A search that is killed is resumed, shared with a worker and replayed, with the same results bit for bit"
  )
  func resumed() throws {
    let whole = try Workspace.folder("study-whole", files: ["lectern.yml": "", "report.md": Self.report])
    #expect(try Command.run(["render", "report.md"], in: whole).status == 0)
    let folder = try Workspace.folder("study-resumed", files: ["lectern.yml": "", "report.md": Self.report])
    let (render, _, _) = try Command.start(["render", "report.md"], in: folder)
    let start = ContinuousClock.now
    var count = 0
    while count < 3, start.duration(to: .now) < .seconds(30) {
      let rows = try Command.run(["study", "export", "moons", "--format", "csv"], in: folder).output
      count = rows.split(separator: "\n").count { $0.contains("completed") }
    }
    kill(render.processIdentifier, SIGKILL)
    render.waitUntilExit()
    #expect(count >= 3)
    let workers = try ["resume", "worker"].map {
      try Command.start(["study", $0, "moons", "--threads", "1"], in: folder).process
    }
    for worker in workers {
      worker.waitUntilExit()
      #expect(worker.terminationStatus == 0)
    }
    let list = try Command.run(["study", "list"], in: folder).output
    #expect(list.contains("16 trials (16 completed)"))
    #expect(try Command.run(["render", "report.md"], in: folder).status == 0)
    #expect(try Self.results(folder) == Self.results(whole))
    let replay = try Command.run(["study", "replay", "moons"], in: folder)
    #expect(replay.output == "moons: all 16 trials come out the same, bit for bit\n")
  }

  @Test("What a process wrote before it was killed can be read and goes on")
  func killed() throws {
    let folder = try Workspace.folder(
      "study-killed",
      files: [
        "a.log": Self.journal(trials: 20000, name: "a"), "b.log": Self.journal(trials: 2, name: "b"),
      ])
    let options = ["--storage", "killed.db"]
    let (process, _, _) = try Command.start(["study", "import", "a.log"] + options, in: folder)
    let start = ContinuousClock.now
    var count = 0
    while count <= 0, start.duration(to: .now) < .seconds(30) {
      let rows = try Command.run(["study", "export", "a", "--format", "csv"] + options, in: folder).output
      count = rows.split(separator: "\n").count - 1
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let left = try Command.run(["study", "export", "a", "--format", "csv"] + options, in: folder).output
    let rows = left.split(separator: "\n").dropFirst()
    #expect(count > 0 && rows.count >= count)
    #expect(rows.allSatisfy { $0.hasSuffix(",0.25,1.0,2.5") }, "no trial is written in part")
    #expect(try Command.run(["study", "import", "b.log"] + options, in: folder).output == "b: 2 trials\n")
  }
}
