/// The table of contents: headings as nested lists.
struct ContentsWriter {
  /// A heading with its text as HTML.
  struct Entry {
    var level: Int
    var id: String
    var html: String
  }

  /// The lists, empty without headings.
  func html(_ entries: [Entry], depth: Int) -> String {
    guard let top = entries.map(\.level).min() else { return "" }
    var html = ""
    var open = 0
    for entry in entries where entry.level - top < depth {
      let level = entry.level - top + 1
      if level <= open {
        html += "</li>\n"
        while open > level {
          html += "</ul></li>\n"
          open -= 1
        }
      }
      while open < level {
        // A level that is left out gets an item without text.
        html += open + 1 < level ? "<ul><li>" : "<ul>\n"
        open += 1
      }
      html += "<li><a href=\"#\(HTML.escaped(entry.id))\">\(entry.html)</a>"
    }
    while open > 0 {
      html += "</li></ul>"
      open -= 1
    }
    return html
  }
}
