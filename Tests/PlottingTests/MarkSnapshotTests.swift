import Plotting
import Testing

@Suite("Drawings of every mark and every scale")
struct MarkSnapshotTests {
  static let axes: [(name: String, axis: Plot.Axis, values: [Double])] = [
    ("linear", .linear("value"), [-3, 0.5, 12.25, 40]), ("log", .log("value"), [0, 0.002, 3, 5000]),
    ("symlog", .symlog("value", threshold: 1), [-2000, -3, 0, 4, 700]),
    ("power", .power("value", exponent: 0.5), [0, 1, 16, 400]),
    (
      "time", .time("value"),
      [2001, 2005, 2009].map { CalendarDate(year: $0, month: 5, day: 17).secondsSince1970 }
    ),
    ("categories", .categories("value"), [0, 1, 2]), ("reversed", .linear("value").reversed(), [1, 2, 5]),
    ("marked", .linear("value").marked([(1, "one"), (4, "four")]), [0, 5]), ("hidden", .hidden(), [0, 5]),
  ]

  @Test("A mark draws what is stored", arguments: MarkKind.catalog.map(\.name))
  func mark(name: String) throws {
    let kind = try #require(MarkKind.catalog.first { $0.name == name })
    let plot = Plot(x: .linear("x"), y: .linear("y"), size: FigureSize(width: 4, height: 3)) {
      kind.example([1, 2, 3, 4], [2, 5, 3, 4])
    }
    try Snapshot.check(text(plot), name: "mark-\(name)")
  }

  @Test("A scale marks what is stored, along and upward", arguments: axes.map(\.name))
  func scale(name: String) throws {
    let (_, axis, values) = try #require(Self.axes.first { $0.name == name })
    let along = Plot(x: axis, y: .linear("y"), size: FigureSize(width: 4, height: 2)) {
      PointMark(x: values, y: values.indices.map(Double.init))
    }
    let upward = Plot(x: .linear("x"), y: axis, size: FigureSize(width: 4, height: 2)) {
      PointMark(x: values.indices.map(Double.init), y: values)
    }
    try Snapshot.check(text(along) + text(upward), name: "scale-\(name)")
  }

  @Test("Color scales are what is stored", arguments: ColorRamp.allCases)
  func ramp(ramp: ColorRamp) throws {
    let kinds: [ColorAxis.Kind] = [.linear, .log, .symlog(threshold: 1)]
    let plots = kinds.map { kind in
      Plot(
        x: .linear("x"), y: .linear("y"), color: ColorAxis("color", ramp: ramp, kind: kind),
        size: FigureSize(width: 4, height: 2)
      ) { PointMark(x: [1, 2, 3, 4], y: [1, 2, 3, 4], colors: [0, 1, 10, 100]) }
    }
    try Snapshot.check(plots.map(text).joined(), name: "ramp-\(ramp.rawValue)")
  }

  private func text(_ plot: Plot) -> String {
    Figure.plot(plot).alternativeText + "\n"
      + PlotLayout(measurer: FixedRatioMeasurer()).drawing(of: .plot(plot)).description
  }
}
