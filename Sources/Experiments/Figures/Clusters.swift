import Plotting
import Tensors

extension Plot {
  /// A cluster of a Gaussian mixture: its center and its covariance.
  public struct ClusterEllipse: Sendable {
    /// The center on the horizontal axis.
    public var x: Double
    /// The center on the vertical axis.
    public var y: Double
    /// The variance along the horizontal axis.
    public var varianceX: Double
    /// The variance along the vertical axis.
    public var varianceY: Double
    /// The covariance of both.
    public var covariance: Double

    /// A cluster of a Gaussian mixture.
    public init(x: Double, y: Double, varianceX: Double, varianceY: Double, covariance: Double) {
      self.x = x
      self.y = y
      self.varianceX = varianceX
      self.varianceY = varianceY
      self.covariance = covariance
    }

    /// The places at so many standard deviations: `μ + r L (cos t, sin t)` with the covariance `L Lᵀ` of Cholesky.
    ///
    /// Empty where the covariance is not positive definite.
    func outline(_ radius: Double) -> (x: [Double], y: [Double]) {
      let first = varianceX.squareRoot()
      let slope = covariance / first
      let second = (varianceY - slope * slope).squareRoot()
      guard first > 0, second > 0, first.isFinite, second.isFinite, x.isFinite, y.isFinite else {
        return ([], [])
      }
      let angles = (0..<72).map { Double($0) * 0.08726646259971647 }
      let circle = angles.map { (radius * Double.cos($0), radius * Double.sin($0)) }
      return (circle.map { x + first * $0.0 }, circle.map { y + slope * $0.0 + second * $0.1 })
    }
  }

  /// Points in the colors of their clusters, centers as crosses in rings; points of cluster −1 are noise and stand back.
  ///
  /// Ellipses of Gaussian mixtures are drawn at one and two standard deviations, which hold 39 % and 86 % of a cluster.
  public static func clusters(
    x: [Double], y: [Double], clusters: [Int], centers: [(x: Double, y: Double)] = [],
    ellipses: [ClusterEllipse] = [], xLabel: String = "x_1", yLabel: String = "x_2"
  ) -> Plot {
    let count = min(x.count, y.count, clusters.count)
    let numbers = Set(clusters.prefix(count)).filter { $0 >= 0 }.sorted()
    let symbols: [PointMark.Symbol] = [.disk, .triangle, .square, .diamond]
    func points(_ number: Int, _ name: String?, _ color: Color, _ symbol: PointMark.Symbol) -> PointMark {
      let rows = (0..<count).filter { number < 0 ? clusters[$0] < 0 : clusters[$0] == number }
      return PointMark(
        x: rows.map { x[$0] }, y: rows.map { y[$0] }, series: name, size: number < 0 ? 3 : 4.2, color: color,
        symbol: symbol)
    }
    // A legend of many clusters would say nothing that colors do not.
    let isNamed = numbers.count <= 8
    let hasNoise = clusters.prefix(count).contains { $0 < 0 }
    return Plot(
      x: .linear(xLabel), y: .linear(yLabel), size: FigureSize(width: 5.4, height: 4.2)
    ) {
      for (number, ellipse) in ellipses.enumerated() {
        let (one, two) = (ellipse.outline(1), ellipse.outline(2))
        PolygonMark(x: two.x, y: two.y, color: .series(number), opacity: 0.12)
        PolygonMark(x: one.x, y: one.y, color: .series(number), opacity: 0.12)
      }
      if hasNoise { points(-1, "noise", .muted, .disk) }
      for number in numbers {
        points(
          number, isNamed ? "cluster \(number + 1)" : nil, .series(number),
          symbols[number / 8 % symbols.count])
      }
      if !centers.isEmpty {
        PointMark(
          x: centers.map(\.x), y: centers.map(\.y), series: "centers", size: 11, color: .text, symbol: .circle
        )
        PointMark(x: centers.map(\.x), y: centers.map(\.y), size: 5, color: .text, symbol: .cross)
      }
    }
  }
}

extension ResultView {
  /// Points in the colors of their clusters.
  static let clusters = ResultView(
    name: "clusters", help: "Points in the colors of their clusters, with the centers.",
    example: {
      var numbers = ExampleNumbers(74)
      let means = [(-2.0, 0.0), (1.5, 2.0), (1.8, -1.6)]
      let clusters = (0..<180).map { $0 % 3 } + [Int](repeating: -1, count: 16)
      let (first, second) = (numbers.normal(180, deviation: 0.7), numbers.normal(180, deviation: 0.5))
      let x = (0..<180).map { means[$0 % 3].0 + first[$0] }
      let y = (0..<180).map { means[$0 % 3].1 + 0.4 * first[$0] + second[$0] }
      return .plot(
        .clusters(
          x: x + numbers.uniform(16, -4.5, 4), y: y + numbers.uniform(16, -4, 4), clusters: clusters,
          centers: means.map { ($0.0, $0.1) },
          ellipses: means.map {
            .init(x: $0.0, y: $0.1, varianceX: 0.49, varianceY: 0.33, covariance: 0.196)
          }))
    })
}
