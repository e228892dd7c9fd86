import Foundation
import Search
import Tensors
import Testing

/// What Optuna's Parzen estimators and mpmath's normal distribution say, by `Tests/Peers/parzen.py`.
struct ParzenReference: Decodable {
  struct Case: Decodable {
    let names: [String]
    let observations: [[Double]]
    let points: [[Double]]
    let logDensities: [Double]
  }

  let cases: [Case]
  let ageWeights: [String: [Double]]
  let goodCounts: [String: Int]
  let logMasses: [[Double]]
  let quantiles: [[Double]]

  static func load() throws -> ParzenReference {
    let url = try #require(
      Bundle.module.url(forResource: "parzen", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(ParzenReference.self, from: Data(contentsOf: url))
  }

  /// The distributions of the script, by name.
  static let space: [String: Distribution] = [
    "real": .real(low: -2, high: 5, isLog: false), "log": .real(low: 1e-4, high: 1e-1, isLog: true),
    "integer": .integer(low: 8, high: 64, step: 1, isLog: false),
    "steps": .integer(low: 16, high: 128, step: 16, isLog: false),
    "logInteger": .integer(low: 1, high: 100, step: 1, isLog: true), "choice": .choice(["a", "b", "c"]),
  ]

  static func space(_ names: [String]) throws -> [Distribution] { try names.map { try #require(space[$0]) } }
}

@Suite("The Parzen estimator")
struct ParzenTests {
  @Test("gives the densities of Optuna 5")
  func densities() throws {
    let cases = try ParzenReference.load().cases
    #expect(cases.count > 40)
    for reference in cases {
      let estimator = ParzenEstimator(
        try ParzenReference.space(reference.names), observations: reference.observations)
      for (point, expected) in zip(reference.points, reference.logDensities) {
        let found = estimator.logDensity(point)
        #expect(
          abs(found - expected) < 1e-9 * max(1, abs(expected)),
          "\(reference.names), \(reference.observations.count) observations")
      }
    }
  }

  @Test("weighs observations by their age and counts good ones as Optuna 5 does")
  func weights() throws {
    let reference = try ParzenReference.load()
    for (count, expected) in reference.ageWeights {
      let found = ParzenRule.ageWeights(try #require(Int(count)))
      #expect(found.count == expected.count)
      for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-15) }
    }
    for (count, expected) in reference.goodCounts {
      #expect(ParzenRule.optuna5.goodCount(of: try #require(Int(count))) == expected)
    }
  }

  private func observations(_ distribution: Distribution, _ count: Int) -> [Assignment] {
    let space = SearchSpace([.init(name: "p", distribution: distribution)])
    return (0..<count).map { number in
      var stream = RandomStream(seed: 1, .sampler, number)
      return space.draw(using: &stream)
    }
  }

  @Test("has densities that integrate to one", arguments: [0, 1, 5, 40], ["real", "log"])
  func integrals(count: Int, name: String) throws {
    let distribution = try #require(ParzenReference.space[name])
    guard case .real(let low, let high, _, let isLog) = distribution else { return }
    let estimator = ParzenEstimator(
      [distribution], observations: observations(distribution, count))
    let (first, last) = isLog ? (Double.log(low), Double.log(high)) : (low, high)
    // The midpoint rule; kernels are at least a hundredth of the range wide.
    let steps = 4000
    let width = (last - first) / Double(steps)
    let integral = (0..<steps).reduce(0.0) { sum, step in
      let x = first + (Double(step) + 0.5) * width
      return sum + Double.exp(estimator.logDensity([isLog ? Double.exp(x) : x])) * width
    }
    #expect(abs(integral - 1) < 1e-5)
  }

  @Test(
    "has masses that add up to one", arguments: [0, 1, 5, 40], ["integer", "steps", "logInteger", "choice"])
  func masses(count: Int, name: String) throws {
    let distribution = try #require(ParzenReference.space[name])
    let values: [Double]
    switch distribution {
    case .integer(let low, let high, let step, _):
      values = stride(from: low, through: high, by: step).map(Double.init)
    case .choice(let names): values = names.indices.map(Double.init)
    case .real, .normal: return
    }
    let estimator = ParzenEstimator(
      [distribution], observations: observations(distribution, count))
    let sum = values.reduce(0) { $0 + Double.exp(estimator.logDensity([$1])) }
    #expect(abs(sum - 1) < 1e-12)
  }

  @Test(
    "draws from its own density: frequencies agree with masses",
    arguments: ["integer", "logInteger", "choice"])
  func draws(name: String) throws {
    let distribution = try #require(ParzenReference.space[name])
    let estimator = ParzenEstimator([distribution], observations: observations(distribution, 6))
    var stream = RandomStream(seed: 4, .sampler)
    let count = 20000
    var frequencies: [Double: Int] = [:]
    for _ in 0..<count { frequencies[estimator.draw(using: &stream)[0], default: 0] += 1 }
    for (value, frequency) in frequencies {
      let mass = Double.exp(estimator.logDensity([value]))
      // Five standard deviations, and one draw for values that are nearly impossible.
      #expect(abs(Double(frequency) - mass * Double(count)) < 5 * (mass * Double(count)).squareRoot() + 1)
    }
  }

  @Test(
    "kept up to date trial by trial has the density of one that is made anew",
    arguments: [ParzenRule.optuna5, .optuna4, .hyperopt],
    [["real"], ["log"], ["integer"], ["logInteger"], ["choice"], ["log", "steps", "choice", "real"]])
  func upToDate(rule: ParzenRule, names: [String]) throws {
    let distributions = try ParzenReference.space(names)
    let space = SearchSpace(zip(names, distributions).map { .init(name: $0, distribution: $1) })
    let problem = SearchProblem(space: space, seed: 1, trialCount: 50)
    var parzen = ParzenHistory(Array(names.indices), problem, rule: rule)
    var history = TrialHistory(space: space, directions: [.minimize])
    var stream = RandomStream(seed: 2, .sampler)
    var isGood: [Bool] = []
    let hasFailed = (0..<50).map { $0 % 11 == 7 }
    for row in 0..<50 {
      history.append(space.draw(using: &stream))
      history.reveal(row, state: hasFailed[row] ? .failed : .completed, values: [hasFailed[row] ? .nan : 1])
      parzen.append(row, history)
      isGood.append(false)
      // Good ones come and go, as they do in a search.
      isGood[stream.integer(below: row + 1)].toggle()
      let points = (0..<5).map { _ in space.draw(using: &stream) }
      let found = parzen.logDensities(
        at: points, given: history, isGood: isGood, hasFailed: hasFailed, countsRunning: true)
      let others = (0...row).filter { !isGood[$0] && !hasFailed[$0] }.map { history.assignment($0) }
      let expected = ParzenEstimator(distributions, observations: others, rule: rule).logDensities(points)
      for (own, other) in zip(found, expected) {
        #expect(own == other || abs(own - other) < 1e-10 * max(1, abs(other)), "\(row + 1) trials")
      }
    }
  }
}

@Suite("The normal distribution")
struct NormalDistributionTests {
  @Test("has the masses of 50 digits far into its tails")
  func masses() throws {
    for row in try ParzenReference.load().logMasses {
      let found = NormalDistribution.logMass(from: row[0], to: row[1])
      #expect(abs(found - row[2]) < 1e-11 * max(1, abs(row[2])), "from \(row[0]) to \(row[1])")
    }
  }

  @Test("has the quantiles of 50 digits, and their probabilities again")
  func quantiles() throws {
    for row in try ParzenReference.load().quantiles {
      let found = NormalDistribution.quantile(row[0])
      #expect(abs(found - row[1]) < 1e-12 * max(1, abs(row[1])), "\(row[0])")
      #expect(abs(NormalDistribution.cumulative(found) / row[0] - 1) < 1e-10)
    }
    #expect(NormalDistribution.quantile(0) == -.infinity && NormalDistribution.quantile(1) == .infinity)
  }

  @Test("has a cumulative probability that never falls")
  func monotony() {
    var last = -Double.infinity
    for x in stride(from: -45.0, through: 8, by: 0.01) {
      let value = NormalDistribution.logCumulative(x)
      #expect(value >= last - 1e-15 && value.isFinite)
      last = value
    }
  }
}
