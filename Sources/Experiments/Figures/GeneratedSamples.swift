import Plotting
import Tensors

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
      columns: max(min(columns, plots.count), 1), plots: plots, sharesX: true, sharesY: true, ratio: 0.9,
      leastWidth: 1.5, hasEqualPanels: true)
  }

  /// What a generator of images makes at chosen epochs, a panel each: the first images in a square of rows.
  public static func generatedImages(
    _ snapshots: [(epoch: Int, images: [[[Double]]])], side: Int = 4, columns: Int = 4,
    range: ClosedRange<Double>? = nil
  ) -> PlotGrid {
    let plots = snapshots.map { epoch, images in
      Plot(title: "epoch \(epoch)", x: .hidden(), y: .hidden(), aspect: 1) {
        ImageMark(gray: mosaic(images.prefix(max(side * side, 1)), columns: side), range: range)
      }
    }
    return PlotGrid(columns: max(min(columns, plots.count), 1), plots: plots, ratio: 0.86, leastWidth: 1.5)
  }

  /// Images in rows, a pixel apart; what is beyond them stays empty.
  static func mosaic(_ images: some Sequence<[[Double]]>, columns most: Int) -> [[Double]] {
    let shown = Array(images)
    let height = shown.map(\.count).max() ?? 0
    let width = shown.flatMap { $0.map(\.count) }.max() ?? 0
    let columns = min(max(most, 1), shown.count)
    guard width > 0, columns > 0 else { return [] }
    let rows = (shown.count + columns - 1) / columns
    let gap = 1
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
    isDefault: true, needs: [.samples],
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
    }
  ) { result in
    guard let samples = result.samples else { return nil }
    let shape = samples.real.sampleShape.dimensions
    let caption = "What the generator makes of the same latent numbers at the epochs that were kept"
    if shape == [2] {
      let names = samples.real.features.map(\.name)
      func points(_ tensor: Tensor<Double>) -> [(x: Double, y: Double)] {
        (0..<tensor.rows).map { (tensor[$0, 0], tensor[$0, 1]) }
      }
      let grid = PlotGrid.generatedSamples(
        real: points(samples.real.inputs),
        snapshots: samples.snapshots.map { ($0.epoch, points($0.samples)) },
        xLabel: names.first ?? "x_1", yLabel: names.last ?? "x_2")
      return .figure(.grid(grid), caption: "\(caption), in front of the real examples.")
    }
    guard shape.count == 2 || shape.count == 3 && shape[2] == 1 else { return nil }
    func images(_ tensor: Tensor<Double>) -> [[[Double]]] {
      (0..<min(tensor.rows, 16)).map { number in
        let pixels = Array(tensor.row(number))
        return (0..<shape[0]).map { Array(pixels[$0 * shape[1]..<($0 + 1) * shape[1]]) }
      }
    }
    let grid = PlotGrid.generatedImages(samples.snapshots.map { ($0.epoch, images($0.samples)) })
    return .figure(.grid(grid), caption: "\(caption).")
  }
}
