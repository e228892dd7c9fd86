import Components
import Foundation
import Tensors

/// Reads comma-separated values with a header (RFC 4180).
///
/// A column whose first field is a number holds numbers; any other holds categories.
public struct CSVReader: Sendable {
  /// The columns of a file.
  public struct Contents: Sendable {
    /// The header.
    public var names: [String]
    /// A column of numbers or of categories for each name.
    public var columns: [Column]
    /// The number of rows.
    public var count: Int
  }

  /// A column of a file.
  public enum Column: Sendable {
    case numbers([Double])
    case categories([Int], names: [String])
  }

  /// A reader.
  public init() {}

  /// Reads a file.
  ///
  /// `path` is where it lies, `name` what the author calls it. Throws a `Problem` that names the line, or
  /// `DatasetError.fileNotFound`.
  public func read(path: String, name: String) throws -> Contents {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DatasetError.fileNotFound(path: name)
    }
    return try read(Array(data), name: name)
  }

  /// Reads the bytes of a file.
  public func read(_ bytes: [UInt8], name: String) throws -> Contents {
    var rows = try fields(of: bytes, name: name)
    guard let header = rows.first, rows.count > 1 else {
      throw Problem(DatasetError.empty(path: name), at: SourcePosition(file: name, line: 1))
    }
    rows.removeFirst()
    for (index, column) in header.texts.enumerated() where header.texts[..<index].contains(column) {
      throw Problem(DatasetError.duplicateColumn(name: column), at: SourcePosition(file: name, line: 1))
    }
    for row in rows where row.texts.count != header.texts.count {
      throw Problem(
        DatasetError.raggedRow(expected: header.texts.count, found: row.texts.count),
        at: SourcePosition(file: name, line: row.line))
    }
    let columns = try header.texts.indices.map { index in
      try column(named: header.texts[index], rows.map { ($0.line, $0.texts[index]) }, file: name)
    }
    return Contents(names: header.texts, columns: columns, count: rows.count)
  }

  private func column(named name: String, _ fields: [(line: Int, text: String)], file: String) throws
    -> Column
  {
    guard let first = fields.first, CoreSchema.number(first.text) != nil else {
      let names = Array(Set(fields.map(\.text))).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
      return .categories(fields.map { numbers[$0.text] ?? 0 }, names: names)
    }
    return .numbers(
      try fields.map { line, text in
        guard let value = CoreSchema.number(text) else {
          throw Problem(
            DatasetError.notANumber(column: name, text: text), at: SourcePosition(file: file, line: line))
        }
        return value
      })
  }

  /// The fields of every line that is not empty, with the line's number.
  private func fields(of bytes: [UInt8], name: String) throws -> [(line: Int, texts: [String])] {
    var rows: [(line: Int, texts: [String])] = []
    var texts: [String] = []
    var field: [UInt8] = []
    var line = 1
    var firstLine = 1
    var isQuoted = false
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0

    func text() throws -> String {
      guard let text = String(validating: field, as: UTF8.self) else {
        throw Problem(DatasetError.notText(path: name), at: SourcePosition(file: name, line: firstLine))
      }
      return text.trimmingCharacters(in: .whitespaces)
    }
    func endRow() throws {
      if !(texts.isEmpty && field.isEmpty) { rows.append((firstLine, texts + [try text()])) }
      texts = []
      field = []
      firstLine = line
    }

    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      switch byte {
      case UInt8(ascii: "\""):
        if isQuoted, index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
          field.append(byte)
          index += 1
        } else {
          isQuoted.toggle()
        }
      case UInt8(ascii: ",") where !isQuoted:
        texts.append(try text())
        field = []
      case UInt8(ascii: "\n") where !isQuoted: try endRow()
      case UInt8(ascii: "\r") where !isQuoted: continue
      default: field.append(byte)
      }
    }
    guard !isQuoted else {
      throw Problem(DatasetError.unclosedQuote, at: SourcePosition(file: name, line: firstLine))
    }
    try endRow()
    return rows
  }
}

extension CSVReader.Contents {
  /// The examples of a file: the target column is to be predicted, the others are features.
  ///
  /// Throws `DatasetError`.
  public func dataset(target: String, features wanted: [String]? = nil, drop: [String] = []) throws -> Dataset
  {
    for name in [target] + (wanted ?? []) + drop where !names.contains(name) {
      throw DatasetError.unknownColumn(name: name, known: names)
    }
    let chosen = names.indices.filter { index in
      names[index] != target && !drop.contains(names[index]) && (wanted?.contains(names[index]) ?? true)
    }
    guard !chosen.isEmpty else { throw DatasetError.noFeatures }
    var inputs = Tensor<Double>(repeating: 0, shape: [count, chosen.count])
    var features: [Dataset.Feature] = []
    for (column, index) in chosen.enumerated() {
      let values: [Double]
      switch columns[index] {
      case .numbers(let numbers):
        values = numbers
        features.append(.init(name: names[index]))
      case .categories(let numbers, let categories):
        values = numbers.map(Double.init)
        features.append(.init(name: names[index], categories: categories))
      }
      for row in 0..<count { inputs[row, column] = values[row] }
    }
    let targets: Dataset.Targets
    switch columns[names.firstIndex(of: target) ?? 0] {
    case .numbers(let numbers): targets = .values(Tensor(numbers, shape: [count, 1]), names: [target])
    case .categories(let numbers, let categories): targets = .classes(numbers, names: categories)
    }
    return Dataset(features: features, inputs: inputs, targets: targets)
  }
}
