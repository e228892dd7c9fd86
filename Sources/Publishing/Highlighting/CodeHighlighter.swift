/// Colors code of any language: Swift and recipes with lexers of our own, others with highlight.js, which is loaded
/// with the first listing that needs it.
package enum CodeHighlighter {
  /// The HTML of some code.
  package static func html(_ code: String, language: String) -> String {
    switch language.lowercased() {
    case "swift": SwiftHighlighter.html(code)
    case "yaml", "yml", "experiment", "plot", "table": RecipeHighlighter.html(code)
    case "", "text", "txt", "none", "output", "diagram": HTML.escaped(code)
    default: foreign(code, language: language.lowercased()) ?? HTML.escaped(code)
    }
  }

  /// Code without colors is still readable: that the library is missing is no error.
  private static func foreign(_ code: String, language: String) -> String? {
    let result = try? engine.call("highlight", [[language, code]]).first
    guard let result, result.hasPrefix("+") else { return nil }
    let aliases = [
      ("hljs-title", "hl-function"), ("hljs-built_in", "hl-function"), ("hljs-literal", "hl-keyword"),
      ("hljs-meta", "hl-attribute"), ("hljs-attr", "hl-key"), ("hljs-", "hl-"),
    ]
    return aliases.reduce(String(result.dropFirst())) { $0.replacing($1.0, with: $1.1) }
  }

  private static let engine = ScriptEngine(
    name: "highlight.js", file: SystemFiles.highlighter,
    prelude: """
      var self = this, window = this, console = { log: function() {} };
      console.warn = console.error = console.log;
      function highlight(language, code) {
        return hljs.getLanguage(language) ? "+" + hljs.highlight(language, code).value : "-";
      }
      """)
}
