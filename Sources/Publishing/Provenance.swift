import CairoRendering
import Components
import Datasets
import Documents
import Execution
import Foundation

/// What a page was made from and with: enough to make it again, and nothing that differs from machine to machine.
struct Provenance {
  private let executed: ExecutedDocument
  private let context: PageContext
  private let hasMathematics: Bool

  /// A compressed file above this size is named, not embedded.
  private static let mostBytes = 256 << 10
  /// A file above this size is not even compressed: pages are made in a moment.
  private static let mostPlainBytes = 4 << 20

  init(_ executed: ExecutedDocument, context: PageContext, hasMathematics: Bool) {
    self.executed = executed
    self.context = context
    self.hasMathematics = hasMathematics
  }

  /// JSON that can stand inside a `<script>`.
  var json: String {
    get throws(PublishingError) {
      let parameters = executed.parameters.map { ($0.name, $0.value) }
      let cells = executed.cells.map { ($0.cell.label, RecordedValue.object($0.values)) }
      let includes = executed.document.included.map { file in
        RecordedValue.object(["path": .text(executed.paths.shown(file.file)), "text": .text(file.text)])
      }
      var content: [String: RecordedValue] = [
        "schema": .integer(1),
        "engine": .text(Engine.version),
        "document": .text(executed.paths.document),
        "source": .text(executed.document.text),
        "includes": .list(includes),
        "seed": .seed(executed.seed),
        "parameters": .object(Dictionary(parameters, uniquingKeysWith: { _, last in last })),
        "inputs": .list(files.map(\.recorded)),
        "values": .object(Dictionary(cells, uniquingKeysWith: { first, _ in first })),
        "versions": .object(
          Dictionary(try versions.map { ($0.name, .text($0.version)) }) { first, _ in first }),
      ]
      if let profile = context.profile { content["profile"] = .text(profile) }
      if let project = context.projectFile { content["project"] = .text(project) }
      if let stamp = context.stamp {
        content["git"] = .object(["commit": .text(stamp.commit), "clean": .boolean(stamp.isClean)])
      }
      // Nothing inside may end the script or begin a comment.
      return RecordedValue.object(content).json.replacing("<", with: "\\u003c").replacing(
        "\u{7F}", with: "\\u007f")
    }
  }

  // MARK: Files

  /// A file that the document reads.
  private struct File {
    var path: String
    var digest: String
    var content: Data?

    var recorded: RecordedValue {
      var fields: [String: RecordedValue] = ["path": .text(path), "sha256": .text(digest)]
      if let content { fields["gzip"] = .text(content.base64EncodedString()) }
      return .object(fields)
    }
  }

  /// The data, bibliographies, images and style sheets that the document names, in the order of their paths.
  private var files: [File] {
    let folder = URL(fileURLWithPath: executed.document.file).deletingLastPathComponent()
    let matter = executed.document.frontMatter
    var paths = Set(
      executed.inputs.map(\.path) + matter.bibliography + matter.css + [matter.image].compactMap(\.self))
    for case .prose(let prose) in executed.document.blocks {
      for link in prose.links where link.isImage { if let path = link.path { paths.insert(path) } }
    }
    return paths.sorted().compactMap { path in
      guard let data = try? Data(contentsOf: URL(fileURLWithPath: path, relativeTo: folder)) else {
        return nil
      }
      let compressed = data.count <= Self.mostPlainBytes ? Deflater.gzip(data) : nil
      let content = compressed.flatMap { $0.count <= Self.mostBytes ? $0 : nil }
      return File(path: path, digest: ContentHash.sha256(data), content: content)
    }
  }

  // MARK: Panel

  /// A table for readers.
  var panel: String {
    get throws(PublishingError) {
      var rows = [
        row("Document", file(executed.paths.document, ContentHash.sha256(Data(executed.document.text.utf8))))
      ]
      for included in executed.document.included {
        rows.append(
          row(
            "Included",
            file(executed.paths.shown(included.file), ContentHash.sha256(Data(included.text.utf8)))))
      }
      rows += files.map { row("Input", file($0.path, $0.digest)) }
      rows.append(row("Seed", "<code>\(executed.seed)</code>"))
      for (name, value) in executed.parameters {
        rows.append(row("Parameter", "<code>\(HTML.escaped("\(name) = \(value.compactJSON)"))</code>"))
      }
      if let profile = context.profile {
        rows.append(row("Profile", "<code>\(HTML.escaped(profile))</code>"))
      }
      let settings = experimentsWithSettings
      if !settings.isEmpty { rows.append(row("Settings in force", settings.joined(separator: ", "))) }
      let tools = try ["Lectern \(Engine.version)"] + versions.map { "\($0.name) \($0.version)" }
      rows.append(row("Made with", HTML.escaped(tools.joined(separator: ", "))))
      if let stamp = context.stamp {
        let state = stamp.isClean ? "" : ", with changes that were not committed"
        rows.append(row("Commit", "<code>\(HTML.escaped(stamp.commit))</code>\(state)"))
      }
      return "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Provenance\">"
        + "<table class=\"provenance\"><tbody>\n\(rows.joined())</tbody></table></div>"
    }
  }

  private func row(_ name: String, _ value: String) -> String {
    "<tr><th scope=\"row\">\(name)</th><td>\(value)</td></tr>\n"
  }

  private func file(_ path: String, _ digest: String) -> String {
    "<code>\(HTML.escaped(path))</code> <span class=\"digest\">SHA-256 <code title=\"\(digest)\">\(digest.prefix(12))…</code></span>"
  }

  /// Links to the settings of experiments that the page shows.
  private var experimentsWithSettings: [String] {
    executed.cells.filter { executed in
      executed.cell.options.include && executed.cell.options.output != .hidden
        && executed.outputs.contains { if case .settings = $0 { true } else { false } }
    }.map {
      "<a href=\"#cell-\(HTML.escaped($0.cell.label))\">\(HTML.escaped($0.cell.label))</a>"
    }
  }

  private var versions: [(name: String, version: String)] {
    get throws(PublishingError) {
      var versions: [(String, String)] = []
      let hasFigures = executed.cells.contains {
        $0.outputs.contains { if case .figure = $0 { true } else { false } }
      }
      if hasFigures { versions.append(("Cairo", RenderingVersions.cairo)) }
      versions.append(("Discount", MarkdownConverter.version))
      if hasMathematics { versions.append(("Duktape", ScriptEngine.duktapeVersion)) }
      if hasFigures { versions.append(("FreeType", RenderingVersions.freeType)) }
      if hasMathematics { versions.append(("KaTeX", try MathTypesetter.version())) }
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
