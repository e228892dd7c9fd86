import Components
import Search
import Tensors
import Testing

@Suite("Importances of hyperparameters")
struct ImportanceTests {
  private static let space = SearchSpace([
    .init(name: "a", distribution: .real(low: 0, high: 1, isLog: false)),
    .init(name: "b", distribution: .real(low: 1e-4, high: 1, isLog: true)),
    .init(name: "c", distribution: .choice(["x", "y", "z"])),
    .init(name: "fixed", distribution: .choice(["only"])),
  ])

  /// Trials drawn at random with an objective that adds a function of each place in the unit cube.
  private func trials(_ count: Int, _ value: (_ places: [Double]) -> Double) -> [Trial] {
    (0..<count).map { number in
      var stream = RandomStream(seed: 5, .sampler, number)
      let assignment = Self.space.draw(using: &stream)
      let places = zip(Self.space.parameters, assignment).map { $0.distribution.unit(of: $1) }
      return Trial(number: number, assignment: assignment, values: [value(places)])
    }
  }

  @Test("fANOVA gives the shares of an additive function, on the scale that was searched")
  func fanova() {
    // Uniform places: the variances are 9/12 and 1/12 times those of the slopes.
    let shares = FANOVAImportance().importances(
      of: trials(1500) { 3 * $0[0] + $0[1] }, in: Self.space, direction: .minimize)
    #expect((shares[0] - 0.9).magnitude < 0.03, "\(shares)")
    #expect((shares[1] - 0.1).magnitude < 0.03, "\(shares)")
    #expect(shares[2] < 0.01 && shares[3] == 0)
    #expect((shares.reduce(0, +) - 1).magnitude < 1e-12)
  }

  @Test(
    "Every way finds what matters, whichever direction is good", arguments: ParameterImportances.catalog.names
  )
  func ranking(name: String) throws {
    let way = try ParameterImportances.catalog.decode(
      RecipeNode(.scalar(name, isQuoted: false), at: SourcePosition(file: "test", line: 1)))
    for direction in Direction.allCases {
      let sign = direction == .minimize ? 1.0 : -1
      let numbers = way.importances(
        of: trials(300) { sign * (4 * ($0[1] - 0.4) * ($0[1] - 0.4) + 0.2 * $0[0]) }, in: Self.space,
        direction: direction)
      #expect(numbers[1] > 0.6 && numbers[3] == 0, "\(name): \(numbers)")
      let choices = way.importances(
        of: trials(300) { sign * ($0[2] < 0.34 ? 0 : 1) }, in: Self.space, direction: direction)
      #expect(choices[2] > 0.6, "\(name): \(choices)")
    }
  }

  @Test("Trials that lie as close as numbers can are told apart", arguments: ["fanova", "permutation"])
  func neighbors(name: String) throws {
    let way = try ParameterImportances.catalog.decode(
      RecipeNode(.scalar(name, isQuoted: false), at: SourcePosition(file: "test", line: 1)))
    // The mean of two neighbors is rounded to the even one: down for the first pair, up for the second.
    let places = [0.3, 0.3.nextUp, 0.3.nextUp.nextUp]
    let trials = (0..<30).map { number in
      Trial(
        number: number, assignment: [places[number % 3], 0.1, 0, 0], values: [Double(number % 3)])
    }
    let shares = way.importances(of: trials, in: Self.space, direction: .minimize)
    #expect((shares[0] - 1).magnitude < 1e-9, "\(shares)")
  }

  @Test("Trials that failed or were given up say nothing, and too few say nothing at all")
  func little() {
    var failed = Trial(number: 0, assignment: [0.1, 0.1, 0, 0], values: [.nan])
    failed.state = .failed
    for way in [FANOVAImportance() as any ParameterImportance, PEDANOVAImportance(), PermutationImportance()]
    {
      #expect(way.importances(of: [failed], in: Self.space, direction: .minimize) == [0, 0, 0, 0])
      // All equal: nothing explains anything.
      let equal = way.importances(of: trials(50) { _ in 1 }, in: Self.space, direction: .minimize)
      #expect(equal.allSatisfy { $0.isFinite })
    }
  }
}
