import Components
import Datasets
import Plotting

/// Files of comma-separated values that plots and tables show.
enum CSVFile {
  /// Reads a file; a missing one is a problem where it is named.
  static func read(_ path: String, folder: String, at position: SourcePosition) throws -> CSVTable {
    do {
      return try CSVReader().read(path: path.hasPrefix("/") ? path : "\(folder)/\(path)", name: path)
    } catch let error as DataFileError {
      throw Problem(error, at: position)
    }
  }

  /// Whether a column holds categories or dates.
  static func holdsText(_ contents: CSVTable, _ name: String) -> Bool {
    guard let index = contents.names.firstIndex(of: name) else { return false }
    return contents.kinds[index] != .numbers
  }

  /// A column as numbers; categories count from zero.
  static func numbers(_ contents: CSVTable, _ name: String) -> [Double] {
    guard let index = contents.names.firstIndex(of: name) else { return [] }
    switch contents.column(index) {
    case .numbers(let values), .dates(let values): return values
    case .categories(let numbers, _): return numbers.map { $0.map(Double.init) ?? .nan }
    }
  }

  /// A file as a table; columns of whole numbers stay whole.
  static func table(_ contents: CSVTable) -> Table {
    let columns = contents.columns.map { column -> [Table.Cell] in
      switch column {
      case .numbers(let values):
        let areWhole = values.allSatisfy { $0.isNaN || $0 == $0.rounded() && abs($0) < 1e15 }
        return values.map { $0.isNaN ? .missing : areWhole ? .integer(Int($0)) : .real($0) }
      case .dates(let values):
        return values.map { $0.isNaN ? .missing : .text(CSVTable.dateText($0)) }
      case .categories(let numbers, let names):
        return numbers.map { $0.map { .text(names[$0]) } ?? .missing }
      }
    }
    return Table(
      columns: contents.names.map { .init($0) },
      rows: (0..<contents.count).map { row in columns.map { $0[row] } })
  }

  /// A column as texts.
  static func texts(_ contents: CSVTable, _ name: String) -> [String] {
    guard let index = contents.names.firstIndex(of: name) else { return [] }
    switch contents.column(index) {
    case .numbers(let values): return values.map(ValueFormat.short)
    case .dates(let values): return values.map { $0.isNaN ? "" : CSVTable.dateText($0) }
    case .categories(let numbers, let names): return numbers.map { $0.map { names[$0] } ?? "" }
    }
  }
}
