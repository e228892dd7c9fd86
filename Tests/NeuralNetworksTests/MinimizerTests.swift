import Components
import Foundation
import NeuralNetworks
import Tensors
import Testing

/// A function with its derivatives that counts how often it is asked.
private final class Function: Objective {
  private let function: ([Double]) -> Double
  private let derivatives: ([Double]) -> [Double]
  private(set) var evaluations = 0

  init(
    _ function: @escaping ([Double]) -> Double, _ derivatives: @escaping ([Double]) -> [Double] = { _ in [] }
  ) {
    self.function = function
    self.derivatives = derivatives
  }

  func value(at point: [Double]) -> Double {
    evaluations += 1
    return function(point)
  }

  func value(at point: [Double], gradient: inout [Double]) -> Double {
    gradient = derivatives(point)
    return value(at: point)
  }

  /// The banana valley of Rosenbrock (1960), its minimum 0 at ones.
  static var rosenbrock: Function {
    Function(
      { x in
        (1..<x.count).reduce(0) {
          let (a, b) = (1 - x[$1 - 1], x[$1] - x[$1 - 1] * x[$1 - 1])
          return $0 + a * a + 100 * b * b
        }
      },
      { x in
        var gradient = x.map { _ in 0.0 }
        for i in 1..<x.count {
          let (a, b) = (1 - x[i - 1], x[i] - x[i - 1] * x[i - 1])
          gradient[i - 1] -= 2 * a + 400 * b * x[i - 1]
          gradient[i] += 200 * b
        }
        return gradient
      })
  }

  /// Bowls of very different widths, `Σ 10⁶ⁱ⁄⁽ⁿ⁻¹⁾ (xᵢ − 1)²`.
  static var ellipsoid: Function {
    func scale(_ i: Int, _ n: Int) -> Double { Double.pow(1e6, Double(i) / Double(n - 1)) }
    return Function(
      { x in x.indices.reduce(0) { $0 + scale($1, x.count) * (x[$1] - 1) * (x[$1] - 1) } },
      { x in x.indices.map { 2 * scale($0, x.count) * (x[$0] - 1) } })
  }

  /// Rastrigin's egg box: eleven local minima along each axis between −5 and 5, the lowest 0 at zero.
  static var rastrigin: Function {
    Function { x in x.reduce(0) { $0 + $1 * $1 + 10 - 10 * Double.cos(2 * .pi * $1) } }
  }
}

@Suite("Minimizers")
struct MinimizerTests {
  private static let withGradient = ["l-bfgs", "bfgs"]
  private let stream = RandomStream(seed: 5, .optimizer)

  private func minimize(
    _ minimizer: any Minimizer, _ objective: Function, from start: [Double], iterations: Int
  ) -> any Minimization {
    var minimization = minimizer.minimization(from: start, using: stream)
    let first = (minimization.value, minimization.parameters)
    #expect(first.0.isNaN && first.1 == start)
    for _ in 0..<iterations where !minimization.iterate(objective) { break }
    return minimization
  }

  @Test("are all that the catalog calls so")
  func names() throws {
    for name in Optimizers.catalog.names {
      let optimizer = try Optimizers.catalog.decode(name)
      #expect((optimizer is any Minimizer) == Optimizers.minimizers.contains(name))
      #expect((optimizer is any UpdateRule) != (optimizer is any Minimizer))
    }
  }

  @Test("follow Rosenbrock's valley to its end", arguments: Optimizers.minimizerNames)
  func rosenbrock(name: String) throws {
    let minimizer = try Optimizers.minimizer(name)
    #expect(minimizer.name == name && minimizer.needsGradient == Self.withGradient.contains(name))
    let objective = Function.rosenbrock
    // From four parameters on the valley has a second end, where chance may lead.
    let start: [Double] = minimizer.needsGradient ? [-1.2, 1, -1.2, 1, 0.5] : [-1.2, 1]
    let found = minimize(minimizer, objective, from: start, iterations: minimizer.needsGradient ? 200 : 600)
    let tolerance = name == "genetic" ? 0.05 : 1e-3
    for value in found.parameters { #expect(abs(value - 1) < tolerance, "\(name)") }
    #expect(found.value == Function.rosenbrock.value(at: found.parameters))
    if minimizer.needsGradient { #expect(objective.evaluations < 120, "\(objective.evaluations)") }
  }

  @Test(
    "find the bottom of a bowl a thousand times longer than wide", arguments: ["l-bfgs", "bfgs", "cma-es"])
  func ellipsoid(name: String) throws {
    let objective = Function.ellipsoid
    let found = minimize(
      try Optimizers.minimizer(name, ["tolerance-change": "1e-14"]), objective,
      from: [3, -2, 0, 4, -1, 2, 5, 0.5], iterations: 1500)
    for value in found.parameters { #expect(abs(value - 1) < 1e-4, "\(name)") }
    if name != "cma-es" { #expect(objective.evaluations < 200, "\(objective.evaluations)") }
  }

  @Test("without derivatives get out of local minima")
  func rastrigin() {
    let cases: [(any Minimizer, Int)] = [
      (.covarianceAdaptation(learningRate: 2, population: 60), 200),
      (.genetic(learningRate: 2, population: 80), 200),
      (.genetic(learningRate: 2, population: 80, crossover: .simulatedBinary), 300),
    ]
    for (minimizer, iterations) in cases {
      let found = minimize(minimizer, .rastrigin, from: [3.3, -2.2, 4.1], iterations: iterations)
      #expect(found.value < 1e-2, "\(minimizer.name)")
    }
  }

  @Test("go on from stored text as if nothing had happened", arguments: Optimizers.minimizerNames)
  func resumed(name: String) throws {
    func resume<M: Minimization>(_ minimization: M) throws -> any Minimization {
      try JSONDecoder().decode(M.self, from: JSONEncoder().encode(minimization))
    }
    let minimizer = try Optimizers.minimizer(name)
    var whole = minimizer.minimization(from: [-1.2, 1, 0.3], using: stream)
    var stopped = minimizer.minimization(from: [-1.2, 1, 0.3], using: stream)
    for iteration in 0..<12 {
      _ = whole.iterate(Function.rosenbrock)
      _ = stopped.iterate(Function.rosenbrock)
      if iteration % 4 == 3 { stopped = try resume(stopped) }
      #expect(stopped.parameters == whole.parameters && stopped.value == whole.value, "\(iteration)")
    }
    #expect(whole.iterations == 12)
  }

  @Test("draw other numbers for another stream", arguments: ["cma-es", "genetic"])
  func streams(name: String) throws {
    func end(_ seed: UInt64) throws -> [Double] {
      var found = try Optimizers.minimizer(name).minimization(
        from: [-1.2, 1], using: RandomStream(seed: seed, .optimizer))
      for _ in 0..<5 { _ = found.iterate(Function.rosenbrock) }
      return found.parameters
    }
    #expect(try end(1) == end(1))
    #expect(try end(1) != end(2))
  }

  @Test("never get worse, and stop where there is nothing to gain", arguments: Optimizers.minimizerNames)
  func monotone(name: String) throws {
    var minimization = try Optimizers.minimizer(name).minimization(from: [4, -3], using: stream)
    let objective = Function({ $0[0] * $0[0] + 3 * $0[1] * $0[1] }, { [2 * $0[0], 6 * $0[1]] })
    var last = Double.infinity
    for _ in 0..<300 {
      let goesOn = minimization.iterate(objective)
      #expect(minimization.value <= last)
      last = minimization.value
      if !goesOn { break }
    }
    #expect(last < (name == "genetic" ? 1e-6 : 1e-12))
    if name != "genetic" { #expect(minimization.iterations < 300) }
  }

  @Test("keep away from where the objective has no value", arguments: Optimizers.minimizerNames)
  func noValue(name: String) throws {
    let objective = Function(
      { x in x[0] <= 0 ? .nan : x[0] - Double.log(x[0]) }, { x in x[0] <= 0 ? [.nan] : [1 - 1 / x[0]] })
    let found = minimize(try Optimizers.minimizer(name), objective, from: [0.05], iterations: 200)
    #expect(abs(found.parameters[0] - 1) < 1e-2, "\(name)")
  }

  @Test("A start where the objective has no value ends the minimization", arguments: withGradient)
  func nowhere(name: String) throws {
    var found = try Optimizers.minimizer(name).minimization(from: [1], using: stream)
    let goesOn = found.iterate(Function({ _ in .nan }, { _ in [.nan] }))
    #expect(!goesOn && found.parameters == [1])
  }

  @Test("A line search ends where the strong Wolfe conditions hold")
  func wolfe() {
    // One iteration from a start: the first direction is that of the gradient.
    for power in [1.0, 2, 3, 5] {
      let f = { (x: [Double]) in Double.pow(x[0] * x[0] + 1e-3, power) + Double.sin(5 * x[0]) / 7 }
      let d = { (x: [Double]) -> [Double] in
        [power * Double.pow(x[0] * x[0] + 1e-3, power - 1) * 2 * x[0] + 5 * Double.cos(5 * x[0]) / 7]
      }
      for start in [-2.5, -0.4, 0.7, 1.9] {
        var found = LimitedMemoryBFGS().minimization(from: [start], using: stream)
        _ = found.iterate(Function(f, d))
        let slope = d([start])[0]
        let moved = found.parameters[0] - start
        #expect(moved * slope < 0)
        #expect(found.value <= f([start]) + 1e-4 * moved * slope)
        #expect(abs(d(found.parameters)[0]) <= 0.9 * abs(slope))
      }
    }
  }
}
