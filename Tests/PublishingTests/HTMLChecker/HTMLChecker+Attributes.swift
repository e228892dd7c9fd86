extension HTMLChecker {
  mutating func checkAttributeNames(of index: Int) {
    let element = page.elements[index]
    for attribute in page.attributes[element.attributes] {
      let name = attribute.name
      if Known.globalAttributes.contains(name) || Known.attributes[element.name]?.contains(name) == true {
        continue
      }
      if name.hasPrefix("data-") || name.hasPrefix("aria-") || name.hasPrefix("on") { continue }
      if name == "xmlns", element.name == "html" { continue }
      if Known.obsoleteAttributes.contains(name) {
        problems.add("obsolete-attribute", at: attribute.offset, "\(name) is obsolete on <\(element.name)>")
      } else {
        problems.add("unknown-attribute", at: attribute.offset, "<\(element.name)> has no attribute \(name)")
      }
    }
  }

  mutating func checkRequiredAttributes(of index: Int) {
    let name = page.elements[index].name
    func require(_ attribute: String) {
      if page.has(attribute, index) { return }
      problems.add("required-attribute", at: page.elements[index].offset, "<\(name)> has no \(attribute)")
    }
    switch name {
    case "img":
      if !page.has("srcset", index) { require("src") }
    case "input":
      checkInput(index)
      if page.value("type", of: index)?.lowercased() == "radio" { require("name") }
    case "link": page.has("href", index) ? require("rel") : require("href")
    case "meta":
      if !page.has("charset", index) { require("content") }
    case "track", "embed": require("src")
    case "source" where page.elements[page.elements[index].parent].isHTML("picture"): require("srcset")
    case "source": require("src")
    case "optgroup": require("label")
    case "bdo": require("dir")
    case "map": require("name")
    case "data", "meter": require("value")
    case "object": require("data")
    case "time", "ins", "del": checkTime(index)
    case "area":
      if page.has("href", index) { require("alt") }
    default: break
    }
  }

  mutating func checkInput(_ index: Int) {
    guard let type = page.value("type", of: index)?.lowercased() else { return }
    if !Known.inputTypes.contains(type) { report("attribute-value", index, "\(type) is no type of <input>") }
  }

  mutating func checkTime(_ index: Int) {
    let isTime = page.elements[index].name == "time"
    let written = page.value("datetime", of: index)
    guard let text = written ?? (isTime ? page.plainText(of: index) : nil) else { return }
    if !TimeText.isValid(text) { report("datetime", index, "“\(text)” is no date or time") }
    if isTime, written == nil, page.elements[index].end > index + 1 {
      report("datetime", index, "<time> without datetime holds elements")
    }
  }

  mutating func checkForeignElement(_ index: Int, known: Set<String>, attributes: Set<String>) {
    let element = page.elements[index]
    if !known.contains(element.name) {
      report("unknown-element", index, "<\(element.name)> is no element of SVG or MathML")
    }
    for attribute in page.attributes[element.attributes] {
      let name = attribute.name
      if attributes.contains(name) || name.hasPrefix("data-") || name.hasPrefix("aria-")
        || name.hasPrefix("on")
      {
        continue
      }
      problems.add("unknown-attribute", at: attribute.offset, "<\(element.name)> has no attribute \(name)")
    }
  }

  /// Checks the values of attributes.
  mutating func checkEveryElement(_ index: Int) {
    let element = page.elements[index]
    for attribute in page.attributes[element.attributes] {
      switch attribute.name {
      // The common ones of drawings, which hold nothing to check.
      case "d", "class", "x", "y", "width", "height", "fill", "stroke", "stroke-width", "transform",
        "viewBox":
        if element.space == .html { checkValue(attribute, of: index) }
      default: checkValue(attribute, of: index)
      }
    }
    if element.name == "style" {
      for problem in StyleText.problems(inSheet: page.bytes, element.content) {
        problems.add(problem.rule, at: problem.offset, problem.message)
      }
    }
    if element.space == .html { checkResources(index) }
  }

  mutating func checkValue(_ attribute: Attribute, of index: Int) {
    let name = attribute.name
    func complain(_ rule: String, _ message: String) { problems.add(rule, at: attribute.offset, message) }
    switch name {
    case "class", "alt", "title", "content", "aria-label", "aria-description": return
    case "id": return checkID(attribute, of: index)
    case "style":
      for problem in StyleText.problems(inDeclarations: page.bytes, attribute.value) {
        problems.add(problem.rule, at: problem.offset, problem.message)
      }
      checkStyleReferences(attribute)
      return
    case "lang", "hreflang", "srclang", "xml:lang":
      let text = page.text(attribute.value)
      if !isLanguage(text), !text.isEmpty || name != "lang" {
        complain("valid-lang", "“\(text)” is no language")
      }
      return
    case "role": return checkRole(attribute, of: index)
    case "tabindex":
      let text = page.text(attribute.value)
      guard let number = Int(text) else { return complain("tabindex", "tabindex is not a number: \(text)") }
      if number > 0 { complain("tabindex", "A positive tabindex changes the order of the page") }
      return
    default: break
    }
    if name.hasPrefix("aria-"), !Known.ariaAttributes.contains(String(name.dropFirst(5))) {
      complain("aria-attribute", "\(name) is no attribute of ARIA")
    }
    if name.hasPrefix("on") { return }
    checkTypedValue(attribute, of: index)
  }

  mutating func checkTypedValue(_ attribute: Attribute, of index: Int) {
    let name = attribute.name
    let element = page.elements[index]
    func complain(_ rule: String, _ message: String) { problems.add(rule, at: attribute.offset, message) }
    if Known.idAttributes.contains(name), name != "form" || element.space == .html {
      checkReferences(attribute, of: index)
    } else if Known.urlAttributes.contains(name), !(element.name == "object" && name == "form") {
      checkAddress(attribute, of: index)
    } else if element.space == .html, Known.booleanAttributes.contains(name) {
      let text = page.text(attribute.value).lowercased()
      if !text.isEmpty, text != name { complain("attribute-value", "\(name) has the value \(text)") }
    } else if let values = Known.enumerations[name], element.space == .html || name.hasPrefix("aria-") {
      let text = page.text(attribute.value).lowercased()
      let mayBeEmpty = ["hidden", "popover", "crossorigin", "contenteditable", "preload"].contains(name)
      if !values.contains(text), !(text.isEmpty && mayBeEmpty) {
        complain("attribute-value", "\(name) has the value “\(text)”")
      }
    } else if element.space == .html {
      checkNumber(attribute, of: index)
    } else {
      checkStyleReferences(attribute)
    }
  }

  mutating func checkNumber(_ attribute: Attribute, of index: Int) {
    let isSpan = attribute.name == "colspan" || attribute.name == "span"
    let isSize = ["width", "height"].contains(attribute.name)
    let isStart =
      attribute.name == "start" || (attribute.name == "value" && page.elements[index].name == "li")
    guard isSpan || isSize || isStart || attribute.name == "rowspan" else { return }
    let text = page.text(attribute.value)
    let lowest = isSpan ? 1 : isStart ? Int.min : 0
    if let number = Int(text), number >= lowest, !text.hasPrefix("+") { return }
    problems.add("attribute-value", at: attribute.offset, "\(attribute.name) has the value “\(text)”")
  }

  mutating func checkID(_ attribute: Attribute, of index: Int) {
    let id = page.text(attribute.value)
    if id.isEmpty {
      problems.add("id", at: attribute.offset, "The id is empty")
    } else if id.utf8.contains(where: \.isBlank) {
      problems.add("id", at: attribute.offset, "The id “\(id)” holds white space")
    }
    if let first = facts.ids[id], first != index {
      problems.add("duplicate-id", at: attribute.offset, "The id \(id) is that of an earlier element too")
    }
  }

  mutating func checkReferences(_ attribute: Attribute, of index: Int) {
    let ids = page.text(attribute.value).split(whereSeparator: \.isWhitespace)
    if ids.isEmpty {
      problems.add("dangling-reference", at: attribute.offset, "\(attribute.name) names no id")
    }
    for id in ids where facts.ids[String(id)] == nil {
      problems.add(
        "dangling-reference", at: attribute.offset, "\(attribute.name) names \(id), which no element has")
    }
  }

  /// Checks that `url(#…)` names an element.
  mutating func checkStyleReferences(_ attribute: Attribute) {
    guard attribute.value.count > 6, page.bytes[attribute.value].contains(UInt8(ascii: "#")) else { return }
    var rest = page.text(attribute.value)[...]
    while let start = rest.firstRange(of: "url(#") {
      rest = rest[start.upperBound...]
      let id = String(rest.prefix { $0 != ")" })
      if facts.ids[id] == nil {
        problems.add(
          "dangling-reference", at: attribute.offset, "\(attribute.name) names #\(id), which no element has")
      }
    }
  }

  mutating func checkAddress(_ attribute: Attribute, of index: Int) {
    let element = page.elements[index]
    func complain(_ rule: String, _ message: String) { problems.add(rule, at: attribute.offset, message) }
    if attribute.value.isEmpty {
      let mayBeEmpty = element.name == "a" || element.name == "form"
      if !mayBeEmpty { complain("url", "\(attribute.name) is empty") }
      return
    }
    if page.bytes[attribute.value.lowerBound] == UInt8(ascii: "#"), attribute.name.hasSuffix("href") {
      let id = AddressText.decoded(page.text(attribute.value.dropFirst()))
      let isTop = element.name == "a" && (id.isEmpty || id.lowercased() == "top")
      if !isTop, facts.ids[id] == nil { complain("dangling-reference", "No element has the id \(id)") }
    }
    if let problem = AddressText.problem(in: page.bytes, attribute.value) {
      complain("url", "\(attribute.name): \(problem)")
    }
    let isLoading =
      element.space == .html
      ? attribute.name == "src" || attribute.name == "data" || attribute.name == "poster"
      : attribute.name.hasSuffix("href") && element.name != "a"
    if isLoading { checkNetwork(attribute) }
  }

  mutating func checkNetwork(_ attribute: Attribute) {
    let start = page.text(attribute.value.prefix(100)).lowercased().drop { $0.isWhitespace }
    guard start.hasPrefix("http:") || start.hasPrefix("https:") || start.hasPrefix("//") else { return }
    problems.add("network", at: attribute.offset, "\(attribute.name) loads from the network: \(start)")
  }

  /// Checks what elements load by other attributes than `src`.
  mutating func checkResources(_ index: Int) {
    for attribute in page.attributes[page.elements[index].attributes] {
      let isLink = attribute.name == "href" && page.elements[index].name == "link"
      if isLink {
        let relations = page.value("rel", of: index)?.lowercased().split(separator: " ") ?? []
        let harmless = [
          "canonical", "alternate", "author", "license", "help", "next", "prev", "search", "me",
        ]
        if !relations.allSatisfy({ harmless.contains(String($0)) }) { checkNetwork(attribute) }
      } else if attribute.name == "srcset" || attribute.name == "imagesrcset" {
        let text = page.text(attribute.value).lowercased()
        if text.contains("http:") || text.contains("https:") {
          problems.add("network", at: attribute.offset, "srcset loads from the network")
        }
      }
    }
  }

  func isLanguage(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.count) || (5...8).contains(first.count) else {
      return false
    }
    return first.utf8.allSatisfy(\.isLetter)
      && parts.dropFirst().allSatisfy {
        (1...8).contains($0.count) && $0.utf8.allSatisfy { $0.isLetter || $0.isDigit }
      }
  }
}
