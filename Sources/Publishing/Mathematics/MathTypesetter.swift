import Components
import Documents
import Synchronization

/// Typesets TeX as HTML and MathML with KaTeX.
///
/// The library is loaded with the first formula of a process, and every
/// formula is typeset once.
package enum MathTypesetter {
  /// A formula's HTML, or what is wrong with it.
  package typealias Outcome = Result<String, PublishingError>

  /// The version of KaTeX; loads the library.
  package static func version() throws(PublishingError) -> String {
    try engine.call("katexVersion", [[]]).first ?? ""
  }

  /// The HTML of each formula, in order.
  package static func typeset(
    _ formulas: [Formula], macros: [FrontMatter.MathMacro] = []
  ) throws(PublishingError) -> [Outcome] {
    guard !formulas.isEmpty else { return [] }
    let macroText = RecordedValue.object(
      Dictionary(macros.map { ($0.name, .text($0.body)) }, uniquingKeysWith: { _, last in last })
    ).compactJSON
    let keys = formulas.map { Key(tex: $0.tex, isDisplay: $0.isDisplay, macros: macroText) }
    let known = cache.withLock { $0 }
    var missing: [Key] = []
    var isListed: Set<Key> = []
    for key in keys where known[key] == nil && isListed.insert(key).inserted { missing.append(key) }
    let texts = try engine.call(
      "typeset", missing.map { [$0.tex, $0.isDisplay ? "true" : "false", $0.macros] })
    let outcomes = texts.map(outcome)
    return cache.withLock { cache in
      for (key, outcome) in zip(missing, outcomes) { cache[key] = outcome }
      return keys.map { cache[$0] ?? .failure(.badFormula("the formula was not typeset")) }
    }
  }

  private struct Key: Hashable {
    var tex: String
    var isDisplay: Bool
    var macros: String
  }

  private static let cache = Mutex<[Key: Outcome]>([:])

  private static let engine = ScriptEngine(
    name: "KaTeX", file: SystemFiles.katex,
    // Duktape knows the language of 2009 and a little more; KaTeX's matrices want this of 2015.
    prelude: """
      if (!Array.prototype.fill) Array.prototype.fill = function (value) {
        for (var index = 0; index < this.length; index += 1) this[index] = value;
        return this;
      };
      function typeset(tex, isDisplay, macros) {
        try {
          return "+" + katex.renderToString(tex, {
            displayMode: isDisplay === "true", output: "htmlAndMathml", throwOnError: true,
            strict: "ignore", trust: false, maxExpand: 1000, macros: JSON.parse(macros)
          });
        } catch (error) { return "-" + error.message; }
      }
      function katexVersion() { return katex.version; }
      """)

  private static func outcome(_ text: String) -> Outcome {
    if text.hasPrefix("+") { return .success(String(text.dropFirst())) }
    // KaTeX underlines the place with combining characters, which a terminal shows badly.
    var message = String(text.dropFirst().unicodeScalars.filter { $0.value != 0x332 })
    if message.hasPrefix("KaTeX parse error: ") { message.removeFirst("KaTeX parse error: ".count) }
    return .failure(.badFormula("the formula cannot be read: " + message))
  }
}
