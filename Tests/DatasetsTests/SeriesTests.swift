import Datasets
import Foundation
import Tensors
import Testing

@Suite("Series")
struct SeriesTests {
  private func table(_ text: String) throws -> CSVTable {
    try CSVReader().read(Array(text.utf8), name: "s.csv")
  }

  private func message(_ text: String, time: String? = nil, window: Int = 2) -> String {
    do {
      _ = try table(text).series("v", time: time, window: window, horizon: 1)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("become windows with what follows them")
  func windows() throws {
    let data = try table("t,v\n1,10\n2,20\n3,30\n5,40\n6,50\n")
      .series("v", time: "t", window: 2, horizon: 2)
    #expect(data.inputs == Tensor([10, 20, 20, 30], shape: [2, 2, 1]))
    #expect(data.features.map(\.name) == ["v[t-1]", "v[t]"])
    #expect(
      data.targets == .values(Tensor([30, 40, 40, 50], shape: [2, 2]), names: ["v[t+1]", "v[t+2]"]))
    #expect(data.series?.times == [1, 2, 3, 5, 6] && data.series?.starts == [0, 1])
    #expect(data.series?.values == [10, 20, 30, 40, 50])
  }

  @Test("are cut so that no window crosses the cut")
  func cut() throws {
    let series = try #require(
      try SeriesWindows.dataset(name: "v", values: (0..<10).map(Double.init), window: 3, horizon: 2).series)
    #expect(series.starts == Array(0..<6))
    #expect(series.before(5) == [0] && series.before(4) == [] && series.before(7) == [0, 1, 2])
    #expect(series.after(5) == [5] && series.after(4) == [4, 5] && series.after(6) == [])
    #expect(series.before(10).count == 6 && series.after(0).count == 6)
  }

  @Test("that are short, broken or out of order say so")
  func problems() {
    #expect(
      message("t,v\n1,1\n2,2\n") == "the series \"v\" has 2 values, but a window with its horizon takes 3")
    #expect(message("v\n1\nNA\n3\n4\n") == "s.csv:3:1: error: the series \"v\" has no value in this row")
    #expect(message("v\nu\nw\nu\nw\n") == "the series \"v\" must hold numbers, not text")
    #expect(
      message("t,v\n1,1\n2,2\n2,3\n4,4\n", time: "t")
        == "s.csv:4:1: error: the time \"t\" does not rise in this row")
    #expect(
      message("t,v\n1,1\n2,2\n3,3\n", time: "tt")
        == "the data have no column \"tt\" (did you mean \"t\"?)")
    #expect(message("t,v\n2024-01-01,1\n2024-01-02,2\n2024-02-01,3\n", time: "t") == "")
  }
}
