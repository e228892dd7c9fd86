import Foundation
import Plotting
import Testing

@Suite("Layout of plots")
struct PlotLayoutTests {
  private let layout = PlotLayout(measurer: FixedRatioMeasurer())

  @Test("Figures become the drawings that are stored", arguments: SampleFigures.all.map(\.name))
  func snapshots(name: String) throws {
    let figure = try #require(SampleFigures.all.first { $0.name == name }?.figure)
    try Snapshot.check(
      layout.drawing(of: figure).description + "\n" + figure.alternativeText + "\n", name: name)
  }

  @Test(
    "No text leaves the canvas and no two texts overlap at any size",
    arguments: SampleFigures.all.map(\.name),
    [(3.0, 2.0), (3.4, 2.6), (6.4, 4.0), (12.0, 8.0), (12, 2), (3, 8)])
  func texts(name: String, size: (Double, Double)) throws {
    let figure = try #require(SampleFigures.all.first { $0.name == name }?.figure)
    let drawing = layout.drawing(of: figure, size: FigureSize(width: size.0, height: size.1))
    let bounds = texts(in: drawing)
    for (index, text) in bounds.enumerated() {
      #expect(
        text.area.x >= -0.1 && text.area.y >= -0.1 && text.area.right <= drawing.width + 0.1
          && text.area.bottom <= drawing.height + 0.1, "\(text.text) leaves the canvas: \(text.area)")
      for other in bounds.dropFirst(index + 1) {
        #expect(!text.area.intersects(other.area), "\(text.text) overlaps \(other.text)")
      }
    }
  }

  @Test("Long titles and labels are broken, not clipped", arguments: [(3.0, 2.0), (6.4, 4.0)])
  func longTexts(size: (Double, Double)) {
    let plot = Plot(
      title: "A title that is far too long for a single line of a small figure on a narrow phone",
      x: .linear("a horizontal label of which the same must be said (unit)"),
      y: .linear("a vertical label of remarkable length (unit)")
    ) { LineMark(x: [0, 1], y: [0, 123_456]) }
    let drawing = layout.drawing(of: .plot(plot), size: FigureSize(width: size.0, height: size.1))
    for text in texts(in: drawing) {
      #expect(text.area.x >= -0.1 && text.area.right <= drawing.width + 0.1, "\(text.text)")
      #expect(text.area.y >= -0.1 && text.area.bottom <= drawing.height + 0.1, "\(text.text)")
    }
  }

  @Test("Panels of a grid are aligned")
  func alignment() {
    let drawing = layout.drawing(of: SampleFigures.grid)
    let clips = drawing.layers.compactMap(\.clip)
    #expect(clips.count == 2)
    #expect(Set(clips.map(\.y)).count == 1 && Set(clips.map(\.bottom)).count == 1)
  }

  @Test("The legend covers no data")
  func legend() throws {
    let xs = (0..<50).map(Double.init)
    let plot = Plot(x: .linear("x"), y: .linear("y")) {
      LineMark(x: xs, y: xs.map { $0 * $0 }, series: "rising")
    }
    let drawing = layout.drawing(of: .plot(plot))
    let patch = try #require(
      drawing.layers.flatMap(\.shapes).compactMap { shape -> Rectangle? in
        if case .rectangle(let area) = shape.geometry, shape.fill == .background { area } else { nil }
      }.last)
    for case .lines(let lines) in drawing.layers.filter({ $0.clip != nil }).flatMap(\.shapes).map(\.geometry)
    {
      for line in lines {
        for (start, end) in zip(line, line.dropFirst()) { #expect(!patch.intersects(from: start, to: end)) }
      }
    }
  }

  @Test("A series has its color in every figure of a document")
  func colors() {
    let order = SeriesOrder(["training", "validation"])
    let plot = Plot(x: .linear("x"), y: .linear("y")) {
      LineMark(x: [0, 1], y: [0, 1], series: "validation")
    }
    let drawing = PlotLayout(measurer: FixedRatioMeasurer(), order: order).drawing(of: .plot(plot))
    let strokes = drawing.layers.first { $0.clip != nil }?.shapes.compactMap(\.stroke?.color)
    #expect(strokes == [.series(1)])
  }

  @Test("Tooltips are thinned")
  func hovers() {
    let xs = (0..<5000).map(Double.init)
    let plot = Plot(x: .linear("x"), y: .linear("y")) { LineMark(x: xs, y: xs, series: "many") }
    let hovers = layout.drawing(of: .plot(plot)).hovers
    #expect(hovers.count <= 200)
    #expect(hovers.last?.title == "many: 4999, 4999")
  }

  private func texts(in drawing: Drawing) -> [(text: String, area: Rectangle)] {
    drawing.layers.flatMap(\.shapes).compactMap { shape in
      guard case .text(let text) = shape.geometry else { return nil }
      let measurer = FixedRatioMeasurer()
      let width = text.label.runs.reduce(0) {
        $0 + measurer.width(of: $1.text, size: text.size * $1.scale)
      }
      let left = text.anchor == .start ? 0 : text.anchor == .middle ? -width / 2 : -width
      // The box of the letters, a little smaller than that of the font.
      let box = Rectangle(x: left, y: -0.7 * text.size, width: width, height: 0.8 * text.size)
      return (text.label.plain, turned(box, about: text))
    }
  }

  private func turned(_ box: Rectangle, about text: DrawnText) -> Rectangle {
    let angle = -text.rotation * .pi / 180
    let corners = [(box.x, box.y), (box.right, box.y), (box.x, box.bottom), (box.right, box.bottom)].map {
      Point(
        text.position.x + $0.0 * cos(angle) - $0.1 * sin(angle),
        text.position.y + $0.0 * sin(angle) + $0.1 * cos(angle))
    }
    // Slanted texts share corners of their upright boxes without touching: only the anchor's end is compared.
    let isSlanted = text.rotation != 0 && text.rotation != 90
    let xs = isSlanted ? [text.position.x - 1, text.position.x] : corners.map(\.x)
    let ys = isSlanted ? [text.position.y - 1, text.position.y] : corners.map(\.y)
    let x = xs.min() ?? 0
    let y = ys.min() ?? 0
    return Rectangle(x: x, y: y, width: (xs.max() ?? 0) - x, height: (ys.max() ?? 0) - y)
  }
}
