import Components
import Plotting

/// Writes tables: three rules, numbers aligned at their decimal points.
struct TableWriter {
  /// The HTML of a table in a box that scrolls when it is wider than the page.
  func html(_ table: Table, caption: String? = nil, id: String? = nil) -> String {
    let columns = table.columns.indices.map { column(table, $0) }
    var html = "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table"
    if let id { html += " id=\"\(HTML.escaped(id))\"" }
    html += " class=\"result\">"
    if let caption { html += "<caption>\(caption)</caption>" }
    html += "<thead><tr>"
    for (column, written) in zip(table.columns, columns) {
      html +=
        "<th scope=\"col\"\(written.isNumeric ? " class=\"number\"" : "")>\(HTML.escaped(column.title))</th>"
    }
    html += "</tr></thead>\n<tbody>\n"
    for row in table.rows.indices {
      html += "<tr>"
      for column in columns {
        html += "<td\(column.isNumeric ? " class=\"number\"" : "")>\(column.cells[row])</td>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody></table></div>"
  }

  private struct WrittenColumn {
    var cells: [String]
    var isNumeric: Bool
  }

  private func column(_ table: Table, _ index: Int) -> WrittenColumn {
    let decimals = table.columns[index].decimals
    let values = table.rows.map { index < $0.count ? $0[index] : .text("") }
    let isNumeric = !values.isEmpty && values.allSatisfy { $0.number != nil || $0 == .text("") }
    let texts = values.map { text($0, decimals: decimals) }
    guard isNumeric else { return WrittenColumn(cells: texts.map(HTML.escaped), isNumeric: false) }
    return WrittenColumn(cells: aligned(texts), isNumeric: true)
  }

  private func text(_ value: RecordedValue, decimals: Int?) -> String {
    switch value {
    case .integer(let value): "\(value)".replacing("-", with: "−")
    case .real(let value): NumberText.text(value, decimals: decimals)
    case .text(let text): text
    case .boolean(let value): value ? "yes" : "no"
    case .list(let items): items.map { text($0, decimals: decimals) }.joined(separator: ", ")
    case .object: value.compactJSON
    }
  }

  /// Pads with figure spaces, which are as wide as a digit, so that the points stand in one line.
  private func aligned(_ texts: [String]) -> [String] {
    let behind = texts.map { text in text.firstIndex(of: ".").map { text[$0...].count } ?? 0 }
    let most = behind.max() ?? 0
    return zip(texts, behind).map { text, count in
      guard most > 0, !text.isEmpty else { return HTML.escaped(text) }
      let pad =
        count == 0
        ? "\u{2008}" + String(repeating: "\u{2007}", count: most - 1)
        : String(repeating: "\u{2007}", count: most - count)
      return HTML.escaped(text) + pad
    }
  }
}
