import Components
import Datasets
import NeuralNetworks
import Tensors
import Testing
import Validation

/// Exact least squares onto the span of k orthonormal functions, the model whose closure test is known in closed form:
/// bias = variance = k/N, their ratio 1, and a χ² that falls by k/N.
@Suite("Closure tests of exact linear fits")
struct ClosureTests {
  private static let (points, functions, fits) = (50, 6, 400)

  /// Orthonormal vectors that span the monomials (Gram and Schmidt, twice).
  private static let basis: [[Double]] = {
    var basis: [[Double]] = []
    for power in 0..<functions {
      var vector = (0..<points).map { point in
        (0..<power).reduce(1.0) { product, _ in product * (2 * Double(point) / Double(points - 1) - 1) }
      }
      for _ in 0..<2 {
        for other in basis {
          let overlap = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
          vector = zip(vector, other).map { $0 - overlap * $1 }
        }
      }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      basis.append(vector.map { $0 / length })
    }
    return basis
  }()

  /// The fit of data, with all errors equal.
  private func fitted(_ data: [Double]) -> [Double] {
    Self.basis.reduce([Double](repeating: 0, count: data.count)) { sum, vector in
      let overlap = zip(vector, data).reduce(0) { $0 + $1.0 * $1.1 }
      return zip(sum, vector).map { $0 + overlap * $1 }
    }
  }

  private func law() throws -> LawData {
    try LawData(
      law: try Law("1+x-x^2+0.5*x^3"), points: LawData.points(-1...1, count: Self.points, spacing: .linear),
      noise: .init(absolute: 0.1))
  }

  private func result(level: Int, replicas: Int, fits: Int) throws -> ClosureResult {
    let law = try law()
    return ClosureResult(
      level: level, law: law,
      fits: (0..<fits).map { fit in
        var noise = RandomStream(seed: 8, .noise, fit)
        let data = level == 0 ? law.values : law.fluctuated(law.values, using: &noise)
        return ClosureFit(
          data: data,
          replicas: (0..<replicas).map { replica in
            var stream = RandomStream(seed: 8, .replica, fit, replica)
            return fitted(level < 2 ? data : law.fluctuated(data, using: &stream))
          })
      })
  }

  private func values(_ result: ClosureResult) -> [String: ClosureResult.Estimate] {
    let summary = (try? result.summary(seed: 1)) ?? []
    return Dictionary(uniqueKeysWithValues: summary.map { ($0.name, $0.estimate) })
  }

  @Test("level 0 finds the law exactly")
  func levelZero() throws {
    let values = values(try result(level: 0, replicas: 3, fits: 1))
    for name in ["bias", "variance", "chi2", "delta-chi2", "phi"] {
      #expect(abs(try #require(values[name]).value) < 1e-12, "\(name)")
      #expect(try #require(values[name]).error.isNaN)
    }
    #expect(values["ratio"] == nil && values["xi-1"] == nil)
  }

  @Test("level 1 has no variance and a bias of k/N")
  func levelOne() throws {
    let values = values(try result(level: 1, replicas: 2, fits: Self.fits))
    let share = Double(Self.functions) / Double(Self.points)
    // N · bias is χ² with k degrees of freedom: four of the mean's standard deviations.
    let tolerance = 4 * (2 / Double(Self.functions * Self.fits)).squareRoot() * share
    #expect(abs(try #require(values["bias"]).value - share) < tolerance)
    #expect(abs(try #require(values["delta-chi2"]).value + share) < tolerance)
    #expect(try #require(values["variance"]).value < 1e-20)
    let noise = 4 * (2 / Double(Self.points * Self.fits)).squareRoot()
    #expect(abs(try #require(values["chi2"]).value - (1 - share)) < noise)
  }

  /// Replicas, and what R of them give: √((R + 1)/(R − 1)) and Student's coverage, tabulated with
  /// ξ = 2 F(n √((R − 1)/(R + 1))) − 1 and R − 1 degrees of freedom.
  @Test(
    "level 2 has the ratio and the coverage of so many replicas",
    arguments: [(10, 0.61072, 0.89611), (40, 0.66458, 0.94168)])
  func levelTwo(replicas: Int, xi1: Double, xi2: Double) throws {
    let values = values(try result(level: 2, replicas: replicas, fits: Self.fits))
    let share = Double(Self.functions) / Double(Self.points)
    let r = Double(replicas)
    let relative = 4 * (2 / Double(Self.functions * Self.fits)).squareRoot()
    #expect(abs(try #require(values["bias"]).value / (share * (1 + 1 / r)) - 1) < relative)
    #expect(abs(try #require(values["variance"]).value / (share * (1 - 1 / r)) - 1) < relative)
    #expect(abs(try #require(values["ratio"]).value / ((r + 1) / (r - 1)).squareRoot() - 1) < relative)
    #expect(abs(try #require(values["phi"]).value - (share * (1 - 1 / r)).squareRoot()) < relative)
    // Neighboring points are correlated: the coverage has the error that its own bootstrap tells.
    for (name, expected) in [("xi-1", xi1), ("xi-2", xi2)] {
      let estimate = try #require(values[name])
      #expect(abs(estimate.value - expected) < 4 * estimate.error && estimate.error < 0.02, "\(name)")
    }
  }

  @Test("a network's is the same on any number of threads, and level 1 shares the noise of level 2")
  func threads() throws {
    let strategy = Strategy(
      preparations: [],
      network: Sequential {
        Dense(3, activation: .tanh); Dense(1)
      },
      settings: TrainingSettings(loss: .meanSquaredError, epochs: 2), validation: nil, isStratified: false)
    let test = ClosureTest(law: try law(), replicas: 3, fits: 2, key: FitKey(seed: 4))
    let expected = try test.run(level: 2, of: strategy, in: SerialPool())
    for threads in [1, 2, 4] {
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      #expect(try test.run(level: 2, of: strategy, in: pool) == expected)
    }
    let first = try test.run(level: 1, of: strategy, in: SerialPool())
    #expect(first.fits.map(\.data) == expected.fits.map(\.data) && first.fits[0].data != first.fits[1].data)
    #expect(try test.run(level: 0, of: strategy, in: SerialPool()).fits.map(\.data) == [test.law.values])
    #expect(Set(first.fits[0].replicas).count == 3)
  }
}
