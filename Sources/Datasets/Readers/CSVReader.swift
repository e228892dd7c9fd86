import Components
import Foundation

/// Reads comma-separated values with a header (RFC 4180), and tables with tabs or semicolons in place of commas.
///
/// A column whose fields are all numbers holds numbers, one of dates the days since 1970, any other categories. The
/// file is cut by its size alone, and the pieces are read by the threads of a pool.
public struct CSVReader: Sendable {
  /// The character between fields; nil for the one that the file's name tells.
  public var delimiter: Character?
  /// Texts that mean that there is no value, beside the usual ones.
  public var missing: [String]

  /// The texts that always mean that there is no value.
  public static let usualMissing = ["", "NA", "N/A", "nan", "NaN", "null", "?"]

  /// A reader.
  public init(delimiter: Character? = nil, missing: [String] = []) {
    self.delimiter = delimiter
    self.missing = missing
  }

  /// Reads a file, compressed by gzip or not.
  ///
  /// `path` is where it lies, `name` what messages call it, the path unless given. Throws a `Problem` that names the line, or a
  /// `DataFileError`.
  public func read(path: String, name: String? = nil, pool: any WorkerPool = SerialPool()) throws -> CSVTable
  {
    let data = try DataFile.bytes(path: path, name: name ?? path)
    return try data.withUnsafeBytes { try read($0, name: name ?? path, pool: pool) }
  }

  /// Reads the bytes of a file.
  public func read(_ bytes: [UInt8], name: String, pool: any WorkerPool = SerialPool()) throws -> CSVTable {
    try bytes.withUnsafeBytes { try read($0, name: name, pool: pool) }
  }

  private func read(
    _ bytes: UnsafeRawBufferPointer, name: String, pool: any WorkerPool
  ) throws -> CSVTable {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let base = bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count > start else {
      throw Problem(DataFileError.empty(path: name), at: SourcePosition(file: name, line: 1))
    }
    let tab = DataFile.plainName(name).lowercased().hasSuffix(".tsv") ? "\t" : Character(",")
    let separator = delimiter ?? tab
    let scanner = CSVScanner(
      base: base, count: bytes.count, delimiter: separator.asciiValue ?? UInt8(ascii: ","),
      missing: (Self.usualMissing + missing).map { Array($0.utf8) },
      hasNumbersForMissing: missing.contains { CoreSchema.number($0) != nil })
    let header = try header(of: scanner, from: start, separator, file: name)
    let pieces = try CSVPieces(scanner, header: header, file: name, pool: pool)
    return try pieces.table(in: pool)
  }

  private func header(
    of scanner: CSVScanner, from start: Int, _ separator: Character, file: String
  ) throws -> CSVHeader {
    var place = start
    var line = 1
    while place < scanner.count, scanner.skipBlankLine(&place) { line += 1 }
    var header = CSVHeader(line: line)
    guard place < scanner.count else {
      throw Problem(DataFileError.empty(path: file), at: SourcePosition(file: file, line: 1))
    }
    var scratch: [UInt8] = []
    var isEnd = false
    while !isEnd {
      let field = scanner.field(from: &place)
      guard !field.isOpen else {
        throw Problem(DataFileError.unclosedQuote, at: SourcePosition(file: file, line: header.line))
      }
      guard let name = scanner.withContent(of: field, &scratch, { String(validating: $0, as: UTF8.self) })
      else { throw Problem(DataFileError.notText(path: file), at: SourcePosition(file: file, line: line)) }
      header.names.append(name)
      line += field.lineBreaks
      isEnd = field.endsRow
    }
    header.end = place
    header.nextLine = line + 1
    try check(header, separator, file: file)
    return header
  }

  private func check(_ header: CSVHeader, _ separator: Character, file: String) throws {
    let position = SourcePosition(file: file, line: header.line)
    if header.names.count == 1, let only = header.names.first {
      let others: [(Character, String)] = [(";", "semicolons"), ("\t", "tabs"), (",", "commas")]
      for (other, found) in others where other != separator && only.contains(other) {
        let wanted = others.first { $0.0 == separator }?.1 ?? "\"\(separator)\""
        throw Problem(DataFileError.otherDelimiter(found: found, wanted: wanted), at: position)
      }
    }
    var seen: Set<String> = []
    for name in header.names where !seen.insert(name).inserted {
      throw Problem(DataFileError.duplicateColumn(name: name), at: position)
    }
  }
}

/// The first row of a table.
struct CSVHeader {
  /// The names of the columns.
  var names: [String] = []
  /// Where it stands.
  var line: Int
  /// Where the rows begin.
  var end = 0
  /// The line of that place.
  var nextLine = 1

  init(line: Int) { self.line = line }
}
