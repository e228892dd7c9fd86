import Experiments
import Plotting
import Testing

@Suite("Every figure of results")
struct FigureTests {
  static let names = ResultView.all.filter { $0.example != nil }.map(\.name)

  private func example(_ name: String) throws -> Figure {
    let view = try #require(ResultView.named(name))
    let make = try #require(view.example)
    return make()
  }

  @Test("draws the example that is stored", arguments: names)
  func snapshot(name: String) throws {
    let figure = try example(name)
    let drawing = PlotLayout(measurer: FixedRatioMeasurer()).drawing(of: figure)
    try Snapshot.check(figure.alternativeText + "\n" + drawing.description, name: name)
  }

  @Test("keeps all text on the canvas at any size, apart from each other on its axes", arguments: names)
  func sizes(name: String) throws {
    let figure = try example(name)
    let measurer = FixedRatioMeasurer(ratio: 0.6)
    let sizes = [
      figure.size(fitting: 3.4), figure.size, FigureSize(width: 3, height: 2),
      FigureSize(width: 12, height: 8),
    ]
    for size in sizes {
      // A dozen panels have no room on three by two inches.
      if size.width == 3, figure.plots.count > 4 { continue }
      let drawing = PlotLayout(measurer: measurer).drawing(of: figure, size: size)
      let texts = drawing.layers.flatMap(\.shapes).compactMap { shape -> DrawnText? in
        if case .text(let text) = shape.geometry { text } else { nil }
      }
      for text in texts {
        let x = text.position.x
        let y = text.position.y
        #expect(
          x >= -1 && x <= drawing.width + 1 && y >= -1 && y <= drawing.height + 1,
          "\(text.label.plain) at \(size)")
      }
      #expect(!drawing.description.contains("nan"))
    }
  }

  @Test("says something to those who do not see it, and has data", arguments: names)
  func words(name: String) throws {
    let figure = try example(name)
    #expect(figure.alternativeText.count > 40)
    let isPicture = ["images", "gan-samples"].contains(name)
    #expect(isPicture || !figure.dataTable.rows.isEmpty)
  }

  @Test("has a name that no other has, and one line of help")
  func catalog() {
    #expect(Set(ResultView.names).count == ResultView.all.count)
    for view in ResultView.all {
      let isSentence = view.help.hasSuffix(".") && !view.help.contains("\n")
      #expect(isSentence, "\(view.name)")
    }
  }
}
