/// Chooses the scales of a plot by its axes and what its marks need to show.
struct PlotScales {
  /// The horizontal scale.
  var x: any Scale
  /// The vertical scale.
  var y: any Scale
  /// The second vertical scale, if the plot has one.
  var secondary: (any Scale)?
  /// The colors of numbers, if a mark shows any.
  var color: ColorScale?

  /// The scales of a plot; other plots share its axes where it says so.
  init(of plot: Plot, sharingX: [Plot] = [], sharingY: [Plot] = []) {
    let own = plot.marks.map(\.extent)
    let second = plot.secondaryMarks.map(\.extent)
    let all = own + second
    let horizontal = all + sharingX.flatMap { $0.allMarks.map(\.extent) }
    let vertical = own + sharingY.flatMap { $0.marks.map(\.extent) }
    x = PlotScales.scale(
      plot.x, horizontal.flatMap(\.x), names: horizontal.flatMap(\.categories),
      includesZero: horizontal.contains(where: \.includesHorizontalZero),
      isTight: all.contains(where: \.isTight))
    y = PlotScales.scale(
      plot.y, vertical.flatMap(\.y), names: vertical.flatMap(\.rows),
      includesZero: vertical.contains(where: \.includesZero), isTight: own.contains(where: \.isTight))
    // Rows of names are read from the top.
    if y.categories != nil { y = ReversedScale(y) }
    if plot.x.isReversed { x = ReversedScale(x) }
    if plot.y.isReversed { y = ReversedScale(y) }
    if let axis = plot.secondaryAxis {
      let scale = PlotScales.scale(
        axis, second.flatMap(\.y), names: [], includesZero: second.contains(where: \.includesZero),
        isTight: false)
      secondary = axis.isReversed ? ReversedScale(scale) : scale
    }
    let colors = all.flatMap(\.colors)
    if plot.color != nil || !colors.isEmpty { color = ColorScale(plot.color ?? ColorAxis(), for: colors) }
  }

  private static func scale(
    _ axis: Plot.Axis, _ values: [Double], names: [String], includesZero: Bool, isTight: Bool
  ) -> any Scale {
    // Bars have names whatever the axis says.
    if axis.kind == .categories || !names.isEmpty { return ordinal(values, names) }
    let given = axis.limits.flatMap { $0.isDrawable ? $0 : nil }
    let limits = given ?? (isTight ? PlotScales.range(of: values, isPositive: axis.kind == .log) : nil)
    switch axis.kind {
    case .log: return LogScale(for: values, limits: limits)
    case .symlog(let threshold):
      return SymmetricLogScale(for: values, limits: limits, threshold: threshold)
    case .power(let exponent):
      return PowerScale(for: values, limits: limits, exponent: exponent, includesZero: includesZero)
    case .time: return TimeScale(for: values, limits: limits)
    case .linear, .categories:
      return LinearScale(for: values, limits: limits, includesZero: includesZero)
    }
  }

  /// Names in the order of the data; marks with numbers have the names of their places.
  private static func ordinal(_ values: [Double], _ names: [String]) -> any Scale {
    var known: Set<String> = []
    var categories = names.filter { known.insert($0).inserted }
    let places = values.filter { $0.magnitude < 1e6 }
    let count = places.max().map { Int($0.rounded()) + 1 } ?? 0
    while categories.count < min(count, 1000) { categories.append("\(categories.count + 1)") }
    return OrdinalScale(categories: categories)
  }

  private static func range(of values: [Double], isPositive: Bool) -> ClosedRange<Double>? {
    let shown = values.filter { $0.magnitude < 1e300 && (!isPositive || $0 > 1e-300) }
    guard let low = shown.min(), let high = shown.max(), low < high else { return nil }
    return low...high
  }
}

extension ClosedRange<Double> {
  /// Whether an axis can have these ends.
  var isDrawable: Bool { lowerBound < upperBound && lowerBound > -1e300 && upperBound < 1e300 }
}
