import Plotting
import Testing

@Suite("Estimates of distributions")
struct EstimateTests {
  /// Numbers that fill the unit interval evenly (Weyl), always the same.
  private func even(_ count: Int) -> [Double] {
    (1...count).map { (Double($0) * 0.618033988749895).truncatingRemainder(dividingBy: 1) }
  }

  @Test("Quartiles and outliers are those of NumPy and of Tukey's rule")
  func quartiles() throws {
    // numpy.percentile([1, 2, 4, 8, 16, 100], [25, 50, 75])
    let numbers = try #require(Quartiles(of: [100, 1, 16, 2, 8, 4, .nan]))
    #expect(numbers.lower == 2.5 && numbers.median == 6 && numbers.upper == 14)
    #expect(numbers.outliers == [100] && numbers.lowerWhisker == 1 && numbers.upperWhisker == 16)
    #expect(Quartiles(of: [.nan]) == nil)
  }

  @Test("Histograms count every value once, the greatest in the last interval")
  func histogram() {
    let counts = Histogram(of: [0, 1, 1.5, 2, 3, 3, .infinity], bins: .edges([0, 1, 2, 3])).counts
    #expect(counts == [1, 2, 3])
    let automatic = Histogram(of: even(1000))
    #expect(automatic.counts.reduce(0, +) == 1000)
    #expect(Histogram(of: even(1000)).density.counts.allSatisfy { ($0 - 1).magnitude < 0.1 })
    #expect(Histogram(of: [5, 5, 5]).counts.reduce(0, +) == 3)
    #expect(Histogram(of: [], bins: .count(4)).counts.isEmpty)
  }

  @Test(
    "A density has area one and that of scipy.stats.norm where one value lies, for few and for many values")
  func density() throws {
    let one = KernelDensity(of: [0], bandwidth: 1)
    let peak = try #require(one.density.max())
    #expect((peak - 0.3989422804014327).magnitude < 1e-3)
    for count in [300, 30000] {
      let estimate = KernelDensity(of: even(count), bandwidth: 0.05)
      let step = estimate.x[1] - estimate.x[0]
      #expect((estimate.density.reduce(0, +) * step - 1).magnitude < 1e-3)
      let middle = estimate.density[estimate.density.count / 2]
      #expect((middle - 1).magnitude < 0.02)
    }
  }

  @Test("Dates of the calendar are found again, leap days included")
  func calendar() throws {
    for text in ["1970-01-01", "2000-02-29", "1900-03-01", "2026-11-23 14:30", "0001-01-01"] {
      let date = try #require(CalendarDate(parsing: text))
      #expect(CalendarDate(secondsSince1970: date.secondsSince1970) == date)
    }
    // date -u -d 2026-11-23T14:30 +%s
    #expect(CalendarDate(parsing: "2026-11-23T14:30")?.secondsSince1970 == 1_795_444_200)
    #expect(CalendarDate(parsing: "2026-02-30") == nil && CalendarDate(parsing: "x") == nil)
  }

  @Test("Contours of a cone are circles, and saddles do not cross")
  func contours() throws {
    let mark = ContourMark(x: -2...2, y: -2...2, samples: 41, levels: [1]) {
      ($0 * $0 + $1 * $1).squareRoot()
    }
    let plot = Plot(x: .linear("x"), y: .linear("y"), size: FigureSize(width: 4, height: 4)) { mark }
    let drawing = PlotLayout(measurer: FixedRatioMeasurer()).drawing(of: .plot(plot))
    let layer = try #require(drawing.layers.first { $0.clip != nil })
    guard case .lines(let lines)? = layer.shapes.first?.geometry else {
      Issue.record("no lines")
      return
    }
    #expect(lines.count == 1 && lines[0].first == lines[0].last)
  }
}
