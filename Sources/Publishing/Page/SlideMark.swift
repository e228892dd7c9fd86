/// Marks in the HTML of a text where slides begin and pause.
///
/// They are made of characters that no text holds, and are gone when the slides are written.
enum SlideMark {
  static let begin: Character = "\u{1}"
  static let end: Character = "\u{2}"
  /// What follows appears with the next step.
  static let pause = "\u{3}"
  /// What follows stands on a slide with the same title.
  static let outputSlide = "\u{4}"

  /// The heading that follows may begin a slide.
  static func heading(level: Int, id: String) -> String { "\(begin)\(level):\(id)\(end)" }
}
