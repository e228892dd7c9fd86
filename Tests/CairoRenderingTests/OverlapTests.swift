import CairoRendering
import Experiments
import Plotting
import Testing

@Suite("Text of figures at any size")
struct OverlapTests {
  static let figures: [(name: String, figure: Figure)] =
    Gallery.figures
    + ResultView.all.compactMap { view in view.example.map { (name: view.name, figure: $0()) } }
  static let sizes = [(3.0, 2.0), (3.4, 3.4), (6.4, 4), (12, 8)].map { FigureSize(width: $0.0, height: $0.1) }

  @Test("does not overlap and stays on the canvas", arguments: figures.map(\.name))
  func overlap(name: String) throws {
    let (_, figure) = try #require(Self.figures.first { $0.name == name })
    let measurer = try CairoTextMeasurer()
    for size in Self.sizes {
      // Many panels have no room on a few inches.
      guard Double(figure.plots.count) <= size.width * size.height / 3 else { continue }
      if case .diagram = figure { continue }
      let drawing = PlotLayout(measurer: measurer).drawing(of: figure, size: size)
      let boxes = self.boxes(drawing, measurer)
      for (index, (text, box)) in boxes.enumerated() {
        let canvas = Rectangle(x: -0.5, y: -0.5, width: drawing.width + 1, height: drawing.height + 1)
        #expect(canvas.contains(box), "\(text) leaves the canvas of \(size.width) x \(size.height)")
        for (other, otherBox) in boxes[(index + 1)...]
        where box.inset(by: 0.6).intersects(otherBox.inset(by: 0.6)) {
          Issue.record("\(text) covers \(other) on \(size.width) x \(size.height)")
        }
      }
    }
  }

  /// The areas of upright texts outside of marks: marks place their own texts.
  private func boxes(
    _ drawing: Drawing, _ measurer: CairoTextMeasurer
  ) -> [(text: String, box: Rectangle)] {
    drawing.layers.filter { $0.clip == nil }.flatMap(\.shapes).compactMap { shape in
      guard case .text(let text) = shape.geometry, text.rotation == 0 || text.rotation == 90 else {
        return nil
      }
      let width = text.label.runs.reduce(0) { $0 + measurer.width(of: $1.text, size: text.size * $1.scale) }
      guard width > 0 else { return nil }
      let shift = text.anchor == .start ? 0 : text.anchor == .middle ? width / 2 : width
      let (up, down) = (0.72 * text.size, 0.02 * text.size)
      let place = text.position
      let box =
        text.rotation == 0
        ? Rectangle(x: place.x - shift, y: place.y - up, width: width, height: up + down)
        : Rectangle(x: place.x - up, y: place.y - width + shift, width: up + down, height: width)
      return (text.label.plain, box)
    }
  }
}
