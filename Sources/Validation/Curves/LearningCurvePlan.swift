/// On how many examples a strategy is trained, again and again.
public struct LearningCurvePlan: Sendable, Hashable {
  /// Numbers of examples, or fractions of those there are if they are not above one; empty for six steps to all of them.
  public var sizes: [Double]
  /// How often each size is drawn, where no cross-validation says it.
  public var repeats: Int
  /// What the goal is about; nil for the first metric.
  public var metric: String?
  /// A value of the metric that more data should reach; nil for none.
  public var goal: Double?

  /// A learning curve.
  public init(sizes: [Double] = [], repeats: Int = 5, metric: String? = nil, goal: Double? = nil) {
    self.sizes = sizes
    self.repeats = repeats
    self.metric = metric
    self.goal = goal
  }

  /// The numbers of examples where so many can be had, rising, each once.
  public func counts(of available: Int) -> [Int] {
    // Half as many with every step back.
    let halved: [Double] = [0.03125, 0.0625, 0.125, 0.25, 0.5, 1]
    let wanted = sizes.isEmpty ? halved : sizes
    let least = sizes.isEmpty ? min(8, available) : 1
    let counts = wanted.map { size -> Int in
      size > 1 ? Int(size) : Int((Double(available) * size).rounded())
    }
    return Set(counts.filter { $0 >= least }).sorted()
  }
}
