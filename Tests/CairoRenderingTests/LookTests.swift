import CairoRendering
import Experiments
import Foundation
import Plotting
import Testing

@Suite("Figures for the eye")
struct LookTests {
  @Test("The gallery is written to the folder LOOK_AT")
  func write() throws {
    guard let folder = ProcessInfo.processInfo.environment["LOOK_AT"] else { return }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let results = ResultView.all.compactMap { view in
      view.example.map { (name: "result-\(view.name)", figure: $0()) }
    }
    for (name, figure) in Gallery.figures + results {
      try figure.svg(id: "fig-\(name)").write(
        toFile: "\(folder)/\(name).svg", atomically: true, encoding: .utf8)
      try Data(figure.pdf(author: "Ada Example")).write(to: URL(fileURLWithPath: "\(folder)/\(name).pdf"))
      try Data(figure.png(palette: .dark)).write(to: URL(fileURLWithPath: "\(folder)/\(name).png"))
      for size in [FigureSize(width: 3, height: 2), figure.size(fitting: 3.4)] {
        try figure.svg(id: "fig-\(name)", size: size)
          .write(toFile: "\(folder)/\(name)-\(size.width).svg", atomically: true, encoding: .utf8)
      }
    }
  }
}
