import Components
import Documents
import Execution
import Foundation
import Publishing
import Testing

@Suite("Bibliographies")
struct BibliographyTests {
  private static let works = """
    Text between entries is nothing. @comment{@article{no, title={No}}}
    @string{jcp = "Journal of Computational Physics"}
    @article{knuth1984, author = {Donald E. Knuth}, title = {Literate {P}rogramming}, journal = "The Computer Journal",
      volume = 27, number = {2}, pages = {97--111}, year = 1984, doi = {10.1093/comjnl/27.2.97}}
    @misc{kingma, author={Diederik P. Kingma and Jimmy Ba}, title={Adam: A Method}, eprint={1412.6980},
      archiveprefix={arXiv}, year={2014}}
    @book{erdos, author = "Erd{\\H o}s, P{\\'a}l and von Neumann, John and others",
      title={Graphs \\& <b>sets</b>}, publisher={Springer}, edition={Second}, year=1959}
    @article{nnpdf, author={{NNPDF Collaboration} and Ball, Richard D.}, title={Path}, journal=jcp # { D}, year=2021,
      url={javascript:alert(1)}}
    @article{nnpdf-b, author={{NNPDF Collaboration} and Ball, Richard D.}, title={Proton}, year=2021}
    """

  /// The main part of the page of a text that cites the works.
  private func page(_ text: String, csl: String = "", works: String = works) throws -> (
    html: String, problems: [String]
  ) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try works.write(to: folder.appending(path: "a.bib"), atomically: true, encoding: .utf8)
    let file = folder.appending(path: "a.md").path
    let document = DocumentReader.read(text: "---\nbibliography: a.bib\n\(csl)---\n\n\(text)", file: file)
    let page = try SampleDocument.page(
      ExecutedDocument(document: document, seed: 0, cells: [], inlineTexts: [:], problems: document.problems))
    let start = try #require(page.html.range(of: "<main id=\"text\">"))
    let end = try #require(page.html.range(of: "</main>"))
    return (String(page.html[start.upperBound..<end.lowerBound]), page.problems.map(\.message))
  }

  @Test("Numbers follow the text; the list links to the works and back")
  func numeric() throws {
    let (html, problems) = try page(
      "As @knuth1984 says [see @erdos, p. 3; @kingma], to a@b.de and \\@kingma. Again [@knuth1984] [@nnpdf].")
    #expect(problems == [])
    for part in [
      "<span class=\"citation\" id=\"cite-0\">Knuth [<a href=\"#ref-knuth1984\">1</a>]</span>",
      "[see <a href=\"#ref-erdos\">2</a>, p. 3; <a href=\"#ref-kingma\">3</a>]</span>", "a@b.de and @kingma.",
      "<h1 id=\"references\">References</h1><ol class=\"bibliography\">\n<li id=\"ref-knuth1984\">"
        + "D.\u{a0}E.\u{a0}Knuth, “Literate Programming”, <cite>The Computer Journal</cite> <b>27</b> (2), 97–111, 1984. "
        + "<a href=\"https://doi.org/10.1093/comjnl/27.2.97\">doi:10.1093/comjnl/27.2.97</a>. "
        + "<a class=\"back\" href=\"#cite-0\" aria-label=\"Back to citation 1\">↩</a> "
        + "<a class=\"back\" href=\"#cite-2\" aria-label=\"Back to citation 2\">↩</a></li>",
      "<a href=\"https://arxiv.org/abs/1412.6980\">arXiv:1412.6980</a>",
      "P.\u{a0}Erdős, J.\u{a0}von Neumann and others, <cite>Graphs &amp; &lt;b&gt;sets&lt;/b&gt;</cite>, Second edition, "
        + "Springer, 1959.",
      "NNPDF Collaboration and R.\u{a0}D.\u{a0}Ball, “Path”, <cite>Journal of Computational Physics D</cite>, 2021.",
    ] { #expect(html.contains(part), "\(part) in \(html)") }
    #expect(!html.contains("href=\"javascript"))
  }

  @Test("By author and year the list is sorted, and equal years get letters")
  func authorYear() throws {
    let (html, problems) = try page(
      "[@nnpdf; @nnpdf-b], [-@knuth1984], @kingma, [@erdos].\n\n::: {#refs}\n:::\n\nEnd.",
      csl: "csl: author-year\n")
    #expect(problems == [])
    for part in [
      "(<a href=\"#ref-nnpdf\">NNPDF Collaboration and Ball 2021a</a>; "
        + "<a href=\"#ref-nnpdf-b\">NNPDF Collaboration and Ball 2021b</a>)",
      "(<a href=\"#ref-knuth1984\">1984</a>)", "Kingma and Ba (<a href=\"#ref-kingma\">2014</a>)",
      "(<a href=\"#ref-erdos\">Erdős et\u{a0}al. 1959</a>)",
    ] { #expect(html.contains(part), "\(part) in \(html)") }
    let order = ["ref-erdos", "ref-kingma", "ref-knuth1984", "ref-nnpdf", "ref-nnpdf-b"].compactMap {
      html.range(of: "<li id=\"\($0)\"")?.lowerBound
    }
    #expect(order.count == 5 && order == order.sorted())
    // The author gave the list a place.
    #expect(try #require(order.last) < #require(html.range(of: "End.")).lowerBound)
  }

  @Test("What cannot be cited, and files that are wrong, have their places")
  func problems() throws {
    let (html, problems) = try page(
      "[@knuth1948].", csl: "csl: chicago\n",
      works:
        "@article{knuth1984, year = 1984}\n\n@book{a, title = {Never closed\n\n@misc{knuth1984, year = 1}")
    #expect(
      problems == [
        "there is no style of citations \"chicago\"", "the bibliography has no entry \"knuth1948\"",
        "the entry \"a\" is not closed or misses a comma",
      ])
    #expect(
      html.contains("<span class=\"missing\" title=\"the bibliography has no such entry\">@knuth1948</span>"))
    let document = DocumentReader.read(text: "---\nbibliography: nowhere.bib\n---\nText.", file: "a.md")
    let found = try SampleDocument.page(
      ExecutedDocument(document: document, seed: 0, cells: [], inlineTexts: [:], problems: [])
    ).problems
    #expect(found.map(\.message) == ["the bibliography nowhere.bib cannot be read"])
    #expect(found.first?.line == 2)
  }

  @Test("Without a bibliography marks are text")
  func none() throws {
    let document = DocumentReader.read(text: "Ask @ada [@bob, p. 3].", file: "a.md")
    let html = try SampleDocument.page(
      ExecutedDocument(document: document, seed: 0, cells: [], inlineTexts: [:], problems: [])
    ).html
    #expect(html.contains("<p>Ask @ada [@bob, p. 3].</p>"))
  }

  @Test(
    "TeX becomes text",
    arguments: [
      (
        #"G{\"o}del, {\'E}cole, Fran\c{c}ois, \v{C}apek, Stra\ss{}e"#, "Gödel, École, François, Čapek, Straße"
      ),
      (#"{\O}rsted \aa{} \l{}ód\'z M\"uller \'{\i}"#, "Ørsted å łódź Müller í"),
      (#"1--2 --- ``q'' 50\% \& \_ a~b $x^2$ \emph{so} {A}b"#, "1–2 — “q” 50% & _ a\u{a0}b x^2 so Ab"),
      ("a\n  b\\", "a b"), ("}{", ""),
    ])
  func tex(source: String, text: String) { #expect(TeXText.plain(source) == text) }

  @Test(
    "Names",
    arguments: [
      ("Donald E. Knuth", "Knuth", "D.\u{a0}E.\u{a0}Knuth"),
      ("van Rossum, Guido", "van Rossum", "G.\u{a0}van Rossum"),
      ("Ludwig van Beethoven", "van Beethoven", "L.\u{a0}van Beethoven"),
      ("King, Jr, Martin", "King Jr", "M.\u{a0}King Jr"),
      ("{CMS and ATLAS}", "CMS and ATLAS", "CMS and ATLAS"),
      ("Jean-Paul Sartre", "Sartre", "J.-P.\u{a0}Sartre"),
      ("Plato", "Plato", "Plato"),
    ])
  func names(source: String, family: String, short: String) {
    let names = PersonName.list("\(source) and Ada Lovelace")
    #expect(names.map(\.family) == [family, "Lovelace"])
    #expect(names.first?.short == short)
  }

  @Test("Any bytes are read without an end in themselves")
  func robust() {
    var stream = SystemOfPieces(seed: 7)
    for _ in 0..<400 {
      let text = stream.text()
      let reader = BibTeXReader(text, file: "a.bib")
      for entry in reader.entries { _ = entry.fields.values.map(TeXText.plain) + entry.people.map(\.short) }
    }
  }

  /// Texts made of what matters in BibTeX.
  private struct SystemOfPieces {
    private var state: UInt64
    private let pieces = [
      "@", "article", "{", "}", "(", ")", ",", "=", "#", "\"", "\\", "key", " and ", "\n", "author", "~", "$",
      "é", "\0",
    ]

    init(seed: UInt64) { state = seed }

    mutating func text() -> String {
      (0..<60).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return pieces[Int(state >> 33) % pieces.count]
      }.joined()
    }
  }
}
