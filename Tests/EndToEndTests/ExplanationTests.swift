import Foundation
import Lectern
import Testing

@Suite("A recipe and its explanation in Swift")
struct ExplanationTests {
  /// The cases whose experiments are written in every way that recipes have.
  private static let cases = Fixture.all.filter { $0.name.hasPrefix("recipe-") }

  /// The values of every cell, as JSON with sorted keys.
  private func values(_ folder: URL, _ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: folder.appendingPathComponent("out/\(name).results.json"))
    let results = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let cells = try #require(results["cells"] as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: cells.compactMap { cell in
        (cell["label"] as? String).map { ($0, cell["values"] ?? [:]) }
      })
  }

  private func text(_ value: Any) throws -> String {
    let data = try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .prettyPrinted])
    return String(decoding: data, as: UTF8.self)
  }

  @Test("give the same values, bit for bit, for every network and every key")
  func sameBits() throws {
    #expect(Self.cases.count >= 6)
    let folder = try Workspace.folder("explanations")
    var cells: [String] = []
    var expected: [String: Any] = [:]
    for fixture in Self.cases {
      for file in try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path)
      where !file.hasPrefix("expected") && file != "arguments.txt" {
        let target = folder.appendingPathComponent(file == "document.md" ? "\(fixture.name).md" : file)
        try? FileManager.default.removeItem(at: target)
        try FileManager.default.copyItem(at: fixture.folder.appendingPathComponent(file), to: target)
      }
      let run = try Command.run(["render", "\(fixture.name).md", "--output", "out"], in: folder)
      #expect(run.status == 0, "\(run.error)")
      let own = try values(folder, fixture.name)
      for (label, values) in own {
        #expect(
          expected.updateValue(values, forKey: label) == nil, "\(label) is the label of two experiments")
        let program = try Command.run(["explain", "\(fixture.name).md", label, "--swift"], in: folder)
        #expect(program.status == 0, "\(program.error)")
        let result = try #require(
          program.output.split(separator: "\n").last?.split(separator: " ").dropFirst().first)
        cells.append(
          "```{swift}\n#| label: \(label)\n\(program.output)record(\"values\", \(result).values)\n```\n")
      }
    }
    try Data(("---\ntitle: Explained\n---\n\n" + cells.sorted().joined(separator: "\n")).utf8)
      .write(to: folder.appendingPathComponent("explained.md"))
    let run = try Command.run(["render", "explained.md", "--output", "out"], in: folder)
    #expect(run.status == 0, "\(run.error)")
    let found = try values(folder, "explained")
    #expect(found.keys.sorted() == expected.keys.sorted() && !found.isEmpty)
    for (label, values) in expected {
      let computed = try #require((found[label] as? [String: Any])?["values"])
      #expect(try text(computed) == text(values), "the values of \(label)")
    }
  }

  /// A call of a member with every argument that has a value of its own, as a recipe and as Swift.
  private func swiftTexts<Product>(_ catalog: Catalog<Product>) throws -> [String] {
    let place = SourcePosition(file: "test", line: 1)
    func scalar(_ text: String) -> RecipeNode { RecipeNode(.scalar(text, isQuoted: false), at: place) }
    return try catalog.components.map { component in
      let arguments = component.parameters.compactMap { parameter -> RecipeNode.Argument? in
        let standard = parameter.defaultText.map(scalar)
        let candidates =
          [standard].compactMap(\.self) + ["4", "0.5", "1/16"].map(scalar) + parameter.choices.map(scalar)
          + [RecipeNode(.list([scalar("2"), scalar("3")]), at: place)]
        guard let value = candidates.first(where: { parameter.swiftText(of: $0) != nil }) else {
          return standard == nil
            ? .init(label: parameter.name, position: place, value: scalar("nested")) : nil
        }
        return .init(label: parameter.name, position: place, value: value)
      }
      let call = RecipeNode(.call(name: component.name, arguments: arguments), at: place)
      return try catalog.swiftText(of: call) { label, node, _ in
        guard case .scalar("nested", _) = node.kind else { return nil }
        switch label {
        case "layer": return "SimpleRecurrent(2)"
        case "branches": return "[[Dense(2)], [Dense(3)]]"
        case "steps": return "[Shift(1), Noise(0.1)]"
        default: return "[Dense(2)]"
        }
      }
    }
  }

  /// A splitter of every type, with all of its arguments.
  private static let splitters: [any Splitter] = [
    KFold(4, isShuffled: false), StratifiedKFold(4, isShuffled: false), GroupKFold(4, isShuffled: false),
    StratifiedGroupKFold(4, isShuffled: false), RepeatedSplitter(KFold(4), repeats: 3), LeaveOneOut(),
    LeavePOut(2, samples: 9), LeaveGroupsOut(2), ShuffleSplit(3, test: 0.2, training: 0.5),
    StratifiedShuffleSplit(3, test: 0.2, training: 0.5), GroupShuffleSplit(3, test: 0.2, training: 0.5),
    TimeSeriesSplit(3, gap: 1, maxTrainSize: 9, testSize: 2),
    PredefinedFolds([.init("a \"b\"", groups: ["1", "x"], weight: 1.5), .init("c", groups: ["2"])]),
    NestedSplitter(outer: KFold(3), inner: LeaveOneOut()),
  ]

  @Test("have a form for every member of every catalog that the compiler takes")
  func forms() throws {
    let lists: [(String, [String])] = [
      ("any Layer", try swiftTexts(Layers.catalog)), ("any Loss", try swiftTexts(Losses.catalog)),
      ("any Optimizer", try swiftTexts(Optimizers.catalog)),
      ("any Schedule", try swiftTexts(Schedules.catalog)),
      ("any Initializer", try swiftTexts(Initializers.catalog)),
      ("any Generator", try swiftTexts(Generators.catalog)),
      ("any Preparation", try swiftTexts(Preparations.catalog)),
      ("any Augmentation", try swiftTexts(Augmentations.catalog)),
      ("any Metric", try swiftTexts(Metrics.catalog)),
      ("any SampleMetric", try swiftTexts(SampleMetrics.catalog)),
      ("any Sampler", try swiftTexts(Samplers.catalog)), ("any Pruner", try swiftTexts(Pruners.catalog)),
      ("any ParameterImportance", try swiftTexts(ParameterImportances.catalog)),
      ("any Splitter", Self.splitters.map(\.swiftText)),
    ]
    let lines = lists.flatMap { type, texts in texts.map { "do { let member: \(type) = \($0); _ = member }" }
    }
    #expect(lines.count > 100)
    let text = "```{swift}\n#| label: forms\n\(lines.joined(separator: "\n"))\n```\n"
    let folder = try Workspace.folder("forms", files: ["forms.md": text])
    let run = try Command.run(["check", "forms.md"], in: folder)
    #expect(run.status == 0, "\(run.error)")
  }
}
