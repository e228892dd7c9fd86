import Plotting
import Tensors

extension PlotGrid {
  /// Why random search beats a grid where one parameter matters (Bergstra and Bengio 2012, figure 1): as many trials
  /// of both in the square of two parameters, and above each what the trials tell about the one that matters.
  ///
  /// `count` values of each parameter make `count²` trials; `effect` is what the parameter does on 0 to 1.
  public static func gridAgainstRandom(
    count: Int = 3, important: String = "parameter that matters",
    unimportant: String = "parameter that does not",
    seed: UInt64 = 0, effect: (Double) -> Double
  ) -> PlotGrid {
    let count = min(max(count, 1), 12)
    let places = (0..<count).map { (Double($0) + 0.5) / Double(count) }
    let grid = places.flatMap { x in places.map { (x: x, y: $0) } }
    var stream = RandomStream(seed: seed, .data, 100)
    let random = grid.map { _ in (x: stream.uniform(), y: stream.uniform()) }
    let unit = 0.0...1.0
    func effectPlot(_ trials: [(x: Double, y: Double)], _ name: String) -> Plot {
      let distinct = Set(trials.map(\.x)).count
      return Plot(
        title: "\(name): \(distinct) values tried", x: .linear("", limits: unit).marked([]),
        y: .linear("objective")
      ) {
        LineMark(over: unit, color: .muted, effect)
        PointMark(x: trials.map(\.x), y: trials.map { effect($0.x) }, color: .series(1))
      }
    }
    func square(_ trials: [(x: Double, y: Double)]) -> Plot {
      Plot(x: .linear(important, limits: unit), y: .linear(unimportant, limits: unit)) {
        SegmentMark(
          x: trials.map(\.x), y: trials.map(\.y), endX: trials.map(\.x), endY: trials.map { _ in 1 },
          stroke: .dotted, color: .muted, width: 0.6)
        PointMark(x: trials.map(\.x), y: trials.map(\.y), size: 6, color: .series(0))
      }
    }
    return PlotGrid(
      columns: 2,
      plots: [effectPlot(grid, "grid"), effectPlot(random, "random"), square(grid), square(random)],
      ratio: 1.25)
  }
}

extension ResultView {
  /// Why random search beats a grid.
  static let gridAgainstRandom = ResultView(
    name: "grid-random", help: "Why random search beats a grid where one parameter matters.",
    example: {
      .grid(
        .gridAgainstRandom { x in
          Double.exp(-(x - 0.68) * (x - 0.68) / 0.012) + 0.3 * Double.exp(-(x - 0.2) * (x - 0.2) / 0.05)
        })
    })
}
