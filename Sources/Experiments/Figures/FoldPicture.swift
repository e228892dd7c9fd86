import Plotting
import Tensors
import Validation

extension Plot {
  /// Which part of the examples each split of a cross-validation learns from and holds out: a row a split, blocks as
  /// wide as they have examples; the test part stays out of all.
  public static func foldPicture(sizes: [Int], test: Int = 0) -> Plot {
    let rows = sizes.indices.map { "split \($0 + 1)" }
    let total = sizes.reduce(0, +)
    let before = sizes.indices.map { Double(sizes[..<$0].reduce(0, +)) }
    let held = sizes.map(Double.init)
    let after = zip(before, held).map { Double(total) - $0 - $1 }
    func bars(_ heights: [Double], _ bases: [Double], _ name: String, _ color: Color) -> BarMark {
      BarMark(
        categories: rows, heights: heights, series: name, bases: bases, stack: "examples",
        orientation: .horizontal, color: color)
    }
    let height = 0.32 * Double(max(sizes.count, 1)) + 1
    return Plot(
      x: .linear("examples, ordered by fold", limits: 0...Double(max(total + test, 1))).withoutGrid(),
      y: .categories(""), legend: .above, size: FigureSize(width: 6.4, height: min(max(height, 1.8), 6))
    ) {
      bars(before, before.map { _ in 0 }, "learned from", .series(0))
      bars(held, before, "held out and scored", .series(1))
      bars(after, zip(before, held).map(+), "learned from", .series(0))
      if test > 0 {
        bars(
          rows.map { _ in Double(test) }, rows.map { _ in Double(total) }, "test part, opened once", .muted)
      }
    }
  }
}

extension ResultView {
  /// The folds of the cross-validation.
  static let foldPicture = ResultView(
    name: "fold-picture", help: "Which examples each split learns from and holds out.", needs: [.folds],
    example: { .plot(.foldPicture(sizes: [30, 30, 30, 29], test: 40)) }
  ) { result in
    guard let splitter = result.experiment.splitter, !result.folds.isEmpty else { return nil }
    let (rest, test) = result.experiment.parts()
    let sizes = splitter.sizes(of: rest, result.experiment)
    // A picture of many splits shows nothing.
    guard sizes.count <= 40 else { return nil }
    return .figure(
      .plot(.foldPicture(sizes: sizes, test: test.count)),
      caption:
        "The splits of the cross-validation: every example but those of the test part is held out once.")
  }
}

extension Splitter {
  /// How many examples each fold of an experiment holds out.
  fileprivate func sizes(of examples: [Int], _ experiment: Experiment) -> [Int] {
    var stream = RandomStream(seed: experiment.key.seed(for: .folds), .folds)
    return folds(of: examples, classes: experiment.data.classes, using: &stream).map(\.count)
  }
}
