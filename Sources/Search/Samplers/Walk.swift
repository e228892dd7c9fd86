import Tensors

/// A search that goes step by step: where it goes next depends on how the last step ended.
///
/// Points lie in the unit cube, a place for each number that is walked; losses are small where it is good, infinite where a
/// trial failed.
protocol Walk {
  /// The next point to be tried.
  mutating func next(using stream: inout RandomStream) -> [Double]
  /// Takes notice of what was tried and what came of it.
  mutating func advance(to point: [Double], loss: Double, outcome: WalkOutcome)
}

/// What else is known of a step of a walk.
struct WalkOutcome {
  /// What the evaluation cost.
  var cost = 1.0
  /// The derivative of the loss by each place; nil if nobody computed it.
  var gradient: [Double]?
}

/// The numbers of a space that walks go through; all else is drawn for every walk when it begins.
struct WalkedSpace {
  let space: SearchSpace
  /// The hyperparameters that are walked.
  let numbers: [Int]

  init(_ space: SearchSpace) {
    self.space = space
    numbers = space.parameters.indices.filter { index in
      let distribution = space.parameters[index].distribution
      return distribution.scaledBounds != nil && !distribution.isFixed
    }
  }

  /// The places of an assignment; the middle where a hyperparameter does not count.
  func point(_ assignment: Assignment) -> [Double] {
    numbers.map { index in
      let value = assignment[index]
      return value.isNaN ? 0.5 : space.parameters[index].distribution.unit(of: value)
    }
  }

  /// The assignment of a point with the choices of another assignment.
  func assignment(_ point: [Double], like other: Assignment) -> Assignment {
    var assignment = other
    for (place, index) in zip(point, numbers) {
      assignment[index] = space.parameters[index].distribution.value(atUnit: place)
    }
    return assignment
  }
}

/// Walks beside each other, as many as the lag allows and one more: trial n belongs to walk n mod (lag + 1), whose last
/// trial is known when the next is due.
struct WalkProposer<Steps: Walk>: Proposer {
  private let space: WalkedSpace
  private let problem: SearchProblem
  private let start: @Sendable (_ dimension: Int) -> Steps
  private var walks: [(steps: Steps, count: Int, choices: Assignment)?]

  /// Walks that begin as given, in a cube of so many dimensions.
  init(_ problem: SearchProblem, start: @escaping @Sendable (_ dimension: Int) -> Steps) {
    self.problem = problem
    self.start = start
    space = WalkedSpace(problem.space)
    walks = Array(repeating: nil, count: problem.lag + 1)
  }

  mutating func propose(
    _ number: Int, given history: TrialHistory, using stream: inout RandomStream
  ) -> Proposal {
    let index = number % walks.count
    let steps = number / walks.count
    var walk = walks[index] ?? (start(space.numbers.count), 0, choices(index))
    while walk.count < steps {
      // What the walk did before is found again from its own random numbers and from what came of it.
      let earlier = walk.count * walks.count + index
      var own = problem.stream(earlier)
      _ = walk.steps.next(using: &own)
      let row = history.row(of: earlier)
      let isKnown = history.state(row) != .running
      let loss = history.loss(row)
      let violation = history.violation(row)
      // Points that miss constraints are the worse the more they miss, and worse than all others.
      let judged = violation > 0 ? 1e100 * (1 + violation) : loss
      let gradient = history.gradient(row).map { all in space.numbers.map { all[$0] } }
      walk.steps.advance(
        to: space.point(history.assignment(row)), loss: isKnown && !judged.isNaN ? judged : .infinity,
        outcome: WalkOutcome(cost: history.cost(row), gradient: gradient))
      walk.count += 1
    }
    let point = walk.steps.next(using: &stream)
    // The step is taken for good when its outcome is known.
    walks[index] = walk
    return .trial(space.assignment(point, like: walk.choices))
  }

  /// What a walk does not walk through: drawn once for it.
  private func choices(_ index: Int) -> Assignment {
    var stream = RandomStream(under: problem.stream(index).key, -1)
    return problem.space.drawAll(using: &stream)
  }
}

extension Sampler {
  /// Throws unless there is a number to walk along and one objective.
  func checkWalk(_ problem: SearchProblem, name: String) throws(SamplerError) {
    guard problem.space.count > 0 else { throw .emptySpace }
    guard !WalkedSpace(problem.space).numbers.isEmpty else { throw .noNumbers(sampler: name) }
    guard problem.directions.count == 1 else {
      throw .oneObjectiveOnly(sampler: name, objectives: problem.directions.count)
    }
  }
}
