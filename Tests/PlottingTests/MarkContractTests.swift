import Foundation
import Plotting
import Testing

@Suite("Every kind of mark")
struct MarkContractTests {
  private static let data: [(x: [Double], y: [Double])] = [
    ([1, 2, 3, 4], [2, 5, 3, 4]), ([], []), ([2], [3]), ([1, 2, 3], [.nan, .infinity, -.infinity]),
    ([1, .nan, 3, 4], [1, 2, .nan, 4]), ([0, 0, 0], [0, 0, 0]), ([1, 2, 3], [-5, 0, 1e-300]),
    ([1e300, -1e300], [1e-300, 1e308]),
  ]

  @Test(
    "draws inside the panel on linear and logarithmic axes",
    arguments: MarkKind.catalog.map(\.name), data.indices)
  func drawsInside(name: String, index: Int) throws {
    let kind = try #require(MarkKind.catalog.first { $0.name == name })
    let (x, y) = Self.data[index]
    for axis in [Plot.Axis.linear("y"), .log("y")] {
      let plot = Plot(x: .linear("x"), y: axis) { kind.example(x, y) }
      let drawing = PlotLayout(measurer: FixedRatioMeasurer()).drawing(of: .plot(plot))
      let layer = try #require(drawing.layers.first { $0.clip != nil })
      let panel = try #require(layer.clip).inset(by: -3)
      for shape in layer.shapes {
        for point in points(of: shape) { #expect(panel.contains(point), "\(shape)") }
      }
      #expect(!drawing.description.contains("nan"))
      #expect(!plot.marks.isEmpty && !Figure.plot(plot).alternativeText.isEmpty)
    }
  }

  @Test("draws something where there are data", arguments: MarkKind.catalog.map(\.name))
  func drawsSomething(name: String) throws {
    let kind = try #require(MarkKind.catalog.first { $0.name == name })
    // One value has no contours.
    let single: [([Double], [Double])] = name.contains("contour") || name == "region" ? [] : [([2], [3])]
    for (x, y) in [([1.0, 2, 3], [2.0, 5, 3])] + single {
      let plot = Plot(x: .linear("x"), y: .linear("y")) { kind.example(x, y) }
      let drawing = PlotLayout(measurer: FixedRatioMeasurer()).drawing(of: .plot(plot))
      let data = drawing.layers.first { $0.clip != nil }?.shapes ?? []
      #expect(!data.isEmpty || drawing.description.contains("\"text 1\""))
    }
  }

  @Test("is the same after it was stored as JSON", arguments: MarkKind.catalog.map(\.name), data.indices)
  func roundTrip(name: String, index: Int) throws {
    let kind = try #require(MarkKind.catalog.first { $0.name == name })
    let (x, y) = Self.data[index]
    let figure = Figure.plot(
      Plot(title: "t", x: .linear("x", limits: 0...1), y: .log("y")) { kind.example(x, y) })
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let stored = try encoder.encode(figure)
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let decoded = try decoder.decode(Figure.self, from: stored)
    #expect(try encoder.encode(decoded) == stored)
    if y.allSatisfy(\.isFinite), x.allSatisfy(\.isFinite) { #expect(decoded == figure) }
  }

  @Test("An unknown kind of mark is an error")
  func unknownKind() throws {
    let figure = SampleFigures.lines
    let text = String(decoding: try JSONEncoder().encode(figure), as: UTF8.self)
    let changed = text.replacing("\"line\"", with: "\"violin\"")
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Figure.self, from: Data(changed.utf8)) }
  }

  private func points(of shape: DrawnShape) -> [Point] {
    switch shape.geometry {
    case .lines(let lines): lines.flatMap(\.self)
    case .polygons(let outlines): outlines.flatMap(\.self)
    case .dots(let points, _): points
    case .rectangle(let area), .image(_, in: let area):
      [Point(area.x, area.y), Point(area.right, area.bottom)]
    case .text(let text): [text.position]
    }
  }
}
