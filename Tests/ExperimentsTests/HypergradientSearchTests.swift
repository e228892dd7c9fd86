import Components
import Experiments
import Search
import Testing

@Suite("Searches along hypergradients")
struct HypergradientSearchTests {
  private func ridge(_ search: String, alpha: String = "!log-uniform [1e-3, 1e3]") -> String {
    """
    data: {generate: regression, samples: 60, features: 12, informative: 4, noise: 30}
    prepare: [standardize]
    model: ridge(\(alpha))
    validate: {k-fold: 5}
    search: \(search)
    """
  }

  private func run(_ recipe: String, threads: Int = 2) throws -> ExperimentResult {
    try ExperimentRunner(pool: ThreadPool(threads: threads)).run(try experiment(recipe))
  }

  @Test("ridge's penalty is found in few trials as well as on a fine grid, on any number of threads")
  func ridge() throws {
    let recipe = ridge("{sampler: hypergradient, trials: 24}")
    let found = try run(recipe, threads: 2)
    let grid = try run(ridge("{sampler: grid(points: 121), trials: 121}"))
    let best = try #require(found.values["search.best.value"]?.number)
    let least = try #require(grid.values["search.best.value"]?.number)
    #expect(best <= least * (1 + 1e-4))
    #expect(try run(recipe, threads: 1).values == found.values)
  }

  @Test(
    "networks: the decay of weights by both ways, and the step size, better than where the search began",
    arguments: [
      ("weight-decay: !log-uniform [1e-4, 1]", "implicit"),
      ("weight-decay: !log-uniform [1e-4, 1]", "unrolled"),
      ("learning-rate: !log-uniform [1e-4, 0.1]", "unrolled"),
    ])
  func networks(setting: String, mode: String) throws {
    let recipe = """
      data: {generate: sine, samples: 60, noise: 0.3}
      split: {validation: 0.3}
      prepare: [standardize(targets: true)]
      model: [dense(6, tanh), dense(1)]
      train: {\(setting), optimizer: sgd(momentum: 0.9), epochs: 20, batch-size: full}
      search: {sampler: hypergradient(mode: \(mode), step: 0.2), trials: 8}
      precision: double
      """
    let result = try run(recipe)
    let trials = try #require(result.values["search.values"]?.numbers)
    #expect(trials.count == 8)
    #expect(trials[1...].contains { $0 < trials[0] }, "\(trials)")
    #expect(try run(recipe, threads: 1).values == result.values)
  }

  private static let network = "data: {generate: sine}\nmodel: [dense(4, tanh), dense(1)]\n"
  private static let supported =
    "it knows those of train.learning-rate, train.weight-decay and momentum of sgd, adam or adamw, "
    + "alpha of ridge, c of logistic-regression"

  @Test(
    "what has no derivative is a problem of the recipe",
    arguments: [
      (
        "train: {optimizer: !choice [sgd, adam], learning-rate: !log-uniform [1e-3, 1]}",
        "hypergradient has no order for the choices of train.optimizer "
          + "(tpe, genetic and random search choices, too)"
      ),
      (
        "train: {epochs: !int [1, 9]}",
        "hypergradient goes down slopes, but the values of train.epochs have steps between them "
          + "(tpe, genetic and random search whole numbers, too)"
      ),
      (
        "train: {l1: !uniform [0, 1]}",
        "hypergradient needs derivatives, but knows none by or of train.l1 here (\(supported))"
      ),
      (
        "train: {learning-rate: !log-uniform [1e-3, 1], optimizer: rmsprop}",
        "there is no hypergradient of the steps of rmsprop: those of sgd, adam and adamw have one"
      ),
      (
        "train: {learning-rate: !log-uniform [1e-3, 1]}\nevaluate: [r2]",
        "hypergradient needs derivatives, but knows none by or of the objective validation.r2 here "
          + "(it knows those of loss, mse, rmse, log-loss)"
      ),
    ])
  func problems(lines: String, message: String) {
    let found = decode(Self.network + lines + "\nsearch: {sampler: hypergradient}").problems
    #expect(found.count == 1)
    #expect(found.first?.hasSuffix("error: " + message) == true, "\(found)")
  }

  @Test("trainings that pause have no derivatives")
  func pruner() {
    let found = decode(
      Self.network
        + "train: {learning-rate: !log-uniform [1e-3, 1]}\nsearch: {sampler: hypergradient, pruner: median}"
    ).problems
    let message =
      "\"pruner\" and \"hypergradient\" exclude each other: a training that pauses loses its derivatives"
    #expect(found.count == 1)
    #expect(found.first?.hasSuffix(message) == true, "\(found)")
  }
}
