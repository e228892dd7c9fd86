import Components
import Datasets
import Plotting

/// Files of comma-separated values that plots and tables show.
enum CSVFile {
  /// Reads a file; a missing one is a problem where it is named.
  static func read(_ path: String, folder: String, at position: SourcePosition) throws -> CSVReader.Contents {
    do {
      return try CSVReader().read(path: path.hasPrefix("/") ? path : "\(folder)/\(path)", name: path)
    } catch let error as DatasetError {
      throw Problem(error, at: position)
    }
  }

  /// Whether a column holds categories.
  static func holdsText(_ contents: CSVReader.Contents, _ name: String) -> Bool {
    guard let index = contents.names.firstIndex(of: name), case .categories = contents.columns[index] else {
      return false
    }
    return true
  }

  /// A column as numbers; categories count from zero.
  static func numbers(_ contents: CSVReader.Contents, _ name: String) -> [Double] {
    guard let index = contents.names.firstIndex(of: name) else { return [] }
    switch contents.columns[index] {
    case .numbers(let values): return values
    case .categories(let numbers, _): return numbers.map(Double.init)
    }
  }

  /// A file as a table; columns of whole numbers stay whole.
  static func table(_ contents: CSVReader.Contents) -> Table {
    let columns = contents.columns.map { column -> [Table.Cell] in
      switch column {
      case .numbers(let values):
        let areWhole = values.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 }
        return values.map { areWhole ? .integer(Int($0)) : .real($0) }
      case .categories(let numbers, let names):
        return numbers.map { .text(names[$0]) }
      }
    }
    return Table(
      columns: contents.names.map { .init($0) },
      rows: (0..<contents.count).map { row in columns.map { $0[row] } })
  }

  /// A column as texts.
  static func texts(_ contents: CSVReader.Contents, _ name: String) -> [String] {
    guard let index = contents.names.firstIndex(of: name) else { return [] }
    switch contents.columns[index] {
    case .numbers(let values): return values.map(ValueFormat.short)
    case .categories(let numbers, let names): return numbers.map { names[$0] }
    }
  }
}
