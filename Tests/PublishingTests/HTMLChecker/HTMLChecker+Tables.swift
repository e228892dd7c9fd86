extension HTMLChecker {
  mutating func checkTable(_ index: Int) {
    let children = page.children(of: index)
    let order = ["caption", "colgroup", "thead", "tbody", "tr", "tfoot"]
    var reached = 0
    for child in children {
      let name = page.elements[child].name == "tr" ? "tbody" : page.elements[child].name
      guard let place = order.firstIndex(of: name) else { continue }
      if place < reached || (place == reached && ["caption", "thead", "tfoot"].contains(name)) && place > 0 {
        report("child-position", child, "<\(name)> stands too late in <table>")
      } else if name == "caption", child != children.first {
        report("child-position", child, "<caption> is not the first in <table>")
      }
      reached = max(reached, place)
    }
    checkGrid(of: index, children)
    checkHeaders(of: index)
  }

  /// The value of a span, 1 unless there is a good one.
  func span(_ name: String, of cell: Int) -> Int {
    min(page.value(name, of: cell).flatMap { Int($0) } ?? 1, 1000)
  }

  /// The rows among the children of a table, and whether each is the last of its group.
  func rows(of children: [Int]) -> [(row: Int, isLast: Bool)] {
    var rows: [(row: Int, isLast: Bool)] = []
    for child in children {
      if page.elements[child].isHTML("tr") {
        rows.append((child, false))
      } else if ["thead", "tbody", "tfoot"].contains(page.elements[child].name) {
        let inner = page.children(of: child).filter { page.elements[$0].isHTML("tr") }
        rows += inner.map { ($0, $0 == inner.last) }
      }
    }
    return rows
  }

  /// Puts the cells of a table into columns.
  mutating func checkGrid(of table: Int, _ children: [Int]) {
    // The cell that each column was made by, and whether a cell begins in it.
    var makers: [Int] = []
    var isBegun: [Bool] = []
    // How many further rows the cells of earlier rows reach into, a number a column.
    var pending: [Int] = []
    for (row, isLast) in rows(of: children) {
      let cells = page.children(of: row).filter { ["td", "th"].contains(page.elements[$0].name) }
      if cells.isEmpty { report("table-model", row, "A row has no cells") }
      var column = 0
      var next = pending.map { max($0 - 1, 0) }
      for cell in cells {
        while column < pending.count, pending[column] > 0 { column += 1 }
        let width = max(span("colspan", of: cell), 1)
        let height = span("rowspan", of: cell)
        while makers.count < column + width {
          makers.append(cell)
          isBegun.append(false)
          pending.append(0)
          next.append(0)
        }
        if pending[column..<column + width].contains(where: { $0 > 0 }) {
          report("table-model", cell, "A cell overlaps another that reaches down from above")
        }
        isBegun[column] = true
        for place in column..<column + width { next[place] = height == 0 ? 65535 : height - 1 }
        column += width
      }
      if isLast, next.contains(where: { $0 > 0 && $0 < 60000 }) {
        report("table-model", row, "A cell reaches down beyond its group of rows")
      }
      pending = isLast ? next.map { _ in 0 } : next
    }
    if let empty = isBegun.firstIndex(of: false) {
      report("table-model", makers[empty], "No cell begins in column \(empty + 1) of the table")
    }
  }

  mutating func checkHeaders(of table: Int) {
    if facts.ancestors[table].contains(.hidden) || ["presentation", "none"].contains(facts.roles[table]) {
      return
    }
    var hasHeader = false
    for index in page.range(of: table).dropFirst() where page.elements[index].isHTML("th") {
      hasHeader = true
      if !page.has("scope", index) { report("th-scope", index, "<th> has no scope") }
      if !facts.isNamed[index] { report("empty-table-header", index, "<th> has no text") }
    }
    if !hasHeader { report("table-headers", table, "<table> has no <th>") }
  }
}
