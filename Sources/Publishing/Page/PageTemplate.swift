import Components
import Documents
import Foundation
import Mustache

/// A template: a folder with `page.mustache`, partials, `style.css` and perhaps `script.js`.
///
/// What a folder lacks comes from the folder `base` beside it; a project's own `templates/NAME` goes before what comes
/// with the program, file by file.
package struct PageTemplate: Sendable {
  /// The name of the templates' common folder.
  private static let base = "base"
  /// The template of documents that name none.
  package static let standard = "lecture"

  private let library: MustacheLibrary
  private let style: String
  private let script: String

  /// The template of a name: that of the project, else one that comes with the program.
  package static func named(_ name: String, projectRoot: URL?) throws(PublishingError) -> PageTemplate {
    let places = folders(projectRoot)
    let known = names(in: places)
    guard known.contains(name) else { throw .unknownTemplate(name: name, known: known) }
    // A folder of the project may hold a style sheet alone.
    let chain = [name, base, standard].flatMap { name in places.map { $0.appending(path: name) } }
    return try PageTemplate(chain: chain)
  }

  /// The names of the templates there are, sorted.
  package static func names(projectRoot: URL?) -> [String] { names(in: folders(projectRoot)) }

  private static func names(in places: [URL]) -> [String] {
    let found = places.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0.path)) ?? [] }
    let folders = Set(found).filter { name in
      name != base
        && places.contains { place in
          ["page.mustache", "style.css"].contains {
            FileManager.default.fileExists(atPath: place.appending(path: "\(name)/\($0)").path)
          }
        }
    }
    return folders.sorted()
  }

  private static func folders(_ projectRoot: URL?) -> [URL] {
    (projectRoot.map { [$0.appending(path: "templates")] } ?? []) + installedFolders()
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
      if FileManager.default.fileExists(atPath: templates.appending(path: base).path) {
        folders.append(templates)
      }
      let parent = folder.deletingLastPathComponent()
      guard parent.path != folder.path else { break }
      folder = parent
    }
    return folders
  }

  /// Reads a template whose files lie in the first folder that has them.
  private init(chain: [URL]) throws(PublishingError) {
    var templates: [String: MustacheTemplate] = [:]
    for folder in chain {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      for name in names.sorted() where name.hasSuffix(".mustache") {
        let key = String(name.dropLast(".mustache".count))
        guard templates[key] == nil else { continue }
        do {
          let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
          templates[key] = try MustacheTemplate(string: text)
        } catch {
          throw .badTemplate(path: "\(folder.lastPathComponent)/\(name)", message: "\(error)")
        }
      }
    }
    guard templates["page"] != nil else {
      throw .missingTemplate(name: chain.first?.lastPathComponent ?? "", folders: chain.map(\.path))
    }
    library = MustacheLibrary(templates: templates)
    var seen: Set<String> = []
    style = try Self.style("style.css", chain, &seen)
    script = ["common.js", "script.js"].compactMap { Self.text($0, chain).map(Self.compact) }
      .joined(separator: "\n")
  }

  private static func text(_ name: String, _ chain: [URL]) -> String? {
    for folder in chain {
      let file = folder.appending(path: name)
      if let data = FileManager.default.contents(atPath: file.path) {
        return String(decoding: data, as: UTF8.self)
      }
    }
    return nil
  }

  /// A style sheet with those that it imports, each once, in their places.
  private static func style(
    _ name: String, _ chain: [URL], _ seen: inout Set<String>
  ) throws(PublishingError) -> String {
    guard seen.insert(name).inserted else { return "" }
    guard let css = text(name, chain) else {
      throw .badTemplate(path: name, message: "there is no such style sheet")
    }
    var result = ""
    for line in compact(css).split(separator: "\n", omittingEmptySubsequences: true) {
      if let match = line.wholeMatch(of: /@import "([^"]+)";/) {
        result += try style(String(match.1), chain, &seen)
      } else {
        result += line + "\n"
      }
    }
    return result
  }

  // MARK: Pages

  /// The file of a page.
  func html(of parts: PageParts) throws(PublishingError) -> String {
    let matter = parts.frontMatter
    let format = matter.format
    let context = parts.context
    let hasTitleBlock = !parts.title.isEmpty || !matter.authors.isEmpty || matter.date != nil
    var content: [String: Any] = [
      "language": matter.language, "format": format.rawValue, "plainTitle": parts.plainTitle,
      "title": parts.title, "subtitle": parts.subtitle, "authors": matter.authors.joined(separator: ", "),
      "date": matter.date ?? "", "isoDate": matter.date.flatMap(Self.isoDate) ?? "",
      "abstract": parts.abstract, "description": matter.description ?? "",
      "keywords": matter.keywords.joined(separator: ", "),
      "categories": matter.categories.joined(separator: ", "),
      "hasTitleBlock": hasTitleBlock,
      "hasMetadata": !(matter.keywords + matter.categories).isEmpty || matter.license != nil,
      "hasByline": !matter.authors.isEmpty || matter.date != nil, "isDraft": matter.draft,
      "license": matter.license ?? "", "style": style + RampStyle.css(for: parts.body),
      "script": script, "mathStyle": parts.mathStyle, "authorStyle": parts.authorStyle,
      "contents": parts.contents, "banner": parts.banner, "body": parts.body,
      "provenance": parts.provenance, "provenancePanel": parts.provenancePanel, "engine": Engine.version,
      "foldsProvenance": true,
      // The pages of slides have no margins.
      "runningTitle": format == .slides ? "" : Self.cssText(parts.plainTitle),
      "hasNeighbors": context.previous != nil || context.next != nil,
      "projectTitle": context.projectTitle ?? "",
    ]
    if let link = context.previous { content["previous"] = ["title": link.title, "address": link.address] }
    if let link = context.next { content["next"] = ["title": link.title, "address": link.address] }
    return try render(content)
  }

  /// The page for a content; texts that are empty count as absent.
  func render(_ content: [String: Any]) throws(PublishingError) -> String {
    guard
      let html = library.render(
        content.filter { ($0.value as? String)?.isEmpty != true }, withTemplate: "page")
    else { throw .badTemplate(path: "page.mustache", message: "it cannot be rendered") }
    return html
  }

  /// The style sheet and the script, for pages that are no documents.
  var parts: (style: String, script: String) { (style, script) }

  /// A date that HTML takes for one: a year, a month or a day.
  static func isoDate(_ date: String) -> String? {
    guard let match = date.wholeMatch(of: /([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?/) else { return nil }
    let month = match.2.flatMap { Int($0) } ?? 1
    let day = match.3.flatMap { Int($0) } ?? 1
    let isLeap = Int(match.1).map { $0 % 4 == 0 && ($0 % 100 != 0 || $0 % 400 == 0) } ?? false
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...12).contains(month) && (1...days[month - 1]).contains(day) ? date : nil
  }

  /// A text as a CSS string that cannot end its style sheet.
  static func cssText(_ text: String) -> String {
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

  /// A style sheet or a script without its indentation and the comments that have lines of their own.
  private static func compact(_ text: String) -> String {
    var lines: [Substring] = []
    var isComment = false
    for line in text.split(separator: "\n") {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("//") { continue }
      if text.hasPrefix("/*") { isComment = true }
      if !isComment, !text.isEmpty { lines.append(text) }
      if isComment, text.hasSuffix("*/") { isComment = false }
    }
    return lines.joined(separator: "\n")
  }
}
