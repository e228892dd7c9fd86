import Plotting

extension PlotGrid {
  /// What a generator of points makes at chosen epochs, a panel each: the real points stand back, axes are shared.
  public static func generatedSamples(
    real: [(x: Double, y: Double)], snapshots: [(epoch: Int, points: [(x: Double, y: Double)])],
    xLabel: String = "x_1", yLabel: String = "x_2", columns: Int = 3, most: Int = 500
  ) -> PlotGrid {
    let known = thinned(real, most)
    let plots = snapshots.map { epoch, points in
      let made = thinned(points, most)
      return Plot(title: "epoch \(epoch)", x: .linear(xLabel), y: .linear(yLabel), legend: .above) {
        PointMark(x: known.map(\.x), y: known.map(\.y), series: "real", size: 2.4, color: .muted)
        PointMark(x: made.map(\.x), y: made.map(\.y), series: "generated", size: 2.8, color: .series(1))
      }
    }
    return PlotGrid(
      columns: max(min(columns, plots.count), 1), plots: plots, sharesX: true, sharesY: true, ratio: 1.1,
      leastWidth: 1.5)
  }

  /// What a generator of images makes at chosen epochs, a panel each: the first images in a square of rows.
  public static func generatedImages(
    _ snapshots: [(epoch: Int, images: [[[Double]]])], side: Int = 4, columns: Int = 4,
    range: ClosedRange<Double>? = nil
  ) -> PlotGrid {
    let plots = snapshots.map { epoch, images in
      Plot(title: "epoch \(epoch)", x: .hidden(), y: .hidden(), aspect: 1) {
        ImageMark(gray: mosaic(images, side: max(side, 1)), range: range)
      }
    }
    return PlotGrid(columns: max(min(columns, plots.count), 1), plots: plots, ratio: 0.86, leastWidth: 1.5)
  }

  /// Images in rows, a pixel apart; what is beyond them stays empty.
  static func mosaic(_ images: [[[Double]]], side: Int) -> [[Double]] {
    let shown = images.prefix(side * side)
    let height = shown.map(\.count).max() ?? 0
    let width = shown.flatMap { $0.map(\.count) }.max() ?? 0
    let columns = min(side, shown.count)
    guard width > 0, columns > 0 else { return [] }
    let rows = (shown.count + columns - 1) / columns
    let gap = width > 4 ? 1 : 0
    var pixels = [[Double]](
      repeating: [Double](repeating: .nan, count: columns * (width + gap) - gap),
      count: rows * (height + gap) - gap)
    for (index, image) in shown.enumerated() {
      let (top, left) = (index / columns * (height + gap), index % columns * (width + gap))
      for (y, row) in image.enumerated() {
        for (x, value) in row.enumerated() { pixels[top + y][left + x] = value }
      }
    }
    return pixels
  }

  /// Evenly many of a list, at most so many.
  private static func thinned<Element>(_ list: [Element], _ most: Int) -> [Element] {
    let step = max(1, (list.count + max(most, 1) - 1) / max(most, 1))
    return stride(from: 0, to: list.count, by: step).map { list[$0] }
  }
}

extension ResultView {
  /// What a generator makes at chosen epochs.
  static let generatedSamples = ResultView(
    name: "gan-samples", help: "What a generator makes at chosen epochs, with the real data.",
    example: {
      var numbers = ExampleNumbers(82)
      func ring(_ share: Double, _ width: Double) -> [(x: Double, y: Double)] {
        zip(numbers.normal(160), numbers.normal(160)).map { x, y in
          let length = max((x * x + y * y).squareRoot(), 1e-9)
          let radius = share * 1.5 / length + (1 - share) * 0.4
          return (x * radius + width * (x * y), y * radius + width * (x - y) / 2)
        }
      }
      let real = ring(1, 0.08)
      return .grid(
        .generatedSamples(
          real: real,
          snapshots: [(0, ring(0, 0.1)), (50, ring(0.5, 0.25)), (400, ring(0.97, 0.1))]))
    })
}
