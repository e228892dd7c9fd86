/// The outlines of letters that figures refer to, each once.
///
/// Figures of one page share a sheet: without it each would bring the letters of its labels.
public struct GlyphSheet: Hashable, Sendable {
  private var paths: [String: String] = [:]

  /// A sheet without letters.
  public init() {}

  /// Whether there are no letters.
  public var isEmpty: Bool { paths.isEmpty }

  /// Adds the letters of another sheet.
  public mutating func add(_ other: GlyphSheet) {
    paths.merge(other.paths) { first, _ in first }
  }

  mutating func add(_ glyph: Glyph) { paths[glyph.name] = glyph.path }

  /// An element without extent that defines the letters; empty if there are none.
  ///
  /// It may stand anywhere in the page, but must not be hidden by `display: none`, which some programs extend to
  /// what refers to it.
  public var svg: String {
    guard !isEmpty else { return "" }
    var text = SVGText()
    text.append(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"0\" style=\"position:absolute\" "
        + "aria-hidden=\"true\"><defs>\n")
    write(to: &text, prefix: "")
    text.append("</defs></svg>\n")
    return text.string
  }

  func write(to text: inout SVGText, prefix: String) {
    for (name, path) in paths.sorted(by: { ($0.key.utf8.count, $0.key) < ($1.key.utf8.count, $1.key) }) {
      text.append("<path id=\"\(prefix)\(name)\" d=\"")
      text.append(path)
      text.append("\"/>\n")
    }
  }
}
