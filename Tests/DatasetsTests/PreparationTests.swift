import Components
import Datasets
import Foundation
import Tensors
import Testing

/// What scikit-learn makes of the same tables, by `Tests/Peers/scores.py`.
private struct Prepared {
  private let tables: [String: [[Double?]]]

  init() throws {
    let url = try #require(
      Bundle.module.url(forResource: "preparations", withExtension: "json", subdirectory: "Fixtures"))
    let all = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
    tables = (all ?? [:]).compactMapValues { $0 as? [[Any]] }.mapValues { rows in
      rows.map { $0.map { ($0 as? NSNumber)?.doubleValue } }
    }
  }

  /// A table; missing values are NaN.
  subscript(name: String) -> [[Double]] { (tables[name] ?? []).map { $0.map { $0 ?? .nan } } }
}

private func table(_ rows: [[Double]], targets: [Double]? = nil) -> Dataset {
  let columns = rows.first?.count ?? 0
  return Dataset(
    features: (0..<columns).map { .init(name: ["a", "b", "c", "d", "e", "f"][$0]) },
    inputs: Tensor(rows.flatMap { $0 }, shape: [rows.count, columns]),
    targets: .values(
      Tensor(targets ?? [Double](repeating: 0, count: rows.count), shape: [rows.count, 1]), names: ["y"]))
}

private func decoded(_ name: String) throws -> any Preparation {
  let place = SourcePosition(file: "test", line: 1)
  func scalar(_ text: String) -> RecipeNode { RecipeNode(.scalar(text, isQuoted: false), at: place) }
  let needed: [String: RecipeNode] = [
    "scale": scalar("1/16"), "augment": RecipeNode(.list([scalar("noise"), scalar("mixup")]), at: place),
  ]
  let arguments = needed[name].map { [RecipeNode.Argument(label: nil, position: place, value: $0)] } ?? []
  return try Preparations.catalog.decode(RecipeNode(.call(name: name, arguments: arguments), at: place))
}

@Suite("Preparations")
struct PreparationTests {
  @Test("transform unseen rows as scikit-learn does, constant columns too")
  func references() throws {
    let reference = try Prepared()
    let (training, held) = (reference["training"], reference["held"])
    let cases: [(any Preparation, String)] = [
      (Standardize(), "standardize"), (MinMax(), "min-max"), (Robust(), "robust"),
      (Polynomial(degree: 3), "polynomial"), (Polynomial(degree: 3, interactions: true), "interactions"),
      (PrincipalComponents(components: 2), "pca"),
      (PrincipalComponents(components: 2, whiten: true), "pca-whiten"),
    ]
    for (preparation, name) in cases {
      let fitted = preparation.fitted(to: table(training))
      let found = fitted.apply(to: table(held)).inputs.elements
      #expect(found.count == reference[name].joined().count && !found.isEmpty)
      for (a, b) in zip(found, reference[name].joined()) {
        #expect(abs(a - b) < 1e-12 * max(1, abs(b)), "\(name)")
      }
    }
  }

  @Test("find the directions of more features than examples, as scikit-learn does")
  func wideComponents() throws {
    let reference = try Prepared()
    func wide(_ name: String, _ rows: Int) -> Dataset {
      let values = reference[name].prefix(rows * 3).flatMap { $0.prefix(2) }
      return table((0..<rows).map { Array(values[$0 * 6..<$0 * 6 + 6]) })
    }
    let fitted = PrincipalComponents(components: 2).fitted(to: wide("training", 3))
    let found = fitted.apply(to: wide("held", 1)).inputs.elements
    for (a, b) in zip(found, reference["pca-wide"][0]) { #expect(abs(a - b) < 1e-10) }
    let whitened = PrincipalComponents(whiten: true).fitted(to: wide("training", 3))
    let all = whitened.apply(to: wide("training", 3)).inputs
    // Three points span two directions; along the others nothing is blown up.
    #expect(all.columns == 6 && (0..<3).allSatisfy { row in (2..<6).allSatisfy { all[row, $0] == 0 } })
  }

  @Test("fill gaps and find bins as scikit-learn does")
  func imputationAndBins() throws {
    let reference = try Prepared()
    let gap = table([[.nan, .nan, .nan]])
    for strategy in [Impute.Strategy.mean, .median, .mostFrequent] {
      let fitted = Impute(strategy).fitted(to: table(reference["gaps"]))
      let found = fitted.apply(to: gap).inputs.elements
      for (a, b) in zip(found, reference["impute-\(strategy.rawValue)"][0]) { #expect(abs(a - b) < 1e-14) }
    }
    let constant = Impute(.constant, value: 7, indicators: true).fitted(to: table(reference["gaps"]))
    let incomplete = (0..<3).count { column in reference["gaps"].contains { $0[column].isNaN } }
    #expect(constant.apply(to: gap).inputs.elements == [7, 7, 7] + [Double](repeating: 1, count: incomplete))
    let outline = try Impute(indicators: true).outline(DataOutline(table(reference["gaps"])))
    #expect(outline.features.count == 3 + incomplete && outline.incomplete.isEmpty)
    for strategy in [Bins.Strategy.uniform, .quantile] {
      let cut = { (name: String) in table(reference[name].map { Array($0.prefix(2)) }) }
      let found = Bins(4, strategy: strategy).fitted(to: cut("training")).apply(to: cut("held"))
      #expect(found.inputs.elements == Array(reference["bins-\(strategy.rawValue)"].joined()))
      let marked = Bins(4, strategy: strategy, encoding: .oneHot).fitted(to: cut("training"))
      let ones = marked.apply(to: cut("held"))
      #expect(ones.inputs.columns == 8 && ones.inputs.elements.reduce(0, +) == 8)
    }
  }

  @Test("make a constant column zero, even where its mean is rounded")
  func constants() {
    let data = table([[Double]](repeating: [0.1, 0.7, 1e6 + 0.1], count: 10))
    for preparation in [Standardize() as any Preparation, MinMax(), Robust()] {
      #expect(preparation.fitted(to: data).apply(to: data).inputs.elements.allSatisfy { $0 == 0 })
    }
  }

  @Test("of categories give a column of zeros and ones for each, or their numbers")
  func categories() throws {
    let data = Dataset(
      features: [.init(name: "x"), .init(name: "kind", categories: ["a", "b", "c"])],
      inputs: Tensor([1, 2, 5, 0], shape: [2, 2]), targets: .classes([0, 1], names: ["n", "y"]))
    let result = OneHot().apply(to: data)
    #expect(result.features.map(\.name) == ["x", "kind=a", "kind=b", "kind=c"])
    #expect(result.inputs.elements == [1, 0, 0, 1, 5, 1, 0, 0])
    // Categories are no numbers to be scaled, whichever comes first.
    let scaled = Standardize().fitted(to: data).apply(to: data)
    #expect(scaled.inputs.elements == [-1, 2, 1, 0])
    #expect(Ordinal().apply(to: data).features.allSatisfy { $0.categories == nil })
    #expect(throws: DatasetError.categoriesWithoutEncoding(column: "kind")) {
      try Polynomial().outline(DataOutline(data))
    }
  }

  @Test("in a chain learn from what the ones before make")
  func chains() {
    let data = table((0..<8).map { [Double($0), Double($0 * $0), 1] })
    let stream = RandomStream(seed: 1, .resampling)
    let prepared = Preparations.fit([Polynomial(degree: 2), MinMax()], to: data, using: stream)
    let result = prepared.steps.apply(to: data)
    #expect(result == prepared.data && prepared.examples == data && !prepared.isAugmented)
    #expect(result.features.count == 9 && (result.inputs.elements.max() ?? 9) <= 1 + 1e-15)
    #expect(result.inputs.elements.min() == 0)
  }

  @Test("keep rows, and give the columns they declare", arguments: Preparations.catalog.names)
  func contract(name: String) throws {
    let preparation = try decoded(name)
    var stream = RandomStream(seed: 1, .data)
    let data = try Gaussians(samples: 30).dataset(using: &stream, painter: nil)
    let result = preparation.fitted(to: data).apply(to: data)
    #expect(result.targets == data.targets && result.count == 30)
    let outline = try preparation.outline(DataOutline(data))
    #expect(result.features == outline.features && result.inputs.columns == result.features.count)
    #expect(result.sampleShape == outline.sampleShape)
    // What is learned does not depend on what is applied to: a part gives the rows of the whole.
    let part = preparation.fitted(to: data).apply(to: data.subset([3, 7, 11]))
    #expect(part.inputs == result.inputs.rows([3, 7, 11]))
  }

  @Test(
    "bring predictions of scaled targets back to their units",
    arguments: ["standardize", "min-max", "robust", "scale"])
  func restoration(name: String) throws {
    var stream = RandomStream(seed: 3, .data)
    let targets = (0..<40).map { _ in 100 + 20 * stream.normal() }
    var data = table(targets.map { [$0] }, targets: targets)
    data.errors = targets.map { abs($0) / 10 }
    let preparation: any Preparation =
      switch name {
      case "standardize": Standardize(targets: true)
      case "min-max": MinMax(targets: true)
      case "robust": Robust(targets: true)
      default: Scale(0.25, targets: true)
      }
    let fitted = preparation.fitted(to: data.subset(Array(0..<30)))
    let scaled = fitted.apply(to: data)
    #expect(
      scaled.targetValues.elements.allSatisfy { abs($0) < 40 } && scaled.targetValues != data.targetValues)
    for (back, value) in zip(fitted.restore(scaled.targetValues).elements, targets) {
      #expect(abs(back - value) < 1e-12 * value)
    }
    // Errors are scaled with the targets: how many of them two targets are apart stays.
    let before = (targets[0] - targets[1]) / (data.errors?[0] ?? 0)
    let after = (scaled.targetValues.elements[0] - scaled.targetValues.elements[1]) / (scaled.errors?[0] ?? 0)
    #expect(abs(before - after) < 1e-9 * abs(before))
    let classes = Dataset(
      features: data.features, inputs: data.inputs, targets: .classes([], names: ["n", "y"]))
    #expect(throws: DatasetError.scaledClasses(preparation: name)) {
      try preparation.outline(DataOutline(classes))
    }
  }

  @Test("give all windows of a series and its targets one scale, learned from what the windows cover")
  func series() throws {
    let values = (0..<30).map { Double($0 < 20 ? $0 % 5 : 1000) }
    let data = try SeriesWindows.dataset(name: "s", values: values, window: 4, horizon: 2)
    let early = data.subset((0..<data.count).filter { $0 + 6 <= 20 })
    let fitted = Standardize().fitted(to: early)
    let scaled = fitted.apply(to: early)
    let mean = 2.0
    let deviation = 2.0.squareRoot()
    #expect(abs(scaled.inputs.elements[0] - (0 - mean) / deviation) < 1e-15)
    #expect(abs(scaled.targetValues.elements[0] - (4 - mean) / deviation) < 1e-15)
    for (back, value) in zip(fitted.restore(scaled.targetValues).elements, early.targetValues.elements) {
      #expect(abs(back - value) < 1e-14)
    }
  }

  @Test("refuse what they cannot take, before anything is learned")
  func refusals() throws {
    let gaps = DataOutline(table([[1, .nan, 2], [3, 4, .nan]]))
    #expect(throws: DatasetError.missingValues(column: "b", others: 1)) { try Polynomial().outline(gaps) }
    #expect(throws: DatasetError.missingValues(column: "b", others: 1)) { try gaps.requireNumbers() }
    #expect(throws: DatasetError.tooManyProducts(features: 83, degree: 20, most: 20_000)) {
      try Preparations.outline(
        [Polynomial(degree: 6), Polynomial(degree: 20)], of: DataOutline(table([[1, 2, 3]])))
    }
    let plain = DataOutline(table([[1, 2, 3]]))
    #expect(throws: DatasetError.tooManyComponents(components: 4, features: 3)) {
      try PrincipalComponents(components: 4).outline(plain)
    }
    #expect(throws: DatasetError.resampledValues(preparation: "smote")) {
      try SyntheticMinority().outline(plain)
    }
    #expect(throws: DatasetError.notImages(shape: [3])) { try Augment([Shift(1)]).outline(plain) }
    #expect(
      DatasetError.missingValues(column: "b", others: 1).sentence
        == "the column \"b\" and 1 other lack values")
    #expect(DatasetError.missingValues(column: "b", others: 0).hint == "prepare: [impute], or drop: [b]")
  }
}
