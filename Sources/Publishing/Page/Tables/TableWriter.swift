import Components
import Plotting

/// Writes tables: three rules, numbers aligned at their decimal points.
package struct TableWriter {
  package init() {}

  /// The HTML of a table in a box that scrolls when it is wider than the page.
  ///
  /// The caption is HTML.
  package func html(_ table: Table, caption: String? = nil, id: String? = nil) -> String {
    let columns = table.columns.indices.map { column(table, $0) }
    var html = "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table"
    if let id { html += " id=\"\(HTML.escaped(id))\"" }
    html += " class=\"result\">"
    if let caption { html += "<caption>\(caption)</caption>" }
    html += "<thead><tr>"
    for index in columns.indices { html += heading(table, index, isNumeric: columns[index].isNumeric) }
    html += "</tr></thead>\n<tbody>\n"
    for row in table.rows.indices {
      html += "<tr>"
      for (index, column) in columns.enumerated() {
        let number = column.isNumeric ? " class=\"number\"" : ""
        html +=
          index == 0 && table.hasRowHeaders
          ? "<th scope=\"row\"\(number)>\(column.cells[row])</th>" : "<td\(number)>\(column.cells[row])</td>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody></table></div>"
  }

  private func heading(_ table: Table, _ index: Int, isNumeric: Bool) -> String {
    var attributes = isNumeric ? " class=\"number\"" : ""
    var mark = ""
    if let sorting = table.sorting, sorting.column == index {
      attributes += " aria-sort=\"\(sorting.isDescending ? "descending" : "ascending")\""
      mark = " <span class=\"sort\" aria-hidden=\"true\">\(sorting.isDescending ? "▼" : "▲")</span>"
    }
    // The corner is the head of nothing.
    if table.columns[index].title.isEmpty, mark.isEmpty { return "<td></td>" }
    return "<th scope=\"col\"\(attributes)>\(HTML.escaped(table.columns[index].title))\(mark)</th>"
  }

  private struct WrittenColumn {
    var cells: [String]
    var isNumeric: Bool
  }

  private func column(_ table: Table, _ index: Int) -> WrittenColumn {
    let best = Set(table.bestRows(of: index))
    let cells = table.rows.indices.map { table[$0, index] }
    let numbers = cells.compactMap { WrittenNumber($0, table.columns[index].format) }
    // Texts and numbers in one column stand at the left; a column of dashes alone is one of numbers.
    guard numbers.count == cells.count, !cells.isEmpty else {
      return WrittenColumn(
        cells: cells.enumerated().map { row, cell in
          let text = text(cell, table.columns[index].format)
          return best.contains(row) ? "<strong>\(text)</strong>" : text
        }, isNumeric: false)
    }
    let column = NumberColumn(numbers)
    return WrittenColumn(
      cells: numbers.indices.map { column.html($0, isStrong: best.contains($0)) }, isNumeric: true)
  }

  private func text(_ cell: Table.Cell, _ format: Table.Format?) -> String {
    switch cell {
    case .text(let text): return HTML.escaped(text)
    case .boolean(let flag): return flag ? "yes" : "no"
    case .missing: return "–"
    case .integer, .real, .uncertain:
      return WrittenNumber(cell, format).map { NumberColumn([$0]).html(0, isStrong: false) } ?? ""
    }
  }
}
