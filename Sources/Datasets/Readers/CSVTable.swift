import Components
import Tensors

/// The rows and columns of a file.
public struct CSVTable: Sendable {
  /// What a column holds.
  public enum Kind: Sendable, Equatable {
    /// Numbers, NaN where there is none.
    case numbers
    /// Days since the first of January 1970.
    case dates
    /// The numbers of names, in the order of their bytes.
    case categories([String])
  }

  /// A column with its values.
  public enum Column: Sendable {
    case numbers([Double])
    /// Days since the first of January 1970.
    case dates([Double])
    /// The number of each row's name, nil where there is none.
    case categories([Int?], names: [String])
  }

  /// A row whose line does not follow that of the row before.
  struct LineStep: Sendable {
    var row: Int
    var line: Int
  }

  /// What the author calls the file.
  public let file: String
  /// The header.
  public let names: [String]
  /// What each column holds.
  public let kinds: [Kind]
  /// The number of rows.
  public let count: Int
  /// All values, row by row: numbers, days, or the numbers of names.
  public internal(set) var values: [Double]
  /// How many rows have no value in each column.
  public let missingCounts: [Int]
  let lineSteps: [LineStep]

  /// Every column with its values.
  public var columns: [Column] { names.indices.map(column) }

  /// The values of a column.
  public func column(_ index: Int) -> Column {
    let numbers = numbers(of: index)
    switch kinds[index] {
    case .numbers: return .numbers(numbers)
    case .dates: return .dates(numbers)
    case .categories(let names):
      return .categories(numbers.map { $0.isNaN ? nil : Int($0) }, names: names)
    }
  }

  /// A date as a file has it, as in `2024-01-31`, with the time of day if it has one.
  public static func dateText(_ days: Double) -> String { CSVDate.text(days) }

  /// The values of a column as numbers; those of categories count into their names.
  func numbers(of column: Int) -> [Double] {
    let width = names.count
    return (0..<count).map { values[$0 * width + column] }
  }

  /// The line of a row.
  public func line(ofRow row: Int) -> Int {
    var (low, high) = (0, lineSteps.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineSteps[middle].row <= row { low = middle } else { high = middle }
    }
    return lineSteps.isEmpty ? row + 1 : lineSteps[low].line + row - lineSteps[low].row
  }

  /// The place of a row.
  func position(ofRow row: Int) -> SourcePosition { SourcePosition(file: file, line: line(ofRow: row)) }
}
