import CairoRendering
import Foundation
import Plotting

/// How many figures of reports one thread makes in a second: from the plot as a value to the text that a page holds.
extension Benchmarks {
  /// How many typical figures a second are wanted.
  private static let wantedRate = 400.0

  /// The time of each typical figure, and of all in turn.
  static func figureRates(_ options: Options) throws -> [Figure] {
    let wanted = typicalFigures.filter { options.wants("figures " + $0.name) }
    guard !wanted.isEmpty else { return [] }
    print("")
    print(line("figures, one thread", "time", "a second", "layout", "bytes"))
    var results: [Figure] = []
    let measurer = try CairoTextMeasurer()
    for (name, figure) in wanted {
      let bytes = try figure.svg(id: "fig-a").utf8.count
      let time = try microseconds { _ = try figure.svg(id: "fig-a") }
      let layout = try microseconds { _ = PlotLayout(measurer: measurer).drawing(of: figure) }
      print(
        line(
          "figures " + name, "\(format(time)) µs", format(1e6 / time), "\(format(layout)) µs", "\(bytes)"))
      results.append(Figure(section: "figures", name: name, microseconds: time))
    }
    let mean = results.map(\.microseconds).reduce(0, +) / Double(results.count)
    print(line("figures together", "\(format(mean)) µs", format(1e6 / mean), "≥ \(format(wantedRate))"))
    return results + [
      Figure(section: "figures", name: "all in turn", microseconds: mean, bar: 1e6 / wantedRate)
    ]
  }

  /// The shortest time of a call over five rounds.
  private static func microseconds(_ body: () throws -> Void) throws -> Double {
    var best = Double.infinity
    for _ in 0..<5 {
      let duration = try ContinuousClock().measure { for _ in 0..<40 { try body() } }
      let components = duration.components
      best = min(best, (Double(components.seconds) * 1e6 + Double(components.attoseconds) / 1e12) / 40)
    }
    return best
  }

  private static var typicalFigures: [(name: String, figure: Plotting.Figure)] {
    [
      ("losses of 3 × 300 epochs", .plot(losses)), ("bars of folds", .plot(folds)),
      ("scatter of 200", .plot(scatter)), ("band with data", .plot(closure)),
      ("history of a search", .plot(search)), ("grid of six panels", .grid(panels)),
    ]
  }

  /// A number between 0 and 1 that looks random.
  private static func noise(_ index: Int, _ stream: Int = 0) -> Double {
    let value = sin(Double(index) * 12.9898 + Double(stream) * 78.233) * 43758.5453
    return value - value.rounded(.down)
  }

  private static func curve(_ stream: Int, count: Int) -> [Double] {
    (0..<count).map { epoch in
      0.9 * exp(-Double(epoch) / Double(18 + 9 * stream)) + 0.03 * Double(stream) + 0.02
        + 0.008 * noise(epoch, stream)
    }
  }

  private static var losses: Plot {
    let epochs = (1...300).map(Double.init)
    return Plot(title: "Loss", x: .linear("epoch"), y: .log("cross-entropy")) {
      for (index, name) in ["training", "validation", "test"].enumerated() {
        LineMark(x: epochs, y: curve(index, count: 300), series: name)
      }
      RuleMark(x: 74, label: "restored epoch")
    }
  }

  private static var folds: Plot {
    Plot(title: "Accuracy by fold", x: .categories("fold"), y: .linear("accuracy")) {
      BarMark(
        categories: (1...5).map { "fold \($0)" }, heights: [0.91, 0.88, 0.934, 0.905, 0.897],
        errors: [0.02, 0.025, 0.018, 0.02, 0.021])
      RuleMark(y: 0.905, label: "mean 0.905")
    }
  }

  private static var scatter: Plot {
    Plot(title: "Two moons", x: .linear("x_1"), y: .linear("x_2")) {
      for index in 0..<2 {
        PointMark(
          x: (0..<100).map { 3 * noise($0, index) }, y: (0..<100).map { 2 * noise($0, index + 2) },
          series: "class \(index + 1)")
      }
    }
  }

  private static var closure: Plot {
    let xs = (0...100).map { Double($0) / 100 }
    let law = xs.map { 3 * $0.squareRoot() * (1 - $0) }
    return Plot(title: "Closure test, \\chi^2/N = 1.04", x: .linear("x_1"), y: .linear("f(x_1)")) {
      BandMark(x: xs, lower: law.map { $0 - 0.1 }, upper: law.map { $0 + 0.1 }, series: "replicas")
      LineMark(x: xs, y: law, series: "law", stroke: .dashed, color: .text)
      ErrorBarMark(
        x: (1...18).map { xs[5 * $0] }, y: (1...18).map { law[5 * $0] + 0.1 * noise($0) },
        error: (1...18).map { _ in 0.06 }, series: "data")
    }
  }

  private static var search: Plot {
    let trials = (0..<80).map(Double.init)
    let values = trials.map { 0.08 + 0.5 * exp(-$0 / 25) * noise(Int($0), 2) + 0.12 * noise(Int($0), 3) }
    let best = values.indices.map { values[...$0].min() ?? 0 }
    return Plot(title: "Search history", x: .linear("trial"), y: .linear("validation loss")) {
      PointMark(x: trials, y: values, series: "trials")
      StepMark(x: trials, y: best, series: "best so far")
    }
  }

  private static var panels: PlotGrid {
    let xs = (0..<60).map(Double.init)
    return PlotGrid(
      title: "Cross-validation", columns: 3,
      plots: (0..<6).map { index in
        Plot(title: "fold \(index + 1)", x: .linear("epoch"), y: .log("loss")) {
          LineMark(x: xs, y: curve(index, count: 60), series: "training")
          LineMark(x: xs, y: curve(index + 1, count: 60), series: "validation")
        }
      })
  }
}
