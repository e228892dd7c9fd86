import Components
import Plotting

extension Plot {
  /// The distance of every example to its k-th nearest neighbor in rising order: the bend suggests the ε of DBSCAN
  /// (Ester, Kriegel, Sander and Xu 1996).
  public static func neighborDistance(
    _ distances: [Double], neighbor: Int, radius: Double? = nil, unit: String? = nil
  ) -> Plot {
    let sorted = distances.filter(\.isFinite).sorted()
    let label = "distance to neighbor \(neighbor)" + (unit.map { " (\($0))" } ?? "")
    return Plot(
      x: .linear("examples in rising order"), y: .linear(label), size: FigureSize(width: 5.6, height: 3.6)
    ) {
      LineMark(x: sorted.indices.map { Double($0 + 1) }, y: sorted, color: .series(0))
      if let radius { RuleMark(y: radius, label: "ε = \(ValueFormat.short(radius))") }
    }
  }
}

extension ResultView {
  /// Distances to the k-th neighbor.
  static let neighborDistance = ResultView(
    name: "k-distance", help: "The sorted distances to the k-th nearest neighbor.",
    example: {
      var numbers = ExampleNumbers(77)
      let near = numbers.normal(190, mean: 0.22, deviation: 0.05).map(\.magnitude)
      return .plot(.neighborDistance(near + numbers.uniform(12, 0.4, 1.3), neighbor: 4, radius: 0.38))
    })
}
