import Components
import Datasets
import Plotting

/// A plot of columns: of a file, or of lists that cells recorded.
struct ColumnPlot: Sendable {
  /// How columns are drawn.
  enum Mark: String, NamedChoice {
    case line, step, point, bar, area, histogram, density, box, violin, band
    case errorBar = "error-bar"
    case heatMap = "heat-map"

    /// The keys that must name a column.
    var needed: [String] {
      switch self {
      case .line, .step, .point, .bar, .area, .box, .violin: ["x", "y"]
      case .histogram, .density: ["x"]
      case .band: ["x", "lower", "upper"]
      case .errorBar: ["x", "y", "error"]
      case .heatMap: ["x", "y", "color"]
      }
    }

    /// The further keys that it understands.
    var understood: [String] {
      switch self {
      case .line, .step, .area, .histogram, .density, .box, .violin, .band, .errorBar: ["series"]
      case .point: ["series", "color", "point-size"]
      case .bar: ["series", "error"]
      case .heatMap: []
      }
    }

    /// Whether the horizontal axis has names.
    var hasNames: Bool { [.bar, .box, .violin, .heatMap].contains(self) }
  }

  /// A column: numbers, or names.
  struct Column: Sendable {
    var name: String
    var numbers: [Double]
    /// The names of text columns; nil for numbers.
    var texts: [String]?
  }

  var mark: Mark
  /// The column of each key; of `y` there may be several.
  var columns: [String: [Column]]
  var bins: Int?
  var isStacked: Bool

  private func column(_ key: String) -> Column? { columns[key]?.first }
  private func numbers(_ key: String) -> [Double] { column(key)?.numbers ?? [] }

  /// The plot.
  var plot: Plot {
    let x = column("x")
    let y = columns["y"] ?? []
    var axis = Plot.Axis.linear(x?.name ?? "")
    if mark.hasNames { axis = .categories(x?.name ?? "") }
    let isTime = x?.texts.map { $0.allSatisfy { CalendarDate(parsing: $0) != nil } && !$0.isEmpty } ?? false
    if isTime, !mark.hasNames { axis = .time(x?.name ?? "") }
    let label = label(y)
    return Plot(
      x: axis, y: column("y")?.texts == nil || mark != .heatMap ? .linear(label) : .categories(label),
      color: column("color").map { ColorAxis($0.name) }
    ) { marks(isTime: isTime) }
  }

  private func label(_ y: [Column]) -> String {
    switch mark {
    case .histogram: "count"
    case .density: "density"
    case .band: "\(column("lower")?.name ?? "") to \(column("upper")?.name ?? "")"
    default: y.count == 1 ? y[0].name : ""
    }
  }

  private func marks(isTime: Bool) -> [any Plotting.Mark] {
    let x = isTime ? dates : numbers("x")
    let y = columns["y"] ?? []
    switch mark {
    case .heatMap: return [heatMap]
    case .bar: return bars(y)
    case .box, .violin: return distributions(y)
    case .area where isStacked: return stackedAreas(x, y)
    default:
      // Columns are series, and so are the names of the column `series`.
      let sources = y.isEmpty ? [nil] : y.map(Optional.some)
      return sources.flatMap { column in
        groups.flatMap { name, rows in
          single(x, column, rows, name: seriesName(column, name, count: y.count))
        }
      }
    }
  }

  private var dates: [Double] {
    (column("x")?.texts ?? []).map { CalendarDate(parsing: $0)?.secondsSince1970 ?? .nan }
  }

  private func seriesName(_ column: Column?, _ group: String?, count: Int) -> String? {
    guard let group else { return count > 1 ? column?.name : nil }
    return count > 1 ? "\(group): \(column?.name ?? "")" : group
  }

  /// The rows of each name of the column `series`, in the order of their first appearance.
  private var groups: [(name: String?, rows: [Int])] {
    let count = columns.values.flatMap(\.self).map(\.numbers.count).max() ?? 0
    guard let series = column("series") else { return [(nil, Array(0..<count))] }
    let names = series.texts ?? series.numbers.map(ValueFormat.short)
    var order: [String] = []
    var rows: [String: [Int]] = [:]
    for (row, name) in names.enumerated() {
      if rows[name] == nil { order.append(name) }
      rows[name, default: []].append(row)
    }
    return order.map { ($0, rows[$0] ?? []) }
  }

  private func single(
    _ x: [Double], _ column: Column?, _ rows: [Int], name: String?
  ) -> [any Plotting.Mark] {
    func chosen(_ values: [Double]) -> [Double] { rows.compactMap { $0 < values.count ? values[$0] : nil } }
    let places = chosen(x)
    let heights = chosen(column?.numbers ?? [])
    switch mark {
    case .line: return [LineMark(x: places, y: heights, series: name)]
    case .step: return [StepMark(x: places, y: heights, series: name)]
    case .area: return [AreaMark(x: places, y: heights, series: name)]
    case .point:
      return [
        PointMark(
          x: places, y: heights, series: name, colors: chosen(numbers("color")),
          sizes: chosen(numbers("point-size")))
      ]
    case .errorBar:
      return [ErrorBarMark(x: places, y: heights, error: chosen(numbers("error")), series: name)]
    case .band:
      return [
        BandMark(x: places, lower: chosen(numbers("lower")), upper: chosen(numbers("upper")), series: name)
      ]
    case .histogram:
      return [HistogramMark(of: places, bins: bins.map { .count($0) } ?? .automatic, series: name)]
    case .density: return [DensityMark(of: places, series: name)]
    case .bar, .box, .violin, .heatMap: return []
    }
  }

  private var names: [String] {
    column("x").map { $0.texts ?? $0.numbers.map(ValueFormat.short) } ?? []
  }

  private func bars(_ y: [Column]) -> [any Plotting.Mark] {
    let names = names
    let all = y.flatMap { column in
      groups.map { name, rows -> (name: String?, categories: [String], heights: [Double], errors: [Double]) in
        let errors = numbers("error")
        return (
          seriesName(column, name, count: y.count), rows.filter { $0 < names.count }.map { names[$0] },
          rows.compactMap { $0 < column.numbers.count ? column.numbers[$0] : nil },
          rows.compactMap { $0 < errors.count ? errors[$0] : nil }
        )
      }
    }
    var tops: [String: Double] = [:]
    return all.map { part in
      var bases: [Double] = []
      if isStacked {
        for (category, height) in zip(part.categories, part.heights) {
          bases.append(tops[category] ?? 0)
          tops[category, default: 0] += height.isFinite ? height : 0
        }
      }
      return BarMark(
        categories: part.categories, heights: part.heights, series: part.name, errors: part.errors,
        bases: bases,
        stack: isStacked ? "stack" : nil)
    }
  }

  private func stackedAreas(_ x: [Double], _ y: [Column]) -> [any Plotting.Mark] {
    var base = [Double](repeating: 0, count: x.count)
    return y.map { column in
      let top = zip(base, column.numbers).map { $0 + ($1.isFinite ? $1 : 0) }
      defer { base = top }
      return AreaMark(x: x, y: top, base: base, series: column.name)
    }
  }

  private func distributions(_ y: [Column]) -> [any Plotting.Mark] {
    let names = names
    var order: [String] = []
    for name in names where !order.contains(name) { order.append(name) }
    return y.flatMap { column in
      groups.map { group, rows -> any Plotting.Mark in
        let values = order.map { name in
          rows.filter { $0 < names.count && names[$0] == name && $0 < column.numbers.count }.map {
            column.numbers[$0]
          }
        }
        let series = seriesName(column, group, count: y.count)
        return mark == .box
          ? BoxMark(categories: order, values: values, series: series)
          : ViolinMark(categories: order, values: values, series: series)
      }
    }
  }

  /// A cell for each pair of names; of several values in a cell the mean.
  private var heatMap: HeatMapMark {
    let columnNames = names
    let rowNames = column("y").map { $0.texts ?? $0.numbers.map(ValueFormat.short) } ?? []
    let values = numbers("color")
    var (xs, ys): ([String], [String]) = ([], [])
    for name in columnNames where !xs.contains(name) { xs.append(name) }
    for name in rowNames where !ys.contains(name) { ys.append(name) }
    var sums = [[Double]](repeating: [Double](repeating: 0, count: xs.count), count: ys.count)
    var counts = sums
    for index in 0..<min(columnNames.count, rowNames.count, values.count) {
      guard let column = xs.firstIndex(of: columnNames[index]), let row = ys.firstIndex(of: rowNames[index])
      else { continue }
      sums[row][column] += values[index]
      counts[row][column] += 1
    }
    let means = zip(sums, counts).map { zip($0, $1).map { $1 > 0 ? $0 / $1 : .nan } }
    return HeatMapMark(values: means, columns: xs, rows: ys)
  }
}
