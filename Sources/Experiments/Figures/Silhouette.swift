import Components
import Plotting

extension Plot {
  /// How much nearer each example is to its own cluster than to the next, falling within each cluster; the rule is the
  /// mean of all.
  ///
  /// The silhouette is `(b − a) / max(a, b)` with the mean distances to the own and to the nearest other cluster
  /// (Rousseeuw 1987). Values that are no numbers are left out, as are examples of clusters below zero.
  public static func silhouette(_ values: [Double], clusters: [Int], names: [String] = []) -> Plot {
    let blocks = SilhouetteBlock.blocks(values, clusters)
    let all = blocks.flatMap(\.values)
    let mean = all.reduce(0) { $0 + $1 / Double(max(all.count, 1)) }
    func name(_ number: Int) -> String {
      shortened(number < names.count ? names[number] : "cluster \(number + 1)", to: 20)
    }
    let least = min(0, all.min() ?? 0)
    return Plot(
      x: .linear("silhouette", limits: (least < 0 ? least - 0.05 : 0)...1),
      y: .linear("").marked(blocks.map { ($0.middle, name($0.cluster)) }).withoutGrid().reversed(),
      size: FigureSize(width: 5.6, height: 4)
    ) {
      for block in blocks {
        PolygonMark(x: block.corners.x, y: block.corners.y, color: .series(block.cluster), opacity: 0.75)
      }
      if !all.isEmpty { RuleMark(x: mean, label: "mean \(ValueFormat.decimals(mean, 2))", color: .text) }
    }
  }
}

/// The bars of a cluster: they touch each other, the longest first.
struct SilhouetteBlock {
  var cluster: Int
  /// Where the first bar begins.
  var start: Double
  /// The values in falling order.
  var values: [Double]

  var middle: Double { start + Double(values.count) / 2 }

  /// The outline of all bars.
  var corners: (x: [Double], y: [Double]) {
    let end = start + Double(values.count)
    return (
      [0] + values.flatMap { [$0, $0] } + [0],
      [start] + values.indices.flatMap { [start + Double($0), start + Double($0 + 1)] } + [end]
    )
  }

  /// The blocks of all clusters in their order, apart from each other by a fiftieth of all bars.
  static func blocks(_ values: [Double], _ clusters: [Int]) -> [SilhouetteBlock] {
    let pairs = zip(values, clusters).filter { $0.0.isFinite && $0.1 >= 0 }
    let gap = max(1, Double(pairs.count) / 50)
    var start = 0.0
    return Set(pairs.map(\.1)).sorted().map { cluster in
      let own = pairs.filter { $0.1 == cluster }.map { min(max($0.0, -1), 1) }.sorted(by: >)
      defer { start += Double(own.count) + gap }
      return SilhouetteBlock(cluster: cluster, start: start, values: own)
    }
  }
}

extension ResultView {
  /// Silhouettes of all examples by cluster.
  static let silhouette = ResultView(
    name: "silhouette", help: "How much nearer examples are to their own cluster than to the next.",
    example: {
      var numbers = ExampleNumbers(76)
      let clusters = (0..<120).map { $0 % 20 < 9 ? 0 : $0 % 20 < 15 ? 1 : 2 }
      let values = zip(clusters, numbers.normal(120, deviation: 0.14)).map { [0.68, 0.55, 0.3][$0] + $1 }
      return .plot(.silhouette(values, clusters: clusters))
    })
}
