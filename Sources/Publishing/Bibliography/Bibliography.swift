import Components
import Documents
import Foundation

/// The works that a document cites, and how it cites them.
struct Bibliography {
  /// How citations look.
  enum Style: String, CaseIterable {
    /// By the number in the list, which has the order of the text.
    case numeric
    /// By authors and year; the list is sorted by them.
    case authorYear = "author-year"
  }

  /// What is wrong with the files and the citations.
  private(set) var problems: [Problem] = []

  private var style = Style.numeric
  private var entries: [String: BibliographyEntry] = [:]
  /// The keys of the list in its order.
  private var listed: [String] = []
  /// By key the number, or the year with a letter where authors and years are the same.
  private var marks: [String: String] = [:]
  /// The insertions that cite each key.
  private var citations: [String: [Int]] = [:]

  /// The bibliography of a document that cites nothing.
  init() {}

  /// Reads the files that the front matter names, and finds what the document cites.
  ///
  /// `citations` are in the order of the text.
  init(_ document: Document, citations: [(citation: Citation, insertion: Insertion)]) {
    let matter = document.frontMatter
    guard !matter.bibliography.isEmpty else { return }
    let position = matter.positions["bibliography"] ?? SourcePosition(file: document.file, line: 1)
    if let name = matter.csl {
      if let style = Style(rawValue: name) {
        self.style = style
      } else {
        problems.append(
          Problem(
            PublishingError.unknownCitationStyle(name), at: matter.positions["csl"] ?? position,
            severity: .warning))
      }
    }
    let folder = URL(fileURLWithPath: document.file).deletingLastPathComponent()
    for path in matter.bibliography {
      guard let data = try? Data(contentsOf: URL(fileURLWithPath: path, relativeTo: folder)) else {
        problems.append(Problem(PublishingError.missingBibliography(path: path), at: position))
        continue
      }
      let reader = BibTeXReader(String(decoding: data, as: UTF8.self), file: path)
      problems += reader.problems
      for entry in reader.entries where entries[entry.key] == nil { entries[entry.key] = entry }
    }
    for (citation, insertion) in citations { cite(citation, insertion) }
    sort()
  }

  private mutating func cite(_ citation: Citation, _ insertion: Insertion) {
    for item in citation.items {
      guard entries[item.key] != nil else {
        let error = PublishingError.unknownCitation(key: item.key, known: entries.keys.sorted())
        problems.append(Problem(error, at: insertion.position))
        continue
      }
      if citations[item.key] == nil { listed.append(item.key) }
      if citations[item.key]?.last != insertion.index {
        citations[item.key, default: []].append(insertion.index)
      }
    }
  }

  private mutating func sort() {
    if style == .numeric {
      for (number, key) in listed.enumerated() { marks[key] = "\(number + 1)" }
      return
    }
    let names = Dictionary(uniqueKeysWithValues: listed.map { ($0, label(of: $0)) })
    let years = Dictionary(uniqueKeysWithValues: listed.map { ($0, entries[$0]?.year ?? "n.d.") })
    listed.sort { (names[$0] ?? "", years[$0] ?? "", $0) < (names[$1] ?? "", years[$1] ?? "", $1) }
    for key in listed {
      let same = listed.filter { names[$0] == names[key] && years[$0] == years[key] }
      let place = same.firstIndex(of: key) ?? 0
      let letter = same.count > 1 && place < 26 ? String(UnicodeScalar(UInt8(97 + place))) : ""
      marks[key] = (years[key] ?? "") + letter
    }
  }

  /// Whether nothing is cited.
  var isEmpty: Bool { listed.isEmpty }

  /// Who wrote a work, as a citation says it.
  private func label(of key: String) -> String {
    guard let entry = entries[key] else { return key }
    let people = entry.people
    guard let first = people.first else { return entry.text("title") ?? key }
    if people.count == 1 { return first.family }
    if people.count == 2, !people[1].isOthers { return "\(first.family) and \(people[1].family)" }
    return "\(first.family) et\u{a0}al."
  }

  // MARK: HTML

  /// A citation; what the bibliography lacks is marked.
  func html(_ citation: Citation, _ index: Int) -> String {
    let parts = citation.items.map { html($0, isNarrative: citation.isNarrative) }
    let text = parts.joined(separator: "; ")
    let (open, close) = style == .numeric ? ("[", "]") : ("(", ")")
    let whole = citation.isNarrative ? text : open + text + close
    return "<span class=\"citation\" id=\"cite-\(index)\">\(whole)</span>"
  }

  private func html(_ item: Citation.Item, isNarrative: Bool) -> String {
    guard let mark = marks[item.key] else {
      return
        "<span class=\"missing\" title=\"the bibliography has no such entry\">@\(HTML.escaped(item.key))</span>"
    }
    let authors = HTML.escaped(label(of: item.key))
    func link(_ text: String) -> String { "<a href=\"#\(Self.id(item.key))\">\(text)</a>" }
    let shown = HTML.escaped(mark)
    var text: String
    switch (style, isNarrative) {
    case (.numeric, true): text = "\(authors) [\(link(shown))]"
    case (.numeric, false): text = link(shown)
    case (.authorYear, true): text = "\(authors) (\(link(shown)))"
    case (.authorYear, false): text = item.omitsAuthors ? link(shown) : link("\(authors) \(shown)")
    }
    if !item.prefix.isEmpty { text = "\(HTML.escaped(item.prefix)) \(text)" }
    if !item.suffix.isEmpty { text += ", \(HTML.escaped(item.suffix))" }
    return text
  }

  private static func id(_ key: String) -> String { HTML.escaped("ref-\(key)") }

  /// The list of all that is cited, each with the way back.
  var list: String {
    guard !isEmpty else { return "" }
    let tag = style == .numeric ? "ol" : "ul"
    let items = listed.compactMap { key -> String? in
      guard let entry = entries[key] else { return nil }
      let places = citations[key] ?? []
      let back = places.enumerated().map { number, index in
        let words = places.count > 1 ? "Back to citation \(number + 1)" : "Back to the citation"
        return "<a class=\"back\" href=\"#cite-\(index)\" aria-label=\"\(words)\">↩</a>"
      }
      let year = style == .authorYear ? marks[key] : entry.year
      return
        "<li id=\"\(Self.id(key))\">\(ReferenceText.html(entry, year: year)) \(back.joined(separator: " "))</li>"
    }
    return "<\(tag) class=\"bibliography\">\n\(items.joined(separator: "\n"))\n</\(tag)>"
  }
}
