import Components
import Documents
import Foundation

/// What the links and images of a document lead to on this machine.
struct LocalFiles {
  /// What leads nowhere, and images without a text.
  private(set) var problems: [Problem] = []
  /// The images of files as addresses that hold them, by their paths.
  private(set) var images: [String: String] = [:]
  /// The style sheets that the front matter names, one after the other.
  private(set) var style = ""

  private static let types = [
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "svg": "image/svg+xml",
  ]

  /// Looks up what a document links to.
  init(_ document: Document, _ index: ReferenceIndex) {
    let folder = URL(fileURLWithPath: document.file).deletingLastPathComponent()
    for path in document.frontMatter.css {
      if let data = try? Data(contentsOf: URL(fileURLWithPath: path, relativeTo: folder)) {
        // Nothing in a style sheet may end it.
        style += String(decoding: data, as: UTF8.self).replacing("</", with: "<\\/") + "\n"
      } else {
        let position = document.frontMatter.positions["css"] ?? SourcePosition(file: document.file, line: 1)
        problems.append(Problem(PublishingError.missingStyle(path: path), at: position))
      }
    }
    for case .prose(let prose) in document.blocks {
      for link in prose.links {
        if link.isImage { embed(link, folder) } else { check(link, folder, index) }
      }
    }
  }

  private mutating func note(_ error: PublishingError, at link: Link, _ severity: Problem.Severity) {
    problems.append(Problem(error, at: link.position, severity: severity))
  }

  private mutating func embed(_ link: Link, _ folder: URL) {
    if !link.hasText { note(.imageWithoutText(link.destination), at: link, .warning) }
    guard let path = link.path, images[path] == nil else { return }
    let file = URL(fileURLWithPath: path, relativeTo: folder)
    guard let data = try? Data(contentsOf: file) else { return note(.missingImage(path), at: link, .error) }
    guard let type = Self.types[file.pathExtension.lowercased()] else {
      return note(.unknownImageFormat(path), at: link, .error)
    }
    images[path] = "data:\(type);base64,\(data.base64EncodedString())"
  }

  /// An address that holds an image; nil if it cannot be read.
  func address(ofImage path: String, besides document: String) -> String? {
    let folder = URL(fileURLWithPath: document).deletingLastPathComponent()
    let file = URL(fileURLWithPath: path, relativeTo: folder)
    guard let data = try? Data(contentsOf: file), let type = Self.types[file.pathExtension.lowercased()]
    else {
      return nil
    }
    return "data:\(type);base64,\(data.base64EncodedString())"
  }

  private mutating func check(_ link: Link, _ folder: URL, _ index: ReferenceIndex) {
    if let place = link.place {
      let isKnown = index.ids.contains(place) || ["text", "references"].contains(place)
      if !isKnown { note(.missingPlace(place, known: index.ids.sorted()), at: link, .warning) }
      return
    }
    guard let path = link.path else { return }
    let file = URL(fileURLWithPath: path, relativeTo: folder)
    // A page beside this one is made of a document beside this one; folders of documents have an index.
    let sources = [file, file.deletingPathExtension().appendingPathExtension("md")]
    let isIndex = file.lastPathComponent == "index.html"
    let isThere = isIndex || sources.contains { FileManager.default.fileExists(atPath: $0.path) }
    if !isThere { note(.deadLink(path), at: link, .warning) }
  }
}
