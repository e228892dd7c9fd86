import Plotting

extension Plot {
  /// A path of an optimizer through two parameters.
  public struct OptimizerPath: Sendable {
    /// The entry of the legend.
    public var name: String
    /// The parameters at each step.
    public var points: [(x: Double, y: Double)]

    /// A path with its name.
    public init(_ name: String, _ points: [(x: Double, y: Double)]) {
      self.name = name
      self.points = points
    }
  }

  /// A loss of two parameters as filled contours, with the paths of optimizers; crosses mark where they end.
  public static func lossSurface(
    x: ClosedRange<Double>, y: ClosedRange<Double>, paths: [OptimizerPath] = [], xLabel: String = "w_1",
    yLabel: String = "w_2", samples: Int = 80, isLogarithmic: Bool = false,
    loss: (Double, Double) throws -> Double
  ) rethrows -> Plot {
    let (columns, rows) = (x.samples(samples), y.samples(samples))
    let grid = try ValueGrid(x: columns, y: rows, loss)
    let positive = grid.values.filter { $0.isFinite && $0 > 0 }
    let isLog = isLogarithmic && positive.count == grid.values.count
    let color = ColorAxis("loss", kind: isLog ? .log : .linear)
    let scale = ColorScale(color, for: grid.values).scale
    let levels = (1..<12).map { scale.value(at: Double($0) / 12) }
    return Plot(
      x: .linear(xLabel, limits: x).withoutGrid(), y: .linear(yLabel, limits: y).withoutGrid(), color: color,
      legend: .above, size: FigureSize(width: 5.6, height: 4.4)
    ) {
      FilledContourMark(x: columns, y: rows, grid: grid, levels: levels, opacity: 0.75)
      for (number, path) in paths.enumerated() {
        let color = Color.series(number + 1)
        LineMark(x: path.points.map(\.x), y: path.points.map(\.y), series: path.name, color: color)
        if path.points.count <= 60 {
          PointMark(x: path.points.map(\.x), y: path.points.map(\.y), size: 3.2, color: color)
        }
        if let end = path.points.last {
          PointMark(x: [end.x], y: [end.y], size: 9, color: color, symbol: .cross)
        }
      }
    }
  }
}

extension ResultView {
  /// A loss of two parameters with the paths of optimizers.
  static let lossSurface = ResultView(
    name: "loss-surface", help: "A loss of two parameters with the paths of optimizers.",
    example: {
      func path(_ rate: Double, _ momentum: Double) -> [(x: Double, y: Double)] {
        var (point, speed) = ((x: -1.6, y: 1.3), (x: 0.0, y: 0.0))
        return (0..<40).map { _ in
          defer {
            speed = (momentum * speed.x - rate * 2 * point.x, momentum * speed.y - rate * 12 * point.y)
            point = (point.x + speed.x, point.y + speed.y)
          }
          return point
        }
      }
      return .plot(
        .lossSurface(
          x: -2...2, y: -1.6...1.6,
          paths: [.init("gradient descent", path(0.05, 0)), .init("momentum", path(0.02, 0.8))]
        ) { $0 * $0 + 6 * $1 * $1 + 0.1 })
    })
}
