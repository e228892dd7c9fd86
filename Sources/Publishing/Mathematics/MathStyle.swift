import Documents
import Foundation

/// KaTeX's style sheet with the fonts that formulas use, embedded; all others are left out.
package enum MathStyle {
  /// The style for some typeset formulas.
  package static func css(for html: [String]) throws(PublishingError) -> String {
    let sheet = try SystemFiles.text(of: SystemFiles.katexStyle)
    let rules = rules(of: sheet)
    let classes = usedClasses(html)
    var used: Set<Face> = []
    for rule in rules where !rule.selector.hasPrefix("@") {
      guard let face = face(of: rule.body, isPlainDefault: false) else { continue }
      let isUsed = rule.selector.split(separator: ",").contains { selector in
        classNames(in: selector).allSatisfy(classes.contains)
      }
      if isUsed { used.insert(face) }
    }
    var css = ""
    for rule in rules {
      guard rule.selector == "@font-face" else {
        let selectors = rule.selector.split(separator: ",").filter { selector in
          selector.hasPrefix("@") || classNames(in: selector).allSatisfy(classes.contains)
        }
        if !selectors.isEmpty { css += selectors.joined(separator: ",") + "{" + rule.body + "}" }
        continue
      }
      guard let face = face(of: rule.body, isPlainDefault: true), used.contains(face) else { continue }
      css += try embedded(rule.body)
    }
    return css
  }

  private struct Rule {
    var selector: String
    var body: String
  }

  private struct Face: Hashable {
    var family: String
    var isBold: Bool
    var isItalic: Bool
  }

  /// The rules of a style sheet without nested ones, which KaTeX's has not.
  private static func rules(of sheet: String) -> [Rule] {
    sheet.utf8.split(separator: UInt8(ascii: "}")).compactMap { part in
      guard let brace = part.firstIndex(of: UInt8(ascii: "{")) else { return nil }
      return Rule(selector: part[..<brace].trimmedText, body: part[part.index(after: brace)...].trimmedText)
    }
  }

  /// The font that a rule asks for; a rule that only says bold or italic changes the main font.
  private static func face(of body: String, isPlainDefault: Bool) -> Face? {
    let isBold = body.contains("font-weight:700") || body.contains("font-weight:bold")
    let isItalic = body.contains("font-style:italic")
    guard let start = body.range(of: "KaTeX_") else {
      return isBold || isItalic ? Face(family: "KaTeX_Main", isBold: isBold, isItalic: isItalic) : nil
    }
    let family = body[start.lowerBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return Face(family: String(family), isBold: isBold, isItalic: isItalic)
  }

  private static func usedClasses(_ html: [String]) -> Set<String> {
    let mark = Array("class=\"".utf8)
    var lists: Set<ArraySlice<UInt8>> = []
    for text in html {
      let bytes = Array(text.utf8)
      var index = 0
      while index + mark.count < bytes.count {
        guard bytes[index] == mark[0], bytes[index..<index + mark.count].elementsEqual(mark) else {
          index += 1
          continue
        }
        let list = bytes[(index + mark.count)...].prefix { $0 != .doubleQuote }
        lists.insert(list)
        index = list.endIndex
      }
    }
    return Set(lists.flatMap { $0.split(separator: .space).map(\.text) })
  }

  private static func classNames(in selector: Substring) -> [String] {
    selector.split(whereSeparator: { $0 == " " || $0 == ">" || $0 == "+" }).flatMap { part in
      part.split(separator: ".", omittingEmptySubsequences: false).dropFirst().map { name in
        String(name.prefix { $0 != ":" && $0 != "[" })
      }
    }
  }

  /// A `@font-face` rule with its file in place of the address.
  private static func embedded(_ body: String) throws(PublishingError) -> String {
    var declarations: [String] = []
    for declaration in body.split(separator: ";") {
      guard declaration.hasPrefix("src:") else {
        declarations.append(String(declaration))
        continue
      }
      guard let start = declaration.range(of: "url(fonts/") else { continue }
      let name = String(declaration[start.upperBound...].prefix { $0 != ")" })
      let data = try SystemFiles.bytes(of: SystemFiles.katexFont(name)).base64EncodedString()
      declarations.append("src:url(data:font/woff2;base64,\(data)) format('woff2')")
    }
    return "@font-face{" + declarations.joined(separator: ";") + "}"
  }
}

extension Sequence<UInt8> {
  fileprivate var trimmedText: String { String(decoding: Array(self), as: UTF8.self).trimmed }
}
