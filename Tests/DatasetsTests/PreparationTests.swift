import Components
import Datasets
import Foundation
import Tensors
import Testing

/// What scikit-learn makes of the same tables, by `Tests/Peers/scores.py`.
private struct Prepared: Decodable {
  let training: [[Double]]
  let held: [[Double]]
  let standardize: [[Double]]
  let minMax: [[Double]]
  let polynomial: [[Double]]
  let polynomialNames: [String]

  enum CodingKeys: String, CodingKey {
    case training, held, standardize, polynomial, polynomialNames
    case minMax = "min-max"
  }

  static func load() throws -> Prepared {
    let url = try #require(
      Bundle.module.url(forResource: "preparations", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(Prepared.self, from: Data(contentsOf: url))
  }
}

@Suite("Preparations")
struct PreparationTests {
  private func table(_ rows: [[Double]]) -> Dataset {
    Dataset(
      features: ["a", "b", "c"].map { .init(name: $0) },
      inputs: Tensor(rows.flatMap { $0 }, shape: [rows.count, 3]),
      targets: .values(Tensor(repeating: 0, shape: [rows.count, 1]), names: ["y"]))
  }

  @Test("transform unseen rows as scikit-learn does, constant columns too")
  func references() throws {
    let reference = try Prepared.load()
    let cases: [(any Preparation, [[Double]])] = [
      (Standardize(), reference.standardize), (MinMax(), reference.minMax),
      (Polynomial(degree: 3), reference.polynomial),
    ]
    for (preparation, expected) in cases {
      let fitted = preparation.fitted(to: table(reference.training))
      let found = fitted.apply(to: table(reference.held)).inputs.elements
      #expect(found.count == expected.joined().count)
      for (a, b) in zip(found, expected.joined()) { #expect(abs(a - b) < 1e-12 * max(1, abs(b))) }
    }
    let names = Polynomial(degree: 3).outputFeatures(for: table(reference.held).features).map(\.name)
    // scikit-learn writes a power where Lectern repeats the factor.
    #expect(
      names.count == reference.polynomialNames.count && names[3] == "a a"
        && reference.polynomialNames[3] == "a^2")
  }

  @Test("make a constant column zero, even where its mean is rounded")
  func constants() {
    let data = table([[Double]](repeating: [0.1, 0.7, 1e6 + 0.1], count: 10))
    for preparation in [Standardize() as any Preparation, MinMax()] {
      #expect(preparation.fitted(to: data).apply(to: data).inputs.elements.allSatisfy { $0 == 0 })
    }
  }

  @Test("of categories give a column of zeros and ones for each")
  func oneHot() {
    let data = Dataset(
      features: [.init(name: "x"), .init(name: "kind", categories: ["a", "b", "c"])],
      inputs: Tensor([1, 2, 5, 0], shape: [2, 2]), targets: .classes([0, 1], names: ["n", "y"]))
    let result = OneHot().apply(to: data)
    #expect(result.features.map(\.name) == ["x", "kind=a", "kind=b", "kind=c"])
    #expect(result.inputs.elements == [1, 0, 0, 1, 5, 1, 0, 0])
  }

  @Test("in a chain learn from what the ones before make")
  func chains() {
    let data = table((0..<8).map { [Double($0), Double($0 * $0), 1] })
    let fitted = Preparations.fit([Polynomial(degree: 2), MinMax()], to: data)
    let result = fitted.apply(to: data)
    #expect(result.features.count == 9 && (result.inputs.elements.max() ?? 9) <= 1 + 1e-15)
    #expect(result.inputs.elements.min() == 0)
  }

  @Test("keep rows, targets and the number of columns they declare", arguments: Preparations.catalog.names)
  func contract(name: String) throws {
    let preparation = try Preparations.catalog.decode(
      RecipeNode(.scalar(name, isQuoted: false), at: SourcePosition(file: "test", line: 1)))
    var stream = RandomStream(seed: 1, .data)
    let data = Blobs(samples: 20).dataset(using: &stream)
    let result = preparation.fitted(to: data).apply(to: data)
    #expect(result.targets == data.targets && result.count == 20)
    #expect(result.features == preparation.outputFeatures(for: data.features))
    #expect(result.inputs.columns == result.features.count)
  }
}
