import Datasets
import Foundation
import Testing

@Suite("Friedman's problems")
struct FriedmanTests {
  private struct Reference: Decodable {
    let inputs: [[Double]]
    let values: [Double]
  }

  @Test("have the values that scikit-learn gives them", arguments: ["first", "second", "third"])
  func values(name: String) throws {
    let url = try #require(
      Bundle.module.url(forResource: "friedman", withExtension: "json", subdirectory: "Fixtures"))
    let all = try JSONDecoder().decode([String: Reference].self, from: Data(contentsOf: url))
    let reference = try #require(all[name])
    let problem: Friedman.Problem = name == "first" ? .first : name == "second" ? .second : .third
    let friedman = Friedman(problem)
    for (x, expected) in zip(reference.inputs, reference.values) {
      #expect(abs(friedman.value(x) - expected) < 1e-12 * max(1, abs(expected)))
    }
  }
}
