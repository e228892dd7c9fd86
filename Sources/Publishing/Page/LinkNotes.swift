import Documents

/// Links to the web as paper shows them: a number behind the text, and the addresses at the end.
enum LinkNotes {
  /// The text with its notes; `level` is that of the heading above them.
  static func place(in html: String, level: Int) -> String {
    var addresses: [String] = []
    let text = html.replacing(/<a href="(https?:\/\/[^"]*)"([^>]*)>(.*?)<\/a>/) { match in
      let address = String(match.1)
      // An address that is its own text needs no note.
      guard !match.3.contains(match.1) else { return String(match.0) }
      if !addresses.contains(address) { addresses.append(address) }
      let number = (addresses.firstIndex(of: address) ?? 0) + 1
      return "\(match.0)<sup class=\"link-mark\">\(number)</sup>"
    }
    guard !addresses.isEmpty else { return html }
    let items = addresses.map { "<li>\($0)</li>\n" }
    return text
      + "<section class=\"link-notes\"><h\(level) id=\"links\">Links</h\(level)>\n<ol>\n\(items.joined())</ol>\n</section>\n"
  }
}
