import Components
import Documents
import Foundation

/// The page of a folder: a card for every report, in the order of the project, and a search through all of them.
package struct SiteIndex {
  /// A report of the folder.
  package struct Item {
    /// Relative to the index.
    package var address: String
    /// What it is called if it has no title.
    package var name: String
    /// Nil if no page could be made.
    package var summary: PageSummary?
    /// Whether nothing failed.
    package var isOK: Bool

    package init(address: String, name: String, summary: PageSummary?, isOK: Bool) {
      self.address = address
      self.name = name
      self.summary = summary
      self.isOK = isOK
    }
  }

  private let title: String
  private let language: String
  private let items: [Item]

  /// The index of some reports, in the order of reading.
  package init(title: String, language: String = "en", items: [Item]) {
    self.title = title
    self.language = language
    self.items = items
  }

  /// The file.
  package func html(template: PageTemplate) throws(PublishingError) -> String {
    let parts = template.parts
    return try template.render([
      "language": language, "plainTitle": title, "title": HTML.escaped(title), "engine": Engine.version,
      "style": parts.style, "script": parts.script, "runningTitle": PageTemplate.cssText(title),
      "cards": items.map(card), "count": items.count == 1 ? "One report" : "\(items.count) reports",
      "searchIndex": searchIndex,
    ])
  }

  private func card(_ item: Item) -> [String: Any] {
    let summary = item.summary
    let date = summary?.date ?? ""
    let content: [String: Any] = [
      "address": item.address, "title": title(of: item),
      "authors": summary?.authors.joined(separator: ", ") ?? "",
      "isoDate": PageTemplate.isoDate(date) ?? "", "date": PageTemplate.isoDate(date) == nil ? date : "",
      // Links inside would stand within the link of the card's title.
      "abstract": Self.shortened(Composition.plain(summary?.abstract ?? "")),
      "keywords": (summary?.keywords ?? []).map { $0 as Any },
      "categories": (summary?.categories ?? []).map { $0 as Any },
      "thumbnail": summary?.thumbnail ?? "",
      "status": item.isOK ? (summary?.isDraft == true ? "draft" : "") : "failed",
    ]
    return content.filter { ($0.value as? String)?.isEmpty != true }
  }

  private func title(of item: Item) -> String {
    item.summary.flatMap { $0.title.isEmpty ? nil : $0.title } ?? item.name
  }

  /// A card is no page: of a long abstract it shows the beginning.
  private static func shortened(_ text: String) -> String {
    let most = 320
    guard text.count > most else { return text }
    let part = text.prefix(most)
    return part[..<(part.lastIndex(of: " ") ?? part.endIndex)] + " …"
  }

  /// The texts of all reports by sections, as JSON that can stand inside a `<script>`.
  private var searchIndex: String {
    RecordedValue.list(
      items.map { item in
        let sections = (item.summary?.sections ?? []).filter { !$0.text.isEmpty || !$0.title.isEmpty }
        return .object([
          "page": .text(item.address), "title": .text(title(of: item)),
          "sections": .list(
            sections.map { .list([.text($0.id), .text($0.title), .text($0.text)]) }),
        ])
      }
    ).compactJSON.replacing("<", with: "\\u003c")
  }
}
