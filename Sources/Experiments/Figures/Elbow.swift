import Plotting

extension Plot {
  /// The inertia of clusterings against their number of clusters, the chosen one marked; silhouettes are on a second
  /// axis.
  public static func elbow(
    counts: [Int], inertia: [Double], silhouettes: [Double] = [], chosen: Int? = nil
  ) -> Plot {
    let x = counts.prefix(inertia.count).map(Double.init)
    let axis = Axis.linear("clusters k")
    let plot = Plot(
      x: counts.count <= 15 ? axis.marked(counts.map { (Double($0), "\($0)") }) : axis, y: .linear("inertia"),
      legend: silhouettes.isEmpty ? .hidden : .above, size: FigureSize(width: 5.6, height: 3.6)
    ) {
      if let chosen { RuleMark(x: Double(chosen), label: "k = \(chosen)") }
      LineMark(x: x, y: inertia, series: "inertia", color: .series(0))
      PointMark(x: x, y: inertia, series: "inertia", color: .series(0))
      if let chosen, let index = counts.firstIndex(of: chosen), index < inertia.count {
        PointMark(x: [x[index]], y: [inertia[index]], size: 10, color: .series(0), symbol: .circle)
      }
    }
    guard !silhouettes.isEmpty else { return plot }
    return plot.secondary(.linear("mean silhouette")) {
      LineMark(x: x, y: silhouettes, series: "silhouette", stroke: .dashed, color: .series(1))
      PointMark(x: x, y: silhouettes, series: "silhouette", size: 4, color: .series(1), symbol: .square)
    }
  }
}

extension ResultView {
  /// Inertia against the number of clusters.
  static let elbow = ResultView(
    name: "elbow", help: "The inertia of clusterings against their number of clusters.",
    example: {
      .plot(
        .elbow(
          counts: Array(1...9), inertia: [820, 420, 190, 118, 96, 81, 70, 62, 56],
          silhouettes: [.nan, 0.52, 0.66, 0.61, 0.5, 0.44, 0.39, 0.37, 0.33], chosen: 3))
    })
}
