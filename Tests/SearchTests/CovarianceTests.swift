import Components
import Search
import Tensors
import Testing

@Suite("CMA-ES")
struct CovarianceTests {
  @Test("has the parameters of the tutorial in ten dimensions")
  func parameters() {
    let state = CovarianceAdaptation(mean: [Double](repeating: 0, count: 10), sigma: 1)
    #expect(state.population == 10 && state.parameters.parents == 5)
    let p = state.parameters
    for (found, expected) in [
      (p.effective, 3.1672992814), (p.pathRate, 0.0152838245), (p.pointRate, 0.0201542828),
      (p.stepDecay, 0.2844285879), (p.covarianceDecay, 0.2949903838),
    ] {
      #expect((found - expected).magnitude < 1e-9, "\(found)")
    }
    #expect((p.weights.prefix(5).reduce(0, +) - 1).magnitude < 1e-14)
  }

  /// The mean and the step size after some generations on a function; normals are turned before they are used.
  private func run(_ function: ([Double]) -> Double, start: [Double], turn: ([Double]) -> [Double])
    -> CovarianceAdaptation
  {
    var state = CovarianceAdaptation(mean: start, sigma: 0.5)
    for generation in 0..<70 {
      var stream = RandomStream(seed: 3, .sampler, generation)
      let points = (0..<state.population).map { _ -> [Double] in
        let normals = turn((0..<start.count).map { _ in stream.normal() })
        return zip(state.mean, state.root(normals)).map { $0 + state.sigma * $1 }
      }
      let losses = points.map(function)
      state.learn(points.indices.sorted { losses[$0] < losses[$1] }.map { points[$0] })
    }
    return state
  }

  private func ellipsoid(_ x: [Double]) -> Double { x[0] * x[0] + 100 * x[1] * x[1] + 9 * x[2] * x[2] }

  /// A rotation about two axes.
  private func rotated(_ x: [Double], back: Bool = false) -> [Double] {
    let (c, s, d, e) = (0.6, back ? -0.8 : 0.8, 0.28, back ? -0.96 : 0.96)
    func first(_ x: [Double]) -> [Double] { [c * x[0] - s * x[1], s * x[0] + c * x[1], x[2]] }
    func second(_ x: [Double]) -> [Double] { [x[0], d * x[1] - e * x[2], e * x[1] + d * x[2]] }
    return back ? first(second(x)) : second(first(x))
  }

  @Test("finds the minimum of an ellipsoid, and is the same search in turned axes")
  func rotation() {
    let start = [1.0, -0.5, 0.7]
    let plain = run(ellipsoid, start: start, turn: { $0 })
    #expect(plain.mean.allSatisfy { $0.magnitude < 1e-2 })
    let turned = run(
      { ellipsoid(rotated($0, back: true)) }, start: rotated(start), turn: { rotated($0) })
    // The same up to rounding, which grows from generation to generation.
    for (a, b) in zip(rotated(plain.mean), turned.mean) { #expect((a - b).magnitude < 1e-5) }
    #expect((plain.sigma / turned.sigma - 1).magnitude < 1e-4)
  }

  @Test("is indifferent to every rising transformation of the objective")
  func monotone() throws {
    let space = SearchSpace(
      (0..<4).map { .init(name: "x\($0)", distribution: .real(low: -2, high: 2, isLog: false)) })
    func trials(_ transform: @escaping @Sendable (Double) -> Double) throws -> [Assignment] {
      let study = Study(
        space: space, sampler: CMAESSampler(), direction: .minimize, trialCount: 120, lag: 0, seed: 5)
      return try study.run(
        parts: 1, in: SerialPool(),
        evaluate: { point, _ in transform(point.reduce(0) { $0 + ($1 - 0.3) * ($1 - 0.3) }) },
        combine: { $0[0] }
      ).map(\.assignment)
    }
    let plain = try trials { $0 }
    #expect(try trials { Double.log($0) } == plain)
    #expect(try trials { 1e6 * $0 * $0 * $0 - 7 } == plain)
  }
}
