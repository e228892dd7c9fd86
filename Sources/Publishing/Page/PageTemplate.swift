import Documents
import Foundation
import Mustache

/// A template: a folder with `page.mustache` and `style.css`.
package struct PageTemplate: Sendable {
  private let template: MustacheTemplate
  private let style: String

  /// Reads the template of a folder.
  package init(folder: URL) throws(PublishingError) {
    let page = folder.appending(path: "page.mustache")
    do {
      template = try MustacheTemplate(string: String(contentsOf: page, encoding: .utf8))
      style = Self.compact(try String(contentsOf: folder.appending(path: "style.css"), encoding: .utf8))
    } catch {
      throw .badTemplate(path: folder.lastPathComponent + "/page.mustache", message: "\(error)")
    }
  }

  /// The template of a name: that of the project, else one that comes with the program.
  package static func named(_ name: String, projectRoot: URL?) throws(PublishingError) -> PageTemplate {
    var folders = (projectRoot.map { [$0.appending(path: "templates")] } ?? []) + installedFolders()
    folders = folders.map { $0.appending(path: name) }
    for folder in folders
    where FileManager.default.fileExists(atPath: folder.appending(path: "page.mustache").path) {
      return try PageTemplate(folder: folder)
    }
    throw .missingTemplate(name: name, folders: folders.map(\.path))
  }

  /// The folders of templates beside the program: those of the source tree it was built in, and
  /// `../share/lectern/templates` where it is installed.
  private static func installedFolders() -> [URL] {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let executable = URL(fileURLWithPath: link ?? CommandLine.arguments.first ?? "")
    var folder = executable.deletingLastPathComponent()
    var folders = [folder.deletingLastPathComponent().appending(path: "share/lectern/templates")]
    while folder.path != "/", !folder.path.isEmpty {
      let templates = folder.appending(path: "templates")
      if FileManager.default.fileExists(atPath: templates.path) { folders.append(templates) }
      let parent = folder.deletingLastPathComponent()
      guard parent.path != folder.path else { break }
      folder = parent
    }
    return folders
  }

  /// The file of a page.
  func html(of parts: PageParts) throws(PublishingError) -> String {
    let matter = parts.frontMatter
    let hasTitleBlock = !parts.title.isEmpty || !matter.authors.isEmpty || matter.date != nil
    let content: [String: Any] = [
      "language": matter.language, "plainTitle": parts.plainTitle, "title": parts.title,
      "subtitle": parts.subtitle, "authors": matter.authors.joined(separator: ", "),
      "date": matter.date ?? "", "abstract": parts.abstract, "description": matter.description ?? "",
      "keywords": matter.keywords.joined(separator: ", "), "hasTitleBlock": hasTitleBlock,
      "hasByline": !matter.authors.isEmpty || matter.date != nil, "isDraft": matter.draft,
      "license": matter.license ?? "", "style": style + RampStyle.css(for: parts.body),
      "mathStyle": parts.mathStyle,
      "contents": parts.contents, "banner": parts.banner, "body": parts.body,
      "provenance": parts.provenance, "engine": Engine.version,
      "runningTitle": Self.cssText(parts.plainTitle),
    ]
    // An empty text would count as present.
    return template.render(content.filter { ($0.value as? String)?.isEmpty != true })
  }

  /// A text as a CSS string that cannot end its style sheet.
  private static func cssText(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if "\"\\<>\n\r".unicodeScalars.contains(scalar) {
        result += "\\" + String(scalar.value, radix: 16) + " "
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// A style sheet without its comments and indentation.
  private static func compact(_ css: String) -> String {
    var lines: [Substring] = []
    var isComment = false
    for line in css.split(separator: "\n") {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("/*") { isComment = true }
      if !isComment, !text.isEmpty { lines.append(text) }
      if isComment, text.hasSuffix("*/") { isComment = false }
    }
    return lines.joined(separator: "\n")
  }
}
