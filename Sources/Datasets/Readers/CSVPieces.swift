import Components

/// A table cut into pieces of a fixed size: where their first rows begin, which rows and lines these are.
///
/// Rows have slots, one a line end outside of quotes, so that every piece knows where its values go; the slots of
/// blank lines are closed up at the end.
struct CSVPieces {
  let scanner: CSVScanner
  let header: CSVHeader
  let file: String
  let pieces: [Piece]
  /// The number of slots.
  let slots: Int

  /// A run of rows.
  struct Piece {
    /// Where its first row begins.
    var start: Int
    /// Its rows begin before this place.
    var end: Int
    var slot: Int
    var line: Int
  }

  /// How many bytes make a piece.
  private static let size = 1 << 20

  /// What a piece says about itself: quotes, and line ends behind an even and an odd number of them.
  private struct Counts {
    var quotes = 0
    var ends = SIMD2<Int>(0, 0)
  }

  init(_ scanner: CSVScanner, header: CSVHeader, file: String, pool: any WorkerPool) throws {
    self.scanner = scanner
    self.header = header
    self.file = file
    let start = min(header.end, scanner.count)
    let pieceCount = (scanner.count - start + Self.size - 1) / Self.size
    let counts = [Counts](unsafeUninitializedCapacity: pieceCount) { buffer, count in
      let base = buffer.baseAddress
      pool.forEach(pieceCount) { index in
        let first = start + index * Self.size
        let counts = Self.counts(scanner.base + first, min(Self.size, scanner.count - first))
        if let base { (base + index).initialize(to: counts) }
      }
      count = pieceCount
    }
    var (parity, slot, line) = (0, 0, header.nextLine)
    var pieces: [Piece] = []
    for (index, counts) in counts.enumerated() {
      let first = start + index * Self.size
      let end = min(first + Self.size, scanner.count)
      pieces.append(
        Self.firstRow(scanner, from: first, to: end, isStart: index == 0, parity, slot: slot, line: line))
      slot += counts.ends[parity]
      line += counts.ends[0] + counts.ends[1]
      parity = (parity + counts.quotes) & 1
    }
    guard parity == 0 else {
      let place = scanner.unclosedQuote(from: start)
      throw Problem(
        DataFileError.unclosedQuote,
        at: scanner.position(of: place, row: start, line: header.nextLine, file: file))
    }
    self.pieces = pieces
    let isClosed = scanner.count > start && scanner.base[scanner.count - 1] == CSVScanner.newline
    slots = slot + (isClosed || scanner.count == start ? 0 : 1)
  }

  private static func counts(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Counts {
    let all = UnsafeBufferPointer(start: bytes, count: count)
    var quotes = 0
    var ends = 0
    for byte in all {
      quotes &+= byte == CSVScanner.quote ? 1 : 0
      ends &+= byte == CSVScanner.newline ? 1 : 0
    }
    guard quotes > 0 else { return Counts(quotes: 0, ends: [ends, 0]) }
    var counts = Counts()
    for byte in all {
      if byte == CSVScanner.quote { counts.quotes += 1 }
      if byte == CSVScanner.newline { counts.ends[counts.quotes & 1] += 1 }
    }
    return counts
  }

  /// The first row that begins in a range of bytes.
  private static func firstRow(
    _ scanner: CSVScanner, from first: Int, to end: Int, isStart: Bool, _ parity: Int, slot: Int, line: Int
  ) -> Piece {
    var piece = Piece(start: first, end: end, slot: slot, line: line)
    if isStart || parity == 0 && scanner.base[first - 1] == CSVScanner.newline { return piece }
    // The row that is open here belongs to the piece before.
    piece.slot += 1
    var isQuoted = parity == 1
    var at = first
    while at < end {
      let byte = scanner.base[at]
      at += 1
      if byte == CSVScanner.quote { isQuoted.toggle() }
      guard byte == CSVScanner.newline else { continue }
      piece.line += 1
      if !isQuoted { break }
    }
    // Without a row's end in it the piece has no rows.
    piece.start = at
    return piece
  }

  /// Reads all rows.
  func table(in pool: any WorkerPool) throws -> CSVTable {
    let columns = header.names.count
    var results: [CSVPieceResult] = []
    var kinds: [CSVTable.Kind] = []
    var rows = 0
    let values = try [Double](unsafeUninitializedCapacity: slots * columns) { buffer, count in
      guard let base = buffer.baseAddress, !pieces.isEmpty else { return }
      results = each(in: pool) { CSVPieceReader(self, $0).numbers(into: base) }
      if let problem = results.lazy.compactMap(\.problem).first { throw problem }
      kinds = try self.kinds(results)
      try readCategories(into: base, &kinds, in: pool)
      rows = Self.closeUp(base, results, columns: columns, slots: slots)
      count = rows * columns
    }
    guard rows > 0 else {
      throw Problem(
        DataFileError.headerOnly(path: file), at: SourcePosition(file: file, line: header.line))
    }
    return CSVTable(
      file: file, names: header.names, kinds: kinds, count: rows, values: values,
      missingCounts: header.names.indices.map { column in
        results.reduce(0) { $0 + Int($1.missing[column]) }
      }, lineSteps: Self.lineSteps(results))
  }

  /// What each piece gives, in their order.
  private func each<Value>(in pool: any WorkerPool, _ body: (Piece) -> Value) -> [Value] {
    [Value](unsafeUninitializedCapacity: pieces.count) { buffer, count in
      let base = buffer.baseAddress
      pool.forEach(pieces.count) { index in
        let value = body(pieces[index])
        if let base { (base + index).initialize(to: value) }
      }
      count = pieces.count
    }
  }

  /// What each column holds; a column of numbers with a few other texts is a problem at the first of them.
  private func kinds(_ results: [CSVPieceResult]) throws -> [CSVTable.Kind] {
    let rows = results.reduce(0) { $0 + $1.rows }
    return try header.names.indices.map { column in
      let missing = results.reduce(0) { $0 + Int($1.missing[column]) }
      let dates = results.reduce(0) { $0 + Int($1.dates[column]) }
      let texts = results.reduce(0) { $0 + Int($1.texts[column]) }
      let others = dates + texts
      if others == 0 { return .numbers }
      if texts == 0, others + missing == rows { return .dates }
      guard others * 10 > rows - missing else {
        let first = results.lazy.compactMap { result in result.firstTexts.first { $0.column == column } }
          .first
        throw Problem(
          DataFileError.notANumber(column: header.names[column], text: first?.text ?? ""),
          at: first?.position ?? SourcePosition(file: file, line: header.nextLine))
      }
      return .categories([])
    }
  }

  /// Reads the columns of categories again, and numbers their names in the order of their bytes.
  private func readCategories(
    into base: UnsafeMutablePointer<Double>, _ kinds: inout [CSVTable.Kind], in pool: any WorkerPool
  ) throws {
    let columns = kinds.indices.filter { kinds[$0] == .categories([]) }
    guard !columns.isEmpty else { return }
    let found = each(in: pool) { CSVPieceReader(self, $0).categories(columns, into: base) }
    // The numbers that the names of each piece get, by column and by their number in the piece.
    var numbers = found.map { $0.map { [Double](repeating: 0, count: $0.count) } }
    for (place, column) in columns.enumerated() {
      let names = Set(found.lazy.flatMap { $0[place] }).sorted {
        $0.utf8.lexicographicallyPrecedes($1.utf8)
      }
      let order = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Double($0)) })
      for piece in found.indices {
        numbers[piece][place] = found[piece][place].map { order[$0] ?? .nan }
      }
      kinds[column] = .categories(names)
    }
    let width = header.names.count
    pool.forEach(pieces.count) { index in
      let end = index + 1 < pieces.count ? pieces[index + 1].slot : slots
      for (place, column) in columns.enumerated() {
        for slot in pieces[index].slot..<max(end, pieces[index].slot) {
          let cell = base + (slot * width + column)
          let number = cell.pointee
          guard number >= 0, number < Double(numbers[index][place].count) else { continue }
          cell.pointee = numbers[index][place][Int(number)]
        }
      }
    }
  }

  /// Moves the rows over the slots of blank lines; the number of rows.
  private static func closeUp(
    _ base: UnsafeMutablePointer<Double>, _ results: [CSVPieceResult], columns: Int, slots: Int
  ) -> Int {
    let blanks = results.flatMap(\.blankSlots)
    guard let first = blanks.first else { return slots }
    var rows = first
    for (index, blank) in blanks.enumerated() {
      let next = index + 1 < blanks.count ? blanks[index + 1] : slots
      let count = next - blank - 1
      (base + rows * columns).update(from: base + (blank + 1) * columns, count: count * columns)
      rows += count
    }
    return rows
  }

  /// The rows whose lines do not follow those before.
  private static func lineSteps(_ results: [CSVPieceResult]) -> [CSVTable.LineStep] {
    var steps: [CSVTable.LineStep] = []
    var rows = 0
    for result in results {
      steps += result.lineSteps.map { .init(row: rows + $0.row, line: $0.line) }
      rows += result.rows
    }
    return steps
  }
}
