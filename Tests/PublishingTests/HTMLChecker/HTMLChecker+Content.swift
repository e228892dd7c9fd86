extension HTMLChecker {
  mutating func checkHTMLElement(_ index: Int) {
    let element = page.elements[index]
    if Known.obsoleteElements.contains(element.name) {
      return report("obsolete-element", index, "<\(element.name)> is obsolete")
    }
    guard isKnown(element.name) else {
      if element.name.contains("-") { return }
      return report("unknown-element", index, "<\(element.name)> is no element of HTML")
    }
    checkPlace(of: index)
    checkTexts(of: index)
    checkInteraction(of: index)
    checkChildren(of: index)
    checkAttributeNames(of: index)
    checkRequiredAttributes(of: index)
  }

  func isKnown(_ name: String) -> Bool {
    Known.phrasing.contains(name) || Known.blocks.contains(name) || Known.bound.contains(name)
  }

  /// The nearest element around another that has a model of content of its own.
  func modelParent(of index: Int) -> Int {
    var parent = page.elements[index].parent
    while parent > 0, page.elements[parent].space == .html,
      Known.transparent.contains(page.elements[parent].name)
    {
      parent = page.elements[parent].parent
    }
    return parent
  }

  mutating func checkPlace(of index: Int) {
    let name = page.elements[index].name
    let direct = page.elements[page.elements[index].parent]
    // Templates hold anything.
    if direct.isHTML("template") || (direct.space == .html && direct.name.contains("-")) { return }
    if let parents = Known.parents[name] {
      if !(direct.space == .html && parents.contains(direct.name)) {
        return report("parent", index, "<\(name)> stands in <\(direct.name)>")
      }
      if direct.name == "div", !page.elements[direct.parent].isHTML("dl") {
        return report("parent", index, "<\(name)> stands in a <div> that stands in no <dl>")
      }
    }
    let parent = page.elements[modelParent(of: index)]
    if parent.space == .html, let children = Known.children[parent.name] {
      let isText = parent.name == "datalist" && Known.phrasing.contains(name)
      if !children.contains(name) && !isText {
        report("content-model", index, "<\(name)> stands in <\(parent.name)>")
      }
      return
    }
    if parent.isHTML("div"), page.elements[parent.parent].isHTML("dl") {
      if !["dt", "dd", "script", "template"].contains(name) {
        report("content-model", index, "<\(name)> stands in a <div> of a <dl>")
      }
      return
    }
    checkPhrasing(of: index, in: parent)
    checkAncestors(of: index)
  }

  mutating func checkPhrasing(of index: Int, in parent: Element) {
    let name = page.elements[index].name
    if name == "meta" || name == "link" {
      let relations = page.value("rel", of: index)?.lowercased().split(separator: " ") ?? []
      let allowed = [
        "stylesheet", "preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload", "pingback",
      ]
      if !page.has("itemprop", index), !relations.contains(where: { allowed.contains(String($0)) }) {
        report("content-model", index, "<\(name)> stands in <\(parent.name)>")
      }
      return
    }
    guard Known.phrasingParents.contains(parent.name) || parent.isHTML("noscript") else { return }
    if Known.phrasing.contains(name) { return }
    if Known.headings.contains(name) || name == "hgroup", ["summary", "legend"].contains(parent.name) {
      return
    }
    if parent.isHTML("ruby"), name == "rt" || name == "rp" { return }
    if !Known.blocks.contains(name) { return }
    report("content-model", index, "<\(name)> stands in <\(parent.name)>, which holds only text")
  }

  /// Reports what may not stand in an element however deep.
  mutating func checkAncestors(of index: Int) {
    let name = page.elements[index].name
    let around = facts.ancestors[index]
    func refuse(_ outer: String) {
      problems.add("content-model", at: page.elements[index].offset, "<\(name)> stands within \(outer)")
    }
    let isHeader = name == "header" || name == "footer"
    let isDivision = Known.sectioning.contains(name) || Known.headings.contains(name) || name == "hgroup"
    if isHeader, around.contains(.pageHeader) { refuse("a <header> or <footer>") }
    if name == "main", !around.intersection([.sectioning, .pageHeader]).isEmpty {
      refuse("a section or header")
    }
    if name == "form", around.contains(.form) { refuse("a <form>") }
    if name == "table", around.contains(.caption) { refuse("a <caption>") }
    if isHeader || isDivision, around.contains(.term) { refuse("a <dt> or <th>") }
    if isHeader || isDivision || name == "address", around.contains(.address) { refuse("an <address>") }
    if ["dfn", "meter", "progress", "noscript"].contains(name) {
      var parent = page.elements[index].parent
      while parent > 0 {
        if page.elements[parent].isHTML(name) { refuse("another <\(name)>") }
        parent = page.elements[parent].parent
      }
    }
  }

  mutating func checkTexts(of index: Int) {
    let element = page.elements[index]
    guard element.texts > 0, element.name != "html", element.name != "head" else { return }
    let isList = Known.children[element.name] != nil && element.name != "datalist"
    let isGroup = element.name == "div" && page.elements[element.parent].isHTML("dl")
    if isList || isGroup { report("content-model", index, "Text stands in <\(element.name)>") }
    let parent = page.elements[modelParent(of: index)]
    if Known.transparent.contains(element.name), Known.children[parent.name] != nil, parent.space == .html {
      report("content-model", index, "Text stands in <\(parent.name)>")
    }
  }

  /// Whether readers can act on an element.
  func isInteractive(_ index: Int) -> Bool {
    switch page.elements[index].name {
    case "a": page.has("href", index)
    case "audio", "video": page.has("controls", index)
    case "img": page.has("usemap", index)
    case "input": page.value("type", of: index)?.lowercased() != "hidden"
    case "button", "details", "embed", "iframe", "label", "select", "textarea": true
    default: false
    }
  }

  mutating func checkInteraction(of index: Int) {
    let name = page.elements[index].name
    let around = facts.ancestors[index]
    guard !around.intersection([.link, .button, .label]).isEmpty else { return }
    let isActive = isInteractive(index)
    if around.contains(.link), isActive || name == "a" || page.has("tabindex", index) {
      report("interactive-content", index, "<\(name)> stands within an <a>")
    } else if around.contains(.button), isActive || page.has("tabindex", index) {
      report("interactive-content", index, "<\(name)> stands within a <button>")
    } else if around.contains(.label), isActive, !Known.labelable.contains(name) {
      report("interactive-content", index, "<\(name)> stands within a <label>")
    }
  }

  mutating func checkChildren(of index: Int) {
    switch page.elements[index].name {
    case "figure": checkFigure(index)
    case "table": checkTable(index)
    case "details": checkFirst("summary", of: index, isRequired: true)
    case "fieldset": checkFirst("legend", of: index, isRequired: false)
    case "dl": checkDefinitions(index)
    case "label": checkLabel(index)
    case "ruby":
      if !page.children(of: index).contains(where: { page.elements[$0].isHTML("rt") }) {
        report("required-child", index, "<ruby> has no <rt>")
      }
    default: break
    }
  }

  mutating func checkFigure(_ index: Int) {
    let children = page.children(of: index)
    let captions = children.filter { page.elements[$0].isHTML("figcaption") }
    guard let caption = captions.first else { return }
    if captions.count > 1 { report("child-position", captions[1], "<figure> has two captions") }
    let before = page.elements[caption].textsBefore
    let isFirst = caption == children.first && before == 0
    let isLast = caption == children.last && before == page.elements[index].texts
    if !isFirst, !isLast { report("child-position", caption, "<figcaption> is neither first nor last") }
  }

  mutating func checkFirst(_ name: String, of index: Int, isRequired: Bool) {
    let children = page.children(of: index)
    let found = children.filter { page.elements[$0].isHTML(name) }
    guard let first = found.first else {
      if isRequired { report("required-child", index, "<\(page.elements[index].name)> has no <\(name)>") }
      return
    }
    if first != children.first || page.elements[first].textsBefore > 0 {
      report("child-position", first, "<\(name)> is not the first in <\(page.elements[index].name)>")
    }
    if found.count > 1 {
      report("child-position", found[1], "<\(page.elements[index].name)> has two <\(name)>")
    }
  }

  mutating func checkDefinitions(_ list: Int) {
    for group in [list] + page.children(of: list).filter({ page.elements[$0].isHTML("div") }) {
      let names = page.children(of: group).map { page.elements[$0].name }.filter { $0 == "dt" || $0 == "dd" }
      if names.first == "dd" { report("required-child", group, "A <dd> follows no <dt>") }
      if names.last == "dt" { report("required-child", group, "A <dt> is followed by no <dd>") }
      if names.isEmpty, group != list { report("required-child", group, "A <div> of a <dl> is empty") }
    }
  }

  mutating func checkLabel(_ label: Int) {
    let controls = page.range(of: label).dropFirst().filter {
      page.elements[$0].space == .html && Known.labelable.contains(page.elements[$0].name)
        && page.value("type", of: $0)?.lowercased() != "hidden"
    }
    if controls.count > 1 { report("interactive-content", label, "<label> holds two form controls") }
    guard let id = page.value("for", of: label) else { return }
    for control in controls where page.value("id", of: control) != id {
      report("interactive-content", control, "<label> names another form control than the one in it")
    }
    guard let target = facts.ids[id] else { return }
    if !Known.labelable.contains(page.elements[target].name) {
      report("label-target", label, "<label> names <\(page.elements[target].name)>, which is no form control")
    }
  }
}
