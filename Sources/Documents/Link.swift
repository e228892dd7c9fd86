import Components
import Foundation

/// A link or an image of the prose: `[text](destination)`, `![text](destination)`.
package struct Link: Sendable, Equatable {
  /// Where it leads, as it is written.
  package var destination: String
  /// Whether it is an image.
  package var isImage: Bool
  /// Whether there is a text between the brackets.
  package var hasText: Bool
  /// Where it stands.
  package var position: SourcePosition

  package init(destination: String, isImage: Bool, hasText: Bool, position: SourcePosition) {
    self.destination = destination
    self.isImage = isImage
    self.hasText = hasText
    self.position = position
  }

  /// The path of a file, relative to the document; nil if it leads to the web or to a place of the page.
  package var path: String? { Self.path(of: destination) }

  /// The path that an address names.
  package static func path(of destination: String) -> String? {
    let path = destination.prefix { $0 != "#" && $0 != "?" }
    guard !path.isEmpty, !path.hasPrefix("//"), !path.contains(":") else { return nil }
    return path.removingPercentEncoding ?? String(path)
  }

  /// The id of a place of the page; nil if it leads elsewhere.
  package var place: String? {
    destination.hasPrefix("#") && destination.count > 1 ? String(destination.dropFirst()) : nil
  }
}
