import CairoRendering
import Documents
import Execution
import Foundation
import Plotting
import Publishing

/// Draws the figures of a document: the same series has the same color in all of them.
struct FigureDrawing {
  private let order: SeriesOrder
  private let frontMatter: FrontMatter

  /// The width of drawings for phones, in inches.
  private static let narrowWidth = 3.4
  /// Places for the pointer in drawings for phones, which have none: columns on wide screens show them too.
  private static let narrowHovers = 40

  /// Looks through the figures of a document.
  init(_ executed: ExecutedDocument) {
    var order = SeriesOrder()
    for cell in executed.cells {
      for case .figure(let figure) in cell.outputs {
        order.add(figure.figure)
        for tab in figure.others { order.add(tab.figure) }
      }
    }
    self.order = order
    frontMatter = executed.document.frontMatter
  }

  /// What a page calls for each figure.
  var renderer: FigureRenderer {
    let (order, frontMatter) = (order, frontMatter)
    return { labeled, id in
      var labeled = labeled
      if labeled.theme == .standard { labeled.theme = Self.theme(of: frontMatter) }
      if frontMatter.format == .slides, labeled.size == nil, case .plot = labeled.figure {
        labeled.size = Self.slideSize
      }
      let figure = labeled.figure
      let renderer = try SVGRenderer()
      let layout = PlotLayout(theme: labeled.theme, measurer: renderer.measurer, order: order)
      let wide = layout.drawing(of: figure, size: labeled.size)
      let narrow = Self.narrowSize(of: labeled, wide).map { size in
        var drawing = layout.drawing(of: figure, size: size)
        drawing.hovers = Hover.thinned(drawing.hovers, to: Self.narrowHovers)
        return drawing
      }
      let title = Self.title(of: labeled)
      let description = labeled.alternativeText ?? figure.alternativeText
      var glyphs = GlyphSheet()
      let svg = renderer.render(wide, id: id, title: title, description: description, sharing: &glyphs)
      let narrowSVG = narrow.map {
        renderer.render($0, id: "\(id)-narrow", title: title, description: description, sharing: &glyphs)
      }
      let metadata = PDFRenderer.Metadata(
        title: title, author: frontMatter.authors.isEmpty ? nil : frontMatter.authors.joined(separator: ", "),
        subject: description, date: frontMatter.date)
      return RenderedFigure(
        svg: svg, narrowSVG: narrowSVG, glyphs: glyphs, data: figure.dataTable,
        missingCharacters: renderer.missingCharacters(in: wide),
        pdf: { try PDFRenderer().render(wide, metadata: metadata) },
        png: { try PNGRenderer().render(wide) },
        thumbnail: { try PNGRenderer().render(wide, dotsPerInch: 72) })
    }
  }

  /// Beside the text of a slide letters come out as large as it.
  private static let slideSize = FigureSize(width: 5.6, height: 3)

  /// The sizes of text and lines that the document asks for.
  private static func theme(of matter: FrontMatter) -> Theme {
    switch matter.theme {
    case .standard: .standard
    case .presentation: .presentation
    case .plain: .plain
    case nil: matter.format == .slides ? .presentation : .standard
    }
  }

  /// The size of the drawing for phones; nil if the one for the page is as narrow.
  private static func narrowSize(of labeled: LabeledFigure, _ wide: Drawing) -> FigureSize? {
    guard wide.width > narrowWidth * 72 else { return nil }
    let usual = labeled.figure.size(fitting: narrowWidth)
    // An author's proportions stay, as far as narrow figures have room for them.
    guard let size = labeled.size, case .plot = labeled.figure else { return usual }
    return FigureSize(width: narrowWidth, height: narrowWidth * max(size.height / size.width, 0.76))
  }

  /// The caption in plain text, else the figure's own title.
  private static func title(of labeled: LabeledFigure) -> String {
    guard let source = labeled.caption ?? labeled.figure.title else { return "Figure" }
    return Label(source).plain.filter { !"*`".contains($0) }
  }
}
