import Components
import Foundation

/// A file that an experiment writes beside the report.
public struct ExportedFile: Sendable, Hashable {
  /// The name, without a folder.
  public var name: String
  /// What it holds.
  public var contents: Data

  /// A file.
  public init(name: String, contents: Data) {
    self.name = name
    self.contents = contents
  }
}

extension ExperimentResult {
  /// The files that the recipe asks for.
  ///
  /// Networks are those of the first repetition; tables hold all of them. Throws if a network cannot be written.
  public func exportedFiles() throws -> [ExportedFile] {
    try experiment.exports.flatMap { export -> [ExportedFile] in
      switch export {
      case .model: try modelFiles()
      case .predictions: [table("predictions", PredictionTable(self).rows)]
      case .folds: [table("folds", FoldTable(self).rows)]
      }
    }
  }

  private func modelFiles() throws -> [ExportedFile] {
    let label = experiment.label
    let networks =
      variants.isEmpty
      ? [("\(label)-model", self)]
      : variants.map { ("\(label)-\(RecipeVariants.hyphenated($0.name))-model", $0.result) }
    return try networks.flatMap { name, result -> [ExportedFile] in
      guard let network = result.fitted?.network else { return [] }
      let saved = try network.savedFiles()
      return [
        ExportedFile(name: "\(name).json", contents: saved.description),
        ExportedFile(name: "\(name).safetensors", contents: saved.weights),
      ]
    }
  }

  private func table(_ name: String, _ rows: [[String]]) -> ExportedFile {
    let lines = rows.map { $0.map(Self.quoted).joined(separator: ",") + "\n" }
    return ExportedFile(name: "\(experiment.label)-\(name).csv", contents: Data(lines.joined().utf8))
  }

  /// A field of comma-separated values (RFC 4180).
  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { ",\"\n\r".contains($0) }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
