import Components

/// What can go wrong while a page is written, as facts.
package enum PublishingError: Error, Equatable, Sendable {
  case missingSystemFile(path: String, package: String)
  case scriptFailed(library: String, message: String)
  case markdownFailed
  case badFormula(String)
  case unresolvedReference(label: String, known: [String])
  case doubledReference(label: String)
  case missingDocument(name: String)
  case unresolvedForeignReference(label: String, document: String, known: [String])
  case slideTooHigh(title: String, percent: Int)
  case unknownTemplate(name: String, known: [String])
  case missingStyle(path: String)
  case deadLink(String)
  case missingPlace(String, known: [String])
  case missingImage(String)
  case unknownImageFormat(String)
  case imageWithoutText(String)
  case unknownCitation(key: String, known: [String])
  case missingBibliography(path: String)
  case badBibliography(String)
  case unknownCitationStyle(String)
  case missingTemplate(name: String, folders: [String])
  case badTemplate(path: String, message: String)
  case figureFailed(String)
  case missingCharacters([Character])
}

extension PublishingError: Explained {
  package var sentence: String {
    switch self {
    case .missingSystemFile(let path, _): "the file \(path) is missing"
    case .scriptFailed(let library, let message): "\(library) failed: \(message)"
    case .markdownFailed: "the Markdown library could not read the text"
    case .badFormula(let message): message
    case .unresolvedReference(let label, _): "unresolved reference \"@\(label)\""
    case .missingDocument(let name): "there is no document \"\(name).md\""
    case .unresolvedForeignReference(let label, let document, _):
      "the document \"\(document)\" has no \"\(label)\""
    case .slideTooHigh(let title, let percent):
      "the slide \"\(title)\" is about \(percent) % as high as the screen"
    case .unknownTemplate(let name, _): "there is no template \"\(name)\""
    case .missingStyle(let path): "the style sheet \(path) cannot be read"
    case .deadLink(let path): "the link leads to \(path), which does not exist"
    case .missingPlace(let id, _): "the page has no place \"#\(id)\" that the link leads to"
    case .missingImage(let path): "the image \(path) cannot be read"
    case .unknownImageFormat(let path): "\(path) is no image that pages can hold"
    case .imageWithoutText(let path): "the image \(path) has no text for those who do not see it"
    case .unknownCitation(let key, _): "the bibliography has no entry \"\(key)\""
    case .missingBibliography(let path): "the bibliography \(path) cannot be read"
    case .badBibliography(let message): message
    case .unknownCitationStyle(let name): "there is no style of citations \"\(name)\""
    case .doubledReference(let label): "two things are labeled \"\(label)\""
    case .missingTemplate(let name, _): "there is no template \"\(name)\""
    case .badTemplate(let path, let message): "the template \(path) cannot be read: \(message)"
    case .figureFailed(let message): "the figure could not be drawn: \(message)"
    case .missingCharacters(let characters):
      "the font of figures lacks \(characters.map { "\"\($0)\"" }.joined(separator: ", "))"
    }
  }

  package var hint: String? {
    switch self {
    case .missingSystemFile(_, let package): "install the Debian package \(package)"
    case .unresolvedReference(let label, let known):
      Suggestion.nearest(to: label, among: known).map { "did you mean \"@\($0)\"?" }
    case .unresolvedForeignReference(let label, _, let known):
      Suggestion.nearest(to: label, among: known).map { "did you mean \"\($0)\"?" }
    case .slideTooHigh: "begin another slide with a heading, or hide a part with .content-visible"
    case .unknownTemplate(let name, let known):
      Suggestion.hint(for: name, among: known) ?? "known are \(known.joined(separator: ", "))"
    case .missingDocument, .missingStyle, .deadLink, .missingImage: "paths are relative to the document"
    case .missingPlace(let id, let known):
      Suggestion.nearest(to: id, among: known).map { "did you mean \"#\($0)\"?" }
    case .unknownImageFormat: "png, jpg, gif, webp and svg are known"
    case .imageWithoutText(let path): "write what it shows: ![a moon](\(path))"
    case .unknownCitation(let key, let known): Suggestion.hint(for: key, among: known)
    case .missingBibliography: "paths are relative to the document"
    case .unknownCitationStyle: "numeric and author-year are known"
    case .missingTemplate(_, let folders): "looked in \(folders.joined(separator: ", "))"
    case .missingCharacters: "boxes stand for them; DejaVu Sans has Latin, Greek, Cyrillic and many signs"
    default: nil
    }
  }
}
