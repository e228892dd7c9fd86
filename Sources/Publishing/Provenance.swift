import CairoRendering
import Components
import Documents
import Execution

/// What a page was made from and with: enough to make it again, and nothing that differs from machine to machine.
struct Provenance {
  private let executed: ExecutedDocument
  private let hasMathematics: Bool

  init(_ executed: ExecutedDocument, hasMathematics: Bool) {
    self.executed = executed
    self.hasMathematics = hasMathematics
  }

  /// JSON that can stand inside a `<script>`.
  var json: String {
    get throws(PublishingError) {
      let parameters = executed.parameters.map { ($0.name, $0.value) }
      let inputs = executed.inputs.map { file in
        RecordedValue.object(["path": .text(file.path), "sha256": .text(file.digest)])
      }
      let cells = executed.cells.map { ($0.cell.label, RecordedValue.object($0.values)) }
      let content: [String: RecordedValue] = [
        "schema": .integer(1),
        "engine": .text(Engine.version),
        "document": .text(executed.paths.document),
        "source": .text(executed.document.text),
        "seed": .seed(executed.seed),
        "parameters": .object(Dictionary(parameters, uniquingKeysWith: { _, last in last })),
        "inputs": .list(inputs),
        "values": .object(Dictionary(cells, uniquingKeysWith: { first, _ in first })),
        "versions": .object(try versions),
      ]
      // Nothing inside may end the script or begin a comment.
      return RecordedValue.object(content).json.replacing("<", with: "\\u003c")
    }
  }

  private var versions: [String: RecordedValue] {
    get throws(PublishingError) {
      var versions: [String: RecordedValue] = ["Discount": .text(MarkdownConverter.version)]
      let hasFigures = executed.cells.contains {
        $0.outputs.contains { if case .figure = $0 { true } else { false } }
      }
      if hasFigures {
        versions["Cairo"] = .text(RenderingVersions.cairo)
        versions["FreeType"] = .text(RenderingVersions.freeType)
      }
      if hasMathematics {
        versions["Duktape"] = .text(ScriptEngine.duktapeVersion)
        versions["KaTeX"] = .text(try MathTypesetter.version())
      }
      return versions
    }
  }
}

extension RecordedValue {
  /// A seed; one that JSON numbers of this program cannot hold is written as text.
  static func seed(_ seed: UInt64) -> RecordedValue {
    Int(exactly: seed).map { .integer($0) } ?? .text("\(seed)")
  }
}
