/// Values on a grid: rows along the vertical axis, columns along the horizontal one.
public struct ValueGrid: Codable, Hashable, Sendable {
  /// How many values a row has.
  public let columns: Int
  /// How many rows there are.
  public let rows: Int
  /// The values, row by row from the lowest place of the vertical axis.
  @Numbers public private(set) var values: [Double]

  /// A grid of rows; short rows are filled up with values that are not numbers.
  public init(_ rows: [[Double]]) {
    self.rows = rows.count
    columns = rows.map(\.count).max() ?? 0
    let width = columns
    _values = Numbers(
      wrappedValue: rows.flatMap { $0 + [Double](repeating: .nan, count: width - $0.count) })
  }

  /// A function over two lists of places.
  public init(x: [Double], y: [Double], _ function: (Double, Double) throws -> Double) rethrows {
    rows = y.count
    columns = x.count
    _values = Numbers(wrappedValue: try y.flatMap { y in try x.map { try function($0, y) } })
  }

  /// The value of a column in a row.
  public subscript(column: Int, row: Int) -> Double { values[row * columns + column] }
}
