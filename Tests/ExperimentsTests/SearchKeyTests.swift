import Components
import Experiments
import Testing

@Suite("Keys of a search")
struct SearchKeyTests {
  private static let recipe = """
    data: {generate: two-moons, samples: 40}
    model: [dense(!int [2, 8], tanh), dense(2)]
    train: {epochs: 4}
    """

  @Test("scheduler is understood as pruner, with a hint")
  func scheduler() throws {
    let (found, problems) = decode("\(Self.recipe)\nsearch: {trials: 3, scheduler: asha(factor: 2)}")
    #expect(
      problems == ["report.md:4:21: warning: \"scheduler\" is called \"pruner\" here (write `pruner`)"])
    let runner = ExperimentRunner(pool: SerialPool())
    let own = try runner.run(try experiment("\(Self.recipe)\nsearch: {trials: 3, pruner: asha(factor: 2)}"))
    #expect(try runner.run(try #require(found)).values == own.values)
    #expect(own.values["search.evaluations"]?.number != 3)
    let (none, both) = decode("\(Self.recipe)\nsearch: {trials: 3, scheduler: asha, pruner: median}")
    #expect(none == nil)
    #expect(both.count == 1 && both[0].contains("unknown key \"scheduler\" in search"), "\(both)")
  }
}
