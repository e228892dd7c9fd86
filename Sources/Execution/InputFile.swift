import Components
import Documents
import Foundation

/// A file that a document names, and its digest.
package struct InputFile: Sendable, Hashable {
  /// The path as the document gives it.
  package var path: String
  /// The SHA-256 digest in hexadecimal digits.
  package var digest: String

  /// The files that recipes and the option `inputs` name and that exist, each once, in the order of their paths.
  static func files(of document: Document, folder: String) -> [InputFile] {
    var paths: Set<String> = []
    for cell in document.cells {
      paths.formUnion(cell.options.inputs)
      for node in [cell.recipe?["data"], cell.recipe?["split"], cell.recipe?["csv"]] {
        if let node { paths.formUnion(texts(in: node)) }
      }
    }
    return paths.sorted().compactMap { path in
      let place = path.hasPrefix("/") ? path : "\(folder)/\(path)"
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), !isFolder.boolValue else {
        return nil
      }
      return FileManager.default.contents(atPath: place).map {
        InputFile(path: path, digest: ContentHash.sha256($0))
      }
    }
  }

  /// Everything that may be a path: sources, tests and covariances name files by different keys.
  private static func texts(in node: RecipeNode) -> [String] {
    switch node.kind {
    case .scalar(let text, _): text.isEmpty ? [] : [text]
    case .list(let items): items.flatMap(texts)
    case .map(let entries): entries.flatMap { texts(in: $0.value) }
    case .tagged(_, let inner): texts(in: inner)
    case .call: []
    }
  }
}
