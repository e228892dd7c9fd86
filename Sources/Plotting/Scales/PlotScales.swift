/// Chooses the scales of a plot by its axes and the data of its marks.
enum PlotScales {
  /// The horizontal and the vertical scale.
  static func scales(of plot: Plot) -> (x: any Scale, y: any Scale) {
    let data = plot.marks.map(\.data)
    var categories: [String] = []
    for name in data.flatMap(\.categories) where !categories.contains(name) { categories.append(name) }
    let growsFromZero = plot.marks.contains(where: \.growsFromZero)
    let vertical = scale(plot.y, data.flatMap(\.vertical), includesZero: growsFromZero)
    // Bars have names whatever the axis says.
    guard plot.x.kind == .categories || !categories.isEmpty else {
      return (scale(plot.x, data.flatMap(\.x), includesZero: false), vertical)
    }
    let values = data.flatMap(\.x).filter { $0.magnitude < 1e6 }
    let count = values.max().map { Int($0.rounded()) + 1 } ?? 0
    while categories.count < min(count, 1000) { categories.append("\(categories.count + 1)") }
    return (OrdinalScale(categories: categories), vertical)
  }

  private static func scale(_ axis: Plot.Axis, _ values: [Double], includesZero: Bool) -> any Scale {
    axis.kind == .log
      ? LogScale(for: values, limits: axis.limits)
      : LinearScale(for: values, limits: axis.limits, includesZero: includesZero)
  }
}
