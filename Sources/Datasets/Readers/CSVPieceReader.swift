import Components

/// What a piece of a table holds.
struct CSVPieceResult {
  var rows = 0
  /// The fields of each column without a value, with a date, and with any other text.
  var missing: [Int32]
  var dates: [Int32]
  var texts: [Int32]
  /// The first field of each column that is no number.
  var firstTexts: [(column: Int, text: String, position: SourcePosition)] = []
  var blankSlots: [Int] = []
  /// The rows, counted from the piece's first, whose lines do not follow those before.
  var lineSteps: [CSVTable.LineStep] = []
  var problem: Problem?

  init(columns: Int) {
    missing = [Int32](repeating: 0, count: columns)
    dates = missing
    texts = missing
  }
}

/// Reads the rows of a piece of a table.
struct CSVPieceReader {
  private let scanner: CSVScanner
  private let names: [String]
  private let file: String
  private let piece: CSVPieces.Piece

  init(_ pieces: CSVPieces, _ piece: CSVPieces.Piece) {
    scanner = pieces.scanner
    names = pieces.header.names
    file = pieces.file
    self.piece = piece
  }

  /// Writes the numbers and dates to their places, and tells what else there is.
  func numbers(into base: UnsafeMutablePointer<Double>) -> CSVPieceResult {
    var result = CSVPieceResult(columns: names.count)
    var (place, slot, line, expected) = (piece.start, piece.slot, piece.line, -1)
    var scratch: [UInt8] = []
    while place < piece.end {
      if scanner.skipBlankLine(&place) {
        result.blankSlots.append(slot)
        slot += 1
        line += 1
        continue
      }
      if line != expected { result.lineSteps.append(.init(row: result.rows, line: line)) }
      let row = Row(start: place, line: line)
      let target = base + slot * names.count
      guard let breaks = read(row, &place, into: target, &result, &scratch) else { return result }
      result.rows += 1
      slot += 1
      expected = line + 1
      line += 1 + breaks
    }
    return result
  }

  /// Where a row begins.
  private struct Row {
    var start: Int
    var line: Int
  }

  /// Reads a row; the line ends in its quotes, or nil if it has a problem.
  @inline(__always)
  private func read(
    _ row: Row, _ place: inout Int, into target: UnsafeMutablePointer<Double>,
    _ result: inout CSVPieceResult, _ scratch: inout [UInt8]
  ) -> Int? {
    let (bytes, count, delimiter) = (scanner.base, scanner.count, scanner.delimiter)
    let last = names.count - 1
    let isPlain = !scanner.hasNumbersForMissing
    var breaks = 0
    for column in 0...last {
      // Most fields are numbers with nothing around them.
      var at = place
      if isPlain, DecimalParser.fast(bytes, &at, count, &target[column]) {
        if at < count, bytes[at] == delimiter, column < last {
          place = at + 1
          continue
        }
        if column == last, at + 1 < count, bytes[at] == 13 { at += 1 }
        if column == last, at >= count || bytes[at] == CSVScanner.newline {
          place = at + 1
          return breaks
        }
      }
      let field = scanner.field(from: &place)
      breaks += field.lineBreaks
      guard store(field, column, row, into: target, &result, &scratch) else { return nil }
      guard field.endsRow == (column == last) else {
        fail(row, ended: field.endsRow, column, &place, &result)
        return nil
      }
    }
    return breaks
  }

  /// A row with too few or too many fields.
  private func fail(
    _ row: Row, ended: Bool, _ column: Int, _ place: inout Int, _ result: inout CSVPieceResult
  ) {
    var found = column + 1
    var isEnd = ended
    while !isEnd {
      isEnd = scanner.field(from: &place).endsRow
      found += 1
    }
    result.problem = Problem(
      DataFileError.raggedRow(expected: names.count, found: found),
      at: SourcePosition(file: file, line: row.line))
  }

  /// Keeps a field that is no plain number; false if it is no text either.
  private func store(
    _ field: CSVScanner.Field, _ column: Int, _ row: Row, into target: UnsafeMutablePointer<Double>,
    _ result: inout CSVPieceResult, _ scratch: inout [UInt8]
  ) -> Bool {
    scanner.withContent(of: field, &scratch) { text in
      if scanner.isMissing(text) {
        result.missing[column] += 1
        target[column] = .nan
        return true
      }
      if let number = DecimalParser.slow(text) {
        target[column] = number
        return true
      }
      let isFirst = result.texts[column] == 0 && result.dates[column] == 0
      if isFirst || text.contains(where: { $0 >= 0x80 }) {
        guard let words = String(validating: text, as: UTF8.self) else {
          result.problem = Problem(DataFileError.notText(path: file), at: position(field, row))
          return false
        }
        if isFirst { result.firstTexts.append((column, words, position(field, row))) }
      }
      if let days = CSVDate.days(text) {
        target[column] = days
        result.dates[column] += 1
      } else {
        target[column] = .nan
        result.texts[column] += 1
      }
      return true
    }
  }

  private func position(_ field: CSVScanner.Field, _ row: Row) -> SourcePosition {
    scanner.position(of: field.start, row: row.start, line: row.line, file: file)
  }

  /// Writes the numbers of the texts of some columns in their order of appearance; the texts of each.
  func categories(_ columns: [Int], into base: UnsafeMutablePointer<Double>) -> [[String]] {
    var places = [Int?](repeating: nil, count: names.count)
    for (place, column) in columns.enumerated() { places[column] = place }
    var found = [[String]](repeating: [], count: columns.count)
    var numbers = [[String: Int]](repeating: [:], count: columns.count)
    var scratch: [UInt8] = []
    var (place, slot) = (piece.start, piece.slot)
    while place < piece.end {
      if scanner.skipBlankLine(&place) {
        slot += 1
        continue
      }
      for column in names.indices {
        let field = scanner.field(from: &place)
        guard let index = places[column] else { continue }
        let name: String? = scanner.withContent(of: field, &scratch) { text in
          scanner.isMissing(text) ? nil : String(decoding: text, as: UTF8.self)
        }
        var number = Double.nan
        if let name {
          if let known = numbers[index][name] {
            number = Double(known)
          } else {
            number = Double(found[index].count)
            numbers[index][name] = found[index].count
            found[index].append(name)
          }
        }
        base[slot * names.count + column] = number
      }
      slot += 1
    }
    return found
  }
}
