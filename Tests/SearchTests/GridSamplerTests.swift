import Components
import Search
import Tensors
import Testing

@Suite("Grids")
struct GridSamplerTests {
  private func run(
    _ space: SearchSpace, _ sampler: GridSampler, lag: Int = 0, enqueued: [Assignment] = [],
    _ objective: @escaping @Sendable (Assignment) -> Double
  ) throws -> [Trial] {
    var study = Study(
      space: space, sampler: sampler, direction: .minimize, trialCount: 1000, lag: lag, seed: 1)
    study.enqueued = enqueued
    return try study.run(
      parts: 1, in: SerialPool(), evaluate: { point, _ in objective(point) }, combine: { $0[0] })
  }

  @Test("have both ends of every scale, and the last hyperparameter changes first")
  func points() throws {
    let space = SearchSpace([
      .init(name: "rate", distribution: .real(low: 1, high: 16, isLog: true)),
      .init(name: "units", distribution: .integer(low: 1, high: 2, step: 1, isLog: false)),
      .init(name: "kind", distribution: .choice(["a", "b"])),
    ])
    let trials = try run(space, GridSampler(points: 3)) { _ in 0 }
    #expect(GridSampler(points: 3).trialCount(in: space) == 12 && trials.count == 12)
    for (number, trial) in trials.enumerated() {
      #expect(Int(trial.assignment[2]) == number % 2 && Int(trial.assignment[1]) == number / 2 % 2 + 1)
    }
    for (trial, rate) in zip(trials, [1.0, 1, 1, 1, 4, 4, 4, 4, 16, 16, 16, 16]) {
      #expect(abs(trial.assignment[0] - rate) < 1e-12)
    }
  }

  @Test("take normal hyperparameters at the middles of equally likely parts")
  func normal() throws {
    let space = SearchSpace([.init(name: "p", distribution: .normal(mean: 3, deviation: 2))])
    let values = try run(space, GridSampler(points: 4)) { _ in 0 }.map { $0.assignment[0] }
    for (value, place) in zip(values, [0.125, 0.375, 0.625, 0.875]) {
      #expect(abs(NormalDistribution.cumulative((value - 3) / 2) - place) < 1e-12)
    }
    #expect(values.count == 4)
  }

  private static let conditional = SearchSpace([
    .init(name: "kind", distribution: .choice(["a", "b", "c"])),
    .init(
      name: "x", distribution: .integer(low: 0, high: 4, step: 2, isLog: false),
      condition: .init(parameter: 0, choice: 1)),
    .init(
      name: "inner", distribution: .choice(["p", "q"]), condition: .init(parameter: 0, choice: 2)),
    .init(
      name: "y", distribution: .real(low: 0, high: 1, isLog: false),
      condition: .init(parameter: 2, choice: 0)),
  ])

  @Test("have every combination of what counts once")
  func conditions() throws {
    let sampler = GridSampler(points: 5)
    let trials = try run(Self.conditional, sampler) { _ in 0 }
    // One of a, three of b, five of c with p and one of c with q.
    #expect(trials.count == 10 && sampler.trialCount(in: Self.conditional) == 10)
    #expect(Set(trials.map { Self.conditional.recorded($0.assignment).map { "\($0)" } }).count == 10)
    #expect(trials.allSatisfy { Self.conditional.contains($0.assignment) })
  }

  @Test("zoom in on the least value to half the last spacing", arguments: [0.0, 0.1234, 0.5, 0.87, 1])
  func zoom(target: Double) throws {
    let space = SearchSpace([
      .init(name: "rate", distribution: .real(low: 1e-4, high: 1, isLog: true)),
      .init(name: "x", distribution: .real(low: -2, high: 3, isLog: false)),
    ])
    let sampler = GridSampler(points: 5, rounds: 4)
    @Sendable func units(_ point: Assignment) -> [Double] {
      [Double.log10(point[0]) / 4 + 1, (point[1] + 2) / 5]
    }
    let trials = try run(space, sampler, lag: 3) { point in
      units(point).reduce(0) { $0 + abs($1 - target) }
    }
    #expect(trials.count == 100 && sampler.trialCount(in: space) == 100)
    let best = try #require(trials.min { ($0.value, $0.number) < ($1.value, $1.number) })
    // Of five points each round leaves half of the width at most: 1/4, then three halvings.
    for unit in units(best.assignment) { #expect(abs(unit - target) <= 0.25 / 8 / 2 + 1e-9) }
  }

  @Test("keep their points behind enqueued trials")
  func enqueued() throws {
    let space = SearchSpace([.init(name: "x", distribution: .real(low: 0, high: 1, isLog: false))])
    let trials = try run(space, GridSampler(points: 3), enqueued: [[0.3], [0.7]]) { _ in 0 }
    #expect(trials.map { $0.assignment[0] } == [0.3, 0.7, 0, 0.5, 1])
  }

  @Test("that are too large are refused")
  func tooLarge() {
    let space = SearchSpace(
      (0..<10).map { .init(name: "p\($0)", distribution: .real(low: 0, high: 1, isLog: false)) })
    #expect(throws: SamplerError.gridTooLarge(points: 9_765_625)) {
      try GridSampler().check(SearchProblem(space: space, seed: 0))
    }
  }
}
