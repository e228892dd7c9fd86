import CairoRendering
import Components
import Documents
import Execution
import Plotting
import Publishing
import Testing

@Suite("Figures on pages")
struct FigurePageTests {
  private func executed(_ options: String = "") -> ExecutedDocument {
    let text = "# Title\n\n```{swift}\n#| label: fig-a\n#| fig-cap: Losses\n\(options)1\n```\n"
    let document = DocumentReader.read(text: text, file: "a.md")
    let cells = document.blocks.compactMap { block -> ExecutedCell? in
      guard case .cell(let cell) = block else { return nil }
      let figure = Figure.plot(
        Plot(x: .linear("x"), y: .linear("y")) { LineMark(x: [1, 2], y: [3, 5.5], series: "a, \"b\"") })
      let labeled = LabeledFigure(
        label: "fig-a", figure: figure, caption: "Losses", alternativeText: nil)
      return ExecutedCell(cell: cell, status: .ok, outputs: [.figure(labeled)])
    }
    return ExecutedDocument(document: document, seed: 1, cells: cells, inlineTexts: [:], problems: [])
  }

  private func page(
    _ executed: ExecutedDocument, figure: @escaping FigureRenderer
  ) throws -> Page {
    let template = try PageTemplate.named("lecture", projectRoot: nil)
    return try PageComposer(template: template, figures: figure).page(of: executed)
  }

  private static let empty = Table(columns: [], rows: [])

  @Test("A drawing for phones stands beside the one for the page, and both share their letters")
  func narrow() throws {
    let renderer = try SVGRenderer()
    let page = try page(executed()) { labeled, id in
      var glyphs = GlyphSheet()
      let layout = PlotLayout(measurer: renderer.measurer)
      let drawings = [nil, labeled.figure.size(fitting: 3.4)].enumerated().map { index, size in
        renderer.render(
          layout.drawing(of: labeled.figure, size: size), id: "\(id)-\(index)", title: "t", description: "d",
          sharing: &glyphs)
      }
      return RenderedFigure(svg: drawings[0], narrowSVG: drawings[1], glyphs: glyphs, data: Self.empty)
    }
    #expect(page.html.contains("<div class=\"drawing wide\"><svg"))
    #expect(page.html.contains("<div class=\"drawing narrow\"><svg"))
    let ids = page.html.matches(of: /<[^>]* id="([^"]*)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    let references = Set(page.html.matches(of: /<use href="#([^"]*)"/).map { String($0.1) })
    #expect(!references.isEmpty && references.isSubset(of: Set(ids)))
    #expect(page.html.matches(of: /role="img"/).count == 2)
  }

  /// A page whose cells each give curves over epochs, drawn for the page and for phones.
  static func page(of text: String, epochs count: Int = 300, curves: Int = 3) throws -> Page {
    let document = DocumentReader.read(text: text, file: "a.md")
    let epochs = (1...count).map(Double.init)
    let figure = Figure.plot(
      Plot(title: "Loss", x: .linear("epoch"), y: .log("cross-entropy")) {
        for index in 0..<curves {
          LineMark(
            x: epochs, y: epochs.map { 1 / ($0 + 9 * Double(index)) + 0.01 * Double(Int($0) * 7 % 5) / $0 },
            series: ["training", "validation", "test"][index])
        }
      })
    let cells = document.blocks.compactMap { block -> ExecutedCell? in
      guard case .cell(let cell) = block else { return nil }
      let labeled = LabeledFigure(label: cell.label, figure: figure, caption: "Losses", alternativeText: nil)
      return ExecutedCell(cell: cell, status: .ok, outputs: [.figure(labeled)])
    }
    let executed = ExecutedDocument(
      document: document, seed: 1, cells: cells, inlineTexts: [:], problems: [])
    let renderer = try SVGRenderer()
    let template = try PageTemplate.named("lecture", projectRoot: nil)
    return try PageComposer(template: template) { labeled, id in
      var glyphs = GlyphSheet()
      let layout = PlotLayout(measurer: renderer.measurer)
      let words = labeled.figure.alternativeText
      let drawings = [nil, labeled.figure.size(fitting: 3.4)].enumerated().map { index, size in
        var drawing = layout.drawing(of: labeled.figure, size: size)
        if index == 1 { drawing.hovers = Hover.thinned(drawing.hovers, to: 40) }
        return renderer.render(
          drawing, id: "\(id)-\(index)", title: "Losses", description: words, sharing: &glyphs)
      }
      return RenderedFigure(
        svg: drawings[0], narrowSVG: drawings[1], glyphs: glyphs, data: labeled.figure.dataTable)
    }.page(of: executed)
  }

  @Test("A page of one figure and a formula takes at most 150 kB")
  func size() throws {
    let text = "---\ntitle: Losses\n---\n\n$a^2$\n\n```{swift}\n#| label: fig-a\n#| fig-cap: Losses\n1\n```\n"
    let page = try Self.page(of: text)
    #expect(page.problems.isEmpty && page.html.contains("katex"))
    #expect(page.html.utf8.count <= 150_000, "\(page.html.utf8.count)")
  }

  @Test("A drawing that fits everywhere stands alone")
  func alone() throws {
    let page = try page(executed()) { _, _ in RenderedFigure(svg: "<svg></svg>", data: Self.empty) }
    #expect(page.html.contains("<div class=\"drawing\"><svg></svg></div>"))
    #expect(!page.html.contains("class=\"downloads\""))
  }

  @Test("Files are offered in the order of the author, and only if asked for")
  func downloads() throws {
    let table = Table(columns: [.init("x"), .init("a, b")], rows: [[.real(1), .real(3.5)]])
    let page = try page(executed("#| downloads: [png, csv, pdf]\n")) { _, _ in
      RenderedFigure(svg: "<svg></svg>", data: table, pdf: { Array("PDF".utf8) }, png: { Array("PNG".utf8) })
    }
    #expect(
      page.html.contains(
        "Download: <a download=\"fig-a.png\" href=\"data:image/png;base64,UE5H\">PNG</a>, "
          + "<a download=\"fig-a.csv\" href=\"data:text/csv;charset=utf-8;base64,"))
    #expect(page.html.contains("<a download=\"fig-a.pdf\" href=\"data:application/pdf;base64,UERG\">PDF</a>"))
  }

  @Test("A file that cannot be made is an error at its cell")
  func failing() throws {
    let page = try page(executed("#| downloads: [pdf]\n")) { _, _ in
      RenderedFigure(
        svg: "<svg></svg>", data: Self.empty,
        pdf: { throw RenderingError.impossibleSize(width: 0, height: 1) })
    }
    #expect(page.problems.map(\.severity) == [.error] && page.problems.first?.line == 3)
  }

  @Test("Characters that the font lacks are one warning at the cell")
  func missing() throws {
    let page = try page(executed()) { _, _ in
      RenderedFigure(svg: "<svg></svg>", data: Self.empty, missingCharacters: ["時", "間"])
    }
    #expect(page.isOK && page.problems.count == 1)
    #expect(page.problems.first?.message == "the font of figures lacks \"時\", \"間\"")
    #expect(page.html.contains("<div class=\"problem warning\""))
    let quiet = try self.page(executed("#| warning: false\n")) { _, _ in
      RenderedFigure(svg: "<svg></svg>", data: Self.empty, missingCharacters: ["時"])
    }
    #expect(!quiet.html.contains("class=\"problem"))
  }

  @Test("Ramps bring their dark colors to pages that use them")
  func ramps() throws {
    let page = try page(executed()) { _, _ in
      RenderedFigure(svg: "<svg><path style=\"fill:var(--lectern-blues-3,#fff)\"/></svg>", data: Self.empty)
    }
    #expect(page.html.contains("--lectern-blues-32:") && !page.html.contains("--lectern-diverging-0:"))
  }
}
