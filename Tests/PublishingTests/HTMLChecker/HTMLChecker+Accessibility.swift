extension HTMLChecker {
  /// Classes of elements that scroll, besides `<pre>`.
  static let scrollingClasses: Set<String> = ["scroll", "formula"]

  mutating func checkRole(_ attribute: Attribute, of index: Int) {
    let roles = page.text(attribute.value).split(whereSeparator: \.isWhitespace).map(String.init)
    if roles.isEmpty { problems.add("aria-role", at: attribute.offset, "The role is empty") }
    for role in roles {
      if Known.deprecatedRoles.contains(role) {
        problems.add("aria-role", at: attribute.offset, "The role \(role) is deprecated")
      } else if !Known.roles.contains(role) {
        problems.add("aria-role", at: attribute.offset, "\(role) is no role")
      }
    }
  }

  mutating func checkAccessibility() {
    checkHeadings()
    checkLandmarks()
    checkRegions()
    checkSkipLink()
    for index in page.elements.indices.dropFirst() {
      let around = facts.ancestors[index]
      guard around.contains(.body), !around.contains(.inert) else { continue }
      let element = page.elements[index]
      if element.space == .svg, element.name != "svg", element.name != "a" { continue }
      checkHiddenFocus(index)
      guard !around.contains(.hidden), !isHidden(index) else { continue }
      checkNames(of: index)
      checkScrolling(index)
      checkMedia(index)
    }
  }

  func isHidden(_ index: Int) -> Bool {
    guard !page.elements[index].attributes.isEmpty else { return false }
    return page.value("aria-hidden", of: index) == "true"
      || (page.elements[index].space == .html && page.has("hidden", index))
  }

  /// Whether the keyboard reaches an element.
  func isFocusable(_ index: Int) -> Bool {
    if let number = page.value("tabindex", of: index).flatMap({ Int($0) }) { return number >= 0 }
    guard page.elements[index].space == .html else {
      return page.elements[index].name == "a" && page.has("href", index)
    }
    switch page.elements[index].name {
    case "a", "area": return page.has("href", index)
    case "audio", "video": return page.has("controls", index)
    case "input":
      return !page.has("disabled", index) && page.value("type", of: index)?.lowercased() != "hidden"
    case "button", "select", "textarea": return !page.has("disabled", index)
    case "summary", "iframe": return true
    default: return false
    }
  }

  mutating func checkHiddenFocus(_ index: Int) {
    guard isFocusable(index) else { return }
    let around = facts.ancestors[index]
    if around.contains(.ariaHidden) || page.value("aria-hidden", of: index) == "true" {
      report(
        "aria-hidden-focus", index, "The keyboard reaches <\(page.elements[index].name)>, which is hidden")
    } else if around.contains(.opaque), !around.contains(.button) {
      report(
        "nested-interactive", index,
        "The keyboard reaches <\(page.elements[index].name)> within an image or control")
    }
  }

  mutating func checkHeadings() {
    var last = 0
    var tops = 0
    for index in page.elements.indices.dropFirst() where page.elements[index].space == .html {
      let around = facts.ancestors[index]
      guard around.contains(.body), !around.contains(.hidden), !isHidden(index) else { continue }
      let name = page.elements[index].name
      var level = 0
      if facts.roles[index] == "heading" {
        level = page.value("aria-level", of: index).flatMap { Int($0) } ?? 2
      } else if Known.headings.contains(name), facts.roles[index].isEmpty {
        level = Int(name.dropFirst()) ?? 2
      }
      guard level > 0 else { continue }
      if !facts.isNamed[index] { report("empty-heading", index, "<\(name)> has no text") }
      if last == 0, level > 1 {
        report("heading-order", index, "The first heading has the level \(level)")
      } else if last > 0, level > last + 1 {
        report("heading-order", index, "A heading of level \(level) follows one of level \(last)")
      }
      last = level
      if level == 1 { tops += 1 }
      if level == 1, tops > 1 { report("multiple-h1", index, "The page has another <h1>") }
    }
    if tops == 0 { problems.add("page-has-heading-one", at: 0, "The page has no <h1>") }
  }

  /// The name of a landmark, in words.
  func landmarkName(_ index: Int) -> String {
    if let ids = page.value("aria-labelledby", of: index) {
      let texts = ids.split(separator: " ").compactMap { facts.ids[String($0)] }.map {
        page.plainText(of: $0)
      }
      return texts.joined(separator: " ")
    }
    return page.value("aria-label", of: index) ?? page.value("title", of: index) ?? ""
  }

  mutating func checkLandmarks() {
    var names: [String: Set<String>] = [:]
    for index in page.elements.indices.dropFirst() where page.elements[index].space == .html {
      let role = facts.roles[index]
      let around = facts.ancestors[index]
      guard around.contains(.body), !around.contains(.hidden), !isHidden(index) else { continue }
      checkPlaceInMain(index)
      guard Known.landmarks.contains(role) else { continue }
      if ["banner", "contentinfo", "main"].contains(role), around.contains(.landmark) {
        report("landmark-is-top-level", index, "The \(role) of the page stands in another landmark")
      } else if role == "complementary", around.contains(.landmark), !isIn(index, only: "main") {
        report("landmark-is-top-level", index, "<aside> stands in another landmark than the main one")
      }
      if role == "main", names[role] != nil {
        report("landmark-one-main", index, "The page has two main landmarks")
      }
      let name = landmarkName(index).lowercased()
      if names[role, default: []].insert(name).inserted == false, role != "main" {
        report("landmark-unique", index, "Another landmark of the role \(role) has the name “\(name)”")
      }
    }
    if names["main"] == nil { problems.add("landmark-one-main", at: 0, "The page has no <main>") }
  }

  /// Whether all landmarks around an element have one role.
  func isIn(_ index: Int, only role: String) -> Bool {
    var parent = page.elements[index].parent
    while parent > 0 {
      if Known.landmarks.contains(facts.roles[parent]), facts.roles[parent] != role { return false }
      parent = page.elements[parent].parent
    }
    return true
  }

  mutating func checkPlaceInMain(_ index: Int) {
    let name = page.elements[index].name
    let around = facts.ancestors[index]
    guard name == "header" || name == "footer" || name == "nav", around.contains(.main) else { return }
    if !around.intersection([.sectioning, .quotation]).isEmpty { return }
    report("landmark-in-main", index, "<\(name)> stands in the main landmark")
  }

  /// Reports what stands outside of all landmarks, once for each child of the body.
  mutating func checkRegions() {
    let skipLink = firstFocusable()
    guard let html = page.children(of: 0).first(where: { page.elements[$0].isHTML("html") }),
      let body = page.children(of: html).first(where: { page.elements[$0].isHTML("body") })
    else { return }
    if page.elements[body].texts > 0 { report("region", body, "Text stands in no landmark") }
    for child in page.children(of: body) where child != skipLink {
      let outside = page.range(of: child).first { isContentOutside($0) }
      if let outside {
        report("region", outside, "<\(page.elements[outside].name)> stands in no landmark")
      }
    }
  }

  func isContentOutside(_ index: Int) -> Bool {
    let around = facts.ancestors[index]
    if !around.intersection([.landmark, .hidden]).isEmpty || isHidden(index) { return false }
    if Known.landmarks.contains(facts.roles[index]) { return false }
    if ["alert", "status", "log"].contains(facts.roles[index]) { return false }
    let element = page.elements[index]
    if ["script", "style", "template", "noscript", "link", "meta"].contains(element.name) { return false }
    return element.texts > 0
      || [
        "img", "svg", "math", "iframe", "object", "video", "audio", "canvas", "input", "select", "textarea",
      ]
      .contains(element.name)
  }

  func firstFocusable() -> Int? {
    page.elements.indices.first { index in
      let around = facts.ancestors[index]
      return around.contains(.body) && !around.contains(.hidden) && !isHidden(index) && isFocusable(index)
    }
  }

  mutating func checkSkipLink() {
    guard let first = firstFocusable() else { return }
    guard page.elements[first].isHTML("a"), let target = page.value("href", of: first), target.hasPrefix("#"),
      facts.ids[AddressText.decoded(String(target.dropFirst()))] != nil
    else {
      return report("skip-link", first, "What the keyboard reaches first is no link to a part of the page")
    }
  }

  mutating func checkNames(of index: Int) {
    let element = page.elements[index]
    let role = facts.roles[index]
    let isNamed = facts.isNamed[index]
    checkNaming(of: index)
    if element.name == "svg", element.space == .svg, page.elements[element.parent].space != .svg {
      return checkDrawing(index)
    }
    guard element.space == .html else { return }
    switch element.name {
    case "img":
      if !page.has("alt", index), !hasName(index) { report("image-alt", index, "<img> has no alt") }
    case "a" where page.has("href", index):
      if !isNamed { report("link-name", index, "A link has no text") }
    case "button":
      if !isNamed { report("button-name", index, "A button has no text") }
    case "summary":
      if !isNamed { report("summary-name", index, "<summary> has no text") }
    case "input", "select", "textarea", "meter", "progress": checkControl(index)
    case "iframe":
      if !hasName(index) { report("frame-title", index, "<iframe> has no title") }
    case "object":
      if !hasName(index), !isNamed { report("object-alt", index, "<object> has no text") }
    case "area" where page.has("href", index):
      if !isNamed { report("area-alt", index, "<area> has no alt") }
    default:
      if role == "img" || role == "image", !hasName(index) {
        report("role-img-alt", index, "<\(element.name)> with the role img has no name")
      } else if role == "button" || role == "link", !isNamed {
        report("\(role)-name", index, "<\(element.name)> with the role \(role) has no text")
      }
    }
  }

  /// Whether an attribute names an element.
  func hasName(_ index: Int) -> Bool {
    ["aria-label", "aria-labelledby", "title"].contains {
      page.value($0, of: index)?.contains { !$0.isWhitespace } == true
    }
  }

  /// Checks that names stand on elements that may have some.
  mutating func checkNaming(of index: Int) {
    guard page.has("aria-label", index) || page.has("aria-labelledby", index) else { return }
    let element = page.elements[index]
    let role = facts.roles[index]
    if element.space == .html, role.isEmpty, Known.unnamable.contains(element.name) {
      report("aria-prohibited", index, "<\(element.name)> without a role may not be named")
    } else if Known.unnamableRoles.contains(role) {
      report("aria-prohibited", index, "The role \(role) may not be named")
    } else if page.value("aria-label", of: index)?.contains(where: { !$0.isWhitespace }) == false {
      report("aria-prohibited", index, "aria-label is empty")
    }
  }

  mutating func checkDrawing(_ index: Int) {
    // The drawing of a formula that stands in an element with a name needs none.
    if facts.ancestors[index].contains(.opaque) { return }
    guard ["img", "image", "graphics-document"].contains(facts.roles[index]) else {
      return report("svg-img-alt", index, "<svg> is neither hidden nor has the role img")
    }
    let hasTitle = page.children(of: index).contains {
      page.elements[$0].name == "title" && facts.isNamed[$0]
    }
    if !hasTitle, !hasName(index) { report("svg-img-alt", index, "<svg> has no name") }
  }

  mutating func checkControl(_ index: Int) {
    let type = page.value("type", of: index)?.lowercased() ?? ""
    if type == "hidden" || hasName(index) || facts.ancestors[index].contains(.label) { return }
    if ["submit", "reset"].contains(type) { return }
    if type == "button" {
      if !facts.isNamed[index] { report("button-name", index, "A button has no text") }
      return
    }
    if type == "image" {
      if page.value("alt", of: index)?.isEmpty ?? true {
        report("input-image-alt", index, "<input> has no alt")
      }
      return
    }
    let id = page.value("id", of: index)
    let isLabeled = id.map { facts.labelTargets.contains($0) } ?? false
    if !isLabeled { report("label", index, "<\(page.elements[index].name)> has no label") }
  }

  mutating func checkScrolling(_ index: Int) {
    let element = page.elements[index]
    guard element.space == .html else { return }
    if element.name != "pre" {
      guard let classes = page.value("class", of: index)?.split(separator: " "),
        classes.contains(where: { Self.scrollingClasses.contains(String($0)) })
      else { return }
    }
    if page.value("tabindex", of: index) == "0" { return }
    report(
      "scrollable-region-focusable", index, "<\(element.name)> scrolls, but the keyboard does not reach it")
  }

  mutating func checkMedia(_ index: Int) {
    let name = page.elements[index].name
    guard name == "audio" || name == "video" else { return }
    if page.has("autoplay", index), !page.has("muted", index) {
      report("no-autoplay", index, "<\(name)> plays by itself")
    }
    let hasCaptions = page.range(of: index).contains {
      page.elements[$0].isHTML("track")
        && ["captions", "subtitles"].contains(page.value("kind", of: $0)?.lowercased() ?? "subtitles")
    }
    if name == "video", !page.has("muted", index), !hasCaptions {
      report("video-caption", index, "<video> has no captions")
    }
  }
}
