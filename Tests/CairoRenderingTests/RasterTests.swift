import CairoRendering
import Foundation
import Plotting
import Testing

@Suite("Images and dense dots in figures")
struct RasterTests {
  private let image = PixelImage(
    width: 2, height: 2, bytes: [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255])

  @Test("An image is embedded with square pixels, or smooth, and is clipped")
  func images() throws {
    var drawing = Drawing(width: 100, height: 80)
    let area = Rectangle(x: 10, y: 10, width: 60, height: 40)
    drawing.layers = [
      .init(
        clip: Rectangle(x: 20, y: 20, width: 30, height: 30),
        shapes: [DrawnShape(.image(image, in: area), opacity: 0.5)])
    ]
    let svg = try rendered(drawing)
    #expect(svg.contains("<g clip-path=\"url(#f-1)\">\n<image x=\"10\" y=\"10\" width=\"60\" height=\"40\""))
    #expect(svg.contains("preserveAspectRatio=\"none\" opacity=\".5\" style=\"image-rendering:pixelated\""))
    #expect(svg.contains("href=\"data:image/png;base64,iVBORw0KGgo"))
    #expect(try rendered(drawing) == svg)
    let smooth = PixelImage(width: 2, height: 2, bytes: image.bytes, isSmooth: true)
    drawing.layers = [.init(shapes: [DrawnShape(.image(smooth, in: area))])]
    let other = try rendered(drawing)
    #expect(other.contains("<image") && !other.contains("pixelated") && !other.contains("clip-path"))
  }

  @Test("Images without pixels or area are left out")
  func emptyImages() throws {
    var drawing = Drawing(width: 100, height: 80)
    let area = Rectangle(x: 10, y: 10, width: 60, height: 40)
    let none = PixelImage(width: 0, height: 3, bytes: [])
    drawing.layers = [
      .init(shapes: [
        DrawnShape(.image(none, in: area)),
        DrawnShape(.image(image, in: Rectangle(x: 1, y: 1, width: 0, height: 5))),
      ])
    ]
    #expect(try !rendered(drawing).contains("<image"))
    #expect(try !PNGRenderer().render(drawing).isEmpty)
  }

  @Test("Pixels of an image come out of a PNG file as they went in")
  func pixels() throws {
    var drawing = Drawing(width: 2, height: 2)
    drawing.layers = [
      .init(shapes: [DrawnShape(.image(image, in: Rectangle(x: 0, y: 0, width: 2, height: 2)))])
    ]
    let small = try PNGRenderer().render(drawing, dotsPerInch: 72)
    let expected = try PNGRenderer().render(drawing, dotsPerInch: 72, palette: .dark)
    #expect(small == expected)
    #expect(try PDFRenderer().render(drawing, metadata: .init(title: "t")).count < 4000)
  }

  @Test("Up to two thousand dots are drawn one by one, more as one mask in the color of the page")
  func threshold() throws {
    let few = try Gallery.cloud(2000).svg(id: "f")
    #expect(!few.contains("<mask"))
    let many = try Gallery.cloud(2001).svg(id: "f")
    #expect(many.contains("<mask id=\"f-m1\">") && many.contains("mask=\"url(#f-m1)\""))
    #expect(many.contains("style=\"fill:var(--lectern-series-1,#1860af);fill-opacity:.85\""))
  }

  @Test("Files of many points are small", arguments: [100_000, 1_000_000])
  func size(count: Int) throws {
    let figure = Gallery.cloud(count)
    #expect(try figure.svg(id: "f").utf8.count < 300_000)
    #expect(try figure.svg(id: "f") == figure.svg(id: "f"))
    #expect(try figure.pdf().count < 300_000)
  }

  @Test("A line of many values is small")
  func lines() throws {
    let xs = (0..<1_000_000).map(Double.init)
    let plot = Plot(x: .linear("x"), y: .linear("y")) {
      LineMark(x: xs, y: xs.map { sin($0 / 5e4) + noise(Int($0), 1) })
    }
    #expect(try Figure.plot(plot).svg(id: "f").utf8.count < 60_000)
  }

  @Test("Places that no canvas has do not spoil a drawing")
  func wildCoordinates() throws {
    let wild = [Double.nan, .infinity, -.infinity, 1e300, -1e300, 3]
    var drawing = Drawing(width: 100, height: 80)
    let points = wild.flatMap { x in wild.map { Point(x, $0) } }
    drawing.layers = [
      .init(
        clip: Rectangle(x: 0, y: 0, width: 100, height: 80),
        shapes: [
          DrawnShape(.lines([points]), stroke: Stroke(.text, width: 1)),
          DrawnShape(.polygons([points]), fill: .series(0)), DrawnShape(.dots(points, diameter: 3)),
          DrawnShape(.dots(points + Array(repeating: Point(9, 9), count: 3000), diameter: 3)),
          DrawnShape(.rectangle(Rectangle(x: .nan, y: 0, width: 1e300, height: 1)), fill: .axis),
          DrawnShape(.text(DrawnText(Label("a"), at: Point(.nan, 3), anchor: .middle, size: 9))),
        ])
    ]
    let svg = try rendered(drawing)
    #expect(svg.contains("<path d=") && !svg.contains("nan") && !svg.contains("inf"))
    #expect(try !PDFRenderer().render(drawing, metadata: .init(title: "t")).isEmpty)
    #expect(try !PNGRenderer().render(drawing).isEmpty)
  }

  private func rendered(_ drawing: Drawing) throws -> String {
    try SVGRenderer().render(drawing, id: "f", title: "t", description: "d")
  }

  private func noise(_ index: Int, _ stream: Int) -> Double {
    let value = sin(Double(index) * 12.9898 + Double(stream) * 78.233) * 43758.5453
    return value - value.rounded(.down)
  }
}
