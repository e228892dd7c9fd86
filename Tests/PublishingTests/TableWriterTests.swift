import Plotting
import Publishing
import Testing

@Suite("Tables of a page")
struct TableWriterTests {
  /// The cells of the only column of a table, with figure spaces as `_`, punctuation spaces as `,`, and what is
  /// hidden in brackets.
  private func cells(_ column: Table.Column, _ cells: [Table.Cell]) -> [String] {
    let html = TableWriter().html(Table(columns: [column], rows: cells.map { [$0] }))
    return html.split(separator: "<tr><td").dropFirst().compactMap { part -> String? in
      let text = part.drop { $0 != ">" }.dropFirst()
      guard let end = text.firstRange(of: "</td>") else { return nil }
      return String(text[..<end.lowerBound]).replacing("\u{2007}", with: "_").replacing("\u{2008}", with: ",")
        .replacing("<span class=\"pad\" aria-hidden=\"true\">", with: "[").replacing("</span>", with: "]")
        .replacing("<sup>", with: "^").replacing("</sup>", with: "")
    }
  }

  @Test("Numbers line up at the decimal point")
  func points() {
    #expect(cells("x", [1, 2.5, -10.25, 3]) == ["1,__", "2.5_", "−10.25", "3,__"])
    #expect(cells("x", [0.5, nil, .real(.nan), .real(-.infinity)]) == ["0.5", "–,_", "NaN,_", "−∞,_"])
    #expect(cells("n", [1, -20]) == ["1", "−20"])
    #expect(cells("none", [nil, nil]) == ["–", "–"])
  }

  @Test("Errors line up at the ± and at their points")
  func errors() {
    #expect(
      cells("x", [.uncertain(0.953, 0.012), .uncertain(12, 11), 0.5])
        == ["0.953 ± _0.012", "12,___ ± 11,___", "0.5__[ ± 00000.]"])
    #expect(cells("x", [.uncertain(1.5e-7, 2e-8)]) == ["(1.50 ± 0.20) × 10^−8".replacing("−8", with: "−7")])
    #expect(cells("x", [.uncertain(.nan, 1), .uncertain(1, .nan)]) == ["NaN", "1"])
  }

  @Test("Powers of ten have a place of their own")
  func powers() {
    #expect(cells("x", [1e-7, 0.25]) == ["1,__ × 10^−7", "0.25[ × 10^__]"])
    #expect(cells("x", [1.5e-10, 2e9]) == ["1.5 × 10^−10", "2000000000,_[ × 10^___]"])
  }

  @Test("Columns have formats; counts have no decimals")
  func formats() {
    #expect(cells(Table.Column("x", decimals: 2), [1.005, 2, .real(3)]) == ["1.00", "2,__", "3.00"])
    #expect(cells(Table.Column("x", format: .significant(2)), [1.234, 0.0123]) == ["1.2__", "0.012"])
    #expect(
      cells(Table.Column("x", format: .percent(1)), [0.953, .uncertain(0.9, 0.012), 1])
        == ["95.3 %[ ± 0.0]".replacing("0.0", with: "00."), "90.0 ± 1.2 %", "100.0 %[ ± 00.]"])
  }

  @Test("The best values are strong, all equal ones, and never NaN or what is missing")
  func emphasis() {
    let greatest = Table.Column("x", emphasis: .greatest)
    #expect(
      cells(greatest, [0.5, 0.75, .real(.nan), 0.75, nil])
        == ["0.5_", "<strong>0.75</strong>", "NaN,__", "<strong>0.75</strong>", "–,__"])
    #expect(cells(Table.Column("x", emphasis: .least), [2, 1.5]) == ["2,_", "<strong>1.5</strong>"])
    #expect(cells(greatest, ["b", 1, true]) == ["b", "<strong>1</strong>", "yes"])
    #expect(cells(greatest, ["b", nil]) == ["b", "–"])
  }

  @Test("Headings say what they are of, and by which column rows are sorted")
  func headings() {
    let table = Table(
      columns: ["model", "loss"], rows: [["a < b", 1], ["c"]], hasRowHeaders: true,
      sorting: .init(column: 1, isDescending: true))
    let html = TableWriter().html(table, caption: "Losses")
    #expect(html.contains("<caption>Losses</caption>"))
    #expect(html.contains("<th scope=\"col\">model</th>"))
    #expect(html.contains("<th scope=\"col\" class=\"number\" aria-sort=\"descending\">loss <span"))
    #expect(html.contains("<th scope=\"row\">a &lt; b</th><td class=\"number\">1</td>"))
    #expect(html.contains("<th scope=\"row\">c</th><td class=\"number\">–</td>"))
  }

  @Test("Empty and ragged tables are written")
  func odd() {
    _ = TableWriter().html(Table(columns: [], rows: []))
    _ = TableWriter().html(Table(columns: [], rows: [[1], []]))
    _ = TableWriter().html(
      Table(columns: ["a"], rows: [[], [1, 2]], hasRowHeaders: true, sorting: .init(column: 7)))
  }
}
