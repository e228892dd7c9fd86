import Components
import Foundation
import Search
import Tensors
import Testing

/// What Optuna 5 found, by `Tests/Peers/regret.py`.
private struct RegretReference: Decodable {
  struct Run: Decodable, Sendable {
    let function: String
    let sampler: String
    let trials: Int
    let values: [Double]
  }

  let runs: [Run]

  static let all: [Run] = {
    guard
      let url = Bundle.module.url(forResource: "regret", withExtension: "json", subdirectory: "Fixtures"),
      let data = try? Data(contentsOf: url),
      let reference = try? JSONDecoder().decode(RegretReference.self, from: data)
    else { return [] }
    return reference.runs
  }()
}

/// The functions of the script, on the unit cube with their optimum moved.
private enum ShiftedFunction {
  static func value(_ name: String, _ units: [Double]) -> Double {
    let (low, high) = box(name)
    let x = units.enumerated().map { axis, unit in
      let moved = unit - 0.3137
      let place = moved < 0 ? moved + 1 : moved
      let (a, b) = (low[min(axis, low.count - 1)], high[min(axis, high.count - 1)])
      return a + (b - a) * place
    }
    switch name {
    case "branin":
      let bend = x[1] - 5.1 / (4 * .pi * .pi) * x[0] * x[0] + 5 / .pi * x[0] - 6
      return bend * bend + 10 * (1 - 1 / (8 * .pi)) * Double.cos(x[0]) + 10
    case "hartmann6": return hartmann(x)
    case "rosenbrock4":
      return (0..<3).reduce(0) { sum, i in
        let (a, b) = (x[i + 1] - x[i] * x[i], 1 - x[i])
        return sum + 100 * a * a + b * b
      }
    case "ackley5":
      let squares = (x.reduce(0) { $0 + $1 * $1 } / 5).squareRoot()
      let waves = x.reduce(0) { $0 + Double.cos(2 * .pi * $1) } / 5
      return -20 * Double.exp(-0.2 * squares) - Double.exp(waves) + 20 + Double.exp(1)
    default: return x.reduce(0) { $0 + $1 * $1 }
    }
  }

  static func dimension(_ name: String) -> Int {
    switch name {
    case "branin": 2
    case "hartmann6": 6
    case "rosenbrock4": 4
    default: 5
    }
  }

  private static func box(_ name: String) -> (low: [Double], high: [Double]) {
    switch name {
    case "branin": ([-5, 0], [10, 15])
    case "hartmann6": ([0], [1])
    case "rosenbrock4": ([-5], [10])
    case "ackley5": ([-32.768], [32.768])
    default: ([-5], [5])
    }
  }

  private static func hartmann(_ x: [Double]) -> Double {
    let widths: [[Double]] = [
      [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8],
      [17, 8, 0.05, 10, 0.1, 14],
    ]
    let places: [[Double]] = [
      [1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
      [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381],
    ]
    let heights = [1, 1.2, 3, 3.2]
    return (0..<4).reduce(0) { sum, row in
      let exponent = (0..<6).reduce(0.0) { total, axis in
        let distance = x[axis] - 1e-4 * places[row][axis]
        return total + widths[row][axis] * distance * distance
      }
      return sum - heights[row] * Double.exp(-exponent)
    }
  }
}

@Suite("Regret beside Optuna's")
struct RegretTests {
  private static func sampler(_ name: String) -> any Sampler {
    switch name {
    case "tpe": TPESampler()
    case "cma-es": CMAESSampler()
    case "gp": GaussianProcessSampler(deterministic: true, candidates: 512)
    default: RandomSampler()
    }
  }

  /// The one-sided p-value of Mann and Whitney (1947) that the first values are not larger than the second, by the normal
  /// distribution with the correction for continuity.
  private static func probability(_ ours: [Double], notWorseThan theirs: [Double]) -> Double {
    var wins = 0.0
    for a in ours { for b in theirs { wins += a > b ? 1 : a == b ? 0.5 : 0 } }
    let (n, m) = (Double(ours.count), Double(theirs.count))
    let deviation = (n * m * (n + m + 1) / 12).squareRoot()
    return 1 - NormalDistribution.cumulative((wins - n * m / 2 - 0.5) / deviation)
  }

  @Test("The fixture holds every function and sampler")
  func fixture() {
    #expect(RegretReference.all.count == 20)
    #expect(RegretReference.all.allSatisfy { $0.values.count == 30 })
  }

  @Test("is not worse over 30 seeds", arguments: RegretReference.all.indices)
  func regret(index: Int) throws {
    let run = RegretReference.all[index]
    let dimension = ShiftedFunction.dimension(run.function)
    let space = SearchSpace(
      (0..<dimension).map { .init(name: "u\($0)", distribution: .real(low: 0, high: 1, isLog: false)) })
    let ours = try (0..<30).map { seed -> Double in
      let study = Study(
        space: space, sampler: Self.sampler(run.sampler), direction: .minimize, trialCount: run.trials,
        lag: 0,
        seed: UInt64(seed))
      let trials = try study.run(
        parts: 1, in: SerialPool(), evaluate: { point, _ in ShiftedFunction.value(run.function, point) },
        combine: { $0[0] })
      return study.best(of: trials)?.value ?? .infinity
    }
    let p = Self.probability(ours, notWorseThan: run.values)
    let medians = (Statistics.quantile(ours, 0.5), Statistics.quantile(run.values, 0.5))
    #expect(p > 0.01, "\(run.sampler) on \(run.function): median \(medians.0) beside \(medians.1)")
  }
}
