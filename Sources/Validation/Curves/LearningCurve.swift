import Components
import Datasets
import NeuralNetworks
import Search
import Tensors

/// The scores of a strategy by the number of examples that it learned from.
public struct LearningCurve: Sendable {
  /// The numbers of examples, rising.
  public let sizes: [Int]
  /// The scores of the examples learned from: by size, then by repetition.
  public let training: [[Scores]]
  /// The scores of the examples held out: by size, then by repetition.
  public let held: [[Scores]]

  /// Fits a strategy on the first so many examples of the training side of each split, all of them side by side.
  public init(
    _ strategy: Strategy, on data: Dataset, splits: [CurveSplit], sizes: [Int], metrics: [any Metric],
    key: FitKey, in pool: any WorkerPool
  ) throws {
    let all = try pool.map(sizes.count * splits.count) { task in
      let (size, number) = (sizes[task / splits.count], task % splits.count)
      let fitted = try strategy.fit(
        data, on: splits[number].training.prefix(size).sorted(), key: key.onFold(number + 1))
      return (
        fitted.scores(data, on: fitted.training, metrics: metrics),
        fitted.scores(data, on: splits[number].held, metrics: metrics)
      )
    }
    func rows(_ part: ((Scores, Scores)) -> Scores) -> [[Scores]] {
      sizes.indices.map { all[$0 * splits.count..<($0 + 1) * splits.count].map(part) }
    }
    self.sizes = sizes
    training = rows(\.0)
    held = rows(\.1)
  }

  /// A curve that was measured before.
  package init(sizes: [Int], training: [[Scores]], held: [[Scores]]) {
    self.sizes = sizes
    self.training = training
    self.held = held
  }

  /// What more data would give.
  public struct Extrapolation: Sendable, Hashable {
    /// The law through the means of the held-out scores.
    public var law: PowerLaw
    /// What unlimited data would give, between the 5th and the 95th percentile.
    public var limits: [Double]
    /// The examples that reach the goal, infinite if none do; nil without a goal.
    public var examples: Double?
    /// The same between the 5th and the 95th percentile; empty without a goal.
    public var exampleLimits: [Double]
  }

  /// The power law through the held-out values of a metric, with intervals from repetitions drawn anew.
  ///
  /// `value` picks the metric of scores. Nil for less than three sizes, or if scores are no numbers.
  public func extrapolation(
    goal: Double?, seed: UInt64, value: (Scores) -> Double
  ) -> Extrapolation? {
    let columns = held.map { $0.map(value) }
    func law(_ repetitions: [Int]) -> PowerLaw? {
      let points = zip(sizes, columns).map { size, values in
        (x: Double(size), y: Statistics.mean(repetitions.map { values[$0] }))
      }
      guard points.allSatisfy({ $0.y.isFinite }) else { return nil }
      return PowerLaw(fitting: points)
    }
    let count = columns.first?.count ?? 0
    guard let best = law(Array(0..<count)) else { return nil }
    var stream = RandomStream(seed: seed, .folds, -2)
    let draws = (0..<400).compactMap { _ in law((0..<count).map { _ in stream.integer(below: count) }) }
    func interval(_ values: [Double]) -> [Double] {
      let sorted = values.sorted()
      guard let last = sorted.indices.last else { return [] }
      // Without interpolation: an end may be infinite.
      return [sorted[Int(0.05 * Double(last))], sorted[Int((0.95 * Double(last)).rounded(.up))]]
    }
    return Extrapolation(
      law: best, limits: interval(draws.map(\.limit)), examples: goal.map(best.place),
      exampleLimits: goal.map { goal in interval(draws.map { $0.place(of: goal) }) } ?? [])
  }
}
