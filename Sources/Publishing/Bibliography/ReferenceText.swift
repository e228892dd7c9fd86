/// An entry of a list of references: who, what, where, when, and where to find it.
enum ReferenceText {
  /// The text of an entry, with the year as citations give it.
  static func html(_ entry: BibliographyEntry, year: String?) -> String {
    var parts: [String] = []
    let people = people(entry)
    if !people.isEmpty { parts.append(HTML.escaped(people)) }
    if let title = entry.text("title") {
      let isWork = ["book", "phdthesis", "mastersthesis", "thesis", "proceedings"].contains(entry.type)
      parts.append(isWork ? "<cite>\(HTML.escaped(title))</cite>" : "“\(HTML.escaped(title))”")
    }
    parts += place(entry)
    if let year { parts.append(HTML.escaped(year)) }
    let links = links(entry)
    return parts.joined(separator: ", ") + "."
      + (links.isEmpty ? "" : " " + links.joined(separator: ", ") + ".")
  }

  private static func people(_ entry: BibliographyEntry) -> String {
    var names = entry.people.map { $0.isOthers ? "others" : $0.short }
    // Collaborations write with thousands.
    if names.count > 10 { names = [names[0], "others"] }
    let isEdited = entry.fields["author"] == nil && entry.fields["editor"] != nil
    let last = names.popLast()
    let list = last.map { names.isEmpty ? $0 : names.joined(separator: ", ") + " and " + $0 } ?? ""
    return isEdited && !list.isEmpty ? list + " (eds.)" : list
  }

  /// Journal and volume, or book, publisher and pages.
  private static func place(_ entry: BibliographyEntry) -> [String] {
    var parts: [String] = []
    if let journal = entry.text("journal") ?? entry.text("journaltitle") {
      var text = "<cite>\(HTML.escaped(journal))</cite>"
      if let volume = entry.text("volume") { text += " <b>\(HTML.escaped(volume))</b>" }
      if let number = entry.text("number") { text += " (\(HTML.escaped(number)))" }
      parts.append(text)
    } else if let book = entry.text("booktitle") {
      parts.append("in <cite>\(HTML.escaped(book))</cite>")
    }
    if let edition = entry.text("edition") { parts.append(HTML.escaped("\(edition) edition")) }
    for field in ["publisher", "school", "institution", "howpublished"] {
      if let text = entry.text(field) { parts.append(HTML.escaped(text)) }
    }
    if let pages = entry.text("pages") {
      parts.append(HTML.escaped(pages.replacing("-", with: "–").replacing("––", with: "–")))
    }
    return parts
  }

  private static func links(_ entry: BibliographyEntry) -> [String] {
    var links: [String] = []
    if let doi = entry.text("doi") {
      let name = doi.split(separator: "doi.org/").last.map(String.init) ?? doi
      links.append(link("https://doi.org/\(name)", "doi:\(name)"))
    }
    let archive = (entry.text("archiveprefix") ?? entry.text("eprinttype") ?? "arxiv").lowercased()
    if let eprint = entry.text("eprint"), archive == "arxiv" {
      links.append(link("https://arxiv.org/abs/\(eprint)", "arXiv:\(eprint)"))
    }
    if links.isEmpty, let url = entry.text("url") { links.append(link(url, url)) }
    return links
  }

  /// A link to the web; any other address stays text.
  private static func link(_ url: String, _ text: String) -> String {
    let isWeb = url.hasPrefix("https://") || url.hasPrefix("http://")
    guard isWeb, !url.contains(where: { $0.isWhitespace }) else { return HTML.escaped(text) }
    return "<a href=\"\(HTML.escaped(url))\">\(HTML.escaped(text))</a>"
  }
}
