import Plotting
import Testing

@Suite("Odd values that authors give")
struct OddValueTests {
  static let plots: [Plot] = [
    Plot(x: .linear("x"), y: .linear("y")) { PointMark(x: [1], y: [2], size: .nan) },
    Plot(x: .linear("x"), y: .linear("y")) {
      PointMark(x: [1, 2], y: [2, 3], size: 1e300, sizes: [1, .infinity])
    },
    Plot(x: .linear("x"), y: .linear("y"), size: FigureSize(width: .nan, height: -3)) {
      LineMark(x: [1, 2], y: [2, 3], width: .nan)
    },
    Plot(x: .linear("x"), y: .linear("y")) { TextMark("a", x: 1, y: 2, placement: .centered, size: .nan) },
    Plot(x: .linear("x"), y: .linear("y")) {
      HeatMapMark(values: [[1, 2]], decimals: 4000)
      HeatMapMark(values: [[1, 2]], decimals: -4)
    },
    Plot(x: .linear("x"), y: .linear("y")) {
      GraphMark(
        nodes: [.init(x: 0, y: 0, label: "a", size: .nan), .init(x: .nan, y: 1, size: -5)],
        edges: [.init(from: 0, to: 1, weight: .nan), .init(from: 7, to: 1)])
    },
    Plot(x: .linear("x", limits: 0...Double.infinity), y: .symlog("y", threshold: .nan)) {
      LineMark(over: 0...1, samples: -3) { $0 }
    },
    Plot(x: .linear("x"), y: .linear("y")) {
      HistogramMark(of: [1, 2], bins: .count(-1))
      HistogramMark(of: [1, 2], bins: .count(100_000_000))
      DensityMark(of: [1, 2, 1e200], bandwidth: .nan)
      DensityMark(of: [1, 2, 1e140], bandwidth: 1e-300)
    },
    Plot(x: .time("t", limits: 0...1e299), y: .log("y", limits: 1e-300...1e299)) {
      LineMark(x: [-1e300, 1e18, 5e12], y: [5e-324, 1, 1e308])
    },
    Plot(x: .power("x", exponent: -1), y: .time("y")) { PointMark(x: [1e99, -1e99], y: [1e12, -1e12]) },
    Plot(x: .symlog("x", limits: -1e299...1e299), y: .linear("y", limits: 1...1)) {
      LineMark(x: [1, 2], y: [1, 2])
    },
    Plot(x: .linear("x"), y: .linear("y"), color: ColorAxis("c", kind: .log, limits: -1...0)) {
      PointMark(x: [1], y: [2], colors: [0])
    },
    Plot(
      x: .linear("x"), y: .linear("y"), color: ColorAxis("c", kind: .symlog(threshold: .nan), center: .nan)
    ) {
      PointMark(x: [1, 2], y: [2, 3], colors: [0, 1e299])
    },
    Plot(x: .linear("x").marked([(.nan, "a"), (1, "b")]), y: .linear("y"), aspect: .nan) {
      StepMark(x: [1], y: [2])
    }
    .inset(Plot(x: .linear(""), y: .linear("")) {}, x: .nan, y: 9, width: -1, height: .infinity),
    Plot(x: .categories("x"), y: .categories("y")) {
      PointMark(x: [0, 1e9, -4], y: [2, 3, .nan])
      HeatMapMark(values: [[1]], columns: [], rows: ["a", "b"])
      BarMark(categories: ["a", "a"], heights: [1, 2, 3], errors: [.nan])
    },
  ]

  @Test("are drawn without a trap, at every size", arguments: plots.indices)
  func draw(index: Int) {
    let sizes = [nil, FigureSize(width: 3, height: 2), FigureSize(width: 0, height: .infinity)]
    for size in sizes {
      let drawing = PlotLayout(measurer: FixedRatioMeasurer()).drawing(
        of: .plot(Self.plots[index]), size: size)
      #expect(!drawing.description.contains("nan"))
    }
    #expect(!Figure.plot(Self.plots[index]).alternativeText.isEmpty)
    #expect(!Figure.plot(Self.plots[index]).dataTable.columns.isEmpty)
  }
}
