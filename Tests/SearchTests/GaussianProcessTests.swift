import Search
import Tensors
import Testing

@Suite("Gaussian processes and expected improvement")
struct GaussianProcessTests {
  @Test("the logarithm of the expected improvement keeps its digits far below the best")
  func improvement() {
    func value(_ mean: Double) -> Double {
      GaussianProcessRegression.logExpectedImprovement(mean: mean, variance: 1, over: 0)
    }
    for (z, expected) in [(0.0, -0.9189385332), (-1, -2.4851210257), (-40, -808.2985683566)] {
      #expect((value(z) - expected).magnitude < 1e-8, "\(z): \(value(z))")
    }
    // Both forms meet.
    #expect((value(-24.999) - value(-25.001)).magnitude < 0.06)
  }

  @Test("goes through what it knows, and is uncertain elsewhere")
  func interpolation() {
    let points = (0..<12).map { [Double($0) / 11, Double($0 % 3)] }
    let raw = points.map { Double.sin(5 * $0[0]) + ($0[1] == 1 ? 0.5 : 0) }
    let (mean, deviation) = (Statistics.mean(raw), Statistics.standardDeviation(raw, correction: 0))
    let process = GaussianProcessRegression(
      points, raw.map { ($0 - mean) / deviation }, isChoice: [false, true], isDeterministic: true)
    for (point, value) in zip(points, raw) {
      let found = process.prediction(point)
      #expect((found.mean - (value - mean) / deviation).magnitude < 1e-2)
      #expect(found.variance < 1e-3)
    }
    #expect(process.prediction([0.5, 7]).variance > process.prediction([0.5, 2]).variance)
    // What is believed is no surprise and leaves less to learn.
    let believing = process.believing([0.53, 0])
    let before = process.prediction([0.53, 0])
    #expect((believing.prediction([0.53, 0]).mean - before.mean).magnitude < 1e-3)
    #expect(believing.prediction([0.53, 0]).variance < before.variance)
  }
}
