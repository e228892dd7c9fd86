import Plotting

extension PlotGrid {
  /// Images in rows with a line of text above each; wrong predictions are told by a cross.
  public static func images(
    _ images: [[[Double]]], titles: [String] = [], columns: Int = 6, range: ClosedRange<Double>? = nil
  ) -> PlotGrid {
    let plots = images.enumerated().map { index, rows in
      Plot(title: index < titles.count ? titles[index] : nil, x: .hidden(), y: .hidden(), aspect: 1) {
        ImageMark(gray: rows, range: range)
      }
    }
    return PlotGrid(
      columns: columns, plots: plots, ratio: titles.isEmpty ? 1 : 0.82, leastWidth: 0.75)
  }
}

extension ResultView {
  /// The first images of the part that nothing was learned from, with their predictions.
  static let imageGrid = ResultView(
    name: "images", help: "Images with what the model says about them.", needs: [.classes, .images],
    example: {
      var numbers = ExampleNumbers(9)
      let images = (0..<12).map { index in
        (0..<8).map { row in
          zip(0..<8, numbers.uniform(8)).map { column, noise -> Double in
            let (x, y) = (Double(column) - 3.5, Double(row) - 3.5)
            let isInk = (x * x + y * y - Double(4 + index % 4)).magnitude < 3
            return (isInk ? 12 : 0) + 3 * noise
          }
        }
      }
      let titles = (0..<12).map { $0 == 7 ? "6 ✗ 0" : "\($0 % 4)" }
      return .grid(.images(images, titles: titles))
    }
  ) { result in
    guard let predictions = result.predictions, let truth = predictions.data.classes,
      let names = predictions.data.classNames
    else { return nil }
    let shape = predictions.data.sampleShape.dimensions
    guard shape.count >= 2, shape.count == 2 || shape[2] == 1 else { return nil }
    let (height, width) = (shape[0], shape[1])
    let said = predictions.predictedClasses
    let count = min(24, predictions.data.count)
    let images = (0..<count).map { sample in
      let pixels = Array(predictions.data.inputs.row(sample))
      return (0..<height).map { Array(pixels[($0 * width)..<(($0 + 1) * width)]) }
    }
    let titles = (0..<count).map { sample in
      said[sample] == truth[sample] ? names[said[sample]] : "\(names[said[sample]]) ✗ \(names[truth[sample]])"
    }
    return .figure(
      .grid(.images(images, titles: titles)),
      caption:
        "Images of the \(predictions.part) part with their predicted class; behind a cross stands the true one."
    )
  }
}
