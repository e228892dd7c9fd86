import Components
import Datasets
import Learners
import NeuralNetworks
import Tensors
import Testing
import Validation

@Suite("Learning curves and validation curves")
struct CurveTests {
  private func line(_ count: Int = 120) -> Dataset {
    var stream = RandomStream(seed: 2, .data)
    let x = (0..<count).map { _ in stream.uniform(-1, 1) }
    let y = x.map { 2 * $0 + 0.3 * stream.normal() }
    return Dataset(
      features: [.init(name: "x")], inputs: Tensor(x, shape: [count, 1]),
      targets: .values(Tensor(y, shape: [count, 1]), names: ["y"]))
  }

  @Test("A power law is found again, with the place where it reaches a value")
  func powerLaw() throws {
    let points = [20.0, 40, 80, 160, 320].map { (x: $0, y: 0.9 - 1.5 * Double.exp(-0.5 * Double.log($0))) }
    let law = try #require(PowerLaw(fitting: points))
    #expect((law.limit - 0.9).magnitude < 1e-9 && (law.exponent - 0.5).magnitude < 1e-9)
    #expect((law.place(of: 0.85) - 900).magnitude < 1e-6)
    #expect(law.place(of: 0.95) == .infinity && PowerLaw(fitting: Array(points.prefix(2))) == nil)
  }

  @Test("Sizes are numbers of examples or fractions of them, each once, rising")
  func sizes() {
    #expect(LearningCurvePlan(sizes: [50, 0.5, 20, 0.25]).counts(of: 100) == [20, 25, 50])
    #expect(LearningCurvePlan().counts(of: 320) == [10, 20, 40, 80, 160, 320])
    #expect(LearningCurvePlan().counts(of: 5) == [5])
  }

  @Test("Divisions hold a fifth out, each another one, and do not change with their number")
  func splits() {
    let data = line(50)
    let all = CurveSplit.repeated(4, of: Array(0..<50), in: data, isStratified: false, seed: 3)
    for split in all {
      #expect(split.held.count == 10 && Set(split.held + split.training) == Set(0..<50))
    }
    #expect(Set(all.map(\.held)).count == 4)
    #expect(
      CurveSplit.repeated(2, of: Array(0..<50), in: data, isStratified: false, seed: 3) == Array(all[..<2]))
  }

  @Test("Least squares have the curve of theory: unseen errors fall with the examples, own errors rise")
  func leastSquares() throws {
    let data = line(1000)
    let splits = CurveSplit.repeated(40, of: Array(0..<1000), in: data, isStratified: false, seed: 1)
    let sizes = [8, 32, 128]
    let curve = try LearningCurve(
      Strategy(learner: LinearRegression()), on: data, splits: splits, sizes: sizes, metrics: [],
      key: FitKey(seed: 1), in: SerialPool())
    for (index, size) in sizes.enumerated() {
      // Two parameters: the own error is σ² (1 − 2/n) on average, and unseen ones are above σ².
      let own = Statistics.mean(curve.training[index].map(\.loss))
      let spread = 0.09 * (2 / Double(40 * size)).squareRoot()
      #expect((own - 0.09 * (1 - 2 / Double(size))).magnitude < 4 * spread)
      #expect(Statistics.mean(curve.held[index].map(\.loss)) > own)
    }
    let held = curve.held.map { Statistics.mean($0.map(\.loss)) }
    #expect(held[0] > held[1] && held[1] > held[2])
    for threads in [1, 2, 4] {
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      let again = try LearningCurve(
        Strategy(learner: LinearRegression()), on: data, splits: splits, sizes: sizes, metrics: [],
        key: FitKey(seed: 1), in: pool)
      #expect(again.held == curve.held && again.training == curve.training)
    }
    let extrapolation = try #require(curve.extrapolation(goal: 0.0901, seed: 4) { $0.loss })
    #expect(extrapolation.limits[0] <= extrapolation.law.limit)
    #expect(extrapolation.law.limit <= extrapolation.limits[1] && extrapolation.exampleLimits.count == 2)
    #expect(curve.extrapolation(goal: nil, seed: 4) { _ in .nan } == nil)
  }

  @Test("The preferred penalty of a validation curve is that of the data, not none and not much")
  func validationCurve() throws {
    var stream = RandomStream(seed: 6, .data)
    let count = 30
    let inputs = (0..<count * 12).map { _ in stream.normal() }
    let weights = (0..<12).map { _ in 0.5 * stream.normal() }
    let targets = (0..<count).map { row in
      (0..<12).reduce(stream.normal()) { $0 + weights[$1] * inputs[row * 12 + $1] }
    }
    let data = Dataset(
      features: (0..<12).map { .init(name: "x\($0)") }, inputs: Tensor(inputs, shape: [count, 12]),
      targets: .values(Tensor(targets, shape: [count, 1]), names: ["y"]))
    let curve = try ValidationCurve(
      [1e-6, 5, 1e6].map { Strategy(learner: Ridge(alpha: $0)) }, on: data,
      splits: CurveSplit.repeated(30, of: Array(0..<count), in: data, isStratified: false, seed: 1),
      metrics: [], key: FitKey(seed: 1), in: SerialPool())
    let held = curve.held.map { Statistics.mean($0.map(\.loss)) }
    let own = curve.training.map { Statistics.mean($0.map(\.loss)) }
    #expect(held[1] < held[0] && held[1] < held[2] && own[0] < own[1] && own[1] < own[2])
  }
}
