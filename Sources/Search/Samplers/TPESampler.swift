import Components
import Tensors

/// The tree-structured Parzen estimator (Bergstra et al.
///
/// 2011) by the rules and defaults of Optuna 5: a density of the best trials and one of the others, over all
/// hyperparameters together; of 24 draws from the first, the one is tried where their ratio, and with it the
/// expected improvement, is largest. Trials that still run count as not good.
public struct TPESampler: Sampler {
  /// Trials that are drawn at random before anything is learned.
  public var startupTrials: Int
  /// Draws among which the best is chosen.
  public var candidates: Int

  /// TPE.
  public init(startupTrials: Int = 10, candidates: Int = 24) {
    self.startupTrials = startupTrials
    self.candidates = candidates
  }

  private static let startupParameter = Parameter<Int>(
    "startup-trials", default: 10, "at least 1", help: "Trials drawn at random at first."
  ) { $0 >= 1 }
  private static let candidatesParameter = Parameter<Int>(
    "candidates", default: 24, "at least 1", help: "Draws among which the best is chosen."
  ) { $0 >= 1 }
  static let component = Component<any Sampler>(
    "tpe", help: "Tree-structured Parzen estimator, as in Optuna 5.",
    swift: "TPESampler(startup-trials, candidates)",
    parameters: [startupParameter, candidatesParameter]
  ) { TPESampler(startupTrials: $0[startupParameter], candidates: $0[candidatesParameter]) }

  /// How many of so many trials count as good: a tenth, at most 25.
  package static func goodCount(of count: Int) -> Int { min((count + 9) / 10, 25) }

  public func propose(
    in space: SearchSpace, direction: Direction, finished: [Trial], running: [Assignment],
    using stream: inout RandomStream
  ) -> Assignment {
    // A try that failed says neither what is good nor what is bad.
    let finished = finished.filter { !$0.value.isNaN }
    guard finished.count >= startupTrials else {
      return RandomSampler().propose(
        in: space, direction: direction, finished: finished, running: running, using: &stream)
    }
    let order = finished.indices.sorted { first, second in
      let (a, b) = (finished[first].value, finished[second].value)
      if direction.isBetter(a, than: b) { return true }
      return direction.isBetter(b, than: a) ? false : first < second
    }
    let good = Set(order.prefix(Self.goodCount(of: finished.count)))
    let below = finished.indices.filter { good.contains($0) }.map { finished[$0].assignment }
    let above = finished.indices.filter { !good.contains($0) }.map { finished[$0].assignment } + running
    let goodDensity = ParzenEstimator(space, observations: below)
    let otherDensity = ParzenEstimator(space, observations: above)
    var best: (assignment: Assignment, score: Double)?
    for _ in 0..<candidates {
      let candidate = goodDensity.draw(using: &stream)
      let score = goodDensity.logDensity(candidate) - otherDensity.logDensity(candidate)
      if best.map({ score > $0.score }) ?? true { best = (candidate, score) }
    }
    return best?.assignment
      ?? RandomSampler().propose(
        in: space, direction: direction, finished: finished, running: running, using: &stream)
  }
}
