extension HTMLChecker {
  /// A page without problems around a piece of its main part.
  static func page(_ main: String, head: String = "", after: String = "") -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head><meta charset="utf-8"><title>Title</title>\(head)</head>
    <body><a href="#text">Skip to the text</a><header><h1>Title</h1></header>
    <main id="text">\(main)</main>\(after)
    </body>
    </html>
    """
  }

  /// Pages that are good, to prove that rules need not fail.
  static let goodExamples: [String] = [
    page(""),
    page("<p>AT&T &amp; &lt; &eacute; &#233; a > b <a href=\"x.html?a=1&b=2\">x</a></p>"),
    page("<ul><li>One<ul><li>Two</li></ul></li></ul><dl><div><dt>A</dt><dd>B</dd></div></dl>"),
    page(
      "<figure><figcaption>A</figcaption><p>B</p></figure><figure><p>A</p><figcaption>B</figcaption></figure>"
    ),
    page("<p>A<!-- comment --><br>B<wbr>C <code>d</code> <time>2024-02-29</time> <time>P1DT2H</time></p>"),
    page(
      "<p><time datetime=\"2024-02-29T10:00:00.5+01:00\">then</time> <time>2024-W07</time></p>"
    ),
    page(
      """
      <table><caption>A</caption><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>
      <tbody><tr><th scope="row" rowspan="2">1</th><td>2</td></tr><tr><td>3</td></tr></tbody></table>
      """),
    page(
      """
      <svg role="img" aria-labelledby="t" viewBox="0 0 1 1"><title id="t">A</title>
      <defs><path id="p" d="M0 0"/>
      <clipPath id="c"><path d="M0 0"/></clipPath></defs><use href="#p" clip-path="url(#c)"/></svg>
      """),
    page("<p><math><mi>x</mi><mtext>a <b>b</b></mtext></math></p>"),
    page("<pre tabindex=\"0\"><code>a &lt; b</code></pre><details open><summary>A</summary>B</details>"),
    page(
      "<p><label for=\"i\">A</label><input id=\"i\"><label>B <input type=\"radio\" name=\"r\"></label></p>"),
    page("<h2>A</h2><h3>B</h3><h2>C</h2><section aria-label=\"D\"><h3>E</h3></section>"),
    page("<p style=\"color: var(--a, #fff); background: url('data:a;b')\">A</p>"),
    page("<p><img src=\"a.png\" alt=\"\"><a href=\"b.html\"><img src=\"a.png\" alt=\"B\"></a></p>"),
    page("", after: "<footer>A</footer><script>if (1 < 2) { '<p>' }</script>"),
    page("<article><header>A</header><p>B</p><footer>C</footer></article><aside>D</aside>"),
    page("<p><a href=\"https://example.org/\">A</a></p>", head: "<style>a { color: red }</style>"),
  ]

  /// Pages with a problem each, and the rule that has to tell of it.
  static let badExamples: [(html: String, rule: String)] =
    documentExamples + contentExamples
    + attributeExamples + accessibilityExamples

  private static let documentExamples: [(html: String, rule: String)] = [
    (page("").replacing("<!DOCTYPE html>\n", with: ""), "doctype"),
    (page("").replacing("<!DOCTYPE html>", with: "<!DOCTYPE html PUBLIC \"a\">"), "doctype"),
    (page("").replacing(" lang=\"en\"", with: ""), "lang"),
    (page("").replacing("lang=\"en\"", with: "lang=\"english_us\""), "valid-lang"),
    (page("").replacing("<meta charset=\"utf-8\">", with: ""), "charset"),
    (page("").replacing("utf-8", with: "latin1"), "charset"),
    (page("").replacing("<title>Title</title>", with: ""), "title"),
    (page("").replacing("<title>Title</title>", with: "<title> </title>"), "title"),
    (page("").replacing("</head>", with: "</head>Text"), "document-structure"),
    (page("", head: "<meta name=\"viewport\" content=\"width=1, user-scalable=no\">"), "meta-viewport"),
    (page("", head: "<meta name=\"viewport\" content=\"maximum-scale=1\">"), "meta-viewport"),
    (page("", head: "<meta http-equiv=\"refresh\" content=\"5\">"), "meta-refresh"),
    (page("", head: "<div></div>"), "content-model"),
    (page("", head: "<link rel=\"stylesheet\" href=\"https://example.org/a.css\">"), "network"),
    (page("", head: "<style>@import 'a.css';</style>"), "network"),
    (page("", head: "<style>a { background: url(http://example.org/a.png) }</style>"), "network"),
    (page("", head: "<style>/* a */ @IMPORT url(a.css);</style>"), "network"),
    (page("", head: "<style>a { color: red</style>"), "style"),
    (page("", head: "<style>a { content: 'red }</style>"), "style"),
    (page("", head: "<script src=\"//example.org/a.js\"></script>"), "network"),
    (page("", head: "<script>'<!--<script>'</script>"), "script-content"),
    (page("<p>A"), "missing-end-tag"),
    (page("<p><b><i>A</b></i></p>").replacing("</i>", with: ""), "missing-end-tag"),
    (page("<ul><li>A<li>B</li></ul>"), "missing-end-tag"),
    (page("<p>A</p></p>"), "stray-end-tag"),
    (page("<p>A<br></br></p>"), "stray-end-tag"),
    (page("<div/></div>"), "self-closing"),
    (page("<!-- a -- b --!> -->"), "comment"),
    (page("<!-- a"), "comment"),
    (page("<?xml?>"), "unescaped-less"),
    (page("<p>1 < 2</p>"), "unescaped-less"),
    (page("<p>a<n</p>").replacing("<n<", with: "<n>b</n><"), "unknown-element"),
    (page("<p>&nosuch;</p>"), "character-reference"),
    (page("<p>&ampx</p>"), "character-reference"),
    (page("<p>&#xD800;</p>"), "character-reference"),
    (page("<p>a\u{1}b</p>"), "control-character"),
    (page("<p class=\"a\"id=\"b\">A</p>"), "attribute-syntax"),
    (page("<p class=>A</p>"), "attribute-syntax"),
    (page("<p class=\"a\" class=\"b\">A</p>"), "duplicate-attribute"),
    (page("<svg aria-hidden=\"true\"><div></div></svg>"), "foreign-content"),
  ]

  private static let contentExamples: [(html: String, rule: String)] = [
    (page("<p><div>A</div></p>"), "content-model"),
    (page("<p><table><tr><th scope=\"col\">A</th></tr></table></p>"), "content-model"),
    (page("<p><ul><li>A</li></ul></p>"), "content-model"),
    (page("<p><pre tabindex=\"0\">A</pre></p>"), "content-model"),
    (page("<p><span><p>A</p></span></p>"), "content-model"),
    (page("<p><a href=\"a.html\"><div>A</div></a></p>"), "content-model"),
    (page("<h2><div>A</div></h2>"), "content-model"),
    (page("<details><summary><p>A</p></summary></details>"), "content-model"),
    (page("<button><div>A</div></button>"), "content-model"),
    (page("<ul><p>A</p></ul>"), "content-model"),
    (page("<ul>A</ul>"), "content-model"),
    (page("<dl><p>A</p></dl>"), "content-model"),
    (page("<table><div>A</div><tr><th scope=\"col\">A</th></tr></table>"), "content-model"),
    (page("<table><tr>A<th scope=\"col\">A</th></tr></table>"), "content-model"),
    (page("<style>a { color: red }</style>"), "parent"),
    (page("<article><header><footer>A</footer></header></article>"), "content-model"),
    (page("<dl><dt><h2>A</h2></dt><dd>B</dd></dl>"), "content-model"),
    (page("<form><div><form></form></div></form>"), "content-model"),
    (page("<div><li>A</li></div>"), "parent"),
    (page("<div><dt>A</dt></div>"), "parent"),
    (page("<div><td>A</td></div>"), "parent"),
    (page("<div><tr><td>A</td></tr></div>"), "parent"),
    (page("<div><figcaption>A</figcaption></div>"), "parent"),
    (page("<div><caption>A</caption></div>"), "parent"),
    (page("<div><summary>A</summary></div>"), "parent"),
    (page("<div><legend>A</legend></div>"), "parent"),
    (page("<div><option>A</option></div>"), "parent"),
    (page("<p><a href=\"a.html\"><a href=\"b.html\">A</a></a></p>"), "interactive-content"),
    (page("<p><a href=\"a.html\"><button>A</button></a></p>"), "interactive-content"),
    (page("<p><a href=\"a.html\"><span tabindex=\"0\">A</span></a></p>"), "interactive-content"),
    (page("<p><button><a href=\"a.html\">A</a></button></p>"), "interactive-content"),
    (page("<p><label>A <a href=\"a.html\">A</a> <input></label></p>"), "interactive-content"),
    (page("<p><label>A <input> <input></label></p>"), "interactive-content"),
    (page("<figure><p>A</p><figcaption>B</figcaption><p>C</p></figure>"), "child-position"),
    (page("<table><tr><th scope=\"col\">A</th></tr><caption>A</caption></table>"), "child-position"),
    (page("<details><p>A</p><summary>B</summary></details>"), "child-position"),
    (page("<fieldset><p>A</p><legend>B</legend></fieldset>"), "child-position"),
    (page("<details><p>A</p></details>"), "required-child"),
    (page("<dl><dd>A</dd></dl>"), "required-child"),
    (page("<center>A</center>"), "obsolete-element"),
    (page("<p><font>A</font> <tt>B</tt></p>"), "obsolete-element"),
    (page("<p><strike>A</strike></p>"), "obsolete-element"),
    (page("<p><nothing>A</nothing></p>"), "unknown-element"),
    (page("<svg aria-hidden=\"true\"><nothing/></svg>"), "unknown-element"),
    (page("<table><tr><th scope=\"col\" colspan=\"2\">A</th></tr></table>"), "table-model"),
    (page("<table><tr></tr><tr><th scope=\"col\">A</th></tr></table>"), "table-model"),
    (page("<table><tbody><tr><th scope=\"row\" rowspan=\"2\">A</th></tr></tbody></table>"), "table-model"),
    (
      page(
        """
        <table><tr><td>1</td><th scope="col" rowspan="2">2</th></tr><tr><td colspan="2">3</td></tr></table>
        """), "table-model"
    ),
  ]

  private static let attributeExamples: [(html: String, rule: String)] = [
    (page("<p id=\"a\">A</p><p id=\"a\">B</p>"), "duplicate-id"),
    (page("<p id=\"text\">A</p>"), "duplicate-id"),
    (page("<p id=\"a b\">A</p>"), "id"),
    (page("<p id=\"\">A</p>"), "id"),
    (page("<p align=\"center\">A</p>"), "obsolete-attribute"),
    (page("<table border=\"1\"><tr><th scope=\"col\">A</th></tr></table>"), "obsolete-attribute"),
    (page("<table><tr><th scope=\"col\" width=\"1\">A</th></tr></table>"), "obsolete-attribute"),
    (page("<p><a name=\"a\" href=\"b.html\">A</a></p>"), "obsolete-attribute"),
    (page("<p><a rev=\"a\" href=\"b.html\">A</a></p>"), "obsolete-attribute"),
    (page("<p nothing=\"a\">A</p>"), "unknown-attribute"),
    (page("<svg aria-hidden=\"true\" focusable=\"false\"></svg>"), "unknown-attribute"),
    (page("<p><label for=\"none\">A</label></p>"), "dangling-reference"),
    (page("<p><label for=\"text\">A</label></p>"), "label-target"),
    (page("<section aria-labelledby=\"none\"><p>A</p></section>"), "dangling-reference"),
    (page("<p aria-describedby=\"none\">A</p>"), "dangling-reference"),
    (page("<p><button aria-controls=\"none\">A</button></p>"), "dangling-reference"),
    (page("<p><a href=\"#none\">A</a></p>"), "dangling-reference"),
    (page("<svg aria-hidden=\"true\"><use href=\"#none\"/></svg>"), "dangling-reference"),
    (page("<svg aria-hidden=\"true\"><g clip-path=\"url(#none)\"/></svg>"), "dangling-reference"),
    (page("<p><time>yesterday</time></p>"), "datetime"),
    (page("<p><time>2023-02-29</time></p>"), "datetime"),
    (page("<p><time datetime=\"1.2.2024\">A</time></p>"), "datetime"),
    (page("<p><img alt=\"A\"></p>"), "required-attribute"),
    (page("<p><label>A <input type=\"radio\"></label></p>"), "required-attribute"),
    (page("<p><label>A <input type=\"nothing\"></label></p>"), "attribute-value"),
    (page("<p dir=\"up\">A</p>"), "attribute-value"),
    (page("<p><label>A <input disabled=\"no\"></label></p>"), "attribute-value"),
    (page("<table><tr><th scope=\"up\">A</th></tr></table>"), "attribute-value"),
    (page("<table><tr><th scope=\"col\" colspan=\"0\">A</th></tr></table>"), "attribute-value"),
    (page("<p><span aria-hidden=\"yes\">A</span></p>"), "attribute-value"),
    (page("<p tabindex=\"first\">A</p>"), "tabindex"),
    (page("<p style=\"color red\">A</p>"), "style"),
    (page("<p style=\"width: calc(1px\">A</p>"), "style"),
    (page("<p><a href=\"a b.html\">A</a></p>"), "url"),
    (page("<p><img src=\"\" alt=\"A\"></p>"), "url"),
    (page("<p><img src=\"https://example.org/a.png\" alt=\"A\"></p>"), "network"),
    (page("<svg aria-hidden=\"true\"><image href=\"https://example.org/a.png\"/></svg>"), "network"),
    (page("<p style=\"background: url(https://example.org/a.png)\">A</p>"), "network"),
    (page("<p lang=\"d\">A</p>"), "valid-lang"),
  ]

  private static let accessibilityExamples: [(html: String, rule: String)] = [
    (
      page("").replacing("<main id=\"text\"></main>", with: "<nav id=\"text\">A</nav>"), "landmark-one-main"
    ),
    (page("", after: "<main>A</main>"), "landmark-one-main"),
    (page("<footer>A</footer>"), "landmark-in-main"),
    (page("<nav>A</nav>"), "landmark-in-main"),
    (page("<div role=\"banner\">A</div>"), "landmark-is-top-level"),
    (page("", after: "<nav><aside>A</aside></nav>"), "landmark-is-top-level"),
    (page("", after: "<nav>A</nav><nav>B</nav>"), "landmark-unique"),
    (page("", after: "<header>A</header>"), "landmark-unique"),
    (page("", after: "<div><p>A</p></div>"), "region"),
    (page("", after: "A"), "region"),
    (page("").replacing("h1>", with: "p>"), "page-has-heading-one"),
    (page("").replacing("<h1>Title</h1>", with: "<h2>A</h2><h1>B</h1>"), "heading-order"),
    (page("<h3>A</h3>"), "heading-order"),
    (page("<h1>A</h1>"), "multiple-h1"),
    (page("<h2></h2>"), "empty-heading"),
    (page("<p><img src=\"a.png\"></p>"), "image-alt"),
    (page("<svg><title>A</title></svg>"), "svg-img-alt"),
    (page("<svg role=\"img\"><path d=\"M0 0\"/></svg>"), "svg-img-alt"),
    (page("<p><a href=\"a.html\"> </a></p>"), "link-name"),
    (page("<p><a href=\"a.html\"><span aria-hidden=\"true\">A</span></a></p>"), "link-name"),
    (page("<p><button></button></p>"), "button-name"),
    (page("<details><summary></summary><p>A</p></details>"), "summary-name"),
    (page("<p><input></p>"), "label"),
    (page("<p><input type=\"checkbox\" disabled> A</p>"), "label"),
    (page("<table><tr><th>A</th></tr></table>"), "th-scope"),
    (page("<table><tr><td>A</td></tr></table>"), "table-headers"),
    (page("<table><tr><th scope=\"col\"></th></tr></table>"), "empty-table-header"),
    (page("<p tabindex=\"2\">A</p>"), "tabindex"),
    (page("<pre>A</pre>"), "scrollable-region-focusable"),
    (page("<div class=\"a scroll\">A</div>"), "scrollable-region-focusable"),
    (page("<div role=\"nothing\">A</div>"), "aria-role"),
    (page("<p aria-nothing=\"a\">A</p>"), "aria-attribute"),
    (page("<div aria-label=\"A\">A</div>"), "aria-prohibited"),
    (page("<div role=\"img\">A</div>"), "role-img-alt"),
    (page("<div aria-hidden=\"true\"><a href=\"a.html\">A</a></div>"), "aria-hidden-focus"),
    (page("<div role=\"img\" aria-label=\"A\"><a href=\"a.html\">A</a></div>"), "nested-interactive"),
    (page("<p><input type=\"image\" src=\"a.png\"></p>"), "input-image-alt"),
    (page("<object data=\"a.pdf\"></object>"), "object-alt"),
    (page("<p><map name=\"m\"><area href=\"a.html\" alt=\"\"></map></p>"), "area-alt"),
    (page("<iframe src=\"a.html\"></iframe>"), "frame-title"),
    (page("<audio src=\"a.mp3\" autoplay></audio>"), "no-autoplay"),
    (page("<video src=\"a.mp4\"></video>"), "video-caption"),
    (page("").replacing("<a href=\"#text\">", with: "<a href=\"a.html\">"), "skip-link"),
  ]

  /// Style sheets with colors that contrast too little, and what the message has to name.
  static let badStyles: [(css: String, name: String)] = [
    (":root { --paper: #fff; --ink: #777 }", "--ink on --paper"),
    (":root { --paper: #fff; --hl-a: #999 }", "--hl-a on --paper"),
    (":root { --box: #fff; --quiet: #888 }", "--quiet on --box"),
    (":root { --error-box: #fee; --error: #f66 }", "--error on --error-box"),
    (":root { --warning-box: #fff; --warning: #fa0 }", "--warning on --warning-box"),
    (
      ":root { --paper: #fff; --ink: #000 } @media (prefers-color-scheme: dark) { :root { --paper: #000 } }",
      "--ink on --paper"
    ),
    (":root { --paper: #fff; --link: blurple }", "--link is no color"),
  ]

  /// A style sheet whose colors contrast enough.
  static let goodStyle = """
    /* --paper: #000; */ :root { --paper: #fff; --ink: #767676; --box: var(--paper); --link: rgb(0 0 200) }
    @media screen and (prefers-color-scheme: dark) { :root { --paper: #000; --ink: #fff; --link: #aaf } }
    """
}
