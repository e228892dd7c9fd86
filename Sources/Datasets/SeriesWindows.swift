/// Which windows of a series examples are: the inputs are `window` values that follow one another, the targets the
/// `horizon` values behind them.
public struct SeriesWindows: Sendable, Hashable {
  /// The name of the series.
  public let name: String
  /// All values of the series in the order of time.
  public let values: [Double]
  /// What stands on the axis of time: a number for each value, such as the year.
  public let times: [Double]?
  /// The number of values that an example sees.
  public let window: Int
  /// The number of values that it predicts.
  public let horizon: Int
  /// The place of each example's first value in the series.
  public private(set) var starts: [Int]

  /// Windows of a series, one for each start.
  public init(
    name: String, values: [Double], times: [Double]? = nil, window: Int, horizon: Int, starts: [Int]
  ) {
    self.name = name
    self.values = values
    self.times = times
    self.window = window
    self.horizon = horizon
    self.starts = starts
  }

  /// The windows of the given numbers, in their order.
  func subset(_ indices: [Int]) -> SeriesWindows {
    var result = self
    result.starts = indices.map { starts[$0] }
    return result
  }
}
