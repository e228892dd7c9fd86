import Components
import Datasets
import Learners
import NeuralNetworks
import Tensors
import Testing
import Validation

/// Closure tests of learners whose outcome is known in closed form.
@Suite("Closure tests of strategies")
struct ClosureStrategyTests {
  private static let pool = ThreadPool(threads: 2)

  private func summary(
    _ law: LawData, _ strategy: Strategy, level: Int = 2, _ plan: ClosurePlan, seed: UInt64 = 3
  ) throws -> [String: ClosureResult.Estimate] {
    let test = try ClosureTest(plan, law: law, key: FitKey(seed: seed))
    let result = try test.run(level: level, of: strategy, in: Self.pool)
    let names = ClosureResult.names(level: level, plan: plan, law: law)
    let summary = try result.summary(seed: 1, in: Self.pool)
    #expect(summary.map(\.name) == names.map(\.name))
    #expect(zip(summary, names).allSatisfy { $0.estimate.error.isFinite == $1.hasError })
    return Dictionary(uniqueKeysWithValues: summary.map { ($0.name, $0.estimate) })
  }

  private func expect(
    _ values: [String: ClosureResult.Estimate], _ name: String, _ expected: Double,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let found = try #require(values[name])
    #expect(
      (found.value - expected).magnitude < 4 * found.error && found.error < 0.2,
      "\(name) is \(found.value) ± \(found.error), not \(expected)", sourceLocation: location)
  }

  private func cubic(noise: LawData.Noise = .init(absolute: 0.1)) throws -> LawData {
    try LawData(
      law: try Law("1+x-x^2+0.5*x^3"), points: LawData.points(-1...1, count: 50, spacing: .linear),
      noise: noise)
  }

  private let exact = Strategy(preparations: [Polynomial(degree: 5)], learner: LinearRegression())

  @Test(
    "Least squares have the exact bias, variance, ratio and coverage, at every level and beyond the points")
  func leastSquares() throws {
    let law = try cubic()
    let outside = Tensor(LawData.points(-0.98...0.98, count: 30, spacing: .linear), shape: [30, 1])
    let plan = ClosurePlan(replicas: 40, fits: 100, outOfSample: outside)
    let values = try summary(law, exact, plan)
    let (share, replicas) = (6.0 / 50, 40.0)
    try expect(values, "bias", share * (1 + 1 / replicas))
    try expect(values, "variance", share * (1 - 1 / replicas))
    try expect(values, "ratio", ((replicas + 1) / (replicas - 1)).squareRoot())
    try expect(values, "ratio.corrected", 1)
    try expect(values, "delta-chi2", -share)
    try expect(values, "chi2", 1 - share)
    try expect(values, "replica-chi2", 2 * (1 - share))
    try expect(values, "xi-1", 0.66458)
    try expect(values, "xi-2", 0.94168)
    try expect(values, "systematic-bias", 0)
    // In the fits' own covariance, too, the squared distance is one per direction.
    try expect(values, "normalized-bias", (1 + 1 / replicas).squareRoot())
    #expect(try (#require(values["xi-1.expected"]).value - 0.66458).magnitude < 5e-6)
    #expect(try (#require(values["xi-2.expected"]).value - 0.94168).magnitude < 5e-6)
    #expect(try (#require(values["ratio.expected"]).value - 1.02532).magnitude < 5e-6)
    let beyond = try #require(values["out-of-sample.bias"])
    try expect(values, "out-of-sample.chi2", 1 + beyond.value)
    try expect(values, "out-of-sample.ratio", 1.02532)
    let verdict = try #require(ClosureVerdict(values))
    #expect(verdict.findings == [.consistent], "\(verdict.sentence)")

    let first = try summary(law, exact, level: 1, plan)
    try expect(first, "bias", share)
    #expect(try #require(first["variance"]).value < 1e-20 && ClosureVerdict(first) == nil)
    let zeroth = try summary(law, exact, level: 0, plan)
    #expect(try #require(zeroth["bias"]).value < 1e-20)
  }

  @Test("Correlated errors change nothing for least squares that know of them")
  func correlated() throws {
    let law = try cubic(noise: .init(absolute: 0.05, normalization: 0.1))
    let values = try summary(law, exact, ClosurePlan(replicas: 40, fits: 100))
    try expect(values, "bias", 6.0 / 50 * (1 + 1.0 / 40))
    try expect(values, "ratio.corrected", 1)
    try expect(values, "eigenbasis.xi-1", 0.66458)
    try expect(values, "delta-chi2", -6.0 / 50)
    // The eigenbasis mixes points: its coverage is another number.
    #expect(values["eigenbasis.xi-1"]?.value != values["xi-1"]?.value)
  }

  @Test("Fits that do not know of a common error are found over-confident")
  func inconsistent() throws {
    let law = try cubic(noise: .init(absolute: 0.05, normalization: 0.1))
    let plan = ClosurePlan(replicas: 20, fits: 40, inconsistency: 0)
    let values = try summary(law, exact, plan)
    let verdict = try #require(ClosureVerdict(values))
    #expect(verdict.findings.contains(.overConfident), "\(verdict.sentence)")
    #expect(try #require(values["ratio"]).value > 1.5)
    #expect(throws: DatasetError.self) {
      _ = try ClosureTest(plan, law: try cubic(), key: FitKey(seed: 1))
    }
  }

  /// Legendre's polynomials P₀ to P₅ at 50 points are the variables of a linear law, and ridge with λ = 50 and σ = 0.1 has,
  /// with H = A (Aᵀ A / σ² + λ)⁻¹ Aᵀ / σ²: tr H = 5.700867, variance tr(H Hᵀ) / N = 0.108417,
  /// bias = variance + |(H − 1) f|² / (N σ²) = 0.160316, Δχ² = bias − 2 tr(H) / N.
  private func legendre() throws -> LawData {
    let weights = [0.12573022, -0.13210486, 0.64042265, 0.10490012, -0.53566937, 0.36159505]
    let names = weights.indices.map { "p\($0)" }
    let rows = (0..<50).map { point -> [Double] in
      let x = -1 + 2 * Double(point) / 49
      var values = [1.0, x]
      for order in 2...5 {
        let n = Double(order)
        values.append(((2 * n - 1) * x * values[order - 1] - (n - 1) * values[order - 2]) / n)
      }
      return values
    }
    let terms = zip(names, weights).map { "(\($1))*\($0)" }
    return try LawData(
      law: try Law(terms.joined(separator: "+"), variables: names),
      inputs: Tensor(rows.flatMap(\.self), shape: [50, 6]), noise: .init(absolute: 0.1))
  }

  @Test("Ridge has its exact bias, and the test finds it")
  func ridge() throws {
    let strategy = Strategy(learner: Ridge(alpha: 50, intercept: false))
    let replicas = 40.0
    let values = try summary(try legendre(), strategy, ClosurePlan(replicas: 40, fits: 200))
    let (bias, variance) = (0.160316, 0.108417)
    try expect(values, "bias", bias + variance / replicas)
    try expect(values, "variance", variance * (1 - 1 / replicas))
    try expect(values, "ratio.corrected", 1.216015)
    try expect(values, "systematic-bias", bias - variance)
    try expect(values, "delta-chi2", -0.067719)
    let verdict = try #require(ClosureVerdict(values))
    #expect(verdict.findings.contains(.overConfident) && verdict.findings.contains(.underFitting))
    #expect(!verdict.findings.contains(.consistent) && verdict.evidence.count == verdict.findings.count)
    // Without the penalty the same law shows nothing.
    let plain = Strategy(learner: LinearRegression(intercept: false))
    let honest = try summary(try legendre(), plain, ClosurePlan(replicas: 40, fits: 100))
    #expect(try #require(ClosureVerdict(honest)).findings == [.consistent])
  }

  @Test("A line through a cubic under-fits, a polynomial through all points over-fits")
  func capacity() throws {
    let plan = ClosurePlan(
      replicas: 20, fits: 40,
      outOfSample: Tensor(LawData.points(-0.9...0.9, count: 25, spacing: .linear), shape: [25, 1]))
    let line = Strategy(preparations: [Polynomial(degree: 1)], learner: LinearRegression())
    let stiff = try #require(ClosureVerdict(try summary(try cubic(), line, plan)))
    #expect(stiff.findings.first == .underFitting, "\(stiff.sentence)")
    let few = try LawData(
      law: try Law("1+x-x^2"), points: LawData.points(-1...1, count: 12, spacing: .linear),
      noise: .init(absolute: 0.1))
    let wild = Strategy(preparations: [Polynomial(degree: 10)], learner: LinearRegression())
    let loose = try #require(ClosureVerdict(try summary(few, wild, plan)))
    #expect(loose.findings.contains(.overFitting), "\(loose.sentence)")
  }

  @Test("Too narrow uncertainties and too wide ones are told apart")
  func confidence() throws {
    // Replicas that are drawn towards their mean, or away from it.
    let law = try cubic()
    let test = ClosureTest(law: law, replicas: 30, fits: 40, key: FitKey(seed: 9))
    let honest = try test.run(level: 2, of: exact, in: Self.pool)
    func findings(_ factor: Double) throws -> [ClosureVerdict.Finding] {
      let fits = honest.fits.map { fit in
        let mean = fit.mean
        let replicas = fit.replicas.map { zip($0, mean).map { $1 + factor * ($0 - $1) } }
        return ClosureFit(data: fit.data, replicas: replicas, replicaChi2: fit.replicaChi2)
      }
      let changed = try ClosureResult(level: 2, law: law, fits: fits).summary(seed: 1)
      let values = Dictionary(uniqueKeysWithValues: changed.map { ($0.name, $0.estimate) })
      return try #require(ClosureVerdict(values)).findings
    }
    #expect(try findings(1) == [.consistent])
    #expect(try findings(0.6) == [.overConfident])
    #expect(try findings(1.6) == [.underConfident])
  }
}
