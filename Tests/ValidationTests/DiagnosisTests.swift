import Components
import Datasets
import Learners
import NeuralNetworks
import Tensors
import Testing
import Validation

@Suite("Diagnosis")
struct DiagnosisTests {
  private func table(_ columns: [[Double]], classes: [Int]? = nil, values: [Double]? = nil) -> Dataset {
    let count = columns[0].count
    let elements = (0..<count).flatMap { row in columns.map { $0[row] } }
    let targets: Dataset.Targets =
      classes.map { .classes($0, names: (0...($0.max() ?? 0)).map { "c\($0)" }) }
      ?? .values(Tensor(values ?? columns[0], shape: [count, 1]), names: ["y"])
    return Dataset(
      features: columns.indices.map { .init(name: "x\($0 + 1)") },
      inputs: Tensor(elements, shape: [count, columns.count]), targets: targets)
  }

  private func noise(_ count: Int, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, .noise)
    return (0..<count).map { _ in stream.normal() }
  }

  @Test("The report names what is wrong with data, and nothing about sound ones")
  func report() {
    let (first, second, target) = (noise(60, seed: 1), noise(60, seed: 2), noise(60, seed: 3))
    #expect(DataReport(table([first, second], values: target)).findings == [])
    func kinds(_ data: Dataset) -> [DataReport.Kind] { DataReport(data).findings.map(\.kind) }
    var gaps = first
    gaps[7] = .nan
    #expect(kinds(table([gaps, second], values: target)) == [.missing])
    let constant = [Double](repeating: 3, count: 60)
    #expect(kinds(table([first, constant], values: target)) == [.constant])
    let twin = zip(first, second).map { $0 + 0.01 * $1 }
    #expect(kinds(table([first, twin], values: target)) == [.correlated])
    var far = first
    far[3] = 100
    #expect(kinds(table([far, second], values: target)) == [.outliers])
    #expect(kinds(table([first, second], values: first.map { 3 * $0 - 1 })) == [.leakage])
    let rare = (0..<60).map { $0 < 10 ? 1 : 0 }
    #expect(kinds(table([first, second], classes: rare)) == [.unbalanced])
    let telling = rare.enumerated().map { Double($1) + 0.001 * first[$0] }
    #expect(kinds(table([telling, second], classes: rare)).contains(.leakage))
    let repeated = table([[1, 1, 2, 3], [5, 5, 6, 7]], values: [1, 2, 3, 4])
    #expect(kinds(repeated).prefix(2) == [.duplicates, .inconsistent])
  }

  private func diagnosis(
    _ strategy: Strategy, _ data: Dataset, goal: Double? = nil, in pool: any WorkerPool = SerialPool()
  ) throws -> Diagnosis {
    let splits = CurveSplit.repeated(
      8, of: Array(0..<data.count), in: data, isStratified: false, seed: 5)
    return try Diagnosis(
      strategy, on: data, splits: splits, plan: DiagnosisPlan(goal: goal), metric: R2(),
      key: FitKey(seed: 1), in: pool)
  }

  private func curve(_ count: Int) throws -> Dataset {
    let law = try LawData(
      law: Law("wave") { Double.sin(6 * $0) },
      points: LawData.points(0...1, count: count, spacing: .linear), noise: .init(absolute: 0.15))
    var stream = RandomStream(seed: 3, .data)
    var data = law.dataset(law.fluctuated(law.values, using: &stream))
    data.errors = nil
    return data
  }

  @Test("A line through a wave is biased: another degree and neighbors are better")
  func bias() throws {
    let line = Strategy(preparations: [Polynomial(degree: 2)], learner: LinearRegression())
    let found = try diagnosis(line, try curve(60))
    #expect(found.readings == [.bias])
    #expect(found.effects.first?.name == "higher-degree")
    let neighbors = try #require(found.references.last)
    #expect(neighbors.gain.isSignificant && neighbors.gain.value > 0)
    #expect(
      found.paragraph.contains("a problem of bias") && found.paragraph.contains("Better than the model"))
  }

  @Test("Least squares of as many features as half of the examples have a problem of variance")
  func variance() throws {
    let columns = (0..<30).map { noise(60, seed: UInt64($0) + 10) }
    let target = zip(columns[0], noise(60, seed: 9)).map { $0 + $1 }
    let data = table(columns, values: target)
    let found = try diagnosis(Strategy(learner: LinearRegression()), data, goal: 0.4)
    #expect(found.readings.contains(.variance), "\(found.paragraph)")
    #expect(found.gap.isSignificant && found.gap.value > 0)
    #expect(found.paragraph.contains("of variance"))
  }

  @Test("A sound model is balanced, by any number of threads")
  func balanced() throws {
    let sound = Strategy(preparations: [Polynomial(degree: 5)], learner: LinearRegression())
    let data = try curve(200)
    let found = try diagnosis(sound, data)
    #expect(found.readings == [.balanced], "\(found.paragraph)")
    for threads in [1, 2, 4] {
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      #expect(try diagnosis(sound, data, in: pool) == found)
    }
  }

  @Test("Every change of a network is one that can be trained, and the network itself stays")
  func changes() throws {
    let network = Sequential([Dense(4, activation: .tanh), Dense(1)])
    let strategy = Strategy(
      network: network, settings: TrainingSettings(loss: MeanSquaredError(), epochs: 3))
    let found = try diagnosis(strategy, try curve(40))
    let names = Set(found.effects.map(\.name))
    #expect(
      names == [
        "more-units", "one-more-layer", "fewer-units", "dropout", "weight-decay", "early-stopping",
        "more-epochs", "higher-rate", "lower-rate", "standardize",
      ])
    #expect(found.effects.allSatisfy { $0.held.value.isFinite })
    #expect(found.effects.map(\.held.value) == found.effects.map(\.held.value).sorted(by: >))
  }
}
