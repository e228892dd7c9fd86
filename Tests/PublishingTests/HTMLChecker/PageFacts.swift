/// What the rules ask of elements, found once for the whole page.
struct PageFacts {
  /// What an element stands in.
  struct Ancestors: OptionSet {
    let rawValue: UInt32
    static let link = Ancestors(rawValue: 1)
    static let button = Ancestors(rawValue: 2)
    static let label = Ancestors(rawValue: 4)
    static let main = Ancestors(rawValue: 8)
    static let landmark = Ancestors(rawValue: 16)
    static let pageHeader = Ancestors(rawValue: 32)
    static let address = Ancestors(rawValue: 64)
    static let form = Ancestors(rawValue: 128)
    static let term = Ancestors(rawValue: 256)
    static let sectioning = Ancestors(rawValue: 512)
    static let ariaHidden = Ancestors(rawValue: 1024)
    static let hidden = Ancestors(rawValue: 2048)
    static let opaque = Ancestors(rawValue: 4096)
    static let quotation = Ancestors(rawValue: 8192)
    static let body = Ancestors(rawValue: 16384)
    static let caption = Ancestors(rawValue: 32768)
    static let inert = Ancestors(rawValue: 65536)
  }

  /// What an element stands in, itself not counted.
  var ancestors: [Ancestors] = []
  /// The roles of elements, empty for none.
  var roles: [String] = []
  /// Whether readers hear something for an element.
  var isNamed: [Bool] = []
  /// The elements after their ids.
  var ids: [String: Int] = [:]
  /// The ids that labels with texts name.
  var labelTargets: Set<String> = []

  init(page: HTMLPage) {
    findIDs(page)
    findRoles(page)
    findAncestors(page)
    findNames(page)
    for index in page.elements.indices where page.elements[index].isHTML("label") && isNamed[index] {
      if let id = page.value("for", of: index) { labelTargets.insert(id) }
    }
  }

  mutating func findIDs(_ page: HTMLPage) {
    for index in page.elements.indices {
      for attribute in page.attributes[page.elements[index].attributes] where attribute.name == "id" {
        let id = page.text(attribute.value)
        if ids[id] == nil { ids[id] = index }
      }
    }
  }

  /// What an element contributes to the ancestors of those in it.
  func contribution(_ page: HTMLPage, _ index: Int) -> Ancestors {
    let element = page.elements[index]
    var result: Ancestors = []
    if element.space == .html {
      switch element.name {
      case "a": result = .link
      case "button": result = .button
      case "label": result = .label
      case "header", "footer": result = .pageHeader
      case "address": result = .address
      case "form": result = .form
      case "dt", "th": result = .term
      case "caption": result = .caption
      case "article", "aside", "nav", "section": result = .sectioning
      case "blockquote", "figure", "dialog", "td": result = .quotation
      case "body": result = .body
      case "template", "noscript": result = [.inert, .hidden]
      case "script", "style", "head": result = .hidden
      default: break
      }
      if page.has("hidden", index) { result.insert(.hidden) }
    }
    if roles[index] == "main" { result.insert(.main) }
    if Known.landmarks.contains(roles[index]) { result.insert(.landmark) }
    if Known.opaqueRoles.contains(roles[index]) { result.insert(.opaque) }
    if page.value("aria-hidden", of: index) == "true" { result.formUnion([.ariaHidden, .hidden]) }
    return result
  }

  mutating func findAncestors(_ page: HTMLPage) {
    ancestors = Array(repeating: [], count: page.elements.count)
    var contributions = ancestors
    for index in page.elements.indices.dropFirst() {
      let parent = page.elements[index].parent
      ancestors[index] = ancestors[parent].union(contributions[parent])
      contributions[index] = contribution(page, index)
    }
  }

  mutating func findRoles(_ page: HTMLPage) {
    roles = Array(repeating: "", count: page.elements.count)
    // Whether an element stands in a division of its own, so that its header is no header of the page.
    var isScoped = Array(repeating: false, count: page.elements.count)
    for index in page.elements.indices.dropFirst() {
      let element = page.elements[index]
      isScoped[index] =
        isScoped[element.parent]
        || (element.space == .html && (element.name == "main" || Known.sectioning.contains(element.name)))
      if let role = page.value("role", of: index)?.split(separator: " ").first {
        roles[index] = String(role)
      } else if element.space == .html {
        roles[index] = implicitRole(page, index, isScoped: isScoped[element.parent])
      } else if element.name == "math" {
        roles[index] = "math"
      }
    }
  }

  func implicitRole(_ page: HTMLPage, _ index: Int, isScoped: Bool) -> String {
    switch page.elements[index].name {
    case "main": "main"
    case "nav": "navigation"
    case "aside": "complementary"
    case "search": "search"
    case "header": isScoped ? "" : "banner"
    case "footer": isScoped ? "" : "contentinfo"
    case "section": hasExplicitName(page, index) ? "region" : ""
    case "form": hasExplicitName(page, index) ? "form" : ""
    case "button": "button"
    case "img": page.value("alt", of: index) == "" ? "presentation" : "img"
    case "a": page.has("href", index) ? "link" : ""
    case "progress": "progressbar"
    case "meter": "meter"
    case "option": "option"
    default: ""
    }
  }

  /// Whether an attribute gives an element a name.
  func hasExplicitName(_ page: HTMLPage, _ index: Int) -> Bool {
    for name in ["aria-label", "aria-labelledby", "title"] {
      if let value = page.value(name, of: index), value.contains(where: { !$0.isWhitespace }) { return true }
    }
    return false
  }

  mutating func findNames(_ page: HTMLPage) {
    isNamed = Array(repeating: false, count: page.elements.count)
    for index in page.elements.indices.dropFirst().reversed() {
      let element = page.elements[index]
      if element.name == "script" || element.name == "style" || element.name == "template" { continue }
      if page.has("hidden", index) || page.value("aria-hidden", of: index) == "true" { continue }
      if element.texts > 0 || (!element.attributes.isEmpty && hasAttributeName(page, index)) {
        isNamed[index] = true
      }
      // Only the title of a drawing names it, and its texts are not read.
      if isNamed[index], element.space != .svg || element.name == "title" || hasExplicitName(page, index) {
        isNamed[element.parent] = true
      }
    }
  }

  func hasAttributeName(_ page: HTMLPage, _ index: Int) -> Bool {
    if hasExplicitName(page, index) { return true }
    let element = page.elements[index]
    guard element.space == .html, ["img", "input", "area"].contains(element.name) else { return false }
    guard let text = page.value(element.name == "input" ? "value" : "alt", of: index) else { return false }
    return text.contains { !$0.isWhitespace }
  }
}
