import CairoRendering
import Foundation
import Plotting
import Testing

@Suite("SVG of figures")
struct SVGRendererTests {
  @Test("The same figure gives the same bytes, from any thread", arguments: Gallery.figures.map(\.name))
  func deterministic(name: String) async throws {
    let figure = try #require(Gallery.figures.first { $0.name == name }?.figure)
    let first = try figure.svg(id: "fig-a")
    let others = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 { group.addTask { try figure.svg(id: "fig-a") } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(others.allSatisfy { $0 == first })
  }

  @Test("One, two and four threads give the same bytes", arguments: [1, 2, 4])
  func threads(count: Int) async throws {
    let expected = try Gallery.figures.map { try $0.figure.svg(id: "fig-a") }
    let found = try await withThrowingTaskGroup(of: [(Int, String)].self) { group in
      for thread in 0..<count {
        group.addTask {
          try stride(from: thread, to: Gallery.figures.count, by: count).map {
            ($0, try Gallery.figures[$0].figure.svg(id: "fig-a"))
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(found.count == expected.count && found.allSatisfy { expected[$0.0] == $0.1 })
  }

  @Test("No coordinate is missing or far outside the canvas", arguments: Gallery.figures.map(\.name))
  func coordinateRanges(name: String) throws {
    for size in [nil, FigureSize(width: 3, height: 2), FigureSize(width: 12, height: 8)] {
      let svg = try figure(name).svg(id: "f", size: size)
      #expect(!svg.contains(/\b(nan|inf)\b/))
      let width = try (size ?? figure(name).size).width * 72
      for match in svg.matches(of: /="translate\((-?[\d.]+) (-?[\d.]+)\)/) {
        let x = try #require(Double(match.1))
        #expect(x >= 0 && x <= max(width, 864), "\(match.0)")
      }
    }
  }

  @Test(
    "Figures of reports are small", arguments: ["losses", "folds", "search", "closure", "slices", "grouped"])
  func size(name: String) throws {
    let figure = try #require(Gallery.figures.first { $0.name == name }?.figure)
    #expect(try figure.svg(id: "fig-a").utf8.count < 40_000)
  }

  @Test("A figure of three losses over 300 epochs is small, and a grid of many plots does not burst")
  func usualSizes() throws {
    let epochs = (1...300).map(Double.init)
    let plot = Plot(title: "Loss", x: .linear("epoch"), y: .log("cross-entropy")) {
      for index in 0..<3 {
        let wave = epochs.map { sin(37 * $0 * Double(index + 1)) }
        let fall = epochs.map { 0.9 * exp(-$0 / Double(18 + 9 * index)) + 0.02 }
        LineMark(x: epochs, y: zip(fall, wave).map { $0 + 0.004 * $1 }, series: "part \(index + 1)")
      }
    }
    #expect(try Figure.plot(plot).svg(id: "fig-loss").utf8.count < 40_000)
    let grid = Figure.grid(PlotGrid(columns: 3, plots: Array(repeating: plot, count: 9)))
    #expect(try grid.svg(id: "fig-grid").utf8.count < 160_000)
    #expect(try grid.svg(id: "fig-grid").matches(of: /<title>/).count <= 241)
  }

  @Test("All ids begin with the figure's label, and all references are to ids of the figure")
  func identifiers() throws {
    let svg = try figure("closure").svg(id: "fig-closure")
    let ids = svg.matches(of: /\bid="([^"]*)"/).map { String($0.1) }
    #expect(!ids.isEmpty && ids.allSatisfy { $0.hasPrefix("fig-closure-") } && Set(ids).count == ids.count)
    let references =
      svg.matches(of: /href="#([^"]*)"/).map { String($0.1) }
      + svg.matches(of: /url\(#([^)]*)\)/).map { String($0.1) }
    #expect(!references.isEmpty && references.allSatisfy(ids.contains))
    #expect(!svg.contains("xlink") && !svg.contains("<?xml"))
  }

  @Test("Colors are custom properties with fallbacks")
  func colors() throws {
    let svg = try figure("closure").svg(id: "fig-a")
    #expect(svg.contains("var(--lectern-series-1,#1860af)") && svg.contains("var(--lectern-text,#222222)"))
    #expect(!svg.contains("rgb("))
  }

  @Test("Coordinates have at most two decimals")
  func coordinates() throws {
    for (_, figure) in Gallery.figures {
      let svg = try figure.svg(id: "fig-a")
      let body = svg.split(separator: "</desc>")[1].split(separator: "lectern-hover")[0]
      let hasMore = body.replacing(/scale\([^)]*\)/, with: "").contains(/\.\d{3}/)
      #expect(!hasMore)
    }
  }

  @Test("Title and description come first, with special characters escaped")
  func accessibility() throws {
    let drawing = Drawing(width: 72, height: 36)
    let svg = try SVGRenderer().render(drawing, id: "f", title: "a < b & \"c\"", description: "d")
    #expect(
      svg == """
        <svg xmlns="http://www.w3.org/2000/svg" class="lectern-figure" viewBox="0 0 72 36" \
        style="width:100%;max-width:72pt;height:auto" role="img" aria-labelledby="f-title f-desc" fill="none" \
        stroke-linejoin="round">
        <title id="f-title">a &lt; b &amp; &quot;c&quot;</title>
        <desc id="f-desc">d</desc>
        </svg>

        """)
  }

  @Test("No text of any figure leaves the canvas", arguments: Gallery.figures.map(\.name))
  func texts(name: String) throws {
    let measurer = try CairoTextMeasurer()
    for width in [3.0, 3.4, 4, 6.4, 12] {
      let size = try figure(name).size(fitting: width)
      let drawing = PlotLayout(measurer: measurer).drawing(of: try figure(name), size: size)
      for case .text(let text) in drawing.layers.flatMap(\.shapes).map(\.geometry) where text.rotation == 0 {
        let extent = text.label.runs.reduce(0) {
          $0 + measurer.width(of: $1.text, size: text.size * $1.scale)
        }
        let left =
          text.position.x - (text.anchor == .start ? 0 : text.anchor == .middle ? extent / 2 : extent)
        #expect(left >= 0 && left + extent <= drawing.width, "\(text.label.plain)")
        #expect(
          text.position.y > 0 && text.position.y < drawing.height, "\(text.label.plain), width \(width)")
      }
    }
  }

  @Test("Values are told at the pointer")
  func hovers() throws {
    let svg = try figure("folds").svg(id: "fig-a")
    #expect(svg.contains("<title>fold 3: 0.934 ± 0.018</title></path>"))
  }

  @Test("The document is well-formed XML")
  func wellFormed() throws {
    for (name, figure) in Gallery.figures {
      let svg = try figure.svg(id: "fig-\(name)")
      // Every element is closed by the end of its parent.
      var open: [Substring] = []
      for match in svg.matches(of: /<(\/?)([a-zA-Z]+)[^<>]*?(\/?)>/) {
        if !match.1.isEmpty {
          #expect(open.popLast() == match.2)
        } else if match.3.isEmpty {
          open.append(match.2)
        }
      }
      #expect(open.isEmpty, "\(name)")
    }
  }

  @Test("A font that is missing is an error with a hint")
  func missingFont() {
    let error = RenderingError.missingFont(path: "/nowhere/font.ttf")
    #expect(throws: error) { try SVGRenderer(fontPath: "/nowhere/font.ttf") }
    #expect("\(error)" == "the font of figures is missing: /nowhere/font.ttf (install fonts-dejavu-core)")
  }

  @Test("Characters that the font lacks are known")
  func missingCharacters() throws {
    let plot = Plot(x: .linear("時 (s)"), y: .linear("\\chi^2")) {}
    let renderer = try SVGRenderer()
    let drawing = PlotLayout(measurer: renderer.measurer).drawing(of: .plot(plot))
    #expect(renderer.missingCharacters(in: drawing) == ["時"])
  }

  @Test("Text is measured without hinting: widths are proportional to sizes")
  func measurer() throws {
    let measurer = try CairoTextMeasurer()
    #expect(measurer.width(of: "", size: 10) == 0)
    #expect(
      (measurer.width(of: "loss", size: 20) - 2 * measurer.width(of: "loss", size: 10)).magnitude < 1e-9)
    #expect(measurer.width(of: "W", size: 10) > measurer.width(of: "i", size: 10))
  }

  private func figure(_ name: String) throws -> Figure {
    try #require(Gallery.figures.first { $0.name == name }?.figure)
  }
}
