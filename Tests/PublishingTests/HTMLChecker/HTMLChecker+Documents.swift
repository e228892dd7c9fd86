extension HTMLChecker {
  mutating func checkDocument() {
    if !page.hasDoctype { problems.add("doctype", at: 0, "The page has no doctype") }
    let roots = page.children(of: 0)
    guard let root = roots.first(where: { page.elements[$0].isHTML("html") }) else {
      problems.add("document-structure", at: 0, "The page has no <html>")
      return
    }
    for other in roots where other != root {
      report("document-structure", other, "<\(page.elements[other].name)> stands outside of <html>")
    }
    if page.value("lang", of: root)?.isEmpty ?? true { report("lang", root, "<html> has no lang") }
    let names = page.children(of: root).map { page.elements[$0].name }
    if names != ["head", "body"] {
      report("document-structure", root, "<html> holds \(names.joined(separator: ", ")), not head and body")
    }
    if page.elements[root].texts > 0 { report("document-structure", root, "Text stands beside <body>") }
    guard let head = page.children(of: root).first(where: { page.elements[$0].isHTML("head") }) else {
      return
    }
    checkHead(head)
  }

  mutating func checkHead(_ head: Int) {
    if page.elements[head].texts > 0 { report("document-structure", head, "Text stands in <head>") }
    let children = page.children(of: head)
    let titles = children.filter { page.elements[$0].isHTML("title") }
    if titles.count != 1 { report("title", head, "The page has \(titles.count) titles") }
    for title in titles where page.elements[title].texts == 0 { report("title", title, "The title is empty") }
    let charsets = children.filter { page.elements[$0].isHTML("meta") && page.has("charset", $0) }
    if charsets.count != 1 {
      report("charset", head, "The page has \(charsets.count) declarations of its charset")
    }
    for charset in charsets {
      if page.value("charset", of: charset)?.lowercased() != "utf-8" {
        report("charset", charset, "The charset is not utf-8")
      } else if page.elements[charset].offset > 1000 {
        report("charset", charset, "The charset does not stand within the first 1024 bytes")
      }
    }
    for meta in children where page.elements[meta].isHTML("meta") { checkMeta(meta) }
  }

  mutating func checkMeta(_ meta: Int) {
    if page.value("http-equiv", of: meta)?.lowercased() == "refresh" {
      report("meta-refresh", meta, "The page reloads itself")
    }
    guard page.value("name", of: meta)?.lowercased() == "viewport" else { return }
    let content = page.value("content", of: meta)?.lowercased() ?? ""
    for part in content.split(whereSeparator: { $0 == "," || $0 == ";" }) {
      let pair = part.split(separator: "=").map { $0.filter { !$0.isWhitespace } }
      guard pair.count == 2 else { continue }
      if pair[0] == "user-scalable", ["no", "0"].contains(pair[1]) {
        report("meta-viewport", meta, "The viewport forbids zoom")
      } else if pair[0] == "maximum-scale", let scale = Double(pair[1]), scale < 5 {
        report("meta-viewport", meta, "The viewport limits zoom to \(pair[1])")
      }
    }
  }
}
