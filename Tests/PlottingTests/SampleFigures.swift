import Plotting

/// Small figures that together use every mark, scale and guide.
enum SampleFigures {
  static let all: [(name: String, figure: Figure)] = [
    ("lines", lines), ("bars", bars), ("closure", closure), ("grid", grid), ("empty", empty), ("gaps", gaps),
    ("crossing", crossing),
  ]

  static var lines: Figure {
    let epochs = (1...8).map(Double.init)
    return .plot(
      Plot(title: "Loss", x: .linear("epoch"), y: .log("loss"), size: FigureSize(width: 4, height: 3)) {
        LineMark(x: epochs, y: epochs.map { 1 / ($0 * $0 * $0) }, series: "training")
        LineMark(x: epochs, y: epochs.map { 1 / $0 }, series: "validation", stroke: .dashed)
        RuleMark(x: 5, label: "restored epoch")
      })
  }

  static var crossing: Figure {
    let xs = (0...4).map(Double.init)
    return .plot(
      Plot(title: "Lines that end at one place", x: .linear("x"), y: .linear("y")) {
        LineMark(x: xs, y: xs, series: "rising")
        LineMark(x: xs, y: xs.map { 8 - $0 }, series: "falling", stroke: .dotted)
        RuleMark(y: 4, label: "end")
      })
  }

  static var bars: Figure {
    .plot(
      Plot(x: .categories("fold"), y: .linear("accuracy")) {
        for name in ["first", "second"] {
          BarMark(
            categories: ["fold 1", "fold 2", "fold 3"], heights: [0.9, 0.8, 0.85], series: name,
            errors: [0.02, 0.03, 0.01])
        }
        RuleMark(y: 0.85, label: "mean")
      })
  }

  static var closure: Figure {
    let xs = [0.0, 0.25, 0.5, 0.75, 1]
    return .plot(
      Plot(title: "\\chi^2/N = 1", x: .linear("x_1"), y: .linear("f(x_1)")) {
        BandMark(x: xs, lower: xs.map { $0 - 0.2 }, upper: xs.map { $0 + 0.2 }, series: "replicas")
        LineMark(x: xs, y: xs, series: "law", color: .text)
        ErrorBarMark(x: xs, y: xs.map { $0 * $0 }, error: xs.map { _ in 0.1 }, series: "data")
      })
  }

  static var grid: Figure {
    let plots = [Plot.Axis.log("rate"), .linear("units")].map { axis in
      Plot(x: axis, y: .linear("loss")) {
        PointMark(x: [0.001, 0.01, 0.1], y: [3, 1, 2])
        StepMark(x: [0.001, 0.01, 0.1], y: [3, 1, 1], series: "best")
      }
    }
    return .grid(PlotGrid(title: "Slices", columns: 2, plots: plots))
  }

  static var empty: Figure { .plot(Plot(title: "Nothing", x: .linear("x"), y: .log("y")) {}) }

  static var gaps: Figure {
    .plot(
      Plot(x: .linear("x", limits: 0...10), y: .log("y")) {
        LineMark(x: [0, 1, 2, 3, 4, 5, 20], y: [1, 10, .nan, 100, 0, 5, 9], series: "broken")
        PointMark(x: [6], y: [50], series: "lonely")
      })
  }
}
