import Components
import Datasets
import Foundation

/// The files that a page was made from, as the page holds them.
package struct PageExtraction: Sendable {
  /// A file.
  package struct File: Sendable {
    /// Below the folder that is written.
    package var path: String
    package var contents: Data
  }

  /// The document, what it includes, and the inputs that the page holds.
  package private(set) var files: [File] = []
  /// The document's path below the root.
  package let document: String
  /// The inputs that were too large for the page or lie outside of the project, with their digests.
  package private(set) var missing: [(path: String, digest: String)] = []
  /// The parameters in force, as `name=value`.
  package let parameters: [String]
  /// The profile in force.
  package let profile: String?

  /// Reads a page.
  package init(html: String) throws(ExtractionError) {
    let made = try Self.provenance(html)
    guard let document = made.document, let source = made.source else { throw .notMadeHere }
    self.document = document
    parameters = (made.parameters ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text)" }
    profile = made.profile
    try add(document, Data(source.utf8))
    for file in made.includes ?? [] { try add(file.path, Data(file.text.utf8)) }
    let folder = document.split(separator: "/").dropLast().joined(separator: "/")
    for input in made.inputs ?? [] {
      guard let text = input.gzip, let compressed = Data(base64Encoded: text),
        let contents = try? Deflater.gunzip(compressed, name: input.path)
      else {
        missing.append((input.path, input.sha256))
        continue
      }
      guard ContentHash.sha256(contents) == input.sha256 else { throw .damaged(path: input.path) }
      do throws(ExtractionError) {
        try add(folder.isEmpty ? input.path : "\(folder)/\(input.path)", contents)
      } catch {
        // A file above the project's root cannot be put beside it.
        missing.append((input.path, input.sha256))
      }
    }
    if let project = made.project { try add("lectern.yml", Data(project.utf8)) }
  }

  private mutating func add(_ path: String, _ contents: Data) throws(ExtractionError) {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: false) where part != "." {
      if part == "..", !parts.isEmpty { parts.removeLast() } else { parts.append(part) }
    }
    // Nothing is ever written outside of the folder.
    guard !parts.contains(".."), !parts.contains(""), !parts.isEmpty else { throw .outside(path: path) }
    files.append(File(path: parts.joined(separator: "/"), contents: contents))
  }

  // MARK: JSON

  private struct Provenance: Decodable {
    var document: String?
    var source: String?
    var includes: [Include]?
    var inputs: [Input]?
    var parameters: [String: Scalar]?
    var profile: String?
    var project: String?
  }

  private struct Include: Decodable {
    var path: String
    var text: String
  }

  private struct Input: Decodable {
    var path: String
    var sha256: String
    var gzip: String?
  }

  /// A number, a text or a truth value as it is written behind `-P name=`.
  private struct Scalar: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(Bool.self) {
        text = "\(value)"
      } else if let value = try? container.decode(Int.self) {
        text = "\(value)"
      } else if let value = try? container.decode(Double.self) {
        text = "\(value)"
      } else {
        text = try container.decode(String.self)
      }
    }
  }

  private static func provenance(_ html: String) throws(ExtractionError) -> Provenance {
    let opening = "<script type=\"application/json\" id=\"provenance\">"
    guard let begin = html.range(of: opening),
      let end = html.range(of: "</script>", range: begin.upperBound..<html.endIndex)
    else { throw .notMadeHere }
    do {
      return try JSONDecoder().decode(
        Provenance.self, from: Data(html[begin.upperBound..<end.lowerBound].utf8))
    } catch {
      throw .notMadeHere
    }
  }
}

/// What can go wrong when a page is taken apart.
package enum ExtractionError: Explained, Equatable {
  case notMadeHere
  case damaged(path: String)
  case outside(path: String)

  package var sentence: String {
    switch self {
    case .notMadeHere: "the file holds no source: it is no page of Lectern"
    case .damaged(let path): "the page's copy of \(path) is damaged"
    case .outside(let path): "the page names \(path), which lies outside of its folder"
    }
  }
}
