import Components
import Tensors

extension SeriesWindows {
  /// The examples that lie wholly before a place of the series, inputs and targets.
  public func before(_ cut: Int) -> [Int] {
    starts.indices.filter { starts[$0] + window + horizon <= cut }
  }

  /// The examples that lie wholly from a place of the series on, inputs and targets.
  public func after(_ cut: Int) -> [Int] { starts.indices.filter { starts[$0] >= cut } }

  /// All windows of a series as examples: the inputs are windows × `window` × 1, the targets windows × `horizon`.
  ///
  /// Throws `DatasetError.seriesTooShort`.
  public static func dataset(
    name: String, values: [Double], times: [Double]? = nil, window: Int, horizon: Int
  ) throws -> Dataset {
    let count = values.count - window - horizon + 1
    guard count > 0 else {
      throw DatasetError.seriesTooShort(name: name, count: values.count, needed: window + horizon)
    }
    let inputs = (0..<count).flatMap { values[$0..<$0 + window] }
    let targets = (0..<count).flatMap { values[$0 + window..<$0 + window + horizon] }
    let features = (0..<window).map { index -> Dataset.Feature in
      let back = window - 1 - index
      return .init(name: back == 0 ? "\(name)[t]" : "\(name)[t-\(back)]")
    }
    return Dataset(
      features: features, inputs: Tensor(inputs, shape: [count, window, 1]),
      targets: .values(
        Tensor(targets, shape: [count, horizon]), names: (1...horizon).map { "\(name)[t+\($0)]" }),
      series: SeriesWindows(
        name: name, values: values, times: times, window: window, horizon: horizon,
        starts: Array(0..<count)))
  }
}

extension CSVTable {
  /// The windows of a column, whose rows follow one another in time.
  ///
  /// Throws `DatasetError`, or a `Problem` that names the line.
  public func series(_ name: String, time: String? = nil, window: Int, horizon: Int) throws -> Dataset {
    for column in [name] + (time.map { [$0] } ?? []) where !names.contains(column) {
      throw DatasetError.unknownColumn(name: column, known: names)
    }
    let values = try steady(name, role: "series")
    if let row = values.firstIndex(where: { !$0.isFinite }) {
      throw Problem(DatasetError.seriesGap(name: name), at: position(ofRow: row))
    }
    let times = try time.map { try steady($0, role: "time") }
    if let time, let times {
      let row = times.indices.first { $0 > 0 && !(times[$0] > times[$0 - 1]) || times[$0].isNaN }
      if let row { throw Problem(DatasetError.timeNotRising(column: time), at: position(ofRow: row)) }
    }
    return try SeriesWindows.dataset(
      name: name, values: values, times: times, window: window, horizon: horizon)
  }

  /// The numbers of a column that holds no text.
  private func steady(_ name: String, role: String) throws -> [Double] {
    let index = names.firstIndex(of: name) ?? 0
    if case .categories = kinds[index] { throw DatasetError.textColumn(name: name, role: role) }
    return numbers(of: index)
  }
}
