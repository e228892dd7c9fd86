import Components

/// A work of a bibliography.
package struct BibliographyEntry: Sendable, Equatable {
  /// As in `article`, in lowercase letters.
  package var type: String
  /// What it is cited by.
  package var key: String
  /// The fields by their names in lowercase letters, as BibTeX has them.
  package var fields: [String: String]
  /// Where it stands.
  package var position: SourcePosition

  /// A field as text; nil if it is missing or empty.
  package func text(_ field: String) -> String? {
    guard let text = fields[field].map(TeXText.plain), !text.isEmpty else { return nil }
    return text
  }

  /// The authors, else the editors.
  package var people: [PersonName] { PersonName.list(fields["author"] ?? fields["editor"] ?? "") }

  /// The year; of a date its first four digits.
  package var year: String? { text("year") ?? text("date").map { String($0.prefix(4)) } }
}

/// The name of an author.
package struct PersonName: Sendable, Equatable {
  /// The family name with what belongs before it, as in "von Neumann", or the name of a collaboration.
  package var family: String
  /// The given names; empty for a collaboration.
  package var given: String

  /// The names of a field, which `and` stands between; "others" is a name by itself.
  package static func list(_ field: String) -> [PersonName] {
    TeXText.split(field, at: " and ").map(PersonName.init).filter { !$0.family.isEmpty }
  }

  /// `Family, Given`, `Family, Jr, Given` or `Given von Family`; what stands in braces is not taken apart.
  package init(_ text: String) {
    let text = text.trimmed
    let parts = TeXText.split(text, at: ",").map(\.trimmed)
    if parts.count > 1 {
      let junior = parts.count > 2 ? " " + parts[1] : ""
      (family, given) = (TeXText.plain(parts[0] + junior), TeXText.plain(parts[parts.count - 1]))
      return
    }
    let words = TeXText.split(text, at: " ").filter { !$0.isEmpty }
    // The family name begins with a small word, such as "van", or is the last one.
    let small = words.dropLast().firstIndex { $0.first?.isLowercase ?? false }
    let begin = small.flatMap { $0 > 0 ? $0 : nil } ?? max(words.count - 1, 0)
    family = TeXText.plain(words[begin...].joined(separator: " "))
    given = TeXText.plain(words[..<begin].joined(separator: " "))
  }

  /// Whether it stands for all that are not named.
  package var isOthers: Bool { family == "others" && given.isEmpty }

  /// Initials of the given names and the family name.
  package var short: String {
    let initials = given.split(whereSeparator: { " \u{a0}".contains($0) }).flatMap { word -> [String] in
      let letters = word.split(separator: "-").compactMap(\.first).map { "\($0)." }
      return letters.isEmpty ? [] : [letters.joined(separator: "-")]
    }
    return (initials + [family]).joined(separator: "\u{a0}")
  }
}
