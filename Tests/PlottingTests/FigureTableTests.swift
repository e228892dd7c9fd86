import Components
import Plotting
import Testing

@Suite("Tables of figures")
struct FigureTableTests {
  @Test("Series over the same values share rows")
  func wide() {
    let table = SampleFigures.lines.dataTable
    #expect(table.columns.map(\.title) == ["epoch", "training", "validation"])
    #expect(table.rows.count == 8)
    #expect(table.rows[1] == [.real(2), .real(0.125), .real(0.5)])
  }

  @Test("Other series have rows of their own")
  func long() {
    let plot = Plot(x: .linear("x"), y: .linear("y")) {
      LineMark(x: [0, 1], y: [2, 3], series: "line")
      ErrorBarMark(x: [5], y: [6], error: [1], series: "data")
    }
    let table = Figure.plot(plot).dataTable
    #expect(table.columns.map(\.title) == ["series", "x", "y", "lower", "upper"])
    #expect(table.rows.last == [.text("data"), .real(5), .real(6), .real(5), .real(7)])
  }

  @Test("Plots of a grid are told apart")
  func grid() {
    let table = SampleFigures.grid.dataTable
    #expect(table.columns.map(\.title) == ["plot", "series", "x", "loss"])
    #expect(table.rows.count == 12 && table.rows[11].first == .text("units"))
  }

  @Test("The alternative text names kind, axes and values")
  func alternativeText() {
    #expect(
      SampleFigures.gaps.alternativeText
        == "Plot with line, points. Horizontal axis: x, from 0 to 10. Vertical axis: y, logarithmic, from 1 to 100. "
        + "1 value has no logarithm and no place on it. "
        + "broken, 6 values: first 1 at 0, last 9 at 20, minimum 0 at 4, maximum 100 at 3. "
        + "lonely, 1 value: first 50 at 6, last 50 at 6, minimum 50 at 6, maximum 50 at 6.")
  }
}
