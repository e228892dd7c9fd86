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
      for node in [cell.recipe?["data"]?["csv"], cell.recipe?["data"], cell.recipe?["csv"]] {
        if let path = node.flatMap(String.init(recipe:)) { paths.insert(path) }
      }
    }
    return paths.sorted().compactMap { path in
      let place = path.hasPrefix("/") ? path : "\(folder)/\(path)"
      return FileManager.default.contents(atPath: place).map {
        InputFile(path: path, digest: ContentHash.sha256($0))
      }
    }
  }
}
