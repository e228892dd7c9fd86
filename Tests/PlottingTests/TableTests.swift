import Components
import Foundation
import Plotting
import Testing

@Suite("Tables as values")
struct TableTests {
  private let models = Table(
    columns: ["model", Table.Column("accuracy", emphasis: .greatest), "note"],
    rows: [
      ["mlp", .uncertain(0.953, 0.012), "a \"deep\" one"], ["forest", 0.941, "x, y"], ["none", nil, nil],
    ])

  @Test("Columns stand beside each other and may differ in length")
  func columnWise() {
    let table = Table(columns: ["step": [1, 2], "loss": [0.5], "cell": [Table.Cell.uncertain(1, 0.1)]])
    #expect(table.columns.map(\.title) == ["step", "loss", "cell"])
    #expect(table.rows == [[1, 0.5, .uncertain(1, 0.1)], [2, nil, nil]])
  }

  @Test("Files follow RFC 4180, with a column for errors and numbers that read back as the same")
  func csv() {
    #expect(
      models.csv == "model,accuracy,accuracy error,note\r\nmlp,0.953,0.012,\"a \"\"deep\"\" one\"\r\n"
        + "forest,0.941,,\"x, y\"\r\nnone,,,\r\n")
    let numbers = Table(columns: ["x"], rows: [[0.1], [1e-300], [.real(.nan)], [.real(-.infinity)], [true]])
    #expect(numbers.csv == "x\r\n0.1\r\n1e-300\r\nNaN\r\n-Infinity\r\ntrue\r\n")
    let marks = Table(columns: ["x"], rows: [["a\r\nb"], ["\"\u{301}"]])
    #expect(marks.csv == "x\r\n\"a\r\nb\"\r\n\"\"\"\u{301}\"\r\n")
  }

  @Test("Tables survive being written and read")
  func coding() throws {
    let data = try JSONEncoder().encode(models)
    #expect(try JSONDecoder().decode(Table.self, from: data) == models)
    let odd = Table(
      columns: ["x"], rows: [[.real(.infinity)], [.uncertain(-.infinity, .infinity)], [true], [1]])
    #expect(try JSONDecoder().decode(Table.self, from: JSONEncoder().encode(odd)) == odd)
  }

  @Test("The best rows are those of the greatest or the least number")
  func best() {
    #expect(models.bestRows(of: 1) == [0])
    #expect(
      models.bestRows(of: 0).isEmpty && models.bestRows(of: 9).isEmpty && models.bestRows(of: -1).isEmpty)
  }

  @Test("Recorded values become cells and cells recorded values")
  func recorded() {
    #expect(Table.Cell(.list([.integer(1), .real(0.5)])) == "1, 0.5")
    #expect(Table.Cell(.real(0.5), error: 0.1) == .uncertain(0.5, 0.1))
    #expect(
      Table.Cell.uncertain(0.5, 0.1).recordedValue == .object(["value": .real(0.5), "error": .real(0.1)]))
  }
}
