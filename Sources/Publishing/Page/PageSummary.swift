import Documents

/// What an index of pages shows of a page.
package struct PageSummary: Sendable {
  /// Without markup.
  package var title: String
  package var authors: [String]
  package var date: String?
  /// HTML.
  package var abstract: String
  package var keywords: [String]
  package var categories: [String]
  package var isDraft: Bool
  /// A picture, as an address that holds it; nil without a figure.
  package var thumbnail: String?
  /// The texts that a search looks through.
  let sections: [PlainText.Section]

  init(
    _ matter: FrontMatter, title: String?, abstract: String, body: String, headings: [ContentsWriter.Entry],
    thumbnail: String?
  ) {
    self.title = title ?? ""
    authors = matter.authors
    date = matter.date
    self.abstract = abstract.isEmpty ? HTML.escaped(matter.description ?? "") : abstract
    keywords = matter.keywords
    categories = matter.categories
    isDraft = matter.draft
    self.thumbnail = thumbnail
    sections = PlainText(body).sections
  }
}
