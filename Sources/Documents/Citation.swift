/// A citation: `[@key, p. 3; see @other]`, or `@key` in the text.
package struct Citation: Sendable, Equatable {
  /// A work that is cited.
  package struct Item: Sendable, Equatable {
    /// The key of its entry.
    package var key: String
    /// What stands before it, as in "see".
    package var prefix = ""
    /// What stands behind it, such as a page.
    package var suffix = ""
    /// Whether its authors are named already: `-@key`.
    package var omitsAuthors = false

    package init(key: String, prefix: String = "", suffix: String = "", omitsAuthors: Bool = false) {
      self.key = key
      self.prefix = prefix
      self.suffix = suffix
      self.omitsAuthors = omitsAuthors
    }
  }

  /// The works, in order.
  package var items: [Item]
  /// Whether its authors are a part of the sentence.
  package var isNarrative: Bool

  package init(items: [Item], isNarrative: Bool = false) {
    self.items = items
    self.isNarrative = isNarrative
  }

  /// The citation between square brackets; nil if the text cites nothing.
  package init?(bracketed text: String) {
    var items: [Item] = []
    for part in text.split(separator: ";", omittingEmptySubsequences: false) {
      guard let item = Item(part) else { return nil }
      items.append(item)
    }
    self.init(items: items)
  }

  /// How long the key is that begins a text: letters, digits and underscores, and punctuation between them.
  package static func keyLength(_ bytes: some BidirectionalCollection<UInt8>) -> Int {
    func isInner(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte == UInt8(ascii: "_") || byte >= 0x80 }
    let run = bytes.prefix { isInner($0) || ":.-+/".utf8.contains($0) }
    guard let first = run.first, isInner(first), let last = run.lastIndex(where: isInner) else { return 0 }
    return run.distance(from: run.startIndex, to: run.index(after: last))
  }
}

extension Citation.Item {
  /// `see @key, p. 3`.
  fileprivate init?(_ text: Substring) {
    guard let mark = text.firstIndex(of: "@") else { return nil }
    var before = text[..<mark]
    omitsAuthors = before.last == "-"
    if omitsAuthors { before = before.dropLast() }
    guard before.last.map(\.isWhitespace) ?? true else { return nil }
    let rest = text[mark...].dropFirst()
    let length = Citation.keyLength(rest.utf8)
    guard length > 0 else { return nil }
    let end = rest.utf8.index(rest.startIndex, offsetBy: length)
    key = String(rest[..<end])
    prefix = before.trimmed
    let behind = rest[end...].trimmed
    suffix = behind.hasPrefix(",") ? behind.dropFirst().trimmed : behind
  }
}
