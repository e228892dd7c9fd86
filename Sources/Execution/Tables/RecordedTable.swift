import Components
import Plotting

/// A recorded list or object as a table.
enum RecordedTable {
  /// The table of a value; nil if it is neither a list nor an object.
  ///
  /// A list of objects has a column for every key; an object of lists of one length has a column for every
  /// list; other lists are numbered, other objects named, in two columns.
  static func table(of value: RecordedValue) -> Table? {
    switch value {
    case .list(let items): records(items) ?? numbered(items)
    case .object(let object): wide(object) ?? named(object)
    default: nil
    }
  }

  private static func sorted(_ keys: some Sequence<String>) -> [String] {
    keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func records(_ items: [RecordedValue]) -> Table? {
    let objects = items.compactMap { item -> [String: RecordedValue]? in
      if case .object(let object) = item { object } else { nil }
    }
    guard objects.count == items.count, !items.isEmpty else { return nil }
    let keys = sorted(Set(objects.flatMap(\.keys)))
    return Table(
      columns: keys.map { .init($0) },
      rows: objects.map { object in keys.map { key in object[key].map { Table.Cell($0) } ?? .missing } })
  }

  private static func numbered(_ items: [RecordedValue]) -> Table {
    Table(
      columns: ["number", "value"],
      rows: items.enumerated().map { [.integer($0.offset + 1), Table.Cell($0.element)] },
      hasRowHeaders: true)
  }

  private static func wide(_ object: [String: RecordedValue]) -> Table? {
    let keys = sorted(object.keys)
    let lists = keys.compactMap { key -> [RecordedValue]? in
      if case .list(let items)? = object[key] { items } else { nil }
    }
    guard lists.count == keys.count, let count = lists.first?.count, count > 0,
      lists.allSatisfy({ $0.count == count })
    else { return nil }
    return Table(
      columns: keys.map { .init($0) },
      rows: (0..<count).map { row in lists.map { Table.Cell($0[row]) } })
  }

  private static func named(_ object: [String: RecordedValue]) -> Table {
    Table(
      columns: ["name", "value"],
      rows: sorted(object.keys).map { [.text($0), object[$0].map { Table.Cell($0) } ?? .missing] },
      hasRowHeaders: true)
  }
}
