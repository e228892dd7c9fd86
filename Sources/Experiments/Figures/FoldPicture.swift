import Plotting
import Validation

extension Plot {
  /// Which examples the splits of a cross-validation learn from, hold out and leave unused: a row a split; the test part
  /// stays out of all.
  ///
  /// Examples stand in their own order where every split holds out neighbors, otherwise in the order of the splits that
  /// hold them out first. Behind the first dozen splits the others are left out.
  public static func foldPicture(_ folds: [Fold], examples: [Int], test: Int = 0) -> Plot {
    let shown = Array(folds.prefix(12))
    let order = pictureOrder(shown, examples)
    let label = order == examples ? "examples, in their order" : "examples, ordered by fold"
    let rows = shown.indices.map { shown[$0].name ?? "split \($0 + 1)" }
    var runs: [FoldRun] = []
    for (row, fold) in shown.enumerated() { runs += FoldRun.runs(of: fold, in: order, row: row) }
    func bars(_ kind: FoldRun.Kind, _ name: String, _ color: Color) -> BarMark? {
      let own = runs.filter { $0.kind == kind }
      guard !own.isEmpty else { return nil }
      return BarMark(
        categories: own.map { rows[$0.row] }, heights: own.map { Double($0.count) }, series: name,
        bases: own.map { Double($0.start) }, stack: "examples", orientation: .horizontal, color: color)
    }
    let height = 0.32 * Double(max(shown.count, 1)) + 1
    let total = Double(max(examples.count + test, 1))
    return Plot(
      x: .linear(label, limits: 0...total).withoutGrid(), y: .categories(""),
      legend: .above, size: FigureSize(width: 6.4, height: min(max(height, 1.8), 6))
    ) {
      if let learned = bars(.learned, "learned from", .series(0)) { learned }
      if let held = bars(.held, "held out and scored", .series(1)) { held }
      if let unused = bars(.unused, "unused", .grid) { unused }
      if test > 0 {
        BarMark(
          categories: rows, heights: rows.map { _ in Double(test) }, series: "test part, opened once",
          bases: rows.map { _ in Double(examples.count) }, stack: "examples", orientation: .horizontal,
          color: .muted)
      }
    }
  }

  /// The examples from left to right.
  private static func pictureOrder(_ folds: [Fold], _ examples: [Int]) -> [Int] {
    let places = Dictionary(uniqueKeysWithValues: examples.enumerated().map { ($1, $0) })
    let areNeighbors = folds.allSatisfy { fold in
      let own = fold.held.compactMap { places[$0] }
      guard let first = own.min(), let last = own.max() else { return true }
      return last - first + 1 == own.count
    }
    guard !areNeighbors else { return examples }
    var firstFold = [Int](repeating: folds.count, count: examples.count)
    for (number, fold) in folds.enumerated().reversed() {
      for place in fold.held.compactMap({ places[$0] }) { firstFold[place] = number }
    }
    return examples.indices.sorted { (firstFold[$0], $0) < (firstFold[$1], $1) }.map { examples[$0] }
  }
}

/// Neighbors in a row of the picture that are used alike.
private struct FoldRun {
  enum Kind {
    case learned, held, unused
  }

  var kind: Kind
  var row: Int
  var start: Int
  var count: Int

  static func runs(of fold: Fold, in order: [Int], row: Int) -> [FoldRun] {
    let (held, learned) = (Set(fold.held), Set(fold.training))
    var runs: [FoldRun] = []
    for (place, example) in order.enumerated() {
      let kind: Kind = held.contains(example) ? .held : learned.contains(example) ? .learned : .unused
      if let last = runs.last, last.kind == kind {
        runs[runs.count - 1].count += 1
      } else {
        runs.append(FoldRun(kind: kind, row: row, start: place, count: 1))
      }
    }
    return runs
  }
}

extension ResultView {
  /// The folds of the cross-validation.
  static let foldPicture = ResultView(
    name: "fold-picture", help: "Which examples each split learns from, holds out and leaves unused.",
    needs: [.folds],
    example: {
      let examples = Array(0..<120)
      let folds = (0..<4).map { split in
        Fold(
          training: Array(examples[max(0, 24 * split - 24)..<24 * split + 20]),
          held: Array(examples[24 * split + 24..<24 * split + 48]))
      }
      return .plot(.foldPicture(folds, examples: examples, test: 40))
    }
  ) { result in
    guard !result.folds.isEmpty, let folds = (try? result.experiment.validation())?.folds else { return nil }
    let (rest, test) = result.experiment.parts()
    let shown = min(folds.count, 12)
    return .figure(
      .plot(.foldPicture(folds, examples: rest, test: test.count)),
      caption: shown < folds.count
        ? "The first \(shown) of \(folds.count) splits of the cross-validation."
        : "The splits of the cross-validation.")
  }
}
