import Components
import Tensors

/// Search for the whole space and around what is good at the same time (BlendSearch, Wang and others 2021): TPE proposes
/// everywhere; from its good trials frugal walks begin, and whichever promises more for its cost has the next trial.
///
/// A walk that another one can reach with a step is given up for it, and so is one whose steps have become too small to
/// matter.
public struct BlendSampler: Sampler {
  /// The step of walks at the beginning, in units of the square root of the number of hyperparameters.
  public var step: Double

  /// Blended search.
  public init(step: Double = 0.1) { self.step = step }

  private static let stepParameter = Parameter<Double>(
    "step", default: 0.1, "above 0 and at most 1", help: "The step of walks at first, in units of √d."
  ) { $0 > 0 && $0 <= 1 }
  static let component = Component<any Sampler>(
    "blend", help: "TPE for the whole space and frugal walks from its good trials, by what they promise.",
    swift: "BlendSampler(step)", parameters: [stepParameter]
  ) { BlendSampler(step: $0[stepParameter]) }

  public var naturalLag: Int { 2 }

  public func check(_ problem: SearchProblem) throws(SamplerError) {
    try checkWalk(problem, name: Self.component.name)
  }

  public func proposer(for problem: SearchProblem) -> any Proposer {
    BlendProposer(
      problem: problem, step: step, leastStep: CostFrugalSampler.leastStep(problem),
      everywhere: TPESampler().proposer(for: problem), threads: BlendThreads())
  }
}

/// Shares trials among a search of the whole space and walks.
private struct BlendProposer: Proposer {
  let problem: SearchProblem
  let step: Double
  let leastStep: Double
  /// What proposes in the whole space; all it knows is the history.
  var everywhere: any Proposer
  /// What has been decided so far: it follows from the trials in the order of their numbers.
  var threads: BlendThreads

  mutating func propose(
    _ number: Int, given history: TrialHistory, using stream: inout RandomStream
  ) -> Proposal {
    let space = WalkedSpace(problem.space)
    while threads.decidedCount < number {
      let earlier = threads.decidedCount
      learn(before: earlier, history, space)
      let walk = earlier < problem.enqueuedCount ? nil : threads.mostPromising
      threads.decided.append(walk)
      guard let walk else { continue }
      var own = problem.stream(earlier)
      _ = threads.walks[walk]?.next(using: &own)
    }
    learn(before: number, history, space)
    guard let index = threads.mostPromising, var walk = threads.walks[index] else {
      return everywhere.propose(number, given: history, using: &stream)
    }
    // The step is taken for good with the next proposal, so that this one can be asked for again.
    return .trial(space.assignment(walk.next(using: &stream), like: walk.choices))
  }

  /// Takes notice of the trials that a proposal knows.
  private mutating func learn(before number: Int, _ history: TrialHistory, _ space: WalkedSpace) {
    let (step, leastStep) = (step, leastStep)
    while threads.learnedCount < number - problem.lag {
      let row = history.row(of: threads.learnedCount)
      let isKnown = history.state(row) == .completed && !history.loss(row).isNaN
      let violation = history.violation(row)
      let loss = violation > 0 ? 1e100 * (1 + violation) : isKnown ? history.loss(row) : .infinity
      let assignment = history.assignment(row)
      threads.learn(
        space.point(assignment), loss: loss, cost: history.cost(row)
      ) { point in
        var walk = BlendThreads.Walk(
          flow: .init(dimension: space.numbers.count, step: step, leastStep: leastStep),
          choices: assignment, progress: .init(loss: loss))
        walk.flow.advance(to: point, loss: loss, outcome: WalkOutcome())
        return walk
      }
    }
  }
}

/// The walks of a blended search and what they promise.
private struct BlendThreads {
  /// How the best loss of a thread came down, and at what cost.
  struct Progress {
    var best = Double.infinity
    var secondBest = Double.infinity
    /// What the thread had cost when it found them, and what it has cost now.
    var costOfBest = 0.0
    var costOfSecondBest = 0.0
    var cost = 0.0

    init() {}

    init(loss: Double) { (best, secondBest) = (loss, loss) }

    mutating func learn(_ loss: Double, cost: Double) {
      self.cost += cost
      guard loss < best else { return }
      (secondBest, costOfSecondBest) = (best.isFinite ? best : loss, costOfBest)
      (best, costOfBest) = (loss, self.cost)
    }

    /// What a unit of cost brought down the loss.
    var speed: Double {
      let gain = secondBest - best
      return gain > 0 ? gain / max(cost - costOfSecondBest, 1e-300) : 0
    }

    /// What the next improvement of the best of all is expected to cost.
    func expectedCost(_ speed: Double, bestOfAll: Double) -> Double {
      let own = max(cost - costOfBest, costOfBest - costOfSecondBest)
      return best > bestOfAll && speed > 0 ? max(own, 2 * (best - bestOfAll) / speed) : own
    }
  }

  /// A walk from a good trial.
  struct Walk {
    var flow: CostFrugalSampler.Flow
    let choices: Assignment
    var progress: Progress
    var isUnderWay = false

    mutating func next(using stream: inout RandomStream) -> [Double] {
      isUnderWay = true
      return flow.next(using: &stream)
    }
  }

  /// The walks; nil for those that have been given up.
  var walks: [Walk?] = []
  /// Which walk each trial belongs to; nil for the search of the whole space.
  var decided: [Int?] = []
  private(set) var learnedCount = 0
  private var everywhere = Progress()

  var decidedCount: Int { decided.count }

  /// Takes notice of the next trial; `begin` makes a walk from it.
  mutating func learn(_ point: [Double], loss: Double, cost: Double, begin: ([Double]) -> Walk) {
    defer { learnedCount += 1 }
    guard let index = decided[learnedCount] else {
      everywhere.learn(loss, cost: cost)
      let bests = walks.compactMap { $0?.progress.best }
      if loss.isFinite, bests.isEmpty || loss < Statistics.quantile(bests, 0.5) { walks.append(begin(point)) }
      return
    }
    guard var walk = walks[index] else { return }
    walk.isUnderWay = false
    walk.progress.learn(loss, cost: cost)
    walk.flow.advance(to: point, loss: loss, outcome: WalkOutcome(cost: cost))
    walks[index] = walk.flow.best == nil ? nil : walk
    mergeReached(by: index)
  }

  /// Gives up the walks that a better one reaches with a step.
  private mutating func mergeReached(by index: Int) {
    guard let walk = walks[index], let own = walk.flow.best else { return }
    for other in walks.indices where other != index {
      guard let rival = walks[other], !rival.isUnderWay, let best = rival.flow.best, own.loss < best.loss,
        rival.choices.count == walk.choices.count
      else { continue }
      let distance = zip(own.point, best.point).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      if distance.squareRoot() <= walk.flow.step { walks[other] = nil }
    }
  }

  /// The walk that has the next trial; nil for the search of the whole space.
  var mostPromising: Int? {
    let free = walks.indices.filter { walks[$0].map { !$0.isUnderWay } ?? false }
    let threads: [(index: Int?, progress: Progress)] =
      [(nil, everywhere)] + free.compactMap { index in walks[index].map { (index, $0.progress) } }
    let bestOfAll = threads.map(\.progress.best).min() ?? .infinity
    guard bestOfAll.isFinite else { return nil }
    let fastest = threads.map(\.progress.speed).max() ?? 0
    // One that has not improved yet is given the benefit of the doubt.
    let speeds = threads.map { $0.progress.speed > 0 ? $0.progress.speed : fastest }
    let cost = zip(threads, speeds).map { $0.progress.expectedCost($1, bestOfAll: bestOfAll) }.min() ?? 0
    let promises = zip(threads, speeds).map { cost * $1 - $0.progress.best }
    var best = 0
    // Of equal promises the younger walk's is preferred: it has cost least.
    for index in promises.indices where promises[index] >= promises[best] { best = index }
    return threads[best].index
  }
}
