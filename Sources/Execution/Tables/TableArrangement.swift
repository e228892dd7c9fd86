import Components
import Experiments
import Plotting
import Search

/// What a `{table}` cell makes of the columns and rows that it is given: which are shown, in which order, how
/// their numbers are written, and which stand out.
struct TableArrangement: Sendable {
  /// The columns to show; nil for all.
  var columns: [ColumnChoices.Choice]?
  /// Decimals of the numbers.
  var digits: Int?
  /// The column to sort by.
  var sort: ColumnChoices.Choice?
  /// Whether the greatest comes first.
  var isDescending = false
  /// The columns whose best value stands out, with what is best where the author says it; `best` alone stands
  /// for every column of which a direction is known.
  var emphasis: [ColumnChoices.Choice] = []
  /// The most rows.
  var limit: Int?

  /// Whether large or small values of a column are good, as far as it is known.
  typealias Directions = (String) -> Direction?

  /// All columns that are named, each at its place.
  var named: [ColumnChoices.Choice] {
    (columns ?? []) + [sort].compactMap(\.self) + (emphasizesAll ? [] : emphasis)
  }

  private var emphasizesAll: Bool { emphasis.count == 1 && emphasis[0].name == "best" }

  /// Checks everything named against the columns that there will be; throws the first problem.
  func check(_ titles: [String], directions: Directions) throws {
    for choice in named where !titles.contains(choice.name) {
      throw Problem(ExecutionError.unknownColumn(name: choice.name, known: titles), at: choice.position)
    }
    for choice in emphasis where !emphasizesAll { _ = try best(choice, directions) }
  }

  /// The table arranged; its columns are called as the choices call them.
  func applied(to table: Table, directions: Directions) throws -> Table {
    var table = table
    let titles = table.columns.map(\.title)
    try check(titles, directions: directions)
    for index in titles.indices {
      if emphasizesAll {
        table.columns[index].emphasis = directions(titles[index]).map(Self.emphasis)
      } else if let choice = emphasis.first(where: { $0.name == titles[index] }) {
        table.columns[index].emphasis = try best(choice, directions)
      }
      if let digits { table.columns[index].format = .decimals(digits) }
    }
    if let sort, let column = titles.firstIndex(of: sort.name) { order(&table, by: column) }
    if let limit { table.rows = Array(table.rows.prefix(limit)) }
    if let columns { choose(columns, of: &table, titles) }
    return table
  }

  private static func emphasis(_ direction: Direction) -> Table.Emphasis {
    direction == .maximize ? .greatest : .least
  }

  /// What is best in a column: what the author says, or else what its metric says.
  private func best(_ choice: ColumnChoices.Choice, _ directions: Directions) throws -> Table.Emphasis {
    if let word = choice.title {
      guard let emphasis = Table.Emphasis(rawValue: word) else {
        throw Problem(ExecutionError.unknownEmphasis(name: word), at: choice.position)
      }
      return emphasis
    }
    guard let direction = directions(choice.name) else {
      throw Problem(ExecutionError.noDirection(column: choice.name), at: choice.position)
    }
    return Self.emphasis(direction)
  }

  private func choose(_ columns: [ColumnChoices.Choice], of table: inout Table, _ titles: [String]) {
    let chosen = columns.compactMap { choice in titles.firstIndex(of: choice.name).map { ($0, choice.title) }
    }
    table.rows = table.rows.indices.map { row in chosen.map { table[row, $0.0] } }
    table.columns = chosen.map { index, title in
      var column = table.columns[index]
      column.title = title ?? column.title
      return column
    }
    table.hasRowHeaders = table.hasRowHeaders && chosen.first?.0 == 0
    let sorted = chosen.firstIndex { $0.0 == table.sorting?.column }
    table.sorting = sorted.map { .init(column: $0, isDescending: isDescending) }
  }

  private func order(_ table: inout Table, by column: Int) {
    let cells = table.rows.indices.map { table[$0, column] }
    let order = cells.indices.sorted { first, second in
      precedes(cells[first], cells[second]) ?? (first < second)
    }
    table.rows = order.map { table.rows[$0] }
    table.sorting = .init(column: column, isDescending: isDescending)
  }

  /// The order of two cells: numbers, then texts, then NaN and what is missing; nil for equals.
  private func precedes(_ first: Table.Cell, _ second: Table.Cell) -> Bool? {
    let (a, b) = (Self.rank(first), Self.rank(second))
    guard a == b else { return a < b }
    if a == 0, let x = first.number, let y = second.number { return x == y ? nil : (x < y) != isDescending }
    guard a == 1, case .text(let x) = first, case .text(let y) = second, x != y else { return nil }
    return x.utf8.lexicographicallyPrecedes(y.utf8) != isDescending
  }

  private static func rank(_ cell: Table.Cell) -> Int {
    if let number = cell.number { return number.isNaN ? 3 : 0 }
    switch cell {
    case .text: return 1
    case .boolean: return 2
    default: return 4
    }
  }
}
