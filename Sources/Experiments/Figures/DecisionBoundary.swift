import Datasets
import Plotting
import Tensors

extension Plot {
  /// The regions of two features where a model says each class, with the examples.
  ///
  /// `scores` gives a score for every class at a place; the largest wins.
  public static func decisionBoundary(
    x: [Double], y: [Double], classes: [Int], names: [String], xLabel: String = "x_1", yLabel: String = "x_2",
    samples: Int = 90, scores: ([(x: Double, y: Double)]) throws -> [[Double]]
  ) rethrows -> Plot {
    let (columns, rows) = (places(x, samples), places(y, samples))
    let grid = rows.flatMap { y in columns.map { (x: $0, y: y) } }
    let values = try scores(grid)
    let symbols: [PointMark.Symbol] = [.disk, .triangle, .square, .diamond, .circle, .cross, .plus]
    let regions = names.indices.map { number in
      let margins = values.map { scores -> Double in
        guard number < scores.count else { return .nan }
        let others = scores.indices.filter { $0 != number }.map { scores[$0] }
        return scores[number] - (others.max() ?? 0)
      }
      return ValueGrid(rows.indices.map { Array(margins[($0 * columns.count)..<(($0 + 1) * columns.count)]) })
    }
    return Plot(
      x: .linear(xLabel).withoutGrid(), y: .linear(yLabel).withoutGrid(),
      size: FigureSize(width: 5.4, height: 4.2)
    ) {
      for (number, grid) in regions.enumerated() {
        RegionMark(x: columns, y: rows, grid: grid, color: .series(number))
      }
      for (number, name) in names.enumerated() {
        let own = classes.indices.filter { classes[$0] == number && $0 < x.count && $0 < y.count }
        PointMark(
          x: own.map { x[$0] }, y: own.map { y[$0] }, series: name, size: 4, color: .series(number),
          symbol: symbols[number % symbols.count])
      }
    }
  }

  private static func places(_ values: [Double], _ count: Int) -> [Double] {
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    let room = high > low ? 0.08 * (high - low) : 1
    return ((low - room)...(high + room)).samples(max(samples(count), 2))
  }

  private static func samples(_ count: Int) -> Int { min(max(count, 2), 400) }
}

extension ResultView {
  /// The decision boundary of two features with the data.
  static let decisionBoundary = ResultView(
    name: "decision-boundary", help: "The regions of two features where the model says each class.",
    needs: [.classes, .features(2)],
    example: {
      var numbers = ExampleNumbers(8)
      let x = numbers.normal(150)
      let y = numbers.normal(150)
      let classes = zip(x, y).map { $0 * $0 + $1 * $1 < 1.2 ? 0 : $0 > 0 ? 1 : 2 }
      return .plot(
        .decisionBoundary(x: x, y: y, classes: classes, names: ["inner", "right", "left"]) { places in
          places.map { [1.2 - $0.x * $0.x - $0.y * $0.y, $0.x, -$0.x] }
        })
    }
  ) { result in
    let data = result.experiment.data
    guard let fitted = result.fitted, data.sampleShape.count == 2,
      data.features.allSatisfy({ $0.categories == nil }),
      let classes = data.classes, let names = data.classNames
    else { return nil }
    let plot = Plot.decisionBoundary(
      x: (0..<data.count).map { data.inputs[$0, 0] }, y: (0..<data.count).map { data.inputs[$0, 1] },
      classes: classes, names: names, xLabel: data.features[0].name, yLabel: data.features[1].name
    ) { places in
      let inputs = Tensor(places.flatMap { [$0.x, $0.y] }, shape: [places.count, 2])
      let asked = Dataset(
        features: data.features, inputs: inputs,
        targets: .classes([Int](repeating: 0, count: places.count), names: names))
      let outputs = fitted.predict(asked)
      return (0..<outputs.rows).map { Array(outputs.row($0)) }
    }
    return .figure(
      .plot(plot), caption: "All examples and the regions where the fitted model says each class.")
  }
}
