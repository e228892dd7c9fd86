import Documents
import Foundation

/// Cuts the HTML of a text into slides: a heading of the slides' level begins one, a heading above it a section with an
/// outline.
struct SlideWriter {
  /// A heading that may begin a slide.
  struct Heading {
    var level: Int
    var id: String
    /// The text as HTML.
    var html: String
  }

  /// A slide.
  struct Slide {
    /// What messages call it.
    var title: String
    /// The id of the heading that it stands below; nil before the first.
    var heading: String?
    var html: String
  }

  private let headings: [Heading]
  private let slideLevel: Int
  private let sectionLevel: Int?

  private(set) var slides: [Slide] = []
  /// How often slides without a heading of their own have a name.
  private var names: [String: Int] = [:]

  /// A writer that knows all headings of the document; nil for the level takes the second one that the document has.
  init(headings: [Heading], slideLevel: Int?) {
    self.headings = headings
    let levels = Set(headings.map(\.level)).sorted()
    let level = slideLevel ?? (levels.count > 1 ? levels[1] : levels.first ?? 1)
    self.slideLevel = level
    sectionLevel = levels.first { $0 < level }
  }

  /// The slides of a text, one after the other.
  mutating func html(_ body: String) -> String {
    var heading: String?
    var current = ""
    var title = ""
    var label: String?
    for (number, piece) in body.split(separator: SlideMark.begin, omittingEmptySubsequences: false)
      .enumerated()
    {
      guard number > 0, let end = piece.firstIndex(of: SlideMark.end),
        let found = self.heading(piece[..<end])
      else {
        current += piece
        continue
      }
      let text = piece[piece.index(after: end)...]
      if found.level > slideLevel {
        current += text
        continue
      }
      add(current, title: title, label: label, heading: heading)
      heading = found.id
      if found.level < slideLevel {
        let close = text.range(of: "</h\(shownLevel(text))>")?.upperBound ?? text.startIndex
        addOutline(found, String(text[..<close]))
        (current, title, label) = (String(text[close...]), found.html, nil)
      } else {
        (current, title, label) = (String(text), found.html, found.id)
      }
    }
    add(current, title: title, label: label, heading: heading)
    return slides.map(\.html).joined(separator: "\n")
  }

  private func heading(_ mark: Substring) -> Heading? {
    guard let colon = mark.firstIndex(of: ":") else { return nil }
    let id = mark[mark.index(after: colon)...]
    return headings.first { $0.id == id }
  }

  private func shownLevel(_ html: Substring) -> Character {
    html.range(of: "<h").map { html[$0.upperBound] } ?? "1"
  }

  private mutating func add(_ content: String, title: String, label: String?, heading: String?) {
    for (number, part) in content.split(separator: SlideMark.outputSlide, omittingEmptySubsequences: false)
      .enumerated()
    {
      guard !part.allSatisfy({ $0.isWhitespace || String($0) == SlideMark.pause }) else { continue }
      let isContinued = number > 0 || label == nil
      let plain = Self.plain(title)
      let name =
        label.map { number == 0 ? " aria-labelledby=\"\(HTML.escaped($0))\"" : nil } ?? nil
      let head = isContinued && !title.isEmpty ? "<p class=\"slide-title\">\(title)</p>\n" : ""
      let spoken = name ?? " aria-label=\"\(unique(plain.isEmpty ? "Slide" : "\(plain), continued"))\""
      slides.append(
        Slide(
          title: plain.isEmpty ? "without a title" : plain, heading: heading,
          html: "<section class=\"slide\"\(spoken)>\n\(head)\(steps(String(part)))\n</section>"))
    }
  }

  /// A name that no other slide has.
  private mutating func unique(_ name: String) -> String {
    names[name, default: 0] += 1
    let count = names[name, default: 0]
    return count == 1 ? name : "\(name) \(count)"
  }

  /// The slide of a section: all sections of its level, with this one marked.
  private mutating func addOutline(_ section: Heading, _ title: String) {
    let others = headings.filter { $0.level == section.level }
    var list = ""
    if section.level == sectionLevel, others.count > 1 {
      list = "<ol class=\"outline\">\n"
      for other in others {
        let mark = other.id == section.id ? " class=\"current\" aria-current=\"true\"" : ""
        list += "<li\(mark)><a href=\"#\(HTML.escaped(other.id))\">\(other.html)</a></li>\n"
      }
      list += "</ol>\n"
    }
    slides.append(
      Slide(
        title: Self.plain(section.html), heading: section.id,
        html: "<section class=\"slide outline-slide\" aria-labelledby=\"\(HTML.escaped(section.id))\">\n"
          + "\(title)\n\(list)</section>"))
  }

  /// What follows a pause is a step of its own; items of incremental lists are steps too.
  private func steps(_ content: String) -> String {
    let parts = content.split(separator: SlideMark.pause, omittingEmptySubsequences: false)
    let text =
      parts.joined(separator: "<div class=\"step\">\n")
      + String(repeating: "</div>\n", count: parts.count - 1)
    return Self.incremental(text)
  }

  private static func incremental(_ html: String) -> String {
    var result = ""
    var rest = html[...]
    while let begin = rest.range(of: "<div class=\"incremental\"") {
      result += rest[..<begin.lowerBound]
      var depth = 0
      var end = rest.endIndex
      var search = begin.lowerBound
      while let tag = rest[search...].firstMatch(of: /<(\/?)div[ >]/) {
        depth += tag.1.isEmpty ? 1 : -1
        search = tag.range.upperBound
        if depth == 0 {
          end = search
          break
        }
      }
      result += rest[begin.lowerBound..<end].replacing("<li>", with: "<li class=\"step\">")
      rest = rest[end...]
    }
    return result + rest
  }

  private static func plain(_ html: String) -> String {
    html.replacing(/<math.*?<\/math>|<[^>]*>/, with: "").trimmed
  }
}
