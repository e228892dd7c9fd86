/// Documents that nobody would write on purpose: pieces that scanners stumble over, alone, in pairs and repeated, and
/// bytes that are no text.
enum NastyDocuments {
  /// What readers get wrong: each opens something, closes something, or looks as if it did.
  static let pieces: [String] = [
    "```", "````", "```{swift}", "```{experiment}\n#| label: a", "~~~", "~~~{plot}",
    "```{.python #lst-x lst-cap=\"",
    "$", "$$", "$$ x", "$$ {#eq-", "$a$$b$$", "\\$", "\\", "\\\\", "`", "``", "`{value}", "`{value} a.b | 3",
    "`{swift} 1 +",
    ":::", "::: {.callout-note}", "::: {#fig-a layout-ncol=2}", "::: {.panel-tabset}",
    "::: {.content-visible when-format=\"slides\"}",
    "::: {.notes}", "::: {#thm-x .theorem name=\"<b>\"}", "::::::", "::: {", "::: }", "::: {.incremental}",
    ". . .",
    "[", "]", "[](", "![](", "![a](b){", "![a](b.png){#fig-x", "[a]{.b", "[a]{.b}", "[[[[", "]]]]", "[^",
    "[^1]", "[^1]: x",
    "[^1]: [^1]", "[a](b \"c", "[a](<b", "@", "@fig-", "@fig-a", "[@", "[-@fig-a]", "[@a; @b, p. 3]",
    "@a#fig-b", "@../x#fig-y",
    "<", "<!--", "-->", "<!-- -->", "<script>", "</script>", "<style>", "</style>", "<div", "<div>", "</div>",
    "</main>",
    "<table>", "<svg onload=alert(1)>", "<p", "<a href=\"$x$\">", "<!DOCTYPE", "<?php", "<![CDATA[", "&",
    "&amp", "&#0;", "&lt;",
    "# ", "#", "####### x", "# {#", "# a {#b .c}", "# `", "# $", "===", "---", "x\n===", "x\n---", "-", "- ",
    "* * *", "1.", "1) x",
    "999999999999. x", "+", "+---+", "+---+\n| a |\n+---+", "+===+\n| a\n+---+",
    "+--+--+\n|a|b|\n+=:+--+\n| c", "| a | b |\n|---|",
    "| a |\n|:-:|\n| b |", "|", "||||", ": x", ": x {#tbl-a}", "Term\n: def", "> ", "> > > ", "> ```",
    "- ```\n  x", "1. ~~~",
    "    code", "\tcode", "\t\t- x", "- [ ] a", "- [x", "{{<", "{{< include", "{{< include a.md >}}",
    "{{< include nasty.md >}}",
    "{{< pagebreak >}}", "{{< x >}}", ">}}", "---\ntitle: x", "---\ntitle: [\n---", "---\n&a: *a\n---",
    "---\n? x\n---", "...",
    "---\nbibliography: x.bib\n---\n[@a]", "---\nlang: \"\\\"><script>\"\n---",
    "---\ncrossref: {chapters: true}\n---\n# a\n$$x$$ {#eq-x}",
    "---\nformat: slides\n---", "%", "% title", "#|", "#| label: x", "//", "-> x <-", "QZX1XZQ", "QZXB0XZQ",
    "QZX", "XZQ", "\u{FFFC}",
    "\u{202E}evil", "e\u{301}\u{301}\u{301}", "👩‍👩‍👧‍👦", "\u{FEFF}", "ﷺ", "\r", "\r\n\r\n", "\u{2028}", "\u{85}",
    "\u{0}", "\u{1}", "\u{2}", "\u{3}", "\u{4}",
    "\u{1B}[31m", "\u{7F}", "\u{1}1:a\u{2}", "https://x.y/$a$", "mailto:a@b", "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "a" + String(repeating: "\u{300}", count: 200),
  ]

  /// Bytes that are no UTF-8.
  static let invalid: [[UInt8]] = [
    [0xFF], [0xFE, 0xFF, 0x00, 0x61], [0xC3], [0xC3, 0x28], [0xE2, 0x82], [0xF0, 0x9F], [0xED, 0xA0, 0x80],
    [0xC0, 0xAF],
    [0xF8, 0x88, 0x80, 0x80, 0x80], [0x80, 0x80, 0x80], Array("```\n".utf8) + [0xFF, 0xFE],
    Array("$a".utf8) + [0xC3] + Array("$".utf8),
    Array("---\ntitle: ".utf8) + [0xFF] + Array("\n---\n".utf8),
    Array("| ".utf8) + [0xE2] + Array(" |\n|--|\n".utf8),
    [0xEF, 0xBB, 0xBF], [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + Array("# x".utf8),
    [UInt8](repeating: 0, count: 4096),
    (0...255).map(UInt8.init),
  ]

  /// Lines of a megabyte, and depths that would overflow a stack.
  static let huge: [String] =
    [
      "a", "[", "]", "[](", "![](", "$", "$$ ", "`", "`a ``b ", "<", "<a ", "<script", "<!--", "*", "_",
      "**a", "~~", "@a ", "@fig-a ", "[@a;",
      "&", "\\", "|", "| a ", "(", "{", "}{", "[a]{.b} ", "{{< ", "^", "é", "\t", "# ", "- ", "+-", "1. ",
      "[^1]", "x<y ", "QZX1XZQ",
    ].map { String(repeating: $0, count: max(1, 200_000 / $0.utf8.count)) } + [
      String(repeating: "> ", count: 2000) + "x", String(repeating: "- ", count: 2000) + "x",
      (0..<500).map { String(repeating: " ", count: $0) + "- x\n" }.joined(),
      (0..<3000).map { _ in "::: {.a}\n" }.joined(), (0..<3000).map { _ in ":::\n" }.joined(),
      (0..<2000).map { "```\n\($0)\n" }.joined(), (0..<2000).map { "# a \($0)\n" }.joined(),
      (0..<2000).map { "[^\($0)] " }.joined() + "\n\n" + (0..<2000).map { "[^\($0)]: x\n" }.joined(),
      (0..<1000).map { "$x_{\($0)}$\n$$\n" }.joined(), String(repeating: "\n", count: 200_000),
      String(repeating: "a\r", count: 50_000), String(repeating: "a", count: 1_000_000),
      "---\n" + String(repeating: "[", count: 20_000) + "\n---\n",
      "---\na: " + String(repeating: "{a: ", count: 20_000) + "\n---\n",
      "$" + String(repeating: "{", count: 20_000) + "$", "$" + String(repeating: "\\frac", count: 5000) + "$",
    ]

  /// All of them: each piece as it is, closed by nothing, in a list, in a quote, behind a fence and in pairs.
  static var all: [[UInt8]] {
    var documents = invalid + pieces.map { Array($0.utf8) } + huge.map { Array($0.utf8) }
    for (number, piece) in pieces.enumerated() {
      let other = pieces[(number * 37 + 11) % pieces.count]
      documents.append(Array("\(piece)\n\(other)\n\n\(piece) \(other)".utf8))
      documents.append(Array("- \(piece)\n\n  \(other)\n> \(piece)\n\n    \(other)\n".utf8))
      documents.append(
        Array("# \(piece) {#a}\r\n\r\n| \(piece) | \(other) |\r\n|---|---|\r\n| \(other) | x |\r\n".utf8))
      documents.append(
        Array(
          "---\ntitle: '\(piece.replacing("'", with: "''").replacing("\n", with: " "))'\n---\n\n```{swift}\n\(piece)\n```\n"
            .utf8))
    }
    return documents
  }
}
