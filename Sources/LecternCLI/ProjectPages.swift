import Documents
import Execution
import Foundation
import Publishing

/// The pages of a project as neighbors: their order, and what references between them need.
struct ProjectPages: Sendable {
  private let settings: DocumentSettings
  private let library: DocumentLibrary

  init(settings: DocumentSettings) {
    self.settings = settings
    library = DocumentLibrary { path in try? DocumentPath(path: path, name: path).plan(settings) }
  }

  /// What surrounds the page of a document.
  func context(of document: DocumentPath, project: Project) -> PageContext {
    var context = PageContext(
      mathematics: MathTypesetter(file: "\(project.storage)/formulas", engines: settings.threads))
    context.library = library
    context.profile = settings.profile
    guard let file = project.settings else { return context }
    context.projectFile = file.text
    context.projectTitle = file.title
    let own = Self.name(of: document)
    guard let place = file.order.firstIndex(where: { Self.isName($0, of: own) }) else { return context }
    if place > 0 { context.previous = link(to: file.order[place - 1], from: own, project) }
    if place + 1 < file.order.count { context.next = link(to: file.order[place + 1], from: own, project) }
    return context
  }

  /// The place of a document in the order of its project; those that it does not name come last.
  func place(of document: DocumentPath, project: Project) -> Int {
    let own = Self.name(of: document)
    let order = project.settings?.order ?? []
    return order.firstIndex { Self.isName($0, of: own) } ?? order.count
  }

  /// The path below the root without its ending.
  private static func name(of document: DocumentPath) -> String {
    let path = ReportPaths(document: document.path).document
    return path.hasSuffix(".md") ? String(path.dropLast(3)) : path
  }

  /// An order may name documents without their folders.
  private static func isName(_ name: String, of path: String) -> Bool {
    name == path || path.hasSuffix("/\(name)")
  }

  private func link(to name: String, from own: String, _ project: Project) -> PageLink? {
    let folder = own.split(separator: "/").dropLast().joined(separator: "/")
    let beside = folder.isEmpty || name.contains("/") ? name : "\(folder)/\(name)"
    let candidates = [name, beside].map { ($0, "\(project.root)/\($0).md") }
    guard let (path, file) = candidates.first(where: { FileManager.default.fileExists(atPath: $0.1) }) else {
      return nil
    }
    let title = (try? DocumentPath(path: file, name: name).document(settings))?.frontMatter.title
    return PageLink(title: title.map(Self.plain) ?? name, address: Self.relative(path, from: own) + ".html")
  }

  private static func plain(_ title: String) -> String { title.filter { !"*_`$".contains($0) } }

  /// A path as it is written in a file beside another one.
  private static func relative(_ path: String, from other: String) -> String {
    var (target, base) = (path.split(separator: "/")[...], other.split(separator: "/").dropLast()[...])
    while let first = target.first, target.count > 1, first == base.first {
      target.removeFirst()
      base.removeFirst()
    }
    return (base.map { _ in ".." } + target.map(String.init)).joined(separator: "/")
  }
}
