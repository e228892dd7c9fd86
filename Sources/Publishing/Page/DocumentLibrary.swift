import Components
import Documents
import Execution
import Foundation
import Synchronization

/// The other documents that references lead to: their titles, and what they number.
///
/// Numbers are those that follow from the text alone, so that a page is the same whether it is made alone or with all
/// others; a document is read once.
package final class DocumentLibrary: Sendable {
  /// Another document.
  struct Entry: Sendable {
    /// Without markup.
    var title: String
    var index: ReferenceIndex
  }

  private let plan: @Sendable (String) -> Plan?
  private let entries = Mutex<[String: Entry?]>([:])

  /// A library that plans a document by its path; nil if there is none.
  package init(plan: @escaping @Sendable (String) -> Plan?) { self.plan = plan }

  /// The document of a name, a path without its ending beside a file.
  func entry(_ name: String, besides file: String) -> Entry? {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    let path = URL(fileURLWithPath: "\(name).md", relativeTo: folder).standardizedFileURL.path
    if let known = entries.withLock({ $0[path] }) { return known }
    let entry = FileManager.default.fileExists(atPath: path) ? read(path, name) : nil
    entries.withLock { $0[path] = .some(entry) }
    return entry
  }

  private func read(_ path: String, _ name: String) -> Entry? {
    guard let plan = plan(path) else { return nil }
    let title = plan.document.frontMatter.title ?? name
    return Entry(title: title.filter { !"*_`$".contains($0) }, index: ReferenceIndex(plan.prediction))
  }
}
